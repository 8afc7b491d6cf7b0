// Package lastknown stands before a record that other machines share, and keeps at hand what is in force: the current facts
// of each region and the last published roster of each week. While the record cannot be reached, those can still be looked at,
// with the time they were last known to be current, and every change is refused in words. When it is back, so is everything.
//
// Nothing is ever written to what is at hand, and nothing is guessed from it: a question that needs more is answered with a
// [model.Error] with CodeUnavailable.
package lastknown
