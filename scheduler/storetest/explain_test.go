package storetest_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func TestAPublishedWeekExplainsItself(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	ref := scheduler.RosterRef{Week: week}
	whole, x, err := d.s.ExplainRoster(ctx, d.who, d.region, ref)
	require.NoError(t, err)
	require.Equal(t, 1, x.Published.Version)
	require.Equal(t, len(r.Appointments), whole.Summary.PersonDays)
	var paid int64
	for _, p := range whole.Prices {
		paid += p.Cost
		for _, v := range p.Values {
			require.Contains(t, v.Unit, "millipoint")
		}
	}
	require.Equal(t, whole.Summary.Value, -paid, "the prices add up to what the roster is worth")
	left := 0
	for i, s := range whole.Scarce {
		left += s.People
		require.True(t, i == 0 || whole.Scarce[i-1].People >= s.People)
	}
	require.Len(t, x.Unplaced(), left)

	a := r.Appointments[0]
	p, _, err := d.s.ExplainPerson(ctx, d.who, d.region, ref, a.CRN)
	require.NoError(t, err)
	require.NotEmpty(t, p.Appointments)
	require.NotNil(t, p.Appointments[0].Here)
	require.NotNil(t, p.Forecast)
	require.Nil(t, p.NotPlaced, "a day is what they need")
	one, _, err := d.s.ExplainAppointment(ctx, d.who, d.region, ref, a.CRN, model.SessionKey{Project: a.Session.Project, Date: a.Session.Date, Start: -1})
	require.NoError(t, err)
	require.Equal(t, p.Appointments[0], *one)
	_, _, err = d.s.ExplainAppointment(ctx, d.who, d.region, ref, "Z999999", a.Session)
	requireCode(t, model.CodeNotFound, err)

	y, _, err := d.s.ExplainSession(ctx, d.who, d.region, ref, a.Session)
	require.NoError(t, err)
	require.Len(t, y.People, len(r.In(a.Session)))
	require.NotEmpty(t, y.Prices)
	require.NotEmpty(t, scheduler.ReachText(y.Reach))
}

func TestWhoIsLeftOverGetsOneAnswerHoweverItIsAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.published()
	ref := scheduler.RosterRef{Week: week}
	x, err := d.s.Explained(ctx, d.who, d.region, ref)
	require.NoError(t, err)
	left := x.Unplaced()
	require.NotEmpty(t, left)
	for _, u := range left {
		a, _, err := d.s.WhyNot(ctx, d.who, d.region, ref, u.CRN)
		require.NoError(t, err)
		require.Equal(t, u.MainObstacle, a.Scarce.What, u.CRN)
		p, _, err := d.s.ExplainPerson(ctx, d.who, d.region, ref, u.CRN)
		require.NoError(t, err)
		require.Equal(t, a, p.NotPlaced)
		require.Equal(t, u.Placed, p.Placed)
		require.Equal(t, u.Needed, p.Needed)
		for _, s := range scheduler.AnswerText(week, a) {
			require.True(t, strings.HasSuffix(s, "."), s)
			require.NotContains(t, s, "%!")
		}
		if len(a.Places) == 0 && len(a.Nearest) > 0 {
			require.True(t, strings.HasPrefix(u.NearestMiss, a.Nearest[0].Key.String()), "%s: %s", u.CRN, u.NearestMiss)
		}
	}
}

func TestAPlanExplainsItselfAsItIsNow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	plan := d.planned()
	ref := scheduler.RosterRef{Draft: plan.ID}
	was, err := d.s.Explained(ctx, d.who, d.region, ref)
	require.NoError(t, err)
	again, err := d.s.Explained(ctx, d.who, d.region, ref)
	require.NoError(t, err)
	require.Same(t, was, again, "it is kept ready")
	a := was.Roster.Appointments[0]
	_, err = d.edit(&plan, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: a.Session})
	require.NoError(t, err)
	is, err := d.s.Explained(ctx, d.who, d.region, ref)
	require.NoError(t, err)
	require.NotSame(t, was, is)
	answer, err := is.WhyNot(a.CRN, a.Session)
	require.NoError(t, err)
	require.NotNil(t, answer.Change, "whoever left may come back")
	require.True(t, slices.ContainsFunc(answer.Change.Roster.In(a.Session), func(b model.Appointment) bool { return b.CRN == a.CRN }))

	_, err = d.s.Explained(ctx, d.who, d.region, scheduler.RosterRef{Draft: "p_none"})
	requireCode(t, model.CodeNotFound, err)
	_, err = d.s.Explained(ctx, d.who, d.region, scheduler.RosterRef{Week: week})
	requireCode(t, model.CodeNotFound, err)
	_, _, err = d.s.WhyNot(ctx, d.who, d.region, ref, a.CRN, model.SessionKey{Project: "NO01", Date: week.Monday(), Start: -1})
	requireCode(t, model.CodeNotFound, err)
}

func TestManyMayAskAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.published()
	x, err := d.s.Explained(ctx, d.who, d.region, scheduler.RosterRef{Week: week})
	require.NoError(t, err)
	left := x.Unplaced()
	want, err := x.WhyNot(left[0].CRN)
	require.NoError(t, err)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := x.WhyNot(left[i%len(left)].CRN)
			if err == nil {
				_, err = x.Person(left[i%len(left)].CRN)
			}
			if err == nil {
				_, err = x.Session(x.Roster.Appointments[i].Session)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	again, err := x.WhyNot(left[0].CRN)
	require.NoError(t, err)
	require.Equal(t, want, again, "questions leave the roster as it is")
}

func TestRulesAreToldAsTheyAreOnADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	all, err := d.s.Rules(ctx, d.who, d.region, 0)
	require.NoError(t, err)
	require.Len(t, all, len(d.s.Constraints))
	for _, r := range all {
		require.True(t, r.On, r.ID)
		require.NotEmpty(t, r.Values, "%s: the switch at least", r.ID)
		for _, v := range r.Values {
			require.NotEmpty(t, v.Source)
			require.NotEmpty(t, v.Since)
		}
	}
}
