package constraints_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
)

// weird makes small weeks that no region has, so that every rule is near its edge: people with an hour left, sessions that
// overlap or run past midnight, licences that end on Wednesday, published rosters that name strangers.
//
// Half of the weeks are dense, with few sessions close together and most people riding, so that trips meet. Half are
// coarse: every time and way is a multiple of a quarter of an hour, so that limits are met exactly.
type weird struct {
	*rand.Rand
	sn             *model.Snapshot
	dense, coarse  bool
	driving, rainy bool
	grain          int // minutes
}

func weirdWeek(seed uint64) *model.Snapshot {
	return newWeird(rand.NewPCG(seed, 20), &model.Snapshot{Region: "Region", Week: week, Policy: book()}).make()
}

// drivingWeek is a dense week of groups to which everybody rides, with a driver for each minibus.
func drivingWeek(seed uint64) *model.Snapshot {
	w := newWeird(rand.NewPCG(seed, 21), &model.Snapshot{Region: "Region", Week: week, Policy: book()})
	w.dense, w.driving = true, true
	return w.make()
}

// rainyWeek is a dense week of groups outdoors and of indoor sites that are open for long, where few people are barred from
// anything, so that groups find each other at wet sites.
func rainyWeek(seed uint64) *model.Snapshot {
	w := newWeird(rand.NewPCG(seed, 22), &model.Snapshot{Region: "Region", Week: week, Policy: book()})
	w.dense, w.rainy = true, true
	return w.make()
}

func (w *weird) make() *model.Snapshot {
	w.calendar()
	w.policy()
	w.places()
	w.sessions()
	w.edges()
	w.people()
	if w.rainy {
		w.rain()
	}
	w.crew()
	w.ties()
	w.history()
	w.settled()
	w.prayers()
	return w.sn
}

func newWeird(source rand.Source, sn *model.Snapshot) *weird {
	w := &weird{Rand: rand.New(source), sn: sn, grain: 1}
	w.dense, w.coarse = w.one(2), w.one(2)
	if w.coarse {
		w.grain = 15
	}
	return w
}

// minutes gives some minutes from low to high, in the grain of the week.
func (w *weird) minutes(low, high int) model.Instant {
	return model.Instant(w.between(low/w.grain, high/w.grain) * w.grain)
}

// one is true once in n.
func (w *weird) one(n int) bool { return w.IntN(n) == 0 }

func pick[T any](w *weird, all ...T) T { return all[w.IntN(len(all))] }

// between gives a number from low to high.
func (w *weird) between(low, high int) int { return low + w.IntN(high-low+1) }

// day is a day of the week, or none.
func (w *weird) day(none int) model.Date {
	if w.one(none) {
		return w.sn.Week.Monday() + model.Date(w.between(-1, 7))
	}
	return 0
}

// near is a point within some kilometres of the town, seldom an unknown one.
func (w *weird) near(km float64) geo.Point {
	if w.one(15) {
		return geo.Point{}
	}
	return geo.Point{Latitude: 52 + (w.Float64()-.5)*km/111, Longitude: -1.5 + (w.Float64()-.5)*km/68}
}

func (w *weird) calendar() {
	sn := w.sn
	sn.Calendar = model.Calendar{Offsets: []model.Offset{{From: -1 << 30}}}
	if w.one(3) { // the clocks go back on the Sunday
		sn.Week = model.Week{Year: 2026, Number: 43}
		sn.Calendar = model.Calendar{Offsets: []model.Offset{{From: -1 << 30, Minutes: 60}, {From: model.Instant(sn.Week.Monday()+6)*1440 + 60}}}
	}
	start := sn.Calendar.Instant(sn.Week.Monday(), 0)
	sn.AsOf = start + model.Instant(w.between(-3000, 6000))
	sn.FrozenUntil = start - 2000
	if w.one(2) {
		sn.FrozenUntil = sn.AsOf + model.Instant(w.between(0, 2000))
	}
}

func (w *weird) policy() {
	b := w.sn.Policy
	b.SessionsADay = int32(w.between(1, 2))
	b.WeekMaxMinutes = int32(pick(w, 600, 900, 1680))
	b.StopGapMinutes = int32(pick(w, 5, 30, 200))
	b.ETESharePercent = int32(pick(w, 0, 30, 60, 95))
	b.WomenMinimum = int32(w.between(2, 3))
	b.RestMinutes = int32(pick(w, 300, 600, 660, 720, 840))
	b.BoardingMinutes = int32(pick(w, 0, 0, 3))
	b.PeoplePerSupervisor = int32(w.between(1, 4))
	b.HighRiskWeight = int32(w.between(1, 3))
	b.OverfullPermille = int32(pick(w, 0, 50, 300, 500, 1000))
	b.BookedPercent = int32(pick(w, 0, 100, 150, 300))
	b.LoneWomanPrice = int64(w.between(0, 200_000))
	b.LoneWomanPermille = int32(pick(w, 100, 300, 480, 1000))
	b.SeatlessPermille = int32(pick(w, 0, 50, 300, 500, 1000))
	b.GroupMinimum = int32(w.between(1, 3))
	b.TravelMaxMinutes = int32(pick(w, 30, 60, 90))
	b.ShortDayMinutes, b.ShortDayLeastMinutes = int32(pick(w, 30, 60, 60, 120)), int32(pick(w, 1, 60, 180))
	b.ChangeShortMinutes = int32(w.between(0, 4000))
	b.WetRequiredPermille = int32(pick(w, 0, 0, 0, 300))
}

func (w *weird) places() {
	sn := w.sn
	sn.Teams = []model.Team{{Code: "T1", Area: "North"}, {Code: "T2", Area: "South"}}
	for i := range w.between(3, 5) {
		sn.Projects = append(sn.Projects, model.Project{
			Code: model.ProjectCode(fmt.Sprintf("P%d", i)), Kind: w.kind(),
			Team: pick[model.TeamCode](w, "T1", "T2"), Site: w.near(30), Exposure: pick(w, model.Outdoor, model.Indoor), Places: int32(w.between(0, 5)),
			MinimumGroup: int32(w.between(0, 3)), Ceiling: pick(w, model.LowRisk, model.MediumRisk, model.HighRisk), WomenOnly: w.one(4),
			PowerTools: w.one(2), HiVis: w.one(2), Transport: w.transport(), Excluded: w.someFlags(),
			Demand: pick(w, model.Heavy, model.MediumDemand, model.Light, model.Light), StepFree: !w.one(3), Wheelchair: !w.one(3),
			WetPlaces: int32(pick(w, 0, 2, 3, 5, 9)), WeatherArea: pick(w, "", "W1"),
		})
	}
	for day := range 7 {
		if !w.one(3) {
			sn.Outlooks = append(sn.Outlooks, model.Outlook{WeatherArea: "W1", Date: sn.Week.Monday() + model.Date(day), RainPermille: int32(pick(w, 0, 299, 300, 900))})
		}
	}
	stops := pick(w, 0, 1, 2, 3, 4, 6)
	if w.driving || w.rainy {
		stops = w.between(2, 4)
	}
	for i := range stops {
		sn.Stops = append(sn.Stops, model.Stop{Code: model.StopCode(fmt.Sprintf("S%d", i)), At: w.near(20)})
	}
	for i := range w.between(0, 4) {
		sn.Kit = append(sn.Kit, model.Kit{Team: pick[model.TeamCode](w, "T1", "T2"), Kind: pick(w, "hi_vis", "boots", "power_tools", "spades"), Quantity: int32(i)})
	}
	slices.SortFunc(sn.Kit, func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) })
}

// rain bars few people from anything, so that what groups do to each other decides.
func (w *weird) rain() {
	sn := w.sn
	sn.Policy.TravelMaxMinutes, sn.Policy.PeoplePerSupervisor, sn.Policy.SessionsADay = 240, 4, 2
	for i := range sn.Projects {
		p := &sn.Projects[i]
		p.Kind, p.Exposure, p.Site = model.Group, model.Outdoor, geo.Point{Latitude: 52 + float64(i)/500, Longitude: -1.5}
		if i < 2 {
			p.Kind, p.Exposure, p.WetPlaces = pick(w, model.Group, model.Group, model.Induction, model.Individual), model.Indoor, int32(w.between(1, 14))
		}
		p.WomenOnly = w.one(8)
		if p.PowerTools, p.HiVis, p.Demand = false, false, model.Light; !w.one(8) {
			p.Excluded, p.Ceiling, p.StepFree, p.Wheelchair = 0, model.HighRisk, true, true
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		p.Risk, p.Home, p.Preference, p.MaxTravelMinutes = model.LowRisk, town, model.MixedGroup, 0
		p.Flags &= model.NoMaleSupervisor | model.NoFemaleSupervisor | model.IndividualBarred
		if !w.one(4) {
			p.Sex = model.Male
		}
		if !w.one(4) {
			p.Flags, p.Health = 0, p.Health&model.SupportWorker
		}
		if !w.one(4) {
			start := sn.Calendar.Instant(sn.Week.Monday(), 0)
			p.Free = []model.Span{{Start: start - 3000, End: start + 13000}}
		}
	}
}

// someFlags is a few of the flags that records hold and projects exclude, mostly none.
func (w *weird) someFlags() (f model.Flags) {
	for flag := model.RiskToChildren; flag <= model.NoFemaleSupervisor; flag <<= 1 {
		if w.one(6) {
			f |= flag
		}
	}
	return f
}

// someHealth is a few of the needs that bar people from work, mostly none.
func (w *weird) someHealth() (h model.Health) {
	for _, need := range []model.Health{model.LightWorkOnly, model.NoPowerTools, model.NeedsStepFree, model.Wheelchair, model.Epilepsy, model.Pregnancy, model.Allergy} {
		if w.one(8) {
			h |= need
		}
	}
	return h
}

func (w *weird) kind() model.Kind {
	if w.driving {
		return model.Group
	}
	return pick(w, model.Group, model.Group, model.Group, model.Individual, model.ETE, model.Induction)
}

func (w *weird) transport() model.Transport {
	if w.driving || w.dense && !w.one(4) {
		return model.ByMinibus
	}
	return pick(w, model.ByMinibus, model.ByThemselves, model.Either)
}

func (w *weird) sessions() {
	sn := w.sn
	days, first, last, longest := []int{0, 1, 2, 3, 4, 5, 6}, 0, 46, 16
	if w.dense {
		days, first, last, longest = pick(w, []int{0, 1}, []int{5, 6}), 14, 34, 8
	}
	if w.driving {
		first, last = 16, 20
	}
	for i := range sn.Projects {
		for _, day := range days {
			slots := pick(w, 0, 1, 1, 2)
			if w.rainy && i < 2 {
				slots = 1
			}
			for range slots {
				k := model.SessionKey{Project: sn.Projects[i].Code, Date: sn.Week.Monday() + model.Date(day), Start: model.Clock(30 * w.between(first, last))}
				end := (k.Start + model.Clock(30*w.between(1, longest))) % 1440
				if sn.Projects[i].WetPlaces > 0 && w.one(2) || w.rainy && i < 2 { // open to take others in
					k.Start, end = model.Clock(30*w.between(0, first)), 1440
				}
				s := model.Session{Key: k, End: end, Span: sn.Calendar.Span(k.Date, k.Start, end)}
				if w.one(8) {
					s.Bar = model.NonWorkingDay
				}
				sn.Sessions = append(sn.Sessions, s)
			}
		}
	}
	sortSessions(sn)
	if len(sn.Sessions) == 0 {
		w.sessions()
		return
	}
	sn.Sessions = slices.CompactFunc(sn.Sessions, func(a, b model.Session) bool { return a.Key == b.Key })
}

// edges sets what counts as short notice and as frozen to begin with a session, exactly.
func (w *weird) edges() {
	sn := w.sn
	if at := pick(w, sn.Sessions...).Span.Start; w.one(2) {
		sn.AsOf = at - model.Instant(sn.Policy.ChangeShortMinutes)
	}
	if at := pick(w, sn.Sessions...).Span.Start; w.one(3) {
		sn.FrozenUntil = at + model.Instant(w.between(0, 1))
	}
}

// spans is free or working time with holes.
func (w *weird) spans() []model.Span {
	start := w.sn.Calendar.Instant(w.sn.Week.Monday(), 0)
	free := []model.Span{{Start: start - 3000, End: start + 13000}}
	if w.one(3) {
		return free
	}
	var busy []model.Span
	for range w.between(1, 12) {
		length := w.minutes(15, 900)
		from := start + w.minutes(-2000, 10000)
		switch near := pick(w, w.sn.Sessions...).Span; w.IntN(4) { // just long enough a way before or after a session
		case 0:
			from = near.Start - w.minutes(0, 90) - length
		case 1:
			from = near.End + w.minutes(0, 90)
		}
		busy = append(busy, model.Span{Start: from, End: from + length})
	}
	return model.Subtract(free, model.Union(busy))
}

// cares takes caring duties from free time, mostly about when sessions begin and end, and gives both.
func (w *weird) cares(all []model.Span) (free, caring []model.Span) {
	if w.one(3) {
		return all, nil
	}
	var duties []model.Span
	for range w.between(1, 14) {
		near := pick(w, w.sn.Sessions...).Span
		duty := model.Span{Start: near.Start - w.minutes(0, 150), End: near.Start + w.minutes(0, 75)}
		if w.one(2) {
			duty = model.Span{Start: near.End - w.minutes(0, 75), End: near.End + w.minutes(0, 150)}
		}
		duties = append(duties, duty)
	}
	free = model.Subtract(all, model.Union(duties))
	return free, model.Subtract(all, free)
}

func (w *weird) people() {
	sn := w.sn
	for _, e := range []*int32{&sn.Attendance.Effects.Individual, &sn.Attendance.Effects.ETE, &sn.Attendance.Effects.Induction, &sn.Attendance.Effects.First,
		&sn.Attendance.Effects.Monday, &sn.Attendance.Effects.Winter, &sn.Attendance.Effects.Far} {
		*e = int32(w.between(-150, 150))
	}
	for i := range w.between(5, 9) {
		p := model.Person{
			CRN: model.CRN(fmt.Sprintf("X%06d", 10*i)), Team: "T1", Sex: pick(w, model.Male, model.Male, model.Female, model.Female, model.SexOther),
			Preference: pick(w, model.MixedGroup, model.MixedGroup, model.MixedGroup, model.FemaleOnlyGroup, model.IndividualOnly),
			Risk:       pick(w, model.LowRisk, model.LowRisk, model.MediumRisk, model.HighRisk, model.VeryHighRisk),
			Flags:      pick(w, 0, 0, model.RestrictedPlacement, model.IndividualBarred, model.Gang) | w.someFlags(), Health: pick(w, 0, 0, model.SupportWorker) | w.someHealth(),
			Home: w.near(25), Mode: geo.Mode(w.IntN(int(geo.Modes))), MaxTravelMinutes: int32(pick(w, 0, 0, 30, 45, 120)), MaxWeekMinutes: int32(pick(w, 0, 0, 400, 2000)),
			Attendance: int32(w.between(0, 1000)), Outcomes: int32(w.between(0, 2)), WeeksWaiting: int32(w.between(0, 20)), Free: w.spans(),
		}
		p.Free, p.Caring = w.cares(p.Free)
		if w.one(2) {
			p.ApprovedBy, p.ApprovedOn = "PO1", sn.Week.Monday()-model.Date(w.IntN(2)*5)
		}
		for e := range w.between(1, 2) {
			q := model.Requirement{Event: int32(e + 1), Status: pick(w, model.Active, model.Active, model.Active, model.Active, model.Suspended),
				Sentenced: sn.Week.Monday() + model.Date(w.between(-50, 8)), Target: sn.Week.Monday() + model.Date(w.between(-20, 100)),
				Required: int32(pick(w, 0, 100, 500, 700, 1000, 1700, 6000)), Promised: int32(pick(w, 0, 0, 60)), ETEDone: int32(pick(w, 0, 0, 100)), HardEnd: w.day(5)}
			q.PromisedETE = q.Promised * int32(w.IntN(2))
			if !w.one(4) {
				q.Inducted = q.Sentenced + model.Date(w.IntN(5))
			}
			p.Requirements = append(p.Requirements, q)
		}
		sn.People = append(sn.People, p)
	}
}

func (w *weird) crew() {
	sn := w.sn
	for i := range w.between(2, 4) {
		sn.Supervisors = append(sn.Supervisors, model.Supervisor{
			Code: model.SupervisorCode(fmt.Sprintf("K%d", i)), Team: "T1", Licence: w.licence(), LicenceUntil: w.day(3),
			Training: pick(w, 0, model.TrainedHighRisk), TrainedUntil: w.day(3), Sex: pick(w, model.Male, model.Female, model.SexOther), WeekMinutes: int32(pick(w, 0, 400, 900, 2220)), Home: w.near(25), Available: w.spans(),
		})
	}
	for i := range w.between(1, 3) {
		sn.Minibuses = append(sn.Minibuses, model.Minibus{Registration: model.Registration(fmt.Sprintf("B%d", i)), Team: "T1", Seats: int32(pick(w, 1, 2, 3, 9)), WheelchairPlaces: int32(w.between(0, 2)),
			Depot: w.near(20), InspectedUntil: w.day(4), OffRoadFrom: w.day(5), OffRoadTo: w.day(6)})
	}
}

func (w *weird) licence() model.Licence {
	if w.driving {
		return model.LicenceD1
	}
	return pick(w, model.NoLicence, model.LicenceB, model.LicenceD1)
}

func codes(sn *model.Snapshot) (all []model.SupervisorCode) {
	for i := range sn.Supervisors {
		all = append(all, sn.Supervisors[i].Code)
	}
	return all
}

func registrations(sn *model.Snapshot) (all []model.Registration) {
	for i := range sn.Minibuses {
		all = append(all, sn.Minibuses[i].Registration)
	}
	return all
}

// tidy sorts a roster and drops what it holds twice, as a valid one must be.
func tidy(r *model.Roster) {
	r.Sort()
	r.Appointments = slices.CompactFunc(r.Appointments, func(a, b model.Appointment) bool { return a.Compare(b) == 0 })
	r.Duties = slices.Compact(r.Duties)
	r.Trips = slices.CompactFunc(r.Trips, func(a, b model.Trip) bool { return a.Compare(b) == 0 })
	r.WetPlans = slices.CompactFunc(r.WetPlans, func(a, b model.WetPlan) bool { return a.Session == b.Session })
}

// actors is how many actors a problem has.
func actors(p *solver.Problem) int {
	return p.NumActors(solver.People) + p.NumActors(solver.Supervisors) + p.NumActors(solver.Minibuses)
}
