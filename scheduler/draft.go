package scheduler

import (
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// DraftState says how far a plan has come. The list is closed.
type DraftState string

// The states of a plan.
const (
	Queued  DraftState = "queued"  // waits for its turn
	Running DraftState = "running" // is searched for
	Ready   DraftState = "ready"   // the search ended by itself
	Stopped DraftState = "stopped" // somebody ended the search; the best so far was kept
	Failed  DraftState = "failed"  // there is no roster; Failure says why
)

// Over reports whether nothing more is to be expected of the search.
func (s DraftState) Over() bool { return s == Ready || s == Stopped || s == Failed }

// Draft is a plan of one week as the record keeps it: what was asked for, what a search made of it, and what people made
// of that. Each of these is a version; only the last counts.
type Draft struct {
	ID      string
	Number  int // counts the plans of the region in the order they were asked for, from 1; 0: made before they were counted
	Version int
	Week    model.Week
	State   DraftState
	Failure string // why there is no roster; empty unless Failed

	Base     int          // the published version it was made from; 0: none
	Facts    int          // the data version it was made from
	Snapshot model.Digest // of what the search looked at
	Roster   model.Digest // under which the roster is kept; zero: there is none yet
	Unplaced model.Digest // under which the list of those not placed is kept; zero: there is none yet

	// Few is under which the few prices are kept with which its bound ended, and Warm those with which it began, which are of an earlier
	// plan; zero: there are none.
	Few  model.Digest `json:"few,omitzero"`
	Warm model.Digest `json:"warm,omitzero"`

	Needs model.Digest `json:"needs,omitzero"` // under which is kept what would help the week; zero: nobody asked

	Policy   string // the profile
	AsOf     model.Instant
	Seed     uint64
	Limit    time.Duration // 0: Planned rounds decide
	Rounds   int           // done
	Planned  int           // in all
	Cut      string        // where the search ended; see solver.CutPoint
	Deltas   int64
	Why      string // why the search ended, in words that fit after "it ended because"
	Summary  Summary
	Bound    *Bounded `json:"bound,omitempty"` // how much better any roster could be; nil: not known
	Baseline int64    // broken cases that what is frozen or pinned causes alone

	Asked   []policy.Asked // prices that were asked for in the place of the policy's; the summary of what the search made is by them
	Effects []PriceEffect  // what each of them does to this version

	Edits    int // made by people since
	Waivers  []model.Waiver
	Releases []model.Release

	Who      string
	At       time.Time // of this version
	Deadline time.Time // after which a search that has not ended never will
}

// Usable reports whether the draft has a roster.
func (d *Draft) Usable() bool { return d.Roster != model.Digest{} }
