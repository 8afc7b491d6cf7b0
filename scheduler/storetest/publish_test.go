package storetest_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

func TestFreshFactsThatBreakAPlanAreTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	x := d.planned()
	a, b := together(plannedOnce())
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	_, err := d.publish(x, false)
	e := staleOf(t, err, model.CodeUnsafe)
	require.NotEmpty(t, e.Broken)
	require.Len(t, e.Facts, 1)
	require.Equal(t, "keep_apart", e.Facts[0].Kind)
	require.Equal(t, 1, touched(e.Facts))
	require.NotEmpty(t, e.Holding)
	require.Less(t, len(e.Holding), len(e.Changes))
	p, err := d.publish(x, true)
	require.NoError(t, err)
	require.Equal(t, e.Holding, scheduler.Diff(&model.Roster{}, d.current()), "exactly what was said to hold")
	require.Equal(t, len(e.Holding), p.Changes)
	require.Equal(t, len(e.Changes)-len(e.Holding), p.LeftOut)
	require.Zero(t, d.broken(d.current()))
}

func TestAnotherVersionPublishedMeanwhileIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	other := d.keep(r, 1)
	a, _ := together(r)
	_, err := d.edit(&other, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: a.Session})
	require.NoError(t, err)
	var mine scheduler.Draft // takes somebody from another group, which breaks nothing
	for _, x := range r.Appointments {
		if x.Session == a.Session || slices.ContainsFunc(r.In(a.Session), func(y model.Appointment) bool { return y.CRN == x.CRN }) {
			continue
		}
		tried := d.keep(r, 1)
		j, err := d.edit(&tried, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: x.CRN, From: x.Session})
		require.NoError(t, err)
		if len(j.MustFix) == 0 {
			mine = tried
			break
		}
	}
	require.NotEmpty(t, mine.ID, "nobody can be taken away without breaking a rule")
	_, err = d.publish(other, false)
	require.NoError(t, err)
	theirs := d.current()
	_, err = d.publish(mine, false)
	e := staleOf(t, err, model.CodeConflict)
	require.NotEmpty(t, e.Moved)
	require.Equal(t, 2, e.Published.Version)
	p, err := d.publish(mine, true)
	require.NoError(t, err)
	require.Equal(t, 3, p.Version)
	now := d.current()
	require.Len(t, now.Appointments, len(theirs.Appointments)-1)
	require.Zero(t, d.broken(now))
	for _, x := range e.Holding {
		require.NotEqual(t, string(a.CRN), x.Subject)
	}
}

func TestTheSecondOfTwoWhoChangeOneSessionUndoesNothingOfTheFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	a, b := together(r)
	first, second := d.keep(r, 1), d.keep(r, 1)
	_, err := d.edit(&first, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: a.Session})
	require.NoError(t, err)
	_, err = d.edit(&second, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: b.CRN, From: b.Session})
	require.NoError(t, err)
	_, err = d.publish(first, false)
	require.NoError(t, err)
	_, err = d.publish(second, true)
	if err != nil {
		require.Empty(t, staleOf(t, err, model.CodeConflict).Holding)
	}
	now := d.current()
	require.False(t, has(now, string(a.CRN), a.Session), "the first one's change is lost")
	require.True(t, has(now, string(b.CRN), b.Session), "both changed that session, so it stays as it was published")
}

// randomEdit draws an edit that somebody might make.
func randomEdit(t *rapid.T, r *model.Roster, sn *model.Snapshot) scheduler.Edit {
	a := rapid.SampledFrom(r.Appointments).Draw(t, "appointment")
	b := rapid.SampledFrom(r.Appointments).Draw(t, "other")
	to := rapid.SampledFrom(r.Sessions()).Draw(t, "to")
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: a.Session}
	case 1, 2:
		return scheduler.Edit{Kind: scheduler.MovePerson, CRN: a.CRN, From: a.Session, To: to}
	case 3:
		return scheduler.Edit{Kind: scheduler.SwapPeople, CRN: a.CRN, From: a.Session, Other: b.CRN, To: b.Session}
	case 4:
		return scheduler.Edit{Kind: scheduler.Cancel, From: a.Session}
	case 5:
		return scheduler.Edit{Kind: scheduler.Assign, Supervisor: rapid.SampledFrom(sn.Supervisors).Draw(t, "supervisor").Code, To: to}
	default:
		return scheduler.Edit{Kind: scheduler.AddPerson, CRN: rapid.SampledFrom(sn.People).Draw(t, "person").CRN, To: to}
	}
}

func TestOfTwoWhoEditAtOnceNothingOfTheFirstIsLostAndNothingIsBroken(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("one goroutine, and minutes under the race detector")
	}
	base := plannedOnce()
	d := newDesk(t)
	sn, _, err := d.s.Snapshot(ctx, d.who, d.region, week)
	require.NoError(t, err)
	both := 0
	edits := rapid.Custom(func(t *rapid.T) scheduler.Edit { return randomEdit(t, base, sn) })
	for seed := 0; seed < 12 || both == 0 && seed < 60; seed++ { // fewer than rapid would try, for each checks some ten rosters
		d := newDesk(t)
		d.published()
		mine, other := d.keep(d.current(), 1), d.keep(d.current(), 1)
		for i := range 1 + seed%3 {
			_, _ = d.edit(&mine, edits.Example(10*seed+2*i))
			_, _ = d.edit(&other, edits.Example(10*seed+2*i+1))
		}
		was := d.current()
		if _, err := d.publish(other, true); err != nil {
			continue
		}
		theirs := d.current()
		require.Zero(t, d.broken(theirs))
		draft := d.view(mine).Roster
		_, err := d.publish(mine, false)
		e := staleOf(t, err, model.CodeConflict)
		_, err = d.publish(mine, true)
		if err != nil {
			require.Empty(t, e.Holding, "what holds can be published")
			staleOf(t, err, model.CodeConflict)
			continue
		}
		both++
		now := d.current()
		require.Zero(t, d.broken(now))
		require.Equal(t, e.Holding, scheduler.Diff(theirs, now))
		for _, k := range theirs.Sessions() {
			if !sameIn(was, theirs, k) {
				require.True(t, sameIn(theirs, now, k), "the first one's change to %v is lost", k)
			}
		}
		for _, x := range scheduler.Diff(was, draft) {
			if x.Part != scheduler.OfPerson || x.Kind != scheduler.Moved {
				continue
			}
			gone := !has(now, x.Subject, x.Was) && has(theirs, x.Subject, x.Was)
			come := has(now, x.Subject, x.Now) && !has(theirs, x.Subject, x.Now)
			require.Equal(t, gone, come, "half of the move of %s from %v to %v, seed %d", x.Subject, x.Was, x.Now, seed)
		}
	}
	require.Positive(t, both, "some of what the second one changed was published beside the first one's changes")
}

func has(r *model.Roster, crn string, k model.SessionKey) bool {
	return slices.ContainsFunc(r.In(k), func(a model.Appointment) bool { return string(a.CRN) == crn })
}

func sameIn(a, b *model.Roster, k model.SessionKey) bool {
	of := func(r *model.Roster) string { return fmt.Sprint(r.In(k), r.DutiesOf(k), r.TripsOf(k)) }
	return of(a) == of(b)
}

func TestOneSupervisorInTwoPlacesDoesNotSlipThrough(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("searches, which take minutes under the race detector")
	}
	d := newDesk(t)
	r := d.published()
	roomy := &model.Facts{Minibuses: slices.Clone(d.facts.Minibuses)} // with a seat for one more to come along, which anybody may drive
	for i := range roomy.Minibuses {
		roomy.Minibuses[i].Seats = model.MaxSeats
	}
	d.change(roomy)
	for _, x := range d.facts.Supervisors { // each has a twin who is free
		x.Licence, x.LicenceUntil = model.LicenceD1, 0
		twin, shifts := x, []model.Shift(nil)
		twin.Code = "TWIN" + x.Code
		for _, w := range d.facts.Shifts {
			if w.Supervisor == x.Code {
				w.Supervisor = twin.Code
				shifts = append(shifts, w)
			}
		}
		d.change(&model.Facts{Supervisors: []model.Supervisor{x, twin}, Shifts: shifts})
	}
	sn, _, err := d.s.Snapshot(ctx, d.who, d.region, week)
	require.NoError(t, err)
	free := func(code model.SupervisorCode, k model.SessionKey) (scheduler.Draft, bool) {
		x := d.keep(r, 1)
		j, err := d.edit(&x, scheduler.Edit{Kind: scheduler.Assign, Supervisor: code, To: k})
		return x, err == nil && len(j.Open()) == 0
	}
	for _, twin := range sn.Supervisors {
		drafts := map[model.SessionKey]scheduler.Draft{}
		for i := range sn.Sessions {
			x := &sn.Sessions[i]
			if len(r.DutiesOf(x.Key)) == 0 {
				continue
			}
			two, ok := free(twin.Code, x.Key)
			if !ok {
				continue
			}
			drafts[x.Key] = two
			for j := range i {
				y := &sn.Sessions[j]
				one, ok := drafts[y.Key]
				if !ok || x.Key.Project == y.Key.Project || !x.Span.Overlaps(y.Span) {
					continue
				}
				_, err = d.publish(one, false)
				require.NoError(t, err)
				_, err = d.publish(two, true)
				e := staleOf(t, err, model.CodeConflict)
				require.Empty(t, e.Holding)
				require.Equal(t, 2, e.Published.Version)
				require.ErrorContains(t, err, "None of its changes is left to publish")
				return
			}
		}
	}
	t.Fatal("no supervisor is free for both")
}

func TestAFrozenPartThatBreaksARuleNeedsAReleaseForEachCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	a, b := together(r)
	d.s.AsOf = model.Instant(week.Monday()+6) * 1440 // everything is frozen
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	x := d.keep(d.current(), 1)
	v := d.view(x)
	open := v.Judgement.Open()
	require.NotEmpty(t, open)
	for _, c := range open {
		require.True(t, c.Releasable, c.Item)
	}
	_, err := d.publish(x, true)
	staleOf(t, err, model.CodeUnsafe)
	release := func(item, why string) scheduler.Edit {
		return scheduler.Edit{Kind: scheduler.Release, Item: item, Why: why}
	}
	_, err = d.edit(&x, release(open[0].Item, ""))
	requireCode(t, model.CodeUsage, err)
	_, err = d.edit(&x, release(open[0].Item+" X999999", "another case"))
	require.NoError(t, err)
	_, err = d.publish(x, false)
	staleOf(t, err, model.CodeUnsafe)
	for _, c := range open {
		_, err = d.edit(&x, release(c.Item, "told both by phone"))
		require.NoError(t, err)
	}
	j := d.view(x).Judgement
	require.Empty(t, j.Open())
	p, err := d.publish(x, false)
	require.NoError(t, err)
	i := slices.IndexFunc(p.Releases, func(r model.Release) bool { return r.Item == open[0].Item })
	require.Equal(t, "someone", p.Releases[i].Who)
	require.Equal(t, "told both by phone", p.Releases[i].Why)
}

func TestWhatAnEditBreaksCannotBeReleasedBecauseSomethingIsPinned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	x := d.planned()
	a, _ := together(plannedOnce())
	_, err := d.edit(&x, scheduler.Edit{Kind: scheduler.Pin, CRN: a.CRN, From: a.Session})
	require.NoError(t, err)
	_, err = d.publish(x, false)
	require.NoError(t, err)
	mine := d.keep(d.current(), 1)
	var edits []scheduler.Edit
	for _, u := range d.current().DutiesOf(a.Session) {
		edits = append(edits, scheduler.Edit{Kind: scheduler.Unassign, Supervisor: u.Supervisor, From: a.Session})
	}
	require.NotEmpty(t, edits)
	j, err := d.edit(&mine, edits...)
	require.NoError(t, err)
	found := false
	for _, c := range j.Open() {
		if c.Rule == "supervision" {
			found = true
			require.False(t, c.Releasable, "the pinned appointment alone has no supervisor, yet the edit took them away")
		}
		_, err = d.edit(&mine, scheduler.Edit{Kind: scheduler.Release, Item: c.Item, Why: "so be it"})
		require.NoError(t, err)
	}
	require.True(t, found)
	_, err = d.publish(mine, false)
	staleOf(t, err, model.CodeUnsafe)
}

func TestAWaivedGroupMinimumIsListedPublishedAndEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	x := d.planned()
	var k model.SessionKey
	var edits []scheduler.Edit
	sn, _, err := d.s.Snapshot(ctx, d.who, d.region, week)
	require.NoError(t, err)
	for _, s := range plannedOnce().Sessions() {
		if in := plannedOnce().In(s); len(in) > 1 && sn.Project(s.Project).Supervised() {
			edits, k = nil, s
			for _, a := range in[1:] {
				edits = append(edits, scheduler.Edit{Kind: scheduler.RemovePerson, CRN: a.CRN, From: s})
			}
			y := d.planned()
			j, err := d.edit(&y, edits...)
			require.NoError(t, err)
			if len(j.Open()) == 1 && j.Open()[0].Rule == "group-minimum" {
				break
			}
			k = model.SessionKey{}
		}
	}
	require.NotEmpty(t, k.Project)
	j, err := d.edit(&x, edits...)
	require.NoError(t, err)
	require.Len(t, j.Open(), 1)
	_, err = d.publish(x, false)
	staleOf(t, err, model.CodeUnsafe)
	waive := func(w model.Waiver) error {
		_, err := d.edit(&x, scheduler.Edit{Kind: scheduler.Waive, Waiver: w})
		return err
	}
	requireCode(t, model.CodeUnsafe, waive(model.Waiver{Rule: "keep-apart", Session: k.String(), Why: "no"}))
	requireCode(t, model.CodeNotFound, waive(model.Waiver{Rule: "gravity", Session: k.String(), Why: "no"}))
	requireCode(t, model.CodeUsage, waive(model.Waiver{Rule: "group-minimum", Session: k.String()}))
	requireCode(t, model.CodeUsage, waive(model.Waiver{Rule: "group-minimum", Why: "no"}))
	requireCode(t, model.CodeUsage, waive(model.Waiver{Rule: "group-minimum", Session: k.String(), Why: "no", Until: week.Monday() - 1}))
	before := d.view(x).Judgement.Value
	j, err = d.edit(&x, scheduler.Edit{Kind: scheduler.Waive, Waiver: model.Waiver{Rule: "group-minimum", Session: k.String(), Why: "agreed", Who: "somebody else"}})
	require.NoError(t, err)
	require.Empty(t, j.MustFix)
	require.Len(t, j.Waived, 1)
	require.Equal(t, before, j.Value)
	p, err := d.publish(x, false)
	require.NoError(t, err)
	require.Equal(t, "someone", p.Waivers[0].Who, "whoever asks answers for it")
	later, _, err := d.s.Snapshot(ctx, d.who, d.region, week)
	require.NoError(t, err)
	require.Equal(t, p.Waivers, later.Waivers)
	require.True(t, later.Waived("group-minimum", k))
	past := k
	past.Date = later.Waivers[0].Until + 1
	require.False(t, later.Waived("group-minimum", past))
	other, _, err := d.s.Snapshot(ctx, d.who, d.region, week.Add(1))
	require.NoError(t, err)
	require.Empty(t, other.Waivers, "it is of that week")
	again := d.keep(d.current(), 1)
	_, err = d.publish(again, false)
	require.NoError(t, err, "it still holds for the next version")
}

func TestTheHarmOfAnImportIsTheNewCasesAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	a, b := together(r)
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	var c model.Appointment
	for _, x := range r.In(a.Session) {
		if x.CRN != a.CRN && x.CRN != b.CRN {
			c = x
		}
	}
	pair := model.Pair{A: min(a.CRN, c.CRN), B: max(a.CRN, c.CRN)}
	p, err := d.s.Preview(ctx, d.who, d.region, scheduler.ImportRequest{Facts: &model.Facts{Region: d.region, KeepApart: []model.Pair{pair}}})
	require.NoError(t, err)
	require.Len(t, p.Rosters, 1)
	require.Equal(t, week, p.Rosters[0].Week)
	require.Equal(t, 1, p.Rosters[0].Version)
	require.NotEmpty(t, p.Rosters[0].Broken)
	for _, x := range p.Rosters[0].Broken {
		require.Contains(t, x.People, c.CRN)
		require.NotContains(t, x.People, b.CRN)
	}
}

func TestAPublishedWeekIsCachedAndNeverStale(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.published()
	look := func() *scheduler.WeekView {
		v, err := d.s.Week(ctx, d.who, d.region, week, 0)
		require.NoError(t, err)
		return v
	}
	first := look()
	require.Same(t, first, look())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if look() != first {
					t.Error("found another view of the same week")
				}
			}
		})
	}
	all.Wait()
	a, b := together(r)
	d.change(&model.Facts{KeepApart: []model.Pair{{A: a.CRN, B: b.CRN}}})
	require.True(t, slices.ContainsFunc(look().Violations, func(v solver.Violation) bool { return v.Constraint == "keep-apart" }), "facts that were taken in count at once")
	mended := r.Clone()
	mended.Appointments, mended.Duties, mended.Trips = nil, nil, nil
	_, err := d.publish(d.keep(mended, 1), false)
	require.NoError(t, err)
	require.Equal(t, 2, look().Published.Version)
	before := look()
	was := d.s.Now()
	d.s.Now = func() time.Time { return was.Add(time.Minute) }
	require.NotSame(t, before, look())
	require.Equal(t, before.Snapshot.AsOf+1, look().Snapshot.AsOf)
}

func TestAPlanIsKeptWithAVersionThatThereWas(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("searches, which take minutes under the race detector")
	}
	d := newDesk(t)
	for _, base := range []int{-1, 1} {
		_, err := d.s.KeepDraft(ctx, d.who, d.region, plannedOnce(), base, d.command())
		requireCode(t, model.CodeNotFound, err)
		require.True(t, strings.HasPrefix(err.Error(), "found a roster that was made from version"))
	}
}
