package model

import "github.com/communitypayback/payback/model/geo"

// named says in an error what a problem is about, without a name or a position.
type named string

func (n named) String() string { return string(n) }

func (f *faults) person(s *Snapshot, p *Person) {
	of := named(p.CRN)
	f.checkf(p.CRN.Valid(), "found CRN %q; expected one letter and six digits", p.CRN)
	f.known(of, "team", s.Team(p.Team) != nil, p.Team)
	f.point(of, p.Home)
	f.checkf(p.Sex <= Male && p.Preference <= IndividualOnly && p.Risk <= VeryHighRisk && p.Prayer <= DailyAndFridayPrayer &&
		p.Mode < geo.Modes, "%v: a word is none of its list", of)
	f.within(of, "a travel limit of minutes", p.MaxTravelMinutes, 0, MaxMinutes)
	f.within(of, "a weekly limit of minutes", p.MaxWeekMinutes, 0, MaxMinutes)
	f.within(of, "attended sessions", p.Attended, 0, MaxAttendances)
	f.within(of, "missed sessions", p.Missed, 0, MaxAttendances)
	f.within(of, "attendance in permille", p.Attendance, 0, 1000)
	f.within(of, "weeks of waiting", p.WeeksWaiting, 0, MaxAttendances)
	f.spans(of, "free", p.Free)
	f.spans(of, "caring", p.Caring)
	for _, x := range p.Caring {
		f.checkf(shared(p.Free, x) == 0, "%v: caring and free spans overlap", of)
	}
	f.checkf(len(p.Requirements) > 0, "%v has no requirement", of)
	ordered(f, "requirements of "+string(p.CRN), p.Requirements, true, func(a, b *Requirement) int { return int(a.Event) - int(b.Event) })
	for i := range p.Requirements {
		r := &p.Requirements[i]
		f.within(of, "an event number", r.Event, 0, MaxAttendances)
		f.checkf(r.Status <= Complete && r.Order <= SuspendedSentenceOrder, "%v: a word is none of its list", of)
		f.within(of, "required minutes", r.Required, 0, MaxMinutes)
		f.within(of, "completed minutes", r.Completed, 0, MaxMinutes)
		f.within(of, "adjusted minutes", r.Adjustment, -MaxMinutes, MaxMinutes)
		f.within(of, "minutes of education, training and employment", r.ETEDone, 0, MaxMinutes)
		f.within(of, "promised minutes", r.Promised, 0, MaxMinutes)
		f.within(of, "promised minutes of education, training and employment", r.PromisedETE, 0, r.Promised)
	}
}

func (f *faults) session(s *Snapshot, x *Session) {
	if s.Project(x.Key.Project) == nil || !s.Week.Holds(x.Key.Date) {
		f.checkf(s.Project(x.Key.Project) != nil, "session %v: the week has no project %s", x.Key, x.Key.Project)
		f.checkf(s.Week.Holds(x.Key.Date), "session %v lies outside week %v", x.Key, s.Week)
		return
	}
	f.checkf(x.Key.Start >= 0 && x.Key.Start < 1440 && x.End >= 0 && x.End <= 1440, "session %v: a time is not on the clock", x.Key)
	f.checkf(x.Span == s.Calendar.Span(x.Key.Date, x.Key.Start, x.End), "session %v: the span is not what its times give", x.Key)
	f.checkf(x.Minutes() > 0 && x.Minutes() <= 1500, "session %v lasts %d minutes; expected at most a day", x.Key, x.Minutes())
	f.checkf(x.Bar <= Closed, "session %v has an unknown bar", x.Key)
}

// places checks the things people go to and are taken by.
func (f *faults) places(s *Snapshot) {
	for i := range s.Projects {
		p := &s.Projects[i]
		of := named("project " + p.Code)
		f.checkf(p.Code != "", "project number %d has no code", i+1)
		f.known(of, "team", s.Team(p.Team) != nil, p.Team)
		f.point(of, p.Site)
		f.checkf(p.Kind <= Induction && p.Exposure <= Indoor && p.Ceiling <= VeryHighRisk && p.Demand <= Light && p.Transport <= Either,
			"%v: a word is none of its list", of)
		f.within(of, "places", p.Places, 0, MaxPlaces)
		f.within(of, "a minimum group of", p.MinimumGroup, 0, MaxPlaces)
		f.within(of, "wet places", p.WetPlaces, 0, MaxPlaces)
	}
	for i := range s.Supervisors {
		x := &s.Supervisors[i]
		of := named("supervisor " + x.Code)
		f.checkf(x.Code != "", "supervisor number %d has no code", i+1)
		f.known(of, "team", s.Team(x.Team) != nil, x.Team)
		f.point(of, x.Home)
		f.checkf(x.Sex <= Male && x.Grade <= PlacementCoordinator && x.Licence <= LicenceD1, "%v: a word is none of its list", of)
		f.within(of, "weekly minutes", x.WeekMinutes, 0, 10_080)
		f.spans(of, "working", x.Available)
	}
	for i := range s.Minibuses {
		b := &s.Minibuses[i]
		of := named("minibus " + b.Registration)
		f.checkf(b.Registration != "", "minibus number %d has no registration", i+1)
		f.known(of, "team", s.Team(b.Team) != nil, b.Team)
		f.point(of, b.Depot)
		f.within(of, "passenger seats", b.Seats, 1, MaxSeats)
		f.within(of, "wheelchair places", b.WheelchairPlaces, 0, MaxSeats)
	}
	for i := range s.Stops {
		x := &s.Stops[i]
		f.checkf(x.Code != "", "stop number %d has no code", i+1)
		f.known(named("stop "+x.Code), "team", x.Team == "" || s.Team(x.Team) != nil, x.Team)
		f.point(named("stop "+x.Code), x.At)
	}
}

// rows checks what is said about people and places.
func (f *faults) rows(s *Snapshot) {
	for _, p := range s.KeepApart { // either may be outside the region
		f.checkf(p.A < p.B, "keep apart %s and %s: expected the first before the second", p.A, p.B)
	}
	for _, z := range s.Zones {
		of := named("the exclusion area of " + z.CRN)
		f.known(of, "person", s.Person(z.CRN) != nil, z.CRN)
		f.known(of, "project", z.Project == "" || s.Project(z.Project) != nil, z.Project)
		f.point(of, z.Centre)
		f.within(of, "a radius of metres", z.Metres, 0, 1_000_000)
		f.checkf(z.Project != "" || z.Centre.Known(), "%v has neither a centre nor a project", of)
	}
	for _, x := range s.Standing {
		of := named("the standing slot of " + x.CRN)
		f.known(of, "person", s.Person(x.CRN) != nil, x.CRN)
		f.known(of, "project", s.Project(x.Project) != nil, x.Project)
	}
	for _, o := range s.Outlooks {
		f.within(named("the forecast of "+o.WeatherArea+" on "+o.Date.String()), "rain in permille", o.RainPermille, 0, 1000)
	}
	for _, k := range s.Kit {
		f.within(named(string(k.Team)+" "+k.Kind), "a quantity of", k.Quantity, 0, MaxAttendances)
	}
	if s.Travel != nil {
		for _, l := range s.Travel.Legs {
			f.within(named(l.From+" to "+l.To), "minutes", l.Minutes, 0, geo.Unreachable)
			f.within(named(l.From+" to "+l.To), "metres", l.Metres, 0, 1<<30)
		}
	}
}

// roster checks the form of a roster, not what it decides.
func (f *faults) roster(what string, r *Roster, w Week) {
	if r == nil {
		return
	}
	f.checkf(r.Week == w, "%s is of week %v; expected %v", what, r.Week, w)
	ordered(f, "appointments of "+what, r.Appointments, true, func(a, b *Appointment) int { return a.Compare(*b) })
	ordered(f, "duties of "+what, r.Duties, true, func(a, b *Duty) int { return a.Compare(*b) })
	ordered(f, "trips of "+what, r.Trips, true, func(a, b *Trip) int { return a.Compare(*b) })
	ordered(f, "wet plans of "+what, r.WetPlans, true, func(a, b *WetPlan) int { return a.Session.Compare(b.Session) })
	ordered(f, "breaks of "+what, r.Breaks, true, func(a, b *Breaks) int { return a.Session.Compare(b.Session) })
	for i := range r.Appointments {
		a := &r.Appointments[i]
		if a.Span.Start >= a.Span.End || a.Span.Start < -maxInstant || a.Span.End > maxInstant || a.Minutes() > 1500 {
			f.checkf(false, "%s: the appointment of %s in %v has no real length", what, a.CRN, a.Session)
		}
		if !a.Outcome.Known() || !w.Holds(a.Session.Date) {
			f.checkf(false, "%s: the appointment of %s in %v has an unknown outcome or is of another week", what, a.CRN, a.Session)
		}
	}
	for _, k := range r.Sessions() {
		if !w.Holds(k.Date) {
			f.checkf(false, "%s: session %v is of another week", what, k)
		}
	}
}
