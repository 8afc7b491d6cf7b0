package storetest_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// tonight is a short night.
var tonight = scheduler.NightRequest{Rounds: 1}

// nightly gives a desk that can plan, by a policy of its own with some values of nights.
func nightly(t *testing.T, search scheduler.Search, values map[policy.ClauseID]int64) *desk {
	t.Helper()
	d := newDesk(t)
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	for i := range profile.Clauses {
		if v, ok := values[profile.Clauses[i].ID]; ok {
			profile.Clauses[i].Values = []policy.Dated{{From: "2020-01-01", Value: v}}
		}
	}
	d.s.Policy = profile
	d.s.Runs = &scheduler.Runs{Search: search, Waiting: 5}
	t.Cleanup(func() { require.NoError(t, d.s.Runs.Close(ctx)) })
	return d
}

func placesNobody(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	return emptyPlan(q), nil
}

// keepsWhatIs plans what is published, so that nothing changes.
func keepsWhatIs(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	if q.Snapshot.Published == nil {
		return emptyPlan(q), nil
	}
	r := q.Snapshot.Published.Clone()
	r.From, r.Version = q.Snapshot.Digest(), 0
	return &scheduler.PlanResult{Roster: r, Why: "it was asked to"}, nil
}

// without takes the last person out of what is published, whose session has others.
func without(n int) scheduler.Search {
	return func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		res, err := keepsWhatIs(c, q)
		r := res.Roster
		for range n {
			for i := range slices.Backward(r.Appointments) {
				if a := r.Appointments[i]; len(r.In(a.Session)) > 4 && !rides(r, a.CRN) {
					r.Appointments = slices.Delete(slices.Clone(r.Appointments), i, i+1)
					break
				}
			}
		}
		return res, err
	}
}

// withoutMonday takes somebody who has a Monday out of the week: another day of theirs could have to last longer without it.
func withoutMonday(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	res, err := keepsWhatIs(c, q)
	r := res.Roster
	i := slices.IndexFunc(r.Appointments, func(a model.Appointment) bool {
		return a.Session.Date == week.Monday() && len(r.In(a.Session)) > 4 && !rides(r, a.CRN)
	})
	crn := r.Appointments[i].CRN
	r.Appointments = slices.DeleteFunc(slices.Clone(r.Appointments), func(a model.Appointment) bool { return a.CRN == crn })
	return res, err
}

func rides(r *model.Roster, crn model.CRN) bool {
	return slices.ContainsFunc(r.Appointments, func(a model.Appointment) bool { return a.CRN == crn && a.PickUp != "" })
}

func (d *desk) night(t *testing.T, q scheduler.NightRequest) scheduler.Night {
	t.Helper()
	n, err := d.s.RunNight(ctx, d.who, d.region, q)
	require.NoError(t, err)
	return n
}

func TestANightPlansTheComingWeeksOneAfterAnother(t *testing.T) {
	t.Parallel()
	d := nightly(t, scheduler.Plan, map[policy.ClauseID]int64{"night.weeks": 3})
	n := d.night(t, tonight)
	require.Equal(t, scheduler.RunMade, n.State, n.Failure)
	require.Equal(t, "2026-11-26", n.Name)
	require.Equal(t, d.who.Name, n.Who)
	require.Len(t, n.Weeks, 3)
	require.Positive(t, n.Forecasts.People)
	require.GreaterOrEqual(t, n.Forecasts.People, n.Forecasts.Finish)
	var before *model.Roster
	for i, w := range n.Weeks {
		require.Equal(t, week.Add(i), w.Week)
		require.Equal(t, scheduler.RunMade, w.State, w.Failure)
		require.Zero(t, w.Broken)
		require.Positive(t, w.Placed)
		require.Positive(t, w.Changes)
		require.GreaterOrEqual(t, w.Tell, w.Placed)
		require.GreaterOrEqual(t, w.Gap, int64(0))
		require.NotEmpty(t, w.Prices)
		require.NotEmpty(t, w.Lacking)
		require.Zero(t, w.Published)
		require.Contains(t, w.Withheld, "without somebody")
		draft, err := d.s.Draft(ctx, d.who, d.region, w.Draft)
		require.NoError(t, err)
		require.Equal(t, "nightly run", draft.Who)
		require.NoError(t, d.s.Record.View(ctx, d.region, func(r scheduler.Reader) error {
			var sn model.Snapshot
			body, err := r.Content(runOf(t, d.s, d.region, w.Draft).Work.Snapshot)
			require.NoError(t, err)
			decoded(t, body, &sn)
			if before != nil {
				require.Equal(t, before.Appointments, sn.Before.Appointments, "what is planned of the week before counts")
			}
			return nil
		}))
		before = d.view(draft).Roster
	}
	all, err := d.s.Nights(ctx, d.who, d.region, 5)
	require.NoError(t, err)
	require.Equal(t, []scheduler.Night{n}, all)
	weeks, err := d.s.Weeks(ctx, d.who, d.region)
	require.NoError(t, err)
	require.Empty(t, weeks, "nothing is published")
	require.Equal(t, "The night of 26 November 2026 planned 3 weeks: 3 with changes that nobody was told yet.", n.Headline())
	log, err := d.s.Audit(ctx, d.who, d.region, 0, 100)
	require.NoError(t, err)
	last := log[len(log)-1]
	require.Equal(t, []string{"night", "2026-11-26", "nightly run", n.Headline()}, []string{last.Action, last.Subject, last.Who, last.Reason})
	_, _, err = d.s.VerifyAudit(ctx, d.who, d.region)
	require.NoError(t, err)
}

func TestADateHasOneNightUnlessAnotherIsAskedFor(t *testing.T) {
	t.Parallel()
	d := nightly(t, placesNobody, nil)
	d.night(t, tonight)
	before := entries(t, d.s.Record, d.region)
	for _, s := range []*scheduler.Service{d.s, beside(t, d.s, placesNobody, time.Minute)} {
		_, err := s.RunNight(ctx, d.who, d.region, tonight)
		requireCode(t, model.CodeConflict, err)
	}
	require.Equal(t, before, entries(t, d.s.Record, d.region))
	for _, name := range []string{"2026-11-26+2", "2026-11-26+3"} {
		n := d.night(t, scheduler.NightRequest{Rounds: 1, Again: true})
		require.Equal(t, name, n.Name)
	}
	_, err := d.s.RunNight(ctx, d.who, d.region, scheduler.NightRequest{Date: week.Monday()})
	requireCode(t, model.CodeUsage, err)
	_, err = d.s.Night(ctx, d.who, d.region, "2026-11-25")
	requireCode(t, model.CodeNotFound, err)
	_, err = d.s.RunNight(ctx, everybody("Nowhere"), "Nowhere", tonight)
	requireCode(t, model.CodeNotFound, err)
}

func TestANightTakesInWhatCameAndLeavesWhatIsBad(t *testing.T) {
	t.Parallel()
	d := nightly(t, placesNobody, map[policy.ClauseID]int64{"night.weeks": 1})
	first := d.night(t, tonight)
	var taken []string
	arrival := func(name string, read func(*model.Facts) (*model.Facts, error)) scheduler.Arrival {
		return scheduler.Arrival{Name: name, Digest: scheduler.ContentDigest([]byte(name)), Read: read, Taken: func() error { taken = append(taken, name); return nil }}
	}
	kit := func(kind string) func(*model.Facts) (*model.Facts, error) {
		return func(known *model.Facts) (*model.Facts, error) {
			require.NotNil(t, known)
			return &model.Facts{Region: d.region, Kit: []model.Kit{{Team: d.facts.Teams[0].Code, Kind: kind, Quantity: 9}}}, nil
		}
	}
	raced := false
	n := d.night(t, scheduler.NightRequest{Rounds: 1, Again: true, Inbox: func(context.Context, string) ([]scheduler.Arrival, error) {
		return []scheduler.Arrival{
			arrival("kit.csv", kit("gloves")),
			arrival("people.csv", func(*model.Facts) (*model.Facts, error) {
				return &model.Facts{Region: d.region, Kit: []model.Kit{{Team: "T9", Kind: "never"}}}, model.Errorf(model.CodeInvalid, "people.csv: row 3 has no date of sentence.")
			}),
			arrival("same.csv", kit("gloves")),
			arrival("raced.csv", func(known *model.Facts) (*model.Facts, error) { //nolint:contextcheck // it stands for somebody else
				if !raced { // somebody imports meanwhile
					raced = true
					d.change(&model.Facts{Kit: []model.Kit{{Team: d.facts.Teams[0].Code, Kind: "helmets", Quantity: 1}}})
				}
				return kit("boots")(known)
			}),
			arrival("broken.csv", func(*model.Facts) (*model.Facts, error) { return nil, errors.New("open /secret: no") }),
		}, nil
	}})
	require.Equal(t, scheduler.RunMade, n.State)
	require.Equal(t, []string{"kit.csv", "same.csv", "raced.csv"}, taken)
	require.Equal(t, "people.csv: row 3 has no date of sentence.", n.Files[1].Problem)
	require.NotContains(t, n.Files[4].Problem, "secret")
	require.Equal(t, []int{2, 0, 0, 4, 0}, []int{n.Files[0].Version, n.Files[1].Version, n.Files[2].Version, n.Files[3].Version, n.Files[4].Version})
	require.Equal(t, []int{1, 4}, []int{n.Before, n.Facts})
	require.Equal(t, first.Facts, n.Before)
	require.Equal(t, "kit", n.Changes[0].Kind)
	require.True(t, n.Bad())
	require.Contains(t, n.Headline(), "2 files could not be taken in.")
	f, v, err := d.s.Facts(ctx, d.who, d.region)
	require.NoError(t, err)
	require.Equal(t, 4, v.Version)
	require.False(t, slices.ContainsFunc(f.Kit, func(k model.Kit) bool { return k.Kind == "never" }), "nothing of a bad file counts")
}

func TestANightMarksWhatNewFactsBreakAndTellsItOnceAsNew(t *testing.T) {
	t.Parallel()
	d := nightly(t, keepsWhatIs, map[policy.ClauseID]int64{"night.weeks": 1})
	r := d.published()
	n := d.night(t, tonight)
	require.Equal(t, []scheduler.NightRoster{{Week: week, Version: 1}}, n.Rosters)
	require.Contains(t, n.Headline(), "found nothing to change")
	require.False(t, n.Bad())
	a, b := together(r)
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	for _, fresh := range []bool{true, false} {
		n := d.night(t, scheduler.NightRequest{Rounds: 1, Again: true})
		require.Len(t, n.Rosters, 1)
		cases := len(n.Rosters[0].Broken)
		require.Positive(t, cases)
		require.Equal(t, fresh, n.Rosters[0].New == cases)
		require.Equal(t, !fresh, n.Rosters[0].New == 0)
		require.Equal(t, 2*cases, n.Rosters[0].Appointments)
		require.Equal(t, fresh, n.Bad())
		require.Equal(t, fresh, strings.Contains(n.Headline(), "newly breaks"), n.Headline())
		require.Zero(t, n.Weeks[0].Published)
	}
}

func TestWhatANightMendsByItselfIsNoTroubleAnyMore(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("searches, which take minutes under the race detector")
	}
	d := nightly(t, scheduler.Plan, map[policy.ClauseID]int64{"night.weeks": 1, "night.publish": 1, "night.people-to-tell": 1_000_000})
	a, b := together(d.published())
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	n := d.night(t, tonight)
	require.Positive(t, n.Rosters[0].New)
	require.Equal(t, 2, n.Weeks[0].Published, n.Weeks[0].Withheld)
	require.Equal(t, 2, n.Published(week))
	require.Equal(t, "The night of 26 November 2026 planned 1 week: 1 published.", n.Headline())
	require.False(t, n.Bad())
	require.Zero(t, d.broken(d.current()))
}

func TestANightPublishesOnlyWhatThePolicyLetsIt(t *testing.T) {
	t.Parallel()
	yes := map[policy.ClauseID]int64{"night.weeks": 1, "night.publish": 1, "night.people-to-tell": 2}
	for _, x := range []struct {
		name   string
		search scheduler.Search
		values map[policy.ClauseID]int64
		before func(*desk, *model.Roster)
		why    string // empty: it is published
	}{
		{"few people are to be told", without(2), yes, nil, ""},
		{"nobody said that it may", without(2), map[policy.ClauseID]int64{"night.weeks": 1}, nil, "without somebody"},
		{"one too many is to be told", without(3), yes, nil, "3 people would be told of a change; the policy allows 2"},
		{"there is nothing to tell", keepsWhatIs, yes, nil, "it changes nothing"},
		{"a rule that must hold is broken", without(1), yes, func(d *desk, r *model.Roster) {
			a, b := together(r)
			d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
		}, "it breaks"},
		{"something frozen is touched", withoutMonday, map[policy.ClauseID]int64{"night.weeks": 1, "night.publish": 1, "keep-fixed": 0},
			func(d *desk, _ *model.Roster) { d.s.AsOf = model.Instant(week.Monday()-3)*1440 + 13*60 }, "it touches"},
		{"something frozen is touched, and a rule says so", withoutMonday, yes,
			func(d *desk, _ *model.Roster) { d.s.AsOf = model.Instant(week.Monday()-3)*1440 + 13*60 }, "it breaks"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			d := nightly(t, x.search, x.values)
			r := d.published()
			if x.before != nil {
				x.before(d, r)
			}
			n := d.night(t, tonight)
			require.Equal(t, x.why == "", n.Weeks[0].Published == 2, n.Weeks[0].Withheld)
			require.Contains(t, n.Weeks[0].Withheld, x.why)
			versions, err := d.s.Versions(ctx, d.who, d.region, week)
			require.NoError(t, err)
			if x.why != "" {
				require.Len(t, versions, 1, "yesterday's roster is in force")
				require.Equal(t, r.Appointments, d.current().Appointments)
				return
			}
			require.Equal(t, scheduler.RunPublished, n.State)
			require.Len(t, versions, 2)
			i := slices.IndexFunc(versions, func(v scheduler.RosterVersion) bool { return v.Version == 2 })
			require.Equal(t, "nightly run", versions[i].Who)
			require.Contains(t, versions[i].Reason, "published by itself")
			require.Contains(t, n.Headline(), "1 published")
		})
	}
}

func TestAFailedNightLeavesYesterdaysRosterInForceAndSaysSo(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("searches, which take minutes under the race detector")
	}
	d := nightly(t, func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) { panic("poison") },
		map[policy.ClauseID]int64{"night.weeks": 2, "night.publish": 1, "night.people-to-tell": 1_000_000})
	r := d.published()
	n := d.night(t, tonight)
	require.Equal(t, scheduler.RunFailed, n.State)
	require.True(t, n.Bad())
	for _, w := range n.Weeks {
		require.Equal(t, scheduler.RunAside, w.State)
		require.Equal(t, scheduler.RunAside, runOf(t, d.s, d.region, w.Draft).State)
	}
	require.Equal(t, "The night of 26 November 2026 failed: week 2026-W50 has no new plan: the search ended with a fault of the program. Still in force: 2026-W49 version 1.", n.Headline())
	require.Equal(t, r, d.current())
}

func TestANightThatDidNotHappenIsTold(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("searches, which take minutes under the race detector")
	}
	d := nightly(t, placesNobody, map[policy.ClauseID]int64{"night.weeks": 1})
	news := func(ahead time.Duration) scheduler.NightNews {
		n, err := beside(t, d.s, placesNobody, ahead).NightNews(ctx, d.who, d.region)
		require.NoError(t, err)
		return n
	}
	require.Equal(t, scheduler.NightNews{}, news(0), "a region without nights is told of none")
	n := d.night(t, tonight)
	said := scheduler.NightNews{Text: n.Headline(), Name: n.Name}
	require.Equal(t, said, news(0))
	require.Equal(t, said, news(18*time.Hour), "the next is due at half past two, and may take an hour to begin")
	missed := news(19 * time.Hour)
	require.True(t, missed.Bad)
	require.Equal(t, "The night of 27 November 2026 has not happened: no process was there to do it. What was published is still in force. "+n.Headline(), missed.Text)
}

func decoded(t *testing.T, body []byte, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(body, into))
}
