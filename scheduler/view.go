package scheduler

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// WeekView is one published version of a week, held against the region's facts and the clock as they are now. It may be
// shared between callers, who only read it.
type WeekView struct {
	Snapshot   *model.Snapshot
	Roster     *model.Roster
	Published  RosterVersion
	Violations []solver.Violation
}

// DraftView is a draft with all that people look at, held against the region's facts and the clock as they are now.
type DraftView struct {
	Draft
	Roster    *model.Roster // nil while there is none
	Snapshot  *model.Snapshot
	Unplaced  []Unplaced // as the search left them, which edits do not change; nil: not known
	Judgement Judgement
}
