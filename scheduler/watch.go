package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// watch turns a limit of time into rounds of work. It is the only place where a clock touches a run.
type watch struct {
	now    func() time.Time
	tell   func(solver.Progress)
	limit  time.Duration
	began  time.Time     // the request
	keep   time.Duration // kept back for what comes after the search
	guided time.Time     // the bound was begun
	rounds int           // done when the search began to be timed
	first  time.Time     // the search began to be timed
	up     bool          // the time was up
}

// maxRounds keeps a pace from being absurd where rounds take no time.
const maxRounds = 1_000_000

func newWatch(q *PlanRequest) *watch {
	w := &watch{now: q.Now, tell: q.OnProgress, limit: q.Time}
	if w.now == nil {
		w.now = time.Now
	}
	w.began = w.now()
	return w
}

// afterSearch is how long judging a plan, finding out why people are left over and writing it down may take, in percent of the time
// that compiling the week takes. All of these grow with its people and sessions, and the same machine does them in the same minute.
const afterSearch = 230

// mostKept is the percentage of what is left of the limit that is kept back at most, so that some search is made.
const mostKept = 50

// compiled notes that the week is compiled, and keeps time back by how long that took.
func (w *watch) compiled() {
	took := w.now().Sub(w.began)
	w.keep = min(took*afterSearch/100, max(0, w.limit-took)*mostKept/100)
}

// sketched hears of the first roster.
func (w *watch) sketched(p solver.Progress) {
	if w.tell != nil {
		w.tell(p)
	}
}

// left gives how long the search may still take.
func (w *watch) left() time.Duration { return w.limit - w.keep - w.now().Sub(w.began) }

// round hears of every round, and of the constructions before the first.
func (w *watch) round(p solver.Progress) {
	if w.first.IsZero() || p.Rounds == 0 {
		w.first, w.rounds = w.now(), p.Rounds
	}
	if w.tell != nil {
		w.tell(p)
	}
}

// paceShare is how many rounds are planned of what seems to fit, in percent. The first rounds take longer than those that follow, and a
// run that is cut in its last tenth, when it hardly accepts a loss any more, is better than one that ends with time left.
const paceShare = 110

// pace says how many rounds in all fit into the limit, by how long the first ones took.
func (w *watch) pace(p solver.Progress) int {
	now := w.now()
	left := w.limit - w.keep - now.Sub(w.began)
	done := p.Rounds - w.rounds
	if left <= 0 || done <= 0 {
		return p.Rounds
	}
	each := max(now.Sub(w.first)/time.Duration(done), time.Microsecond)
	return min(p.Rounds+int(left/each)*paceShare/100, maxRounds)
}

// stop cuts the run between two rounds when its time is up.
func (w *watch) stop(solver.Progress) bool {
	w.up = w.up || w.limit > 0 && w.left() <= 0
	return w.up
}

// timed gives a context that ends when the time is up by the machine's own clock, which cuts the run inside a round.
func (w *watch) timed(ctx context.Context) (context.Context, context.CancelFunc) {
	if w.limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, w.left())
}

// lackShare is how much of the time of a plan may go into what the week lacks, in percent.
const lackShare = 15

// lacks finds what the week lacks, unless that takes more than a share of the time. It needs no roster, so it comes before the search,
// which then takes all the time that is left.
func (w *watch) lacks(ctx context.Context, p *solver.Problem, s *bound.Search) *lacks {
	if w.limit > 0 {
		limited, stop := context.WithTimeout(ctx, w.limit*lackShare/100)
		defer stop()
		ctx = limited
	}
	return lacksOf(ctx, p, s)
}

// whole gives a context that ends with the limit itself, for what comes after the search and may be left out.
func (w *watch) whole(ctx context.Context) (context.Context, context.CancelFunc) {
	if w.limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, w.limit-w.now().Sub(w.began))
}

// ended notes which of two contexts ended: the one that was given, or only the one with the time in it.
func (w *watch) ended(given, timed context.Context) {
	w.up = w.up || given.Err() == nil && timed.Err() != nil
}

// why words why the run ended, by the engine's own reason where the clock had no part in it.
func (w *watch) why(engine string) string {
	switch {
	case w.up:
		return "its time was up"
	default:
		return engine
	}
}
