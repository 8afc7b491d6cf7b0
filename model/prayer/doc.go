// Package prayer tells the times of prayer from the sun, for a place and a date, and the window of each prayer.
//
// It is pure: no clock, no network, no files and no time zones. A caller says how far the wall clocks of the place are ahead
// of UTC, which picks the day that is meant and changes no time. All times are in UTC.
//
// Noon, sunset and the afternoon prayer follow from the sun alone. Dawn and nightfall are conventions: [Method] says how deep
// the sun stands below the horizon, and [HighLatitude] what holds when nights are short. People of one town follow
// different ones, so they are values of the policy and not constants.
//
// The sun is computed by Meeus, Astronomical Algorithms, 2nd edition, chapter 25 (lower accuracy, 0.01 degrees, which is a few
// seconds of time). Floats end here: what leaves the package is whole minutes.
package prayer
