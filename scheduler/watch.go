package scheduler

import (
	"time"

	"github.com/communitypayback/payback/solver"
)

// watch turns a limit of time into rounds of work. It is the only place where a clock touches a run.
type watch struct {
	now    func() time.Time
	tell   func(solver.Progress)
	limit  time.Duration
	cutAt  int
	began  time.Time // the request
	rounds int       // done when the search began to be timed
	timed  time.Time // the search began to be timed
	up     bool      // the time was up
	cut    bool      // the round to stop at was reached
}

// maxRounds keeps a pace from being absurd where rounds take no time.
const maxRounds = 1_000_000

func newWatch(q *PlanRequest) *watch {
	w := &watch{now: q.Now, tell: q.OnProgress, limit: q.Time, cutAt: q.CutAt}
	if w.now == nil {
		w.now = time.Now
	}
	w.began = w.now()
	return w
}

// round hears of every round, and of the construction before the first.
func (w *watch) round(p solver.Progress) {
	if w.timed.IsZero() {
		w.timed, w.rounds = w.now(), p.Rounds
	}
	if w.tell != nil {
		w.tell(p)
	}
}

// pace says how many rounds in all fit into the limit, by how long the first ones took.
func (w *watch) pace(p solver.Progress) int {
	now := w.now()
	left := w.limit - now.Sub(w.began)
	done := p.Rounds - w.rounds
	if left <= 0 || done <= 0 {
		return p.Rounds
	}
	each := max(now.Sub(w.timed)/time.Duration(done), time.Microsecond)
	return min(p.Rounds+int(left/each), maxRounds)
}

// stop cuts the run when its time is up or the round to stop at is reached.
func (w *watch) stop(p solver.Progress) bool {
	w.up = w.up || w.limit > 0 && w.now().Sub(w.began) >= w.limit
	w.cut = w.cut || w.cutAt > 0 && p.Rounds >= w.cutAt
	return w.up || w.cut
}

// why words why the run ended, by the engine's own reason where the clock had no part in it.
func (w *watch) why(engine string) string {
	switch {
	case w.up:
		return "its time was up"
	case w.cut:
		return "it was told to stop after that round"
	default:
		return engine
	}
}
