package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// Freeze gives the snapshot of one week as the facts stand, under the values of the profile in force on its Monday, and
// what is worth saying about it, in order. asOf is the instant that counts as now; it decides what is frozen and which
// appointments are still to come. The snapshot shares nothing with the facts that could change, and is valid: facts that
// cannot make a valid one give a [model.Error].
func Freeze(f *model.Facts, p *policy.Profile, week model.Week, asOf model.Instant) (*model.Snapshot, []Finding, error) {
	monday := week.Monday()
	if model.WeekOf(monday) != week {
		return nil, nil, model.Errorf(model.CodeUsage, "found week %v; expected an ISO week that exists, such as 2026-W49", week)
	}
	calendar, err := NewCalendar(p.Zone, monday, monday+6)
	if err != nil {
		return nil, nil, err
	}
	var found findings
	book := p.On(monday.String())
	sn := &model.Snapshot{
		Region: f.Region, Week: week, Calendar: calendar, AsOf: asOf, Policy: book,
		FrozenUntil: FrozenUntil(calendar, f.Holidays, asOf, model.Clock(book.FreezeCutoffMinutes)),
		Teams:       sorted(f.Teams, func(a, b model.Team) int { return cmp.Compare(a.Code, b.Code) }),
		People:      sorted(f.People, func(a, b model.Person) int { return cmp.Compare(a.CRN, b.CRN) }),
		Supervisors: sorted(f.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) }),
		Minibuses:   sorted(f.Minibuses, func(a, b model.Minibus) int { return cmp.Compare(a.Registration, b.Registration) }),
		Projects:    sorted(f.Projects, func(a, b model.Project) int { return cmp.Compare(a.Code, b.Code) }),
		Stops:       sorted(f.Stops, func(a, b model.Stop) int { return cmp.Compare(a.Code, b.Code) }),
		KeepApart: slices.Compact(sorted(f.KeepApart, func(a, b model.Pair) int {
			return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
		})),
		Outlooks: outlooks(f.Outlooks),
		Kit:      sorted(f.Kit, func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) }),
		Waivers:  sorted(f.Waivers, compareWaivers),
		Travel:   geo.NewMatrix(slices.Clone(f.Legs)),
	}
	sn.Travel.Pace = model.Pace(book)
	// A zone around a project that nobody knows is left for Validate to refuse: dropping it could place someone in danger.
	zones := known(&found, sn, f.Zones, "exclusion area", func(z model.Zone) (model.CRN, model.ProjectCode) { return z.CRN, "" })
	sn.Zones = sorted(zones, compareZones)
	standing := known(&found, sn, f.Standing, "standing slot", func(s model.Standing) (model.CRN, model.ProjectCode) {
		return s.CRN, s.Project
	})
	sn.Standing = sorted(standing, compareStanding)

	freezePeople(sn, f)
	freezeUsualWays(sn)
	freezeSupervisors(sn, f)
	sn.Before, sn.Published, sn.After = rosterOf(sn, f, week.Add(-1)), rosterOf(sn, f, week), rosterOf(sn, f, week.Add(1))
	freezeSessions(sn, f, &found)

	if err := sn.Validate(); err != nil {
		return nil, found.sorted(), err
	}
	found.findResources(sn)
	found.findPeople(sn)
	found.findJourneys(sn)
	found.findForecasts(sn)
	for _, d := range f.Doubtful {
		found.addf(FindingDoubtful, d.CRN, "%s is given no place: a row about them in %s could not be read. Mend it and plan again.", d.CRN, d.Kind)
	}
	return sn, found.sorted(), nil
}

// rosterOf gives what the files say of a week, or nil if they say nothing.
func rosterOf(sn *model.Snapshot, f *model.Facts, week model.Week) *model.Roster {
	r := sn.RosterFrom(week, f.History, f.Held)
	if len(r.Sessions()) == 0 {
		return nil
	}
	return r
}

// outlooks gives one forecast for each area and day: of several the wettest, which asks for the most care.
func outlooks(all []model.Outlook) []model.Outlook {
	byDay := func(a, b model.Outlook) int {
		return cmp.Or(cmp.Compare(a.WeatherArea, b.WeatherArea), cmp.Compare(a.Date, b.Date))
	}
	wettest := sorted(all, func(a, b model.Outlook) int {
		return cmp.Or(byDay(a, b), cmp.Compare(b.RainPermille, a.RainPermille), cmp.Compare(a.IssuedAt, b.IssuedAt),
			cmp.Compare(a.Source, b.Source))
	})
	return slices.CompactFunc(wettest, func(a, b model.Outlook) bool { return byDay(a, b) == 0 })
}

// Rows of one person are told apart by all they say, so that their order in the file reaches no answer.

func compareZones(a, b model.Zone) int {
	return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Project, b.Project), cmp.Compare(a.Centre.Latitude, b.Centre.Latitude),
		cmp.Compare(a.Centre.Longitude, b.Centre.Longitude), cmp.Compare(a.Metres, b.Metres), cmp.Compare(a.From, b.From),
		cmp.Compare(a.To, b.To), cmp.Compare(a.Days, b.Days), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func compareStanding(a, b model.Standing) int {
	return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday),
		cmp.Compare(a.Start, b.Start), cmp.Compare(a.StartDate, b.StartDate), cmp.Compare(a.Event, b.Event), cmp.Compare(a.End, b.End),
		cmp.Compare(a.Frequency, b.Frequency), cmp.Compare(a.EndDate, b.EndDate), cmp.Compare(a.PickUp, b.PickUp))
}

func compareWaivers(a, b model.Waiver) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Session, b.Session),
		cmp.Compare(a.Until, b.Until), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Why, b.Why))
}

// sorted gives a sorted copy. Facts are sorted already, so this costs one pass; a caller who built them by hand is safe.
func sorted[T any](all []T, compare func(a, b T) int) []T {
	c := slices.Clone(all)
	if !slices.IsSortedFunc(c, compare) {
		slices.SortStableFunc(c, compare)
	}
	return c
}

// known drops the rows about people and projects that are not in the files, and says so.
func known[T any](found *findings, sn *model.Snapshot, rows []T, what string, about func(T) (model.CRN, model.ProjectCode)) []T {
	var out []T
	for _, row := range rows {
		crn, project := about(row)
		switch {
		case sn.Person(crn) == nil:
			found.addf(FindingUnknown, crn, "The %s of %s is left out: people.csv has no such person.", what, crn)
		case project != "" && sn.Project(project) == nil:
			found.addf(FindingUnknown, project, "The %s of %s is left out: projects.csv has no project %s.", what, crn, project)
		default:
			out = append(out, row)
		}
	}
	return out
}
