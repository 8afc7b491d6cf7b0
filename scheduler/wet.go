package scheduler

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Wet is what the rules say of a week in which it rains everywhere, and every group outdoors is where its wet plan leads: its
// people, supervisors and hours at the host, among all who are there. It is judged as a roster of its own, by the same words
// that judge a dry one, and not by what they say of wet plans.
type Wet struct {
	Moved   []model.WetPlan // the groups that move, in order
	MustFix []Case          // broken cases, in catalogue order: first of who is where, then of the ways there
}

// The rules that are held against everybody at the hosts, and against each person's way there. The others say the same of a
// group wherever it is; room at a host is the wet plan's own rule, since the places of a site are for its own people.
var (
	wetPlaceRules = []string{"risk-of-harm", "risk-to-children", "risk-sexual", "risk-flags", "exclusion-zone", "keep-apart", "not-the-only-woman",
		"supervisor-gender", "health", "project-terms", "individual-placement"}
	wetWayRules = []string{"availability", "travel-limit"}
)

// JudgeWet holds the wet half of a roster against the rules.
func JudgeWet(sn *model.Snapshot, r *model.Roster, constraints []*solver.Constraint) Wet {
	x := &rained{sn: sn, dry: r, constraints: constraints}
	for _, w := range r.WetPlans {
		k := w.Session
		if sn.Session(k) != nil && sn.Project(k.Project) != nil && sn.Project(w.Host) != nil && len(r.In(k)) > 0 &&
			!slices.ContainsFunc(x.Moved, func(o model.WetPlan) bool { return o.Session == k }) {
			x.Moved = append(x.Moved, w)
		}
	}
	if len(x.Moved) == 0 {
		return x.Wet
	}
	week, roster := x.together()
	x.judge(week, roster, wetPlaceRules)
	for _, w := range x.Moved {
		x.judge(x.way(w, true, sn.Session(w.Session).Span))
		for _, hours := range x.hours(w.Session) {
			x.judge(x.way(w, false, hours))
		}
	}
	return x.Wet
}

// rained is a week on its way to its wet half.
type rained struct {
	Wet
	sn          *model.Snapshot
	dry         *model.Roster
	constraints []*solver.Constraint
	from        map[model.SessionKey]model.SessionKey // which session moved to one that the wet half has; looked up only
}

// together gives the week with every group at its host, in a session of its own there beside the host's.
func (x *rained) together() (*model.Snapshot, *model.Roster) {
	week := *x.sn
	x.from = map[model.SessionKey]model.SessionKey{}
	week.Projects, week.Sessions = slices.Clone(x.sn.Projects), slices.Clone(x.sn.Sessions)
	to := map[model.SessionKey]model.SessionKey{} // looked up only
	for i, w := range x.Moved {
		s, host := *x.sn.Session(w.Session), *x.sn.Project(w.Host)
		if x.sn.Project(w.Session.Project).WomenOnly && !host.WomenOnly { // alone there, it is a place for women only
			host.Code, host.WomenOnly = model.ProjectCode(fmt.Sprintf("%s~%d", host.Code, i)), true
			week.Projects = append(week.Projects, host)
		}
		s.Key.Project, s.Bar = host.Code, model.Open
		s.Key.Start += model.Clock(24 * 60 * (i + 1)) // a name that no other session has: when it takes place says its span
		week.Sessions = append(week.Sessions, s)
		to[w.Session], x.from[s.Key] = s.Key, w.Session
	}
	slices.SortFunc(week.Projects, func(a, b model.Project) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(week.Sessions, func(a, b model.Session) int { return a.Key.Compare(b.Key) })
	roster := &model.Roster{Region: x.dry.Region, Week: x.dry.Week}
	for _, a := range x.dry.Appointments {
		if k, moves := to[a.Session]; moves {
			a.Session, a.PickUp = k, ""
		}
		roster.Appointments = append(roster.Appointments, a)
	}
	for _, d := range x.dry.Duties {
		if k, moves := to[d.Session]; moves {
			d.Session = k
		}
		roster.Duties = append(roster.Duties, d)
	}
	for _, t := range x.dry.Trips {
		if _, moves := to[t.Session]; !moves {
			roster.Trips = append(roster.Trips, t)
		}
	}
	roster.Sort()
	return &week, roster
}

// hours lists the times that people of a session have: its own first, then those of whoever begins later or ends earlier.
func (x *rained) hours(k model.SessionKey) []model.Span {
	out := []model.Span{x.sn.Session(k).Span}
	for _, a := range x.dry.In(k) {
		if !slices.Contains(out, a.Span) {
			out = append(out, a.Span)
		}
	}
	return out
}

// way gives those of one group who come by minibus, or those who come by themselves and at some hours, on their way to the host in the
// same manner. Why somebody has hours of their own the way to the site says, not that to the host: there they are the session's.
func (x *rained) way(w model.WetPlan, riding bool, hours model.Span) (*model.Snapshot, *model.Roster, []string) {
	week, s := *x.sn, *x.sn.Session(w.Session)
	s.Key.Project, s.Bar, s.Span = w.Host, model.Open, hours
	x.from = map[model.SessionKey]model.SessionKey{s.Key: w.Session}
	week.Sessions, week.Projects = []model.Session{s}, slices.Clone(x.sn.Projects)
	host := week.Project(w.Host)
	if host.Transport = model.ByThemselves; riding {
		host.Transport = model.ByMinibus
	}
	site := x.sn.Project(w.Session.Project)
	roster := &model.Roster{Region: x.dry.Region, Week: x.dry.Week}
	for _, a := range x.dry.In(w.Session) {
		p := x.sn.Person(a.CRN)
		if !riding && a.Span != hours {
			continue
		}
		if p != nil && x.sn.Rides(p, site, x.sn.Travel.Minutes(p.Mode, p.At(), site.At())) == riding {
			for _, o := range x.dry.Appointments { // how long the last of a week is depends on the others
				if o.CRN == a.CRN && o.Session != a.Session {
					roster.Appointments = append(roster.Appointments, o)
				}
			}
			a.Session, a.PickUp = s.Key, ""
			roster.Appointments = append(roster.Appointments, a)
		}
	}
	roster.Sort()
	return &week, roster, wetWayRules
}

// judge notes what some rules say of a part of the wet half, in the names of the sessions that people know.
func (x *rained) judge(week *model.Snapshot, roster *model.Roster, rules []string) {
	held := slices.DeleteFunc(slices.Clone(x.constraints), func(c *solver.Constraint) bool { return !slices.Contains(rules, c.ID) })
	for _, v := range solver.Check(week, roster, held) {
		if v.Constraint == "health" && len(v.People) == 0 { // wheelchair places are those of the dry trip
			continue
		}
		moved := false
		for i, k := range v.Sessions {
			if was, moves := x.from[k]; moves {
				v.Sessions[i], moved = was, true
			}
		}
		if moved {
			c := caseOf(x.sn, ruleOf(x.constraints, v.Constraint), v)
			c.Sentence = "When it rains: " + c.Sentence
			x.MustFix = append(x.MustFix, c)
		}
	}
}
