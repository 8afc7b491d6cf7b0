// Package scheduler is the office: it decides when work is done, takes what the outside world says, and freezes it.
//
// [Freeze] turns a region's facts into the [model.Snapshot] of one week: it dates the standing slots, works out when
// people and supervisors are free, estimates attendance from what was recorded, and counts what is promised already.
// Everything after it looks at the snapshot alone, so the same snapshot always gets the same answer. What Freeze finds
// worth saying, though it stops nothing, it returns as [Finding]s.
//
// Time enters here and only here: as the instant a caller calls now, and as the clock changes of a [model.Calendar].
package scheduler
