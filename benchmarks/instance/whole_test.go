package instance_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// regions calls a test for every size from 1 to 60 people, and for a whole region of every profile.
func regions(t *testing.T, check func(*testing.T, *model.Facts)) {
	t.Helper()
	for n := 1; n <= 60; n++ {
		p := instance.Profiles()[n%len(instance.Profiles())].Name
		t.Run(fmt.Sprint(n, " ", p), func(t *testing.T) {
			t.Parallel()
			check(t, made(t, n, uint64(n), p))
		})
	}
	for _, p := range instance.Profiles() {
		t.Run("4400 "+p.Name, func(t *testing.T) {
			t.Parallel()
			check(t, made(t, 4400, 1, p.Name))
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
		sn := snapshot(t, f)
		person := func(c model.CRN) { require.NotNil(t, sn.Person(c), c) }
		require.Equal(t, len(f.People), len(f.Names))
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

func TestSmallRegionsHaveOneOfEverything(t *testing.T) {
	t.Parallel()
	for n := 10; n <= 60; n++ {
		f := made(t, n, uint64(n), instance.Normal)
		require.Len(t, f.Teams, 1)
		require.True(t, len(f.Projects) >= 6 && len(f.Projects) <= 8, len(f.Projects))
		require.Len(t, f.Supervisors, 3)
		require.Len(t, f.Minibuses, 2)
		require.GreaterOrEqual(t, len(f.Stops), 3)
		kinds, womenOnly := map[model.Kind]int{}, 0
		for _, p := range f.Projects {
			kinds[p.Kind]++
			if p.WomenOnly {
				womenOnly++
			}
		}
		require.Positive(t, kinds[model.Individual])
		require.Positive(t, kinds[model.ETE])
		require.Positive(t, kinds[model.Induction])
		require.Equal(t, n >= 30, womenOnly > 0)
		require.NotZero(t, f.Supervisors[0].Licence)
		require.True(t, f.Supervisors[0].Training.Has(model.TrainedHighRisk))
	}
}

func TestBankHolidaysFallOnTheirPublishedDates(t *testing.T) {
	t.Parallel()
	f := made(t, 1, 1, instance.Normal)
	got := map[string]string{}
	for _, h := range f.Holidays {
		got[h.Date.String()] = h.Name
	}
	for date, name := range map[string]string{ // gov.uk/bank-holidays
		"2026-01-01": "New Year's Day", "2026-04-03": "Good Friday", "2026-04-06": "Easter Monday", "2026-05-04": "Early May bank holiday",
		"2026-05-25": "Spring bank holiday", "2026-08-31": "Summer bank holiday", "2026-12-25": "Christmas Day", "2026-12-28": "Boxing Day",
		"2027-12-27": "Christmas Day", "2027-12-28": "Boxing Day", "2027-03-26": "Good Friday",
	} {
		require.Equal(t, name, got[date], date)
	}
}

func TestHistoryKeepsBritishTime(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for _, w := range []model.Week{{Year: 2026, Number: 15}, {Year: 2026, Number: 46}, {Year: 2027, Number: 1}} { // clock changes lie in the six weeks before
		f, err := instance.Make(instance.Spec{People: 60, Seed: 2, Week: w})
		require.NoError(t, err)
		require.NotEmpty(t, f.History)
		for _, a := range f.History {
			at := time.Unix(int64(a.Span.Start)*60, 0).In(london)
			require.Equal(t, a.Session.Date.String()+" "+a.Session.Start.String(), at.Format("2006-01-02 15:04"))
		}
	}
}
