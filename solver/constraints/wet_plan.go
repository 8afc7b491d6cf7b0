package constraints

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// WetPlan gives every group outdoors a place to go when it rains. One case: one group without a wet plan that holds, for
// however many reasons.
var WetPlan = &solver.Constraint{
	ID:    "wet-plan",
	Title: "Every group outdoors has somewhere to go when it rains",
	Doc: "An outdoor group with people has an indoor host that is open for the whole of its session, and all groups that a host takes in at one time, wherever they come from, " +
		"find room there besides its own. Mixed groups go to no place for women only; a women-only group goes to one, or to a host where nobody else is at the time.",
	Clauses:    []policy.ClauseID{"wet-plan", "wet-plan.required-from", "wet-plan.forecast-age", "wet-plan.forecast-reach"},
	Level:      solver.Hard,
	Unit:       "groups without a wet plan that holds",
	Lack:       "no wet place",
	Violations: nowhereToGo,
	Lower:      lowerWetPlan,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s works outdoors, and %s.", whither(v), v.Why)
	},
}

func nowhereToGo(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			s, at := sn.Session(k), sn.Project(k.Project)
			if s == nil || !isGroup(sn, k) || at.Exposure != model.Outdoor || len(r.In(k)) == 0 {
				continue
			}
			v := sessionAlone(k, 1)
			switch code, planned := wetHost(r, k); {
			case planned:
				v.Why = hostFault(sn, r, s, at, code)
			case rainExpected(sn, at, k.Date):
				v.Why = "it has no wet plan"
			}
			if v.Why != "" {
				report(v)
			}
		}
	})
}

// rainExpected reports whether the chance of rain asks for a wet plan. Where there is no forecast it may rain.
func rainExpected(sn *model.Snapshot, at *model.Project, d model.Date) bool {
	permille, known := sn.Rain(at, d)
	return !known || permille >= sn.Policy.WetRequiredPermille
}

// hostFault says why a group cannot go to a host; empty: it can.
func hostFault(sn *model.Snapshot, r *model.Roster, s *model.Session, at *model.Project, code model.ProjectCode) string {
	host := sn.Project(code)
	switch {
	case host == nil:
		return fmt.Sprintf("its wet site %s is not known", code)
	case host.Exposure != model.Indoor:
		return fmt.Sprintf("its wet site %s is not indoors", code)
	case !openFor(sn, code, s.Span):
		return fmt.Sprintf("its wet site %s is not open for the whole session", code)
	case host.WomenOnly && !at.WomenOnly:
		return fmt.Sprintf("its wet site %s is for women only", code)
	case at.WomenOnly && !host.WomenOnly && len(othersThere(sn, r, s.Key)) > 0:
		return fmt.Sprintf("it is for women only, and others are at its wet site %s at the time", code)
	}
	need := wetNeed(sn, r, s.Key)
	for _, o := range movedTo(sn, r, code) {
		if o.Key != s.Key && o.Span.Overlaps(s.Span) {
			need += wetNeed(sn, r, o.Key)
		}
	}
	if need > int64(host.WetPlaces) {
		return fmt.Sprintf("its wet site %s has room for %d when %d come", code, host.WetPlaces, need)
	}
	return ""
}

// openFor reports whether one session of a project that can be held covers a span.
func openFor(sn *model.Snapshot, code model.ProjectCode, span model.Span) bool {
	return slices.ContainsFunc(sn.Sessions, func(s model.Session) bool {
		return s.Key.Project == code && s.Bar == model.Open && s.Span.Contains(span)
	})
}

// wetNeed gives the places that a group takes at a host: no more than it has itself.
func wetNeed(sn *model.Snapshot, r *model.Roster, k model.SessionKey) int64 {
	var booked, leaders int64
	for _, a := range everyone(r, k) {
		need := int32(1) // also of whoever is not known
		if p := sn.Person(a.CRN); p != nil {
			need = p.Needs()
		}
		booked += int64(need)
	}
	for _, c := range crew(r, k) {
		if sn.Supervisor(c) != nil {
			leaders++
		}
	}
	at := sn.Project(k.Project)
	if at == nil {
		return booked
	}
	return min(booked, int64(at.Places), leaders*int64(sn.Policy.PeoplePerSupervisor))
}

func lowerWetPlan(b *solver.Builder) {
	sn := b.Snapshot
	x := newHosts(b)
	b.Wet(solver.Wet{
		Exposed: func(t solver.SessionIx) bool {
			at := b.Project(t)
			if at.Kind != model.Group || at.Exposure != model.Outdoor {
				return false
			}
			rain, told := sn.Rain(at, b.Session(t).Key.Date)
			return rain >= sn.Policy.WetRequiredPermille || !told
		},
		Hosts: x.of,
		Held: func(t solver.SessionIx) int32 {
			if b.Session(t).Span.Start < sn.FrozenUntil {
				return x.published(t)
			}
			return -1
		},
		Alone: func(t solver.SessionIx, host int32) bool {
			return b.Project(t).WomenOnly && !b.ProjectAt(host).WomenOnly
		},
		Room:  func(host int32) int32 { return b.ProjectAt(host).WetPlaces },
		Takes: func(a solver.ActorIx) int32 { return b.Person(a).Needs() },
		Most: func(t solver.SessionIx, supervisors int32) int32 {
			return min(b.Project(t).Places, supervisors*sn.Policy.PeoplePerSupervisor)
		},
	})
}

// hosts are the projects that take groups in when it rains.
type hosts struct {
	*solver.Builder
	open [][]solver.SessionIx                   // by project: its sessions that can be held, of those that take groups in
	told map[model.SessionKey]model.ProjectCode // what was published; looked up only
	most map[kitDay]int64                       // what mostKit found; looked up only
}

// kitDay is a kind of kit of a team on a day.
type kitDay struct {
	team model.TeamCode
	kind string
	date model.Date
}

func newHosts(b *solver.Builder) *hosts {
	x := &hosts{b, make([][]solver.SessionIx, b.NumProjects()), make(map[model.SessionKey]model.ProjectCode), make(map[kitDay]int64)}
	if was := b.Snapshot.Published; was != nil {
		for _, w := range was.WetPlans {
			x.told[w.Session] = w.Host
		}
	}
	for t := range solver.SessionIx(b.NumSessions()) {
		if at := b.Project(t); at.Exposure == model.Indoor && at.WetPlaces > 0 && b.Session(t).Bar == model.Open {
			x.open[b.ProjectIx(t)] = append(x.open[b.ProjectIx(t)], t)
		}
	}
	return x
}

// of lists the hosts that are open for the group of a session: the published one first, then for women only those for women
// only, then the nearest.
func (x *hosts) of(t solver.SessionIx) []int32 {
	var list []int32
	for h := range int32(x.NumProjects()) {
		if x.takes(t, h) {
			list = append(list, h)
		}
	}
	told, women := x.published(t), x.Project(t).WomenOnly
	slices.SortFunc(list, func(g, h int32) int {
		return cmp.Or(first(g == told, h == told), first(women && x.ProjectAt(g).WomenOnly, women && x.ProjectAt(h).WomenOnly),
			cmp.Compare(x.CarMinutes(x.ProjectIx(t), g), x.CarMinutes(x.ProjectIx(t), h)), cmp.Compare(g, h))
	})
	return list
}

// first orders what has something before what has not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// takes reports whether a host is open for the whole of a session and takes its kind of group.
func (x *hosts) takes(t solver.SessionIx, h int32) bool {
	if x.ProjectAt(h).WomenOnly && !x.Project(t).WomenOnly || !x.enoughKit(t, h) {
		return false
	}
	span := x.Session(t).Span
	for _, u := range x.open[h] {
		if o := x.Session(u).Span; o.Start <= span.Start && span.End <= o.End {
			return true
		}
	}
	return false
}

// published gives the host that was published for a session, or -1.
func (x *hosts) published(t solver.SessionIx) int32 {
	code, told := x.told[x.Session(t).Key]
	for h := range int32(x.NumProjects()) {
		if told && x.ProjectAt(h).Code == code {
			return h
		}
	}
	return -1
}

// enoughKit reports whether a host surely has kit for the group of a session, of which it asks what it asks of its own people.
// For groups that have had the same kit counted by the same team nothing changes.
func (x *hosts) enoughKit(t solver.SessionIx, h int32) bool {
	from, host := x.Project(t), x.ProjectAt(h)
	for _, kind := range []string{kitHiVis, kitBoots, kitPowerTools} {
		if !usesKit(host, kind) || from.Team == host.Team && usesKit(from, kind) {
			continue
		}
		var have int64
		counted := false
		for _, k := range x.Snapshot.Kit {
			if k.Team == host.Team && k.Kind == kind {
				have, counted = have+int64(k.Quantity), true
			}
		}
		if counted && x.mostKit(kitDay{host.Team, kind, x.Session(t).Key.Date}) > have {
			return false
		}
	}
	return true
}

// mostKit bounds how many people may need a kind of kit of a team on a day: all who may be booked where it is used, and all
// who may move there.
func (x *hosts) mostKit(k kitDay) int64 {
	if most, known := x.most[k]; known {
		return most
	}
	var places int64
	for t := range solver.SessionIx(x.NumSessions()) {
		if at := x.Project(t); at.Team == k.team && usesKit(at, k.kind) && x.Session(t).Key.Date == k.date {
			places += int64(at.Places)
		}
	}
	for h := range int32(x.NumProjects()) {
		if at := x.ProjectAt(h); at.Team == k.team && usesKit(at, k.kind) && at.Exposure == model.Indoor {
			places += int64(at.WetPlaces)
		}
	}
	x.most[k] = places * int64(x.Snapshot.Policy.BookedPercent) / 100
	return x.most[k]
}
