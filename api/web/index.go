package web

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// entry is one session of the roster with all that is said of it.
type entry struct {
	key     model.SessionKey
	project *model.Project // nil: the snapshot does not know it
	team    model.TeamCode // the project's; empty: none that is known
	comers  []model.Appointment
	duties  []model.Duty
	trips   []model.Trip
	host    model.ProjectCode // where the wet plan leads; empty: there is none

	places   int32
	needed   int32   // places that those booked take
	expected int64   // permille of people
	chance   float64 // that more come than there are places for
	crowded  bool    // it is more than the policy allows
	rain     int32   // permille; -1: no forecast
	reasons  []Reason
}

// unled reports whether the session needs a supervisor and has none.
func (e *entry) unled() bool { return e.project != nil && e.project.Supervised() && len(e.duties) == 0 }

// onDay names what somebody or something does on a day.
type onDay[T any] struct {
	what T
	day  model.Date
}

// index finds the sessions of a roster by what people look for. Its maps are only looked up.
type index struct {
	*Week
	catalogue    []*solver.Constraint
	entries      []*entry // in the order of keys
	at           map[model.SessionKey]*entry
	led          map[onDay[model.SupervisorCode]][]*entry
	driven       map[onDay[model.Registration]][]*entry
	held         map[onDay[model.ProjectCode]][]*entry
	unattached   []Reason // cases of rules that must hold, of no session
	broken, look int      // how many reasons must be put right, and how many only looked at
}

// newIndex reads a week once, with a look-up for each thing that it names.
func newIndex(w *Week, catalogue []*solver.Constraint) *index {
	x := &index{
		Week: w, catalogue: catalogue, at: map[model.SessionKey]*entry{}, led: map[onDay[model.SupervisorCode]][]*entry{},
		driven: map[onDay[model.Registration]][]*entry{}, held: map[onDay[model.ProjectCode]][]*entry{},
	}
	wet := map[model.SessionKey]model.ProjectCode{}
	for _, p := range w.Roster.WetPlans {
		wet[p.Session] = p.Host
	}
	rain := map[onDay[string]]int32{}
	for _, o := range w.Snapshot.Outlooks {
		rain[onDay[string]{o.WeatherArea, o.Date}] = o.RainPermille
	}
	for _, k := range w.Roster.Sessions() {
		e := &entry{
			key: k, project: w.Snapshot.Project(k.Project), comers: w.Roster.In(k), duties: w.Roster.DutiesOf(k),
			trips: w.Roster.TripsOf(k), host: wet[k], rain: -1,
		}
		x.tally(e)
		if p, found := rain[onDay[string]{x.weatherArea(e), k.Date}]; found {
			e.rain = p
		}
		x.entries, x.at[k] = append(x.entries, e), e
		for _, d := range slices.Compact(slices.Clone(e.duties)) {
			at := onDay[model.SupervisorCode]{d.Supervisor, k.Date}
			x.led[at] = append(x.led[at], e)
		}
		for _, t := range e.trips {
			at := onDay[model.Registration]{t.Minibus, k.Date}
			x.driven[at] = append(x.driven[at], e)
		}
		at := onDay[model.ProjectCode]{k.Project, k.Date}
		x.held[at] = append(x.held[at], e)
	}
	x.judge()
	return x
}

// tally works out the places of a session and the chance that they do not suffice.
func (x *index) tally(e *entry) {
	if e.project == nil {
		return
	}
	e.team = x.known(e.project.Team)
	e.places = scheduler.PlacesIn(x.Snapshot, x.Roster, e.project, e.key)
	for i := range e.comers {
		if p := x.Snapshot.Person(e.comers[i].CRN); p != nil {
			comes := p.Attendance
			if t := x.Snapshot.Session(e.key); t != nil {
				comes = x.Snapshot.Comes(p, t)
			}
			e.expected += int64(comes)
		}
	}
	arrivals := model.NewArrivals(x.Snapshot.Booked(e.comers))
	over := arrivals.Over(e.places)
	e.needed, e.chance = arrivals.Most(), model.Chance(over)
	e.crowded = model.Exceeds(over, x.Snapshot.Policy.OverfullPermille)
}

// weatherArea gives the area whose forecast holds for a session: the project's own, or its team's.
func (x *index) weatherArea(e *entry) string {
	if e.project == nil {
		return ""
	}
	if e.project.WeatherArea != "" {
		return e.project.WeatherArea
	}
	if t := x.Snapshot.Team(e.team); t != nil {
		return t.WeatherArea
	}
	return ""
}

// known gives a team's code, or none if the snapshot does not know it.
func (x *index) known(c model.TeamCode) model.TeamCode {
	if x.Snapshot.Team(c) == nil {
		return ""
	}
	return c
}

// rule gives the constraint with that ID, or nil.
func (x *index) rule(id string) *solver.Constraint {
	if i := slices.IndexFunc(x.catalogue, func(c *solver.Constraint) bool { return c.ID == id }); i >= 0 {
		return x.catalogue[i]
	}
	return nil
}

func (x *index) projectName(c model.ProjectCode) string {
	if p := x.Snapshot.Project(c); p != nil && p.Name != "" {
		return p.Name
	}
	return string(c)
}

func (x *index) teamName(c model.TeamCode) string {
	if t := x.Snapshot.Team(c); t != nil && t.Name != "" {
		return t.Name
	}
	return string(c)
}

// times gives from when to when a session lasts.
func (x *index) times(k model.SessionKey) string {
	if s := x.Snapshot.Session(k); s != nil {
		return clock(k.Start) + " to " + clock(s.End)
	}
	return "from " + clock(k.Start)
}
