package web_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

var week = model.Week{Year: 2026, Number: 49}

// source is a Source of one week, or of an error.
type source struct {
	week *web.Week
	err  error
}

func (s source) Week(_ context.Context, _ string, w model.Week) (*web.Week, error) {
	switch {
	case s.err != nil:
		return nil, s.err
	case w != s.week.Snapshot.Week:
		return nil, model.Errorf(model.CodeNotFound, "found no week %v", w)
	}
	return s.week, nil
}

// sourceFunc is a Source that tells which region was asked for.
type sourceFunc func(region string) (*web.Week, error)

func (f sourceFunc) Week(_ context.Context, region string, _ model.Week) (*web.Week, error) {
	return f(region)
}

// small plans a made-up week once for all tests, which only read it. Of the seeds it takes the first whose plan has a driver who
// is a supervisor, because some tests need one and a better search may do without. Large fills one by hand, which is quick however slow
// the machine is: the pages must bear a roster that breaks rules anyway.
var (
	small = sync.OnceValues(func() (*web.Week, error) {
		sn, err := frozen(120)
		if err != nil {
			return nil, err
		}
		for seed := range uint64(40) {
			res, err := scheduler.Plan(context.Background(), scheduler.PlanRequest{Snapshot: sn, Constraints: constraints.All, Seed: seed, Rounds: 1})
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(res.Roster.Trips, func(x model.Trip) bool { return sn.Supervisor(x.Driver) != nil }) {
				return published(sn, res.Roster, res.Violations), nil
			}
		}
		return nil, errors.New("no seed plans a trip")
	})
	large = sync.OnceValues(func() (*web.Week, error) {
		sn, err := frozen(4400)
		if err != nil {
			return nil, err
		}
		for _, s := range slices.Clip(sn.Supervisors) { // twice as many as such a region has
			s.Code += "B"
			sn.Supervisors = append(sn.Supervisors, s)
		}
		slices.SortFunc(sn.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) })
		r := filled(sn)
		return published(sn, r, solver.Check(sn, r, []*solver.Constraint{constraints.Supervision, constraints.Minibus, constraints.Places})), nil
	})
)

// frozen gives the snapshot of a made-up region's week.
func frozen(people int) (*model.Snapshot, error) {
	f, err := instance.Make(instance.Spec{People: people, Seed: 3, Week: week})
	if err != nil {
		return nil, err
	}
	p, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	c, err := scheduler.NewCalendar(p.Zone, week.Monday(), week.Monday()+6)
	if err != nil {
		return nil, err
	}
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-4, 720))
	return sn, err
}

// published gives a week as people are told of it.
func published(sn *model.Snapshot, r *model.Roster, vs []solver.Violation) *web.Week {
	return &web.Week{
		Snapshot: sn, Roster: r, Violations: vs, Version: 3,
		State: "Published on Thur 26 Nov at 4:12pm by J Ahmed.", Draft: "A draft has 17 changes.",
	}
}

// filled gives a roster in which every supervisor leads one session on each day they work, as many as there are places
// come, and most go by minibus.
func filled(sn *model.Snapshot) *model.Roster {
	r, busy, next := &model.Roster{Region: sn.Region, Week: sn.Week}, map[string]bool{}, 0
	taken := func(code string, d model.Date) bool { // reports whether they were busy, and now they are
		at := code + d.String()
		was := busy[at]
		busy[at] = true
		return was
	}
	for i := range sn.Sessions {
		s := &sn.Sessions[i]
		at := sn.Project(s.Key.Project)
		if s.Bar != model.Open || i%3 == 0 {
			continue
		}
		for j := range sn.Supervisors {
			if x := &sn.Supervisors[j]; at.Supervised() && x.Team == at.Team && model.Covered(x.Available, s.Span) && !taken(string(x.Code), s.Key.Date) {
				r.Duties = append(r.Duties, model.Duty{Session: s.Key, Supervisor: x.Code})
				break
			}
		}
		led := r.DutiesOf(s.Key)
		if at.Supervised() && len(led) == 0 && i%11 != 0 {
			continue
		}
		stop := slices.IndexFunc(sn.Stops, func(x model.Stop) bool { return x.Team == at.Team })
		var trip model.Trip
		for j := range sn.Minibuses {
			if m := &sn.Minibuses[j]; len(led) > 0 && at.Transport != model.ByThemselves && m.Team == at.Team && !taken(string(m.Registration), s.Key.Date) {
				trip = model.TripTimes(sn, s.Key, m, []model.StopCode{sn.Stops[stop].Code}, sn.Policy.BoardingMinutes)
				trip.Driver = led[0].Supervisor
				r.Trips = append(r.Trips, trip)
				break
			}
		}
		for range at.Places - at.Places/4 {
			a := model.Appointment{CRN: sn.People[next%len(sn.People)].CRN, Session: s.Key, Span: s.Span}
			if len(trip.Stops) > 0 {
				a.PickUp, a.PickUpAt = trip.Stops[0].Stop, trip.Stops[0].At
			}
			r.Appointments = append(r.Appointments, a)
			next += 7
		}
	}
	r.Sort()
	return r
}

func typical(t *testing.T) *web.Week {
	t.Helper()
	w, err := small()
	require.NoError(t, err)
	return w
}

// empty is the typical week before anything is planned.
func empty(t *testing.T) *web.Week {
	t.Helper()
	w := *typical(t)
	w.Roster, w.Violations, w.Version, w.Draft = &model.Roster{Region: w.Snapshot.Region, Week: week}, nil, 0, ""
	w.State = "Nothing is published for this week."
	return &w
}

// heavy is the week of a large region with 60 supervisors.
func heavy(t testing.TB) *web.Week {
	t.Helper()
	w, err := large()
	require.NoError(t, err)
	return w
}

// outdoors gives the first outdoor session of the typical week that a supervisor leads.
func outdoors(t *testing.T) model.SessionKey {
	t.Helper()
	w := typical(t)
	i := slices.IndexFunc(w.Roster.Duties, func(d model.Duty) bool { return w.Snapshot.Project(d.Session.Project).Exposure == model.Outdoor })
	require.GreaterOrEqual(t, i, 0)
	return w.Roster.Duties[i].Session
}

// unled is the typical week after somebody took every supervisor off its first outdoor session, and that session.
func unled(t *testing.T) (*web.Week, model.SessionKey) {
	t.Helper()
	w, k := *typical(t), outdoors(t)
	w.Roster = w.Roster.Clone()
	w.Roster.Duties = slices.DeleteFunc(w.Roster.Duties, func(d model.Duty) bool { return d.Session == k })
	w.Violations = solver.Check(w.Snapshot, w.Roster, constraints.All)
	return &w, k
}

// broken is the typical week in which everything has gone wrong that a page can tell: a session without a supervisor, one
// with more people than places, rain on every day and nowhere to go, a minibus off the road, one whose inspection ended and a driver without
// a licence.
func broken(t *testing.T) *web.Week {
	t.Helper()
	w, k := unled(t)
	w.Roster.WetPlans = nil
	sn := *w.Snapshot
	w.Snapshot = &sn
	sn.Outlooks = slices.Clone(sn.Outlooks)
	for i := range sn.Outlooks {
		sn.Outlooks[i].RainPermille = 720
	}
	sn.Projects, sn.Minibuses, sn.Supervisors = slices.Clone(sn.Projects), slices.Clone(sn.Minibuses), slices.Clone(sn.Supervisors)
	for _, d := range w.Roster.Duties {
		if p := sn.Project(d.Session.Project); len(w.Roster.In(d.Session)) > 2 && p.Code != k.Project {
			p.Places = 1
			break
		}
	}
	sn.Project(k.Project).Exposure = model.Outdoor
	sn.Minibuses[0].OffRoadFrom = week.Monday() + 1
	if len(sn.Minibuses) > 1 {
		sn.Minibuses[1].InspectedUntil = week.Monday() - 3
	}
	for _, trip := range w.Roster.Trips {
		if s := sn.Supervisor(trip.Driver); s != nil {
			s.LicenceUntil = week.Monday() - 1
			break
		}
	}
	sn.FrozenUntil = sn.Calendar.Instant(week.Monday()+1, 720)
	w.Violations = solver.Check(&sn, w.Roster, constraints.All)
	return w
}

// states are the weeks that pages are looked at in.
func states(t *testing.T) map[string]*web.Week {
	t.Helper()
	return map[string]*web.Week{"empty": empty(t), "typical": typical(t), "heavy": heavy(t), "broken": broken(t)}
}

// pages are the addresses of one page of each kind that a week has.
func pages(w *web.Week) []string {
	out := []string{"/nights"}
	for _, query := range []string{"", "?view=list", "?view=minibus", "?view=project", "?show=attention&day=2026-12-06&attention=all&region=North+%26+South"} {
		out = append(out, "/weeks/2026-W49"+query)
	}
	out = append(out, "/weeks/2026-W49/plans", "/plans/p_2", "/runs")
	if w.Version > 0 && len(w.Snapshot.People) < 1000 {
		out = append(out, "/weeks/2026-W49/repair", "/weeks/2026-W49/repair?what=person-off", "/weeks/2026-W49/prices", "/plans/p_1")
	}
	if len(w.Roster.Trips) > 0 {
		out = append(out, pathOf(w.Roster.Trips[0].Session))
	}
	if len(w.Roster.Duties) > 0 {
		out = append(out, pathOf(w.Roster.Sessions()[0]))
	}
	return out
}

// ofTheWeek reports whether a page shows the week itself, or what is wrong with the address of one.
func ofTheWeek(path string) bool {
	return strings.HasPrefix(path, "/sessions/") || strings.HasPrefix(path, "/weeks") && !strings.Contains(path, "W49/") || slices.Contains(problems, path)
}

// problems are the addresses of pages that say what is wrong.
var problems = []string{"/weeks/2026-W50", "/weeks?week=next", "/people", "/weeks/2026-W49?region=Elsewhere"}

func pathOf(k model.SessionKey) string {
	return fmt.Sprintf("/sessions/%s/%v/%s", k.Project, k.Date, strings.ReplaceAll(k.Start.String(), ":", ""))
}
