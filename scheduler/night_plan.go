package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
)

// plan plans the weeks of the horizon one after another, each as if what is planned of the weeks before it were published: so nobody
// is given the same hours twice.
func (n *night) plan(ctx context.Context) error {
	n.report.Weeks = nil
	var planned []*model.Roster
	first := n.s.thisWeek().Add(1)
	for i := range int(n.s.tonight().Weeks) {
		week, roster, err := n.planWeek(ctx, first.Add(i), planned)
		if lostTo(err) || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if err != nil { // this week's alone
			week.State, week.Failure = RunFailed, failure(err)
		}
		n.report.Weeks = append(n.report.Weeks, week)
		if roster != nil {
			planned = append(planned, roster)
		}
		if err := n.note(ctx); err != nil {
			return err
		}
	}
	return nil
}

// planWeek plans one week, and publishes the plan if it may. The roster is that of the plan; nil: there is none.
func (n *night) planWeek(ctx context.Context, week model.Week, planned []*model.Roster) (NightWeek, *model.Roster, error) {
	out := NightWeek{Week: week, Gap: -1}
	work := n.held.seen().Work
	q := RunRequest{Week: week, Seed: uint64(n.q.Date), Rounds: work.Rounds, Time: work.Limit}
	d, err := n.search(ctx, q, planned)
	if err != nil {
		return out, nil, err
	}
	out.Draft = d.ID
	if !d.Usable() {
		out.State, out.Failure = n.runState(ctx, d.ID), d.Failure
		return out, nil, nil
	}
	out.State = RunMade
	roster, err := n.tellWeek(ctx, &out, &d)
	if err != nil {
		return out, roster, err
	}
	made, err := n.publish(ctx, &d)
	if err != nil {
		e, ok := errors.AsType[*withheldError](err)
		if !ok {
			return out, roster, err
		}
		out.Withheld = e.why
		return out, roster, nil
	}
	out.State, out.Published = RunPublished, made.Version
	return out, roster, nil
}

// search has a week searched for, or finds the search that an earlier attempt at the night had made. One that was stopped before there
// was any plan, because its process ended, is made anew.
func (n *night) search(ctx context.Context, q RunRequest, planned []*model.Roster) (Draft, error) {
	for i := 1; ; i++ {
		c := n.command(fmt.Sprint("plan ", i), q.Week, "")
		d, err := n.s.createPlan(ctx, n.who, n.region, q, c, &nightWork{n.held, planned})
		if err == nil {
			d, err = n.wait(ctx, d.ID)
		}
		if err != nil || ctx.Err() != nil || d.Failure != stoppedEarly || i == mostAttempts {
			return d, err
		}
	}
}

// command gives the key of one deed of the night, which is the same whoever takes the night over.
func (n *night) command(what string, week model.Week, reason string) Command {
	return Command{Key: fmt.Sprintf("%s %s %v", n.held.seen().Name, what, week), Reason: reason}
}

// wait waits until a plan is over. One that was left behind by another worker is taken up when that can be.
func (n *night) wait(ctx context.Context, id string) (Draft, error) {
	const look = 20 * time.Second
	for {
		if n.s.Engine == nil && n.s.Runs.find(id) == nil {
			if err := n.s.takeUp(ctx, n.region, id); err != nil && !lostTo(err) {
				return Draft{}, err
			}
		}
		some, stop := context.WithTimeout(ctx, look)
		d, err := n.s.WaitPlan(some, n.who, n.region, id)
		stop()
		if err != nil || d.State.Over() || ctx.Err() != nil {
			if ctx.Err() != nil && !d.State.Over() {
				return n.s.StopPlan(context.WithoutCancel(ctx), n.who, n.region, id)
			}
			return d, err
		}
	}
}

// runState gives how the run of a plan ended.
func (n *night) runState(ctx context.Context, id string) RunState {
	state := RunFailed
	_ = n.s.Record.View(ctx, n.region, func(r Reader) error {
		if x, err := lastRun(r, id); err == nil && x.State.Over() {
			state = x.State
		}
		return nil
	})
	return state
}

// tellWeek fills in what the report says of a plan: what it changes, how good it is, what one more would be worth and what is lacking.
func (n *night) tellWeek(ctx context.Context, out *NightWeek, d *Draft) (*model.Roster, error) {
	out.Placed, out.Workable, out.Broken, out.Value, out.Base = d.Summary.People, d.Summary.Workable, d.Summary.Broken, d.Summary.Value, d.Base
	if d.Bound != nil {
		out.Gap = d.Bound.Gap(d.Summary.Value)
	}
	var p *publication
	sn := &model.Snapshot{}
	if err := n.s.Record.View(ctx, n.region, func(r Reader) error {
		p = &publication{draft: *d}
		var err error
		if p.sn, _, err = n.s.freeze(r, d.Week); err != nil {
			return err
		}
		if err = n.s.against(r, p); err != nil {
			return err
		}
		if p.roster, err = n.s.rosterOf(r, d.Roster); err != nil {
			return err
		}
		return kept(r, d.Snapshot, sn)
	}); err != nil {
		return nil, err
	}
	diff := Diff(p.current, p.roster)
	out.Changes, out.Tell, out.Frozen = len(diff), peopleToTell(diff), frozenTouched(p.sn, diff)
	x, err := Explain(sn, p.roster, n.s.Constraints, nil)
	if err != nil {
		return p.roster, err
	}
	lacking, err := x.Lacking()
	if err != nil {
		return p.roster, err
	}
	out.Lacking = LackingText(lacking)
	out.Prices, err = n.prices(ctx, x)
	return p.roster, err
}

// PriceSteps is how far the bound is usually lowered for shadow prices.
const PriceSteps = 100

// prices tells what one more of each resource would be worth. They may take as long as the search might; then they are those by then.
func (n *night) prices(ctx context.Context, x *Explained) ([]ShadowPrice, error) {
	limit := n.held.seen().Work.Limit
	if limit == 0 {
		limit = grace
	}
	limited, stop := context.WithTimeout(ctx, limit)
	defer stop()
	found, err := x.ShadowPrices(limited, PriceSteps, max(1, n.s.Runs.Workers))
	if err != nil || found == nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		return nil, err
	}
	var out []ShadowPrice
	for _, p := range found.Prices {
		if p.Worth > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

// peopleToTell counts the people whose week differs.
func peopleToTell(diff []Difference) int {
	people := map[string]bool{} // counted only
	for i := range diff {
		if diff[i].Part == OfPerson {
			people[diff[i].Subject] = true
		}
	}
	return len(people)
}

// frozenTouched counts the differences in what is frozen or pinned.
func frozenTouched(sn *model.Snapshot, diff []Difference) int {
	frozen := func(k model.SessionKey) bool {
		return k.Project != "" && sn.Calendar.Instant(k.Date, k.Start) < sn.FrozenUntil
	}
	touched := 0
	for i := range diff {
		d := &diff[i]
		if frozen(d.Now) || frozen(d.Was) || d.Before != nil && sn.Fixed(d.Before) {
			touched++
		}
	}
	return touched
}
