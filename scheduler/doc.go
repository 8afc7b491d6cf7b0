// Package scheduler is the office: it decides when work is done, keeps what must not be lost, and takes what the outside
// world says and freezes it.
//
// [Freeze] turns a region's facts into the [model.Snapshot] of one week: it dates the standing slots, works out when
// people and supervisors are free, estimates attendance from what was recorded, and counts what is promised already.
// Everything after it looks at the snapshot alone, so the same snapshot always gets the same answer. What Freeze finds
// worth saying, though it stops nothing, it returns as [Finding]s.
//
// [Service] is everything anybody may ask of a region, on a [Record]: facts go in by [Service.Preview] and [Service.Import];
// [Service.CreatePlan] has [Runs] search for a plan, which is kept as a [Draft]; people change it with [Service.EditPlan], and
// [Service.PublishPlan] makes it what people are told, once the words have passed it within the transaction that writes it.
// Every change is one transaction with its answer, its audit entry and its row for other systems, so it is there as a whole
// or not at all, and the same request sent again has no second effect.
//
// Time enters here and only here: as the instant a caller calls now, and as the clock changes of a [model.Calendar].
package scheduler
