package scheduler

import (
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
)

// Task names a run that is to be carried out. It says nothing of anybody, so that it may pass through any queue.
type Task struct {
	Region, Run string

	Rank Rank
	Turn string // tells it from the same run when that was handed over before, if it has to be handed over anew
}

// Rank says which of two tasks is the more urgent. The list is closed.
type Rank string

// The ranks, the most urgent first.
const (
	RankAsked  Rank = "asked"   // somebody waits for it
	RankNight  Rank = "night"   // a part of a night
	RankWhatIf Rank = "what-if" // at other prices than the policy's, so that it can be compared
)

// Ranks lists the ranks, the most urgent first.
func Ranks() []Rank { return []Rank{RankAsked, RankNight, RankWhatIf} }

// Engine hands tasks to workers elsewhere, who call [Worker.Carry]. It may lose them, give them late and give them twice: the ledger
// says what is still to be done, and [Worker.TakeUp] finds what was lost. A task that it has already is no error.
type Engine interface {
	Enqueue(ctx context.Context, t Task) error
}

// stuckAfter is how long a queue may have a task that nobody takes before it is given another one of the same run.
const stuckAfter = 10 * time.Minute

// task gives what is handed to a queue for a run as it stands. A run that waits is the same task whoever hands it over, so it stands in a
// queue once; one whose worker died is another.
func (s *Service) task(region string, x *Run, d *Draft) Task {
	t := Task{Region: region, Run: x.Name, Rank: RankAsked}
	switch {
	case x.Work.Night != "":
		t.Rank = RankNight
	case len(d.Asked) > 0:
		t.Rank = RankWhatIf
	}
	t.Turn = fmt.Sprintf("%d.%d", x.Version, max(0, s.now().Sub(x.At)/stuckAfter))
	return t
}

// handOver gives a run that nobody holds to the queue, unless that has it. What the queue does not take, this process does, and what is
// not worth it is recorded as lost. A [model.Error] with CodeConflict says that there is nothing to be done.
func (s *Service) handOver(ctx context.Context, region, name string) error {
	var t Task
	worth := false
	err := s.Record.View(ctx, region, func(r Reader) error {
		x, err := lastRun(r, name)
		if err != nil {
			return err
		}
		if x.Version == 0 || x.State.Over() || !s.ledger().free(&x) {
			return model.Errorf(model.CodeConflict, "The run %s is over, or another worker carries it out.", name)
		}
		d, err := lastDraft(r, name)
		t, worth = s.task(region, &x, &d), err == nil && s.takesUp(&x, &d)
		return err
	})
	if err != nil {
		return err
	}
	if worth && s.Engine.Enqueue(ctx, t) == nil {
		return nil
	}
	return s.takeUp(ctx, region, name)
}
