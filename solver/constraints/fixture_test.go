package constraints_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// The week of the cases by hand, 2026-W49, Monday 30 November: everybody lives where everything is, so that no way takes
// any time until a case says so. Sessions run from 09:00 to 16:00 every day, 420 minutes.
const (
	group   = model.ProjectCode("CT01") // people come by themselves
	carried = model.ProjectCode("CT02") // people ride
	alone   = model.ProjectCode("IP01") // an individual placement
	start   = model.ProjectCode("PI01") // inductions

	ann = model.CRN("A000001")
	bob = model.CRN("A000002")
	cat = model.CRN("A000003")
	dan = model.CRN("A000004")

	sup1, sup2 = model.SupervisorCode("SV01"), model.SupervisorCode("SV02")
	bus1, bus2 = model.Registration("BUS01"), model.Registration("BUS02")
	stop1      = model.StopCode("ST01")
	stop2      = model.StopCode("ST02")
)

const (
	mon = iota
	tue
	wed
	thu
	fri
	sat
	sun
)

var (
	week   = model.Week{Year: 2026, Number: 49}
	monday = week.Monday()
	town   = geo.Point{Latitude: 52, Longitude: -1.5}
)

// at gives an instant of the week.
func at(day int, clock model.Clock) model.Instant {
	return model.Instant(monday)*1440 + model.Instant(day*1440) + model.Instant(clock)
}

func key(p model.ProjectCode, day int) model.SessionKey {
	return model.SessionKey{Project: p, Date: monday + model.Date(day), Start: 540}
}

// book gives the values of the default profile.
func book() *policy.Book {
	p, err := policy.Load(policy.Default)
	if err != nil {
		panic(err)
	}
	return p.On(monday.String())
}

// ordinary is a week in which nothing is special.
func ordinary() *model.Snapshot {
	always := []model.Span{{Start: at(-2, 0), End: at(9, 0)}}
	sn := &model.Snapshot{
		Region: "Region", Week: week, Policy: book(), Travel: &geo.Matrix{}, AsOf: at(-3, 0), FrozenUntil: at(-2, 0),
		Calendar: model.Calendar{Offsets: []model.Offset{{From: -1 << 30}}},
		Teams:    []model.Team{{Code: "T1", Area: "North"}},
		Projects: []model.Project{
			{Code: group, Kind: model.Group, Transport: model.ByThemselves},
			{Code: carried, Kind: model.Group, Transport: model.ByMinibus},
			{Code: alone, Kind: model.Individual, Transport: model.ByThemselves},
			{Code: start, Kind: model.Induction, Transport: model.ByThemselves},
		},
		Stops:     []model.Stop{{Code: stop1, At: town}, {Code: stop2, At: town}},
		Minibuses: []model.Minibus{{Registration: bus1, Team: "T1", Seats: 8, Depot: town}, {Registration: bus2, Team: "T1", Seats: 16, Depot: town}},
	}
	for i := range sn.Projects {
		p := &sn.Projects[i]
		p.Team, p.Site, p.Places, p.Ceiling, p.Exposure = "T1", town, 10, model.MediumRisk, model.Indoor
	}
	for day := range 7 {
		for i := range sn.Projects {
			k := key(sn.Projects[i].Code, day)
			sn.Sessions = append(sn.Sessions, model.Session{Key: k, End: 960, Span: sn.Calendar.Span(k.Date, 540, 960), Area: "North"})
		}
	}
	for _, c := range []model.CRN{ann, bob, cat, dan} {
		sn.People = append(sn.People, model.Person{CRN: c, Team: "T1", Sex: model.Male, Home: town, Attendance: 600, Free: always,
			Requirements: []model.Requirement{{Event: 1, Status: model.Active, Sentenced: monday - 100, Inducted: monday - 90, Target: monday + 200, Required: 6000}}})
	}
	for _, c := range []model.SupervisorCode{sup1, sup2} {
		sn.Supervisors = append(sn.Supervisors, model.Supervisor{Code: c, Team: "T1", Licence: model.LicenceB, WeekMinutes: 2220, Home: town, Available: always})
	}
	return sn
}

// legs makes the ways of the week from what a case says; the others are those of the map.
func legs(all ...geo.Leg) *geo.Matrix { return geo.NewMatrix(all) }

func leg(from, to string, mode geo.Mode, minutes int32) geo.Leg {
	return geo.Leg{From: from, To: to, Mode: mode, Minutes: minutes, Metres: 1000 * minutes}
}

// part adds to a roster.
type part func(sn *model.Snapshot, r *model.Roster)

// goes puts people into a session, whole, for their first requirement.
func goes(p model.ProjectCode, day int, people ...model.CRN) part {
	return func(_ *model.Snapshot, r *model.Roster) {
		for _, c := range people {
			r.Appointments = append(r.Appointments, model.Appointment{CRN: c, Event: 1, Session: key(p, day), Span: model.Span{Start: at(day, 540), End: at(day, 960)}})
		}
	}
}

// changed is a part whose last appointment is edited.
func changed(p part, edit func(a *model.Appointment)) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		p(sn, r)
		edit(&r.Appointments[len(r.Appointments)-1])
	}
}

// pickedUp is somebody who rides from a stop.
func pickedUp(p model.ProjectCode, day int, c model.CRN, stop model.StopCode, clock model.Clock) part {
	return changed(goes(p, day, c), func(a *model.Appointment) { a.PickUp, a.PickUpAt = stop, at(day, clock) })
}

func leads(p model.ProjectCode, day int, supervisors ...model.SupervisorCode) part {
	return func(_ *model.Snapshot, r *model.Roster) {
		for _, c := range supervisors {
			r.Duties = append(r.Duties, model.Duty{Session: key(p, day), Supervisor: c})
		}
	}
}

// rainsTo gives a session a wet plan.
func rainsTo(p model.ProjectCode, day int, host model.ProjectCode) part {
	return func(_ *model.Snapshot, r *model.Roster) {
		r.WetPlans = append(r.WetPlans, model.WetPlan{Session: key(p, day), Host: host})
	}
}

// runs sends a minibus along stops, in the times the model gives it.
func runs(p model.ProjectCode, day int, bus model.Registration, driver model.SupervisorCode, stops ...model.StopCode) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		m := sn.Minibus(bus)
		if m == nil {
			m = &model.Minibus{Registration: bus}
		}
		t := model.TripTimes(sn, key(p, day), m, stops, sn.Policy.BoardingMinutes)
		t.Driver = driver
		r.Trips = append(r.Trips, t)
	}
}

// trip is runs, edited.
func trip(p part, edit func(t *model.Trip)) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		p(sn, r)
		edit(&r.Trips[len(r.Trips)-1])
	}
}

// roster puts parts together.
func roster(sn *model.Snapshot, parts ...part) *model.Roster {
	r := &model.Roster{Region: sn.Region, Week: sn.Week}
	for _, p := range parts {
		p(sn, r)
	}
	r.Sort()
	return r
}

// published makes parts what people were told.
func published(parts ...part) func(sn *model.Snapshot) {
	return func(sn *model.Snapshot) { sn.Published = roster(sn, parts...) }
}

// a clause is one case of a rule: a roster and the sum of the amounts that its words should find.
type clause struct {
	name string
	edit func(sn *model.Snapshot)
	has  []part
	want int64
}

// keepsOrBreaks runs the cases of one rule, and insists that they show it kept and broken.
func keepsOrBreaks(t *testing.T, c *solver.Constraint, all []clause) {
	t.Helper()
	t.Parallel()
	kept, broken := false, false
	for _, x := range all {
		kept, broken = kept || x.want == 0, broken || x.want != 0
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			sn := ordinary()
			if x.edit != nil {
				x.edit(sn)
			}
			require.NoError(t, sn.Validate(), "the week of the case")
			r := roster(sn, x.has...)
			sum := int64(0)
			for _, v := range solver.Check(sn, r, []*solver.Constraint{c}) {
				if !v.Waived { // it is told, and counts for nothing
					sum += v.Amount
				}
				require.NotZero(t, v.Amount, "a case of nothing is none")
				if c.Level == solver.Hard {
					require.Positive(t, v.Amount)
				}
				said := c.Explain(sn, v)
				require.True(t, strings.HasSuffix(said, ".") && !strings.Contains(said, "%!") && !strings.HasPrefix(said, "nobody"), said)
			}
			require.Equal(t, x.want, sum)
			sameByKernels(t, sn, r, c)
		})
	}
	require.True(t, kept && broken, "the cases show the rule both kept and broken")
}

// said is what the sentences of one rule say of a roster.
func said(sn *model.Snapshot, c *solver.Constraint, parts ...part) (all []string) {
	for _, v := range solver.Check(sn, roster(sn, parts...), []*solver.Constraint{c}) {
		all = append(all, c.Explain(sn, v))
	}
	return all
}

// comes gives people a record by which they come with such a chance, in permille.
func comes(permille int32, people ...model.CRN) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		for _, c := range people {
			p := person(sn, c)
			p.Attendance, p.Outcomes = permille, 20
		}
	}
}

func person(sn *model.Snapshot, c model.CRN) *model.Person { return sn.Person(c) }

// record gives somebody flags.
func record(c model.CRN, f model.Flags) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { person(sn, c).Flags = f }
}

// excludes makes a project exclude flags.
func excludes(p model.ProjectCode, f model.Flags) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { sn.Project(p).Excluded = f }
}

func order(sn *model.Snapshot, c model.CRN) *model.Requirement { return &sn.Person(c).Requirements[0] }

// both and all edit a week one after the other.
func both(a, b func(*model.Snapshot)) func(*model.Snapshot) { return all(a, b) }

func all(edits ...func(*model.Snapshot)) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		for _, e := range edits {
			e(sn)
		}
	}
}

// endsAt ends an appointment early.
func endsAt(clock model.Clock) func(*model.Appointment) {
	return func(a *model.Appointment) { a.Span.End = at(int(a.Session.Date-monday), clock) }
}

// leavesAndReturns gives a trip other times at its depot.
func leavesAndReturns(leaves, returns model.Clock) func(*model.Trip) {
	return func(t *model.Trip) {
		day := int(t.Session.Date - monday)
		t.Leaves, t.Returns = at(day, leaves), at(day, returns)
	}
}

// moved puts the last entry of each list that a part adds at other times of its day.
func moved(p part, from, to model.Clock) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		was := [3]int{len(r.Appointments), len(r.Duties), len(r.Trips)}
		p(sn, r)
		for i := was[0]; i < len(r.Appointments); i++ {
			a := &r.Appointments[i]
			day := int(a.Session.Date - monday)
			a.Session.Start, a.Span = from, model.Span{Start: at(day, from), End: at(day, to)}
		}
		for i := was[1]; i < len(r.Duties); i++ {
			r.Duties[i].Session.Start = from
		}
		for i := was[2]; i < len(r.Trips); i++ {
			r.Trips[i].Session.Start = from
		}
	}
}

func sortSessions(sn *model.Snapshot) {
	slices.SortFunc(sn.Sessions, func(a, b model.Session) int { return a.Key.Compare(b.Key) })
}

// sameByKernels lets the engine hold the people and vehicles of a roster and compares its score with the words on what it
// then writes. It may write other trips than the case, and leaves strangers out.
func sameByKernels(t *testing.T, sn *model.Snapshot, r *model.Roster, c *solver.Constraint) {
	t.Helper()
	p, err := solver.Compile(sn, []*solver.Constraint{c})
	require.NoError(t, err)
	s := p.NewState()
	s.Load(r)
	written := s.Roster()
	require.Equal(t, solver.Total(solver.Check(sn, written, []*solver.Constraint{c}), []*solver.Constraint{c}), s.Score(), "words and kernels of %+v", written)
}
