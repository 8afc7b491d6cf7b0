package storetest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// requireOthers holds that no other session than those given changed by a byte.
func requireOthers(t *testing.T, was, is *model.Roster, but ...model.SessionKey) {
	t.Helper()
	for _, k := range slices.Concat(was.Sessions(), is.Sessions()) {
		if !slices.Contains(but, k) {
			require.True(t, sameIn(was, is, k), "session %v changed", k)
		}
	}
}

// groupOf gives a session of at least so many people, with a trip if riders are wanted.
func groupOf(t *testing.T, r *model.Roster, least int, riders bool) model.SessionKey {
	t.Helper()
	for _, k := range r.Sessions() {
		if len(r.In(k)) >= least && len(r.DutiesOf(k)) > 0 && (!riders || len(r.TripsOf(k)) > 0) {
			return k
		}
	}
	t.Fatal("found no such session")
	return model.SessionKey{}
}

// weekOf gives the sessions of a person.
func weekOf(r *model.Roster, crn model.CRN) []model.SessionKey {
	var out []model.SessionKey
	for _, a := range r.Appointments {
		if a.CRN == crn {
			out = append(out, a.Session)
		}
	}
	return out
}

func TestEachKindOfEditDoesWhatItSays(t *testing.T) {
	t.Parallel()
	was := plannedOnce()
	k := groupOf(t, was, 2, false)
	a := was.In(k)[0]
	var free model.CRN
	for _, p := range region(t).People {
		if len(weekOf(was, p.CRN)) == 0 {
			free = p.CRN
		}
	}
	require.NotEmpty(t, free)
	var to model.Appointment // somebody elsewhere, who is not in k
	for _, x := range was.Appointments {
		if x.Session != k && !has(was, string(x.CRN), k) && !has(was, string(a.CRN), x.Session) {
			to = x
		}
	}
	require.NotEmpty(t, to.CRN)
	supervisor := was.DutiesOf(k)[0].Supervisor
	anyStart := model.SessionKey{Project: k.Project, Date: k.Date, Start: -1}
	for _, x := range []struct {
		name    string
		edit    scheduler.Edit
		touches []model.SessionKey
		look    func(*testing.T, *model.Roster)
	}{
		{"add puts a person in", scheduler.Edit{Kind: scheduler.AddPerson, CRN: free, To: k}, []model.SessionKey{k}, func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.True(t, has(r, string(free), k))
			require.Len(t, r.Appointments, len(was.Appointments)+1)
		}},
		{"a session may be named without its start", scheduler.Edit{Kind: scheduler.AddPerson, CRN: free, To: anyStart}, []model.SessionKey{k}, func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.True(t, has(r, string(free), k))
		}},
		{"remove takes a person out", scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: k}, weekOf(was, a.CRN), func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.False(t, has(r, string(a.CRN), k))
			require.Len(t, r.Appointments, len(was.Appointments)-1)
		}},
		{"move does both", scheduler.Edit{Kind: scheduler.MovePerson, CRN: a.CRN, From: k, To: to.Session}, append(weekOf(was, a.CRN), to.Session), func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.False(t, has(r, string(a.CRN), k))
			require.True(t, has(r, string(a.CRN), to.Session))
		}},
		{"swap exchanges two people", scheduler.Edit{Kind: scheduler.SwapPeople, CRN: a.CRN, From: k, Other: to.CRN, To: to.Session}, slices.Concat(weekOf(was, a.CRN), weekOf(was, to.CRN)), func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.True(t, has(r, string(a.CRN), to.Session))
			require.True(t, has(r, string(to.CRN), k))
			require.False(t, has(r, string(a.CRN), k))
			require.Len(t, r.Appointments, len(was.Appointments))
		}},
		{"pin marks an appointment and nothing else", scheduler.Edit{Kind: scheduler.Pin, CRN: a.CRN, From: k}, []model.SessionKey{k}, func(t *testing.T, r *model.Roster) {
			t.Helper()
			for i, x := range r.Appointments {
				require.Equal(t, x.CRN == a.CRN && x.Session == k, x.Pinned)
				x.Pinned = false
				require.Equal(t, was.Appointments[i], x)
			}
		}},
		{"cancel empties a session", scheduler.Edit{Kind: scheduler.Cancel, From: k}, slices.Concat([]model.SessionKey{k}, weeksOf(was, k)), func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.Empty(t, r.In(k))
			require.Empty(t, r.DutiesOf(k))
			require.Empty(t, r.TripsOf(k))
		}},
		{"unassign takes a supervisor away", scheduler.Edit{Kind: scheduler.Unassign, Supervisor: supervisor, From: k}, slices.Concat([]model.SessionKey{k}, dutiesOf(was, supervisor)), func(t *testing.T, r *model.Roster) {
			t.Helper()
			require.Len(t, r.DutiesOf(k), len(was.DutiesOf(k))-1)
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.planned()
			j, err := d.edit(&p, x.edit)
			require.NoError(t, err)
			require.Equal(t, 2, p.Version)
			require.Equal(t, 2, p.Edits)
			v := d.view(p)
			x.look(t, v.Roster)
			requireOthers(t, was, v.Roster, x.touches...)
			require.Equal(t, j.MustFix, v.Judgement.MustFix, "it is judged as it is looked at")
		})
	}
}

func weeksOf(r *model.Roster, k model.SessionKey) []model.SessionKey {
	var out []model.SessionKey
	for _, a := range r.In(k) {
		out = append(out, weekOf(r, a.CRN)...)
	}
	for _, u := range r.DutiesOf(k) {
		out = append(out, dutiesOf(r, u.Supervisor)...)
	}
	return out
}

func dutiesOf(r *model.Roster, s model.SupervisorCode) []model.SessionKey {
	var out []model.SessionKey
	for _, u := range r.Duties {
		if u.Supervisor == s {
			out = append(out, u.Session)
		}
	}
	return out
}

func TestAssignAndUnassignPutBackWhatWasThere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.planned()
	k := groupOf(t, plannedOnce(), 2, false)
	u := plannedOnce().DutiesOf(k)[0].Supervisor
	_, err := d.edit(&p, scheduler.Edit{Kind: scheduler.Unassign, Supervisor: u, From: k})
	require.NoError(t, err)
	_, err = d.edit(&p, scheduler.Edit{Kind: scheduler.Assign, Supervisor: u, To: k})
	require.NoError(t, err)
	require.True(t, sameIn(plannedOnce(), d.view(p).Roster, k))
}

func TestATripFollowsItsRiders(t *testing.T) {
	t.Parallel()
	was := plannedOnce()
	i := slices.IndexFunc(was.Trips, func(x model.Trip) bool { return len(x.Stops) > 0 })
	if i < 0 {
		t.Fatal("the region has no trip")
	}
	k := was.Trips[i].Session
	d := newDesk(t)
	p := d.planned()
	var away, back []scheduler.Edit
	for _, a := range was.In(k) {
		if a.PickUp != "" {
			away = append(away, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: k})
			back = append(back, scheduler.Edit{Kind: scheduler.AddPerson, CRN: a.CRN, To: k})
		}
	}
	require.NotEmpty(t, away)
	_, err := d.edit(&p, away...)
	require.NoError(t, err)
	for _, x := range d.view(p).Roster.TripsOf(k) {
		require.Empty(t, x.Stops, "nobody is left to fetch")
	}
	_, err = d.edit(&p, back...)
	require.NoError(t, err)
	require.True(t, sameIn(was, d.view(p).Roster, k), "riders get their stops again")
	_, err = d.edit(&p, scheduler.Edit{Kind: scheduler.Unassign, Minibus: was.Trips[i].Minibus, From: k})
	require.NoError(t, err)
	require.Len(t, d.view(p).Roster.TripsOf(k), len(was.TripsOf(k))-1)
}

func TestWhatPeopleDecidedOfATouchedSessionSurvives(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := plannedOnce().Clone()
	k := groupOf(t, r, 3, false)
	i := slices.IndexFunc(r.Appointments, func(a model.Appointment) bool { return a.Session == k })
	kept := &r.Appointments[i]
	kept.Pinned, kept.Outcome, kept.Credited, kept.Penalty = true, "ATTC", 300, 15
	kept.Event, kept.Span.End = kept.Event+1, kept.Span.End-30 // of another requirement, and recorded as shorter
	stranger := r.Appointments[i]
	stranger.CRN = "Z999999"
	r.Appointments = append(r.Appointments, stranger)
	projects := region(t).Projects
	host := projects[slices.IndexFunc(projects, func(p model.Project) bool { return p.WetPlaces > 0 })].Code
	r.WetPlans = slices.DeleteFunc(r.WetPlans, func(w model.WetPlan) bool { return w.Session == k })
	r.WetPlans = append(r.WetPlans, model.WetPlan{Session: k, Host: host})
	r.Breaks = slices.DeleteFunc(r.Breaks, func(b model.Breaks) bool { return b.Session == k })
	r.Breaks = append(r.Breaks, model.Breaks{Session: k, Spans: []model.Span{{Start: kept.Span.Start + 60, End: kept.Span.Start + 75}}})
	r.Sort()
	want := r.In(k)[0]
	p := d.keep(r, 0)
	_, err := d.edit(&p, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: r.In(k)[1].CRN, From: k})
	require.NoError(t, err)
	now := d.view(p).Roster
	got := now.In(k)[0]
	got.PickUp, got.PickUpAt, got.Supervisor = want.PickUp, want.PickUpAt, want.Supervisor
	require.Equal(t, want, got)
	require.True(t, has(now, "Z999999", k), "somebody who is not in the facts any more is not lost in silence")
	require.Equal(t, r.WetPlans, now.WetPlans)
	require.Equal(t, solver.BreaksOf(d.view(p).Snapshot, now, k), breaksOf(now, k), "breaks are made again")
	for _, b := range r.Breaks {
		require.True(t, b.Session == k || slices.Equal(b.Spans, breaksOf(now, b.Session)), "breaks of other sessions stay")
	}
	_, err = d.edit(&p, scheduler.Edit{Kind: scheduler.Cancel, From: k})
	require.NoError(t, err)
	now = d.view(p).Roster
	require.Empty(t, now.In(k))
	require.False(t, slices.ContainsFunc(now.WetPlans, func(w model.WetPlan) bool { return w.Session == k }))
	require.Empty(t, breaksOf(now, k))
}

func breaksOf(r *model.Roster, k model.SessionKey) []model.Span {
	for _, b := range r.Breaks {
		if b.Session == k {
			return b.Spans
		}
	}
	return nil
}

func TestEditsThatCannotBeMadeChangeNothing(t *testing.T) {
	t.Parallel()
	was := plannedOnce()
	k := groupOf(t, was, 2, false)
	a := was.In(k)[0]
	good := scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: k}
	nowhere := model.SessionKey{Project: "NOWHERE", Date: k.Date, Start: -1}
	for _, x := range []struct {
		name string
		edit scheduler.Edit
		code model.Code
	}{
		{"a kind there is not", scheduler.Edit{Kind: "teleport"}, model.CodeUsage},
		{"a person there is not", scheduler.Edit{Kind: scheduler.AddPerson, CRN: "Z999999", To: k}, model.CodeNotFound},
		{"a session there is not", scheduler.Edit{Kind: scheduler.AddPerson, CRN: a.CRN, To: nowhere}, model.CodeNotFound},
		{"no session", scheduler.Edit{Kind: scheduler.AddPerson, CRN: a.CRN}, model.CodeUsage},
		{"a move without an end", scheduler.Edit{Kind: scheduler.MovePerson, CRN: a.CRN, From: k}, model.CodeUsage},
		{"a move without a beginning", scheduler.Edit{Kind: scheduler.MovePerson, CRN: a.CRN, To: k}, model.CodeUsage},
		{"a move to where they are", scheduler.Edit{Kind: scheduler.MovePerson, CRN: a.CRN, From: k, To: k}, model.CodeUsage},
		{"a swap within a session", scheduler.Edit{Kind: scheduler.SwapPeople, CRN: a.CRN, Other: was.In(k)[1].CRN, From: k, To: k}, model.CodeUsage},
		{"a person who was taken out already", good, model.CodeNotFound},
		{"a person who is there already", scheduler.Edit{Kind: scheduler.AddPerson, CRN: was.In(k)[1].CRN, To: k}, model.CodeConflict},
		{"a pin of nobody", scheduler.Edit{Kind: scheduler.Pin, CRN: "Z999999", From: k}, model.CodeNotFound},
		{"a pin without a session", scheduler.Edit{Kind: scheduler.Pin, CRN: a.CRN}, model.CodeUsage},
		{"a cancellation of nothing", scheduler.Edit{Kind: scheduler.Cancel}, model.CodeUsage},
		{"an assignment of nobody", scheduler.Edit{Kind: scheduler.Assign, To: k}, model.CodeUsage},
		{"an assignment of somebody there is not", scheduler.Edit{Kind: scheduler.Assign, Supervisor: "NOBODY", To: k}, model.CodeNotFound},
		{"an unassignment of a minibus that is elsewhere", scheduler.Edit{Kind: scheduler.Unassign, Minibus: "NOBUS", From: k}, model.CodeNotFound},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.planned()
			before := entries(t, d.s.Record, d.region)
			_, err := d.edit(&p, good, x.edit)
			requireCode(t, x.code, err)
			require.Equal(t, before, entries(t, d.s.Record, d.region))
			now := d.view(p)
			require.Equal(t, 1, now.Version)
			requireOthers(t, was, now.Roster)
		})
	}
}

func TestAnEditOfAnOlderVersionOrOfASearchUnderWayIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.planned()
	old := p
	a := plannedOnce().Appointments[0]
	pin := scheduler.Edit{Kind: scheduler.Pin, CRN: a.CRN, From: a.Session}
	_, err := d.edit(&p, pin)
	require.NoError(t, err)
	_, err = d.edit(&old, pin)
	requireCode(t, model.CodeConflict, err)
	require.ErrorContains(t, err, "the current version is 2")
	_, err = d.edit(&p, scheduler.Edit{Kind: scheduler.Unpin, CRN: a.CRN, From: a.Session})
	require.NoError(t, err)
	require.False(t, d.view(p).Roster.Appointments[0].Pinned)

	g := newGate()
	d.s.Runs = &scheduler.Runs{Search: g.search}
	run := ask(t, d.s, d.who, d.region, 1)
	_, err = d.edit(&run, pin)
	requireCode(t, model.CodeConflict, err)
	require.ErrorContains(t, err, "still being made")
	require.NoError(t, d.s.Runs.Close(ctx))
}

func TestAPlanThatAnEditBreaksIsKeptAndSaysWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.planned()
	k := groupOf(t, plannedOnce(), 2, false)
	var edits []scheduler.Edit
	for _, u := range plannedOnce().DutiesOf(k) {
		edits = append(edits, scheduler.Edit{Kind: scheduler.Unassign, Supervisor: u.Supervisor, From: k})
	}
	j, err := d.edit(&p, edits...)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(j.Open(), func(c scheduler.Case) bool { return c.Rule == "supervision" && !c.Releasable }))
	require.Positive(t, p.Summary.Broken)
}

func TestEditingWhatIsFrozenIsJudgedAndMayBeReleased(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	d.s.AsOf = model.Instant(week.Monday()+6) * 1440
	x := d.keep(d.current(), 1)
	k := groupOf(t, r, 2, false)
	j, err := d.edit(&x, scheduler.Edit{Kind: scheduler.Cancel, From: k})
	require.NoError(t, err)
	require.NotEmpty(t, j.Open())
	var releases []scheduler.Edit
	for _, c := range j.Open() {
		require.Equal(t, "keep-fixed", c.Rule, c.Sentence)
		require.True(t, c.Releasable)
		releases = append(releases, scheduler.Edit{Kind: scheduler.Release, Item: c.Item, Why: "the supervisor is ill"})
	}
	_, err = d.publish(x, false)
	staleOf(t, err, model.CodeUnsafe)
	j, err = d.edit(&x, releases...)
	require.NoError(t, err)
	require.Empty(t, j.Open())
	_, err = d.publish(x, false)
	require.NoError(t, err)
}

func TestThoseNotPlacedAreToldAfreshAfterAnEdit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.s.Runs = &scheduler.Runs{Search: scheduler.Plan}
	x, err := d.s.CreatePlan(ctx, d.who, d.region, scheduler.RunRequest{Week: week, Seed: 1, Rounds: 1}, d.command())
	require.NoError(t, err)
	x = wait(t, d.s, d.who, d.region, x.ID)
	v := d.view(x)
	a := v.Roster.Appointments[0]
	named := func(v *scheduler.DraftView) bool {
		return slices.ContainsFunc(v.Unplaced, func(u scheduler.Unplaced) bool { return u.CRN == a.CRN && u.Placed == 0 })
	}
	require.False(t, named(v))
	var edits []scheduler.Edit
	for _, k := range weekOf(v.Roster, a.CRN) {
		edits = append(edits, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: k})
	}
	_, err = d.edit(&x, edits...)
	require.NoError(t, err)
	require.True(t, named(d.view(x)), fmt.Sprint(a.CRN))
}
