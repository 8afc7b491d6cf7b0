package scheduler

import (
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// RunState says how far a run of the ledger has come. The list is closed.
type RunState string

// The states of a run.
const (
	RunQueued    RunState = "queued"    // waits for a worker
	RunRunning   RunState = "running"   // a worker is at it
	RunMade      RunState = "made"      // there is a plan
	RunPublished RunState = "published" // there are plans, and at least one was published; of nights alone
	RunFailed    RunState = "failed"    // Failure says why
	RunAside     RunState = "set aside" // failed so often that nobody tries again; Bundle holds what it takes to look into it
)

// Over reports whether nothing more happens to the run.
func (s RunState) Over() bool { return s != RunQueued && s != RunRunning }

// Run is one state of a run as the ledger keeps it: a search for a plan, or a night. Each state is a version of its own and says
// everything that the ones before it said; only the last counts. It names nobody but whoever asked.
type Run struct {
	Name    string // the ID of the plan, or "night/" and the night
	Version int
	State   RunState

	Worker   string    // who holds it; empty: nobody
	Fence    int       // the version with which the worker took it: whoever comes with another one lost it
	Until    time.Time // after which it may be taken from the worker
	Attempts int       // begun
	Stop     string    `json:"stop,omitempty"` // asked that it ends and keeps the best so far; empty: nobody

	Who     string       // asked for it
	Asked   time.Time    // when
	At      time.Time    // of this state
	Failure string       // of the last attempt, or of the whole; empty: none
	Errors  []string     `json:"errors,omitempty"` // of the attempts that died, naming nobody
	Bundle  model.Digest // of a run that was set aside: under which its bundle is kept

	Work  Work         // of a plan: all that decides what comes out
	Done  Done         // of a plan that was made
	Night model.Digest // of a night: under which its report is kept, as far as it has come
}

// Work is all that decides which roster a search gives, by digests under which the record keeps it.
type Work struct {
	Week     model.Week
	Snapshot model.Digest  // as it is kept
	Policy   string        // the profile
	Seed     uint64        // of the search
	Rounds   int           // planned; 0: as many as fit into Limit
	Limit    time.Duration // 0: none
	Start    model.Digest  `json:"start,omitzero"`  // the roster to begin at; zero: what is published
	Warm     model.Digest  `json:"warm,omitzero"`   // the few prices with which its bound begins; zero: first prices
	Night    string        `json:"night,omitempty"` // the night it is a part of; empty: it was asked for by itself
}

// Done is what came of a search, and where it ended: with the work, enough to make it again to the byte.
type Done struct {
	Roster  model.Digest // under which what the search made is kept
	Cut     solver.CutPoint
	Rounds  int
	Planned int
	Deltas  int64
	Placed  int // people
	Broken  int64
	Value   int64 // millipoints
	Took    time.Duration
}

// Bundle is what it takes to look into a run that was set aside. It names nobody: what the search looked at is in the record, under
// the digests of Work.
type Bundle struct {
	Run      string
	Work     Work
	Attempts int
	Errors   []string // of the attempts, in order, as far as they are known
}

// nightly begins the names of nights.
const nightly = "night/"

// isNight reports whether a run is a night.
func isNight(name string) bool { return strings.HasPrefix(name, nightly) }

// lastRun gives the last state of a run; version 0: there is none of that name.
func lastRun(r Reader, name string) (Run, error) {
	x := Run{Name: name}
	n, err := r.Last(KindRun, name)
	if n == 0 || err != nil {
		return x, err
	}
	return x, readEntry(r, KindRun, name, n, &x)
}

// addRun writes the next state of a run, and gives it with its version.
func addRun(w Writer, x Run) (Run, error) {
	x.Version++
	return x, addEntry(w, KindRun, x.Name, x.Version-1, x)
}
