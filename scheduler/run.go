package scheduler

import (
	"time"

	"github.com/communitypayback/payback/model"
)

// RunRequest asks for a plan of a week.
type RunRequest struct {
	Week   model.Week
	Seed   uint64
	Time   time.Duration // how long the search may take; 0: Rounds decide
	Rounds int           // work planned; 0: as many as fit into Time
	From   string        // the ID of a draft to begin at; empty: what is published
	PriceRequest
}

// RunEvent is one step of a search, as watchers are told it.
type RunEvent struct {
	Sequence int // from 1, without gaps
	State    DraftState
	Phase    string        // what is being done, in a word or two
	Elapsed  time.Duration // since the search began
	Rounds   int           // done
	Planned  int           // in all; 0: not known yet
	Placed   int           // people in the best roster so far
	Open     int           // sessions in it
	MustFix  int64         // broken cases of rules that must hold
	Value    int64         // millipoints
	Last     bool          // nothing more will come
}
