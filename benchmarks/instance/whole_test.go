package instance_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// specs are every size from 1 to 60 people, the profiles in turn, and a whole region of every profile.
func specs() []instance.Spec {
	var all []instance.Spec
	profiles := instance.Profiles()
	for n := 1; n <= 60; n++ {
		all = append(all, instance.Spec{People: n, Seed: uint64(n), Profile: profiles[n%len(profiles)].Name, Week: week})
	}
	for _, p := range profiles {
		all = append(all, instance.Spec{People: 4400, Seed: 1, Profile: p.Name, Week: week})
	}
	return all
}

// madeOnce makes the regions of specs; the tests only read them.
var madeOnce = sync.OnceValues(func() ([]*model.Facts, error) {
	var all []*model.Facts
	for _, s := range specs() {
		f, err := instance.Make(s)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
})

// regions calls a test for the region of each of the specs.
func regions(t *testing.T, check func(*testing.T, *model.Facts)) {
	t.Helper()
	all, err := madeOnce()
	require.NoError(t, err)
	for i, s := range specs() {
		t.Run(fmt.Sprint(s.People, " ", s.Profile), func(t *testing.T) {
			t.Parallel()
			check(t, all[i])
		})
	}
}

// snapshot holds what of the facts a snapshot takes over as it is, with every session of the week.
func snapshot(t *testing.T, f *model.Facts) *model.Snapshot {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	s := &model.Snapshot{
		Region: f.Region, Week: week, Calendar: model.Calendar{Zone: "Europe/London", Offsets: []model.Offset{{}}}, // winter
		Policy: p.On(week.Monday().String()), Teams: f.Teams, People: f.People, Supervisors: f.Supervisors, Minibuses: f.Minibuses,
		Projects: f.Projects, Stops: f.Stops, KeepApart: f.KeepApart, Zones: f.Zones, Outlooks: f.Outlooks, Standing: f.Standing,
		Kit: f.Kit, Travel: geo.NewMatrix(nil),
	}
	for d := week.Monday(); week.Holds(d); d++ {
		for _, x := range f.Slots {
			if x.Runs(d) {
				k := model.SessionKey{Project: x.Project, Date: d, Start: x.Start}
				s.Sessions = append(s.Sessions, model.Session{Key: k, End: x.End, Span: s.Calendar.Span(d, x.Start, x.End)})
			}
		}
	}
	slices.SortFunc(s.Sessions, func(a, b model.Session) int { return a.Key.Compare(b.Key) })
	return s
}

func TestEveryRegionMakesAWholeSnapshot(t *testing.T) {
	t.Parallel()
	regions(t, func(t *testing.T, f *model.Facts) {
		t.Helper()
		s := snapshot(t, f)
		require.NoError(t, s.Validate())
		s.Before = s.RosterFrom(week.Add(-1), f.History, nil)
		require.NoError(t, s.Validate())
	})
}

// sorted requires an order, strict where two rows for one thing would be a mistake.
func sorted[T any](t *testing.T, all []T, strict bool, compare func(a, b T) int) {
	t.Helper()
	for i := 1; i < len(all); i++ {
		c := compare(all[i-1], all[i])
		require.True(t, c < 0 || c == 0 && !strict, "%T out of order or twice at %d", all[i], i)
	}
}

func TestEveryPartIsSortedAndNamesWhatExists(t *testing.T) {
	t.Parallel()
	regions(t, func(t *testing.T, f *model.Facts) {
		t.Helper()
		sn := snapshot(t, f)
		person := func(c model.CRN) { require.NotNil(t, sn.Person(c), c) }
		require.Len(t, f.Names, len(f.People))
		sorted(t, f.Names, true, func(a, b model.Name) int { return cmp.Compare(a.CRN, b.CRN) })
		sorted(t, f.Spells, false, func(a, b model.Spell) int { return cmp.Compare(a.CRN, b.CRN) })
		sorted(t, f.Slots, true, func(a, b model.Slot) int {
			return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Start, b.Start))
		})
		sorted(t, f.Shifts, false, func(a, b model.Shift) int { return cmp.Compare(a.Supervisor, b.Supervisor) })
		sorted(t, f.Holidays, true, func(a, b model.Holiday) int { return cmp.Compare(a.Date, b.Date) })
		sorted(t, f.History, true, model.Appointment.Compare)
		sorted(t, f.Contacts, true, func(a, b model.Contact) int { return cmp.Compare(a.CRN, b.CRN) })
		sorted(t, f.Reviews, true, func(a, b model.Review) int {
			return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind))
		})
		for _, x := range f.Teams {
			require.Equal(t, f.Region, x.Region)
			require.NotEmpty(t, x.Area)
			require.NotEmpty(t, x.WeatherArea)
		}
		for _, x := range f.Names {
			person(x.CRN)
			require.NotEmpty(t, x.Surname)
			require.NotEmpty(t, x.Forename)
		}
		for _, x := range f.Spells {
			person(x.CRN)
			require.NotEqual(t, x.When.Start, x.When.End)
		}
		for _, p := range f.KeepApart {
			person(p.A)
			person(p.B)
		}
		for _, x := range f.Slots {
			require.NotNil(t, sn.Project(x.Project))
			require.Less(t, x.Start, x.End)
		}
		for _, x := range f.Shifts {
			require.NotNil(t, sn.Supervisor(x.Supervisor))
			require.Less(t, x.When.Start, x.When.End)
		}
		for _, x := range f.Contacts {
			person(x.CRN)
		}
		for _, x := range f.Reviews {
			require.NotNil(t, sn.Person(x.CRN).Requirement(x.Event))
			require.Less(t, x.DoneOn, week.Monday())
		}
		for _, x := range f.Standing {
			require.NotNil(t, sn.Person(x.CRN).Requirement(x.Event))
			require.True(t, slices.ContainsFunc(f.Slots, func(s model.Slot) bool {
				return s.Project == x.Project && s.Weekday == x.Weekday && s.Start == x.Start && s.End == x.End
			}), "a standing slot is one of the project's")
		}
	})
}

func TestValuesSurviveBeingWrittenToFiles(t *testing.T) {
	t.Parallel()
	five := func(x float64) bool { return math.Abs(x*1e5-math.Round(x*1e5)) < 1e-6 }
	regions(t, func(t *testing.T, f *model.Facts) {
		t.Helper()
		at := func(p geo.Point) {
			require.True(t, five(p.Latitude) && five(p.Longitude), "five decimals")
			require.InDelta(t, 52.2, p.Latitude, 1.2)
			require.InDelta(t, -1.4, p.Longitude, 1.8)
		}
		text := func(s string) {
			require.NotEmpty(t, s)
			require.Equal(t, strings.TrimSpace(s), s)
			require.NotContains(t, "=+-@'", s[:1])
			require.NotContains(t, s, "/")
		}
		for _, p := range f.People {
			at(p.Home)
			for _, r := range p.Requirements {
				require.True(t, r.Required >= 40*60 && r.Required <= 300*60)
				require.GreaterOrEqual(t, r.Required+r.Adjustment, r.Completed)
				require.LessOrEqual(t, r.ETEDone, r.Completed)
				require.LessOrEqual(t, 10*r.ETEDone, 3*r.Required, "at most 30 % of education, training and employment")
				require.True(t, r.Sentenced != 0 && r.Sentenced < week.Monday() && r.Target > r.Sentenced)
				require.True(t, r.Inducted == 0 || r.Inducted > r.Sentenced && r.Inducted < week.Monday())
				require.True(t, r.Inducted != 0 || r.Completed == 0, "work comes after induction")
				require.True(t, r.HardEnd == 0 || r.HardEnd > week.Monday() && r.HardEnd >= r.Target)
			}
		}
		for _, p := range f.Projects {
			at(p.Site)
			text(string(p.Code))
			text(p.Name)
			text(p.Beneficiary)
			kind, err := model.ParseKind(p.TypeCode)
			require.NoError(t, err)
			require.Equal(t, p.Kind, kind)
		}
		for _, s := range f.Stops {
			at(s.At)
			text(s.Description)
		}
		for _, b := range f.Minibuses {
			at(b.Depot)
		}
		for _, s := range f.Supervisors {
			at(s.Home)
		}
		for _, n := range f.Names {
			text(n.Surname)
			text(n.Forename)
			require.NotZero(t, n.DateOfBirth)
		}
	})
}

func TestHistoryAgreesWithTheOrders(t *testing.T) {
	t.Parallel()
	regions(t, func(t *testing.T, f *model.Facts) {
		t.Helper()
		sn := snapshot(t, f)
		off := map[model.Date]bool{}
		for _, h := range f.Holidays {
			off[h.Date] = true
		}
		credited, rows := map[model.CRN]int32{}, map[model.CRN]map[model.Date]bool{}
		booked := map[model.SessionKey]int{}
		for _, a := range f.History {
			p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
			require.True(t, p != nil && at != nil && a.Outcome != "" && a.Outcome.Known())
			r := p.Requirement(a.Event)
			require.NotNil(t, r)
			require.True(t, a.Session.Date > r.Inducted && a.Session.Date < week.Monday() && !off[a.Session.Date])
			require.Equal(t, a.Outcome.Presence() == model.Came, a.Credited > 0)
			require.LessOrEqual(t, a.Credited+a.Penalty, a.Minutes())
			require.LessOrEqual(t, p.Risk, at.Ceiling)
			require.False(t, at.WomenOnly && p.Sex != model.Female)
			require.Equal(t, at.Kind == model.Group, a.Supervisor != "")
			credited[a.CRN] += a.Credited
			if rows[a.CRN] == nil {
				rows[a.CRN] = map[model.Date]bool{}
			}
			require.False(t, rows[a.CRN][a.Session.Date], "one session a day")
			rows[a.CRN][a.Session.Date] = true
			booked[a.Session]++
			require.LessOrEqual(t, booked[a.Session], int(max(10, at.Places)))
		}
		for i := range f.People {
			p := &f.People[i]
			r := &p.Requirements[0]
			require.LessOrEqual(t, credited[p.CRN]+r.ETEDone, r.Completed)
			require.InDelta(t, r.Completed, credited[p.CRN]+r.ETEDone+420*p.Attended, 211, "told by counts and rows")
		}
	})
}

func TestWetPlacesSufficeForAllWhomSupervisorsCouldLeadOutdoors(t *testing.T) {
	t.Parallel()
	regions(t, func(t *testing.T, f *model.Facts) {
		t.Helper()
		area := map[model.TeamCode]string{}
		for _, x := range f.Teams {
			area[x.Code] = x.Area
		}
		team := map[model.SupervisorCode]model.TeamCode{}
		for _, s := range f.Supervisors {
			team[s.Code] = s.Team
		}
		sn := snapshot(t, f)
		for d := week.Monday(); week.Holds(d); d++ {
			led, room := map[string]int32{}, map[string]int32{}
			for _, s := range f.Shifts {
				if !s.Leave && s.When.Applies(d) {
					led[area[team[s.Supervisor]]] += sn.Policy.PeoplePerSupervisor
				}
			}
			for _, x := range f.Slots {
				p := sn.Project(x.Project)
				if x.Runs(d) && p.Kind == model.Group && p.Exposure == model.Indoor && !p.WomenOnly && x.Start <= 9*60 && x.End >= 16*60 {
					room[area[p.Team]] += p.WetPlaces
				}
			}
			for a, n := range led {
				require.GreaterOrEqual(t, room[a], n, "%s on %s", a, d)
			}
			for _, x := range sn.Sessions { // and no outdoor session lies outside a host's hours
				p := sn.Project(x.Key.Project)
				require.False(t, p.Exposure == model.Outdoor && p.Kind == model.Group && (x.Key.Start < 9*60 || x.End > 16*60), x.Key)
			}
		}
	})
}
