package storetest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// plannedOnce is the roster of the small region's week, searched for once. Of the seeds it takes the first whose plan
// fetches somebody, because some tests need riders and a better search may do without them.
var plannedOnce = sync.OnceValue(func() *model.Roster {
	var facts model.Facts
	_ = json.Unmarshal(made(), &facts)
	s, who := bare(panics{}, facts.Region)
	imported(panics{}, s, who, &facts, 0)
	sn, _, err := s.Snapshot(ctx, who, facts.Region, week)
	if err != nil {
		panic(err)
	}
	for seed := range uint64(40) {
		res, err := scheduler.Plan(ctx, scheduler.PlanRequest{Snapshot: sn, Constraints: s.Constraints, Seed: seed, Rounds: 3})
		if err != nil {
			panic(err)
		}
		if slices.ContainsFunc(res.Roster.Trips, func(x model.Trip) bool { return len(x.Stops) > 0 }) {
			return res.Roster
		}
	}
	panic("no seed plans a trip with riders")
})

// panics fails where there is no test.
type panics struct{}

func (panics) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (panics) FailNow()                          { panic("failed") }

// desk is somebody at work on a region whose week is planned.
type desk struct {
	t      require.TestingT
	s      *scheduler.Service
	who    model.Principal
	region string
	facts  *model.Facts
	keys   int
}

func newDesk(t require.TestingT) *desk {
	f := region(t)
	s, who := bare(t, f.Region)
	d := &desk{t: t, s: s, who: who, region: f.Region, facts: f}
	imported(t, s, who, f, 0)
	return d
}

func (d *desk) command() scheduler.Command {
	d.keys++
	return scheduler.Command{Key: fmt.Sprint("desk ", d.keys), Reason: "a test"}
}

func (d *desk) keep(r *model.Roster, base int) scheduler.Draft {
	made, err := d.s.KeepDraft(ctx, d.who, d.region, r, base, d.command())
	require.NoError(d.t, err)
	return made
}

// planned keeps the planned roster as a draft.
func (d *desk) planned() scheduler.Draft { return d.keep(plannedOnce(), 0) }

// published publishes the planned roster.
func (d *desk) published() *model.Roster {
	_, err := d.publish(d.planned(), false)
	require.NoError(d.t, err)
	return d.current()
}

func (d *desk) publish(x scheduler.Draft, partial bool) (scheduler.PublishedPlan, error) {
	return d.s.PublishPlan(ctx, d.who, d.region, scheduler.PublishPlan{Draft: x.ID, Partial: partial}, d.command())
}

func (d *desk) current() *model.Roster {
	r, _, err := d.s.Roster(ctx, d.who, d.region, week, 0)
	require.NoError(d.t, err)
	return r
}

func (d *desk) edit(x *scheduler.Draft, edits ...scheduler.Edit) (scheduler.Judgement, error) {
	made, j, err := d.s.EditPlan(ctx, d.who, d.region, scheduler.EditRequest{Draft: x.ID, Version: x.Version, Edits: edits}, d.command())
	if err == nil {
		*x = made
	}
	return j, err
}

func (d *desk) view(x scheduler.Draft) *scheduler.DraftView {
	v, err := d.s.DraftView(ctx, d.who, d.region, x.ID)
	require.NoError(d.t, err)
	return v
}

// change takes changed facts in.
func (d *desk) change(f *model.Facts, complete ...string) {
	_, v, err := d.s.Facts(ctx, d.who, d.region)
	require.NoError(d.t, err)
	f.Region = d.region
	_, err = d.s.Import(ctx, d.who, d.region, scheduler.ImportRequest{Facts: f, Base: v.Version, Complete: complete}, d.command())
	require.NoError(d.t, err)
}

func (d *desk) broken(r *model.Roster) int64 {
	sn, _, err := d.s.Snapshot(ctx, d.who, d.region, week)
	require.NoError(d.t, err)
	return solver.Total(solver.Check(sn, r, constraints.All), constraints.All).Hard()
}

// together gives two people who are in one session, and the session.
func together(r *model.Roster) (model.Appointment, model.Appointment) {
	for i := 1; i < len(r.Appointments); i++ {
		if a, b := r.Appointments[i-1], r.Appointments[i]; a.Session == b.Session && a.CRN < b.CRN && len(r.In(a.Session)) > 3 {
			return a, b
		}
	}
	panic("nobody meets anybody")
}

func staleOf(t require.TestingT, err error, code model.Code) *scheduler.StaleError {
	var e *scheduler.StaleError
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Err.Code, e.Err.Message)
	return e
}
