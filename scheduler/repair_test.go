package scheduler_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestEachHappeningIsAnEditOfTheWeek(t *testing.T) {
	t.Parallel()
	planned, r := rainyPlan(t)
	sn, err := planned.With(model.PublishRoster{Roster: r})
	require.NoError(t, err)
	d, a := r.Duties[0], r.Appointments[0]
	at := d.Session.Date
	for name, h := range map[string]scheduler.Happening{
		"a supervisor is off":     {Kind: scheduler.SupervisorOff, Supervisor: d.Supervisor, From: at},
		"a minibus is off":        {Kind: scheduler.MinibusOff, Minibus: r.Trips[0].Minibus, From: at},
		"a project is closed":     {Kind: scheduler.ProjectClosed, Project: d.Session.Project, From: at},
		"it rains everywhere":     {Kind: scheduler.ItRains, From: at, To: at + 1},
		"somebody cannot come":    {Kind: scheduler.PersonOff, CRN: a.CRN, From: at},
		"all say that they come":  {Kind: scheduler.Overbooked, Session: a.Session},
		"a site takes fewer":      {Kind: scheduler.Overbooked, Project: d.Session.Project, Places: 1},
		"a session without start": {Kind: scheduler.Overbooked, Session: model.SessionKey{Project: a.Session.Project, Date: a.Session.Date, Start: -1}},
	} {
		edits, err := h.Edits(sn)
		require.NoError(t, err, name)
		now, err := sn.With(edits...)
		require.NoError(t, err, name)
		require.NotEqual(t, sn.Digest(), now.Digest(), name)
	}
	for name, h := range map[string]scheduler.Happening{
		"expected a day of week":       {Kind: scheduler.SupervisorOff, Supervisor: d.Supervisor, From: monday + 7},
		"expected supervisor-off":      {Kind: "flood", From: at},
		"found no session NO/":         {Kind: scheduler.Overbooked, Session: model.SessionKey{Project: "NO", Date: at, Start: 540}},
		"expected a session that is o": {Kind: scheduler.Overbooked, Session: emptySession(sn)},
	} {
		_, err := h.Edits(sn)
		require.ErrorContains(t, err, name)
	}
}

// emptySession gives a session that nobody works in.
func emptySession(sn *model.Snapshot) model.SessionKey {
	for i := range sn.Sessions {
		if k := sn.Sessions[i].Key; len(sn.Published.In(k)) == 0 {
			return k
		}
	}
	return model.SessionKey{}
}

func TestAWeekIsRepaired(t *testing.T) {
	if testing.Short() {
		t.Skip("its plans are made again and again, which takes minutes under the race detector")
	}
	t.Parallel()
	planned, r := rainyPlan(t)
	sn, err := planned.With(model.PublishRoster{Roster: r})
	require.NoError(t, err)
	d := r.Duties[len(r.Duties)-1]
	ask := func(h scheduler.Happening, change func(*scheduler.RepairRequest)) *scheduler.Repairing {
		q := scheduler.RepairRequest{Happened: []scheduler.Happening{h}, Budget: -1, Seed: 1}
		if change != nil {
			change(&q)
		}
		x, err := scheduler.RepairWeek(context.Background(), sn, q, constraints.All)
		require.NoError(t, err)
		return x
	}
	off := scheduler.Happening{Kind: scheduler.SupervisorOff, Supervisor: d.Supervisor, From: d.Session.Date}
	x := ask(off, nil)
	require.NotEmpty(t, x.Broken)
	require.NotEmpty(t, x.Options)
	require.Empty(t, x.Options[0].Left)
	require.Contains(t, rulesOf(x.Cases(x.Broken)), "supervisor-duty")
	j := scheduler.Judge(x.Snapshot, x.Options[0].Roster, constraints.All, nil)
	require.Empty(t, j.MustFix, "as publication judges it")

	none := ask(off, func(q *scheduler.RepairRequest) { q.Budget = 0 })
	for i := range none.Options {
		require.Empty(t, none.Options[i].Told)
	}
	curve := ask(off, func(q *scheduler.RepairRequest) { q.Curve = []int{0, 50} })
	require.Empty(t, curve.Options)
	require.NotEmpty(t, curve.Curve)

	frozen := *sn
	frozen.FrozenUntil = frozen.Calendar.Instant(monday+7, 0)
	sn = &frozen
	require.Empty(t, ask(off, nil).Options, "all is frozen")
	require.NotEmpty(t, ask(off, func(q *scheduler.RepairRequest) { q.ShortNotice = true }).Options)

	w := r.WetPlans[0]
	rain := ask(scheduler.Happening{Kind: scheduler.ItRains, From: w.Session.Date}, nil)
	require.Contains(t, rain.Moved, w)
	_, err = scheduler.RepairWeek(context.Background(), sn, scheduler.RepairRequest{}, constraints.All)
	require.ErrorContains(t, err, "say what happened")
	_, err = scheduler.RepairWeek(context.Background(), planned, scheduler.RepairRequest{Happened: []scheduler.Happening{off}}, constraints.All)
	require.ErrorContains(t, err, "nothing published")
}
