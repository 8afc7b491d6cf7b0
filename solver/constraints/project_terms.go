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

// ProjectTerms keeps to what was agreed with the beneficiary and to the kit there is. One case: one appointment, duty or trip
// in a session that cannot be held, or one person without kit on a day.
var ProjectTerms = &solver.Constraint{
	ID:    "project-terms",
	Title: "Projects run as agreed, with kit enough",
	Doc: "Sessions are held at the agreed times only, not on non-working days, and only while the agreement and the risk assessment are in date. A team's kit suffices for " +
		"everybody it sends out on a day: hi_vis where a project asks for it, boots outdoors, power_tools where they are used. Kit that no file counts is taken to suffice.",
	Clauses:    []policy.ClauseID{"project-terms"},
	Level:      solver.Hard,
	Scope:      solver.TeamDay,
	Unit:       "entries out of terms, or people without kit",
	Violations: outOfTerms,
	Lower:      lowerProjectTerms,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if who(v) == "nobody" {
			return fmt.Sprintf("%s, for %d people: %s.", v.Why, v.Found, whither(v))
		}
		return fmt.Sprintf("%s cannot be at %s: %s.", who(v), whither(v), v.Why)
	},
}

// The kinds of kit that projects ask for.
const (
	kitHiVis      = "hi_vis"
	kitBoots      = "boots"
	kitPowerTools = "power_tools"
)

func outOfTerms(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			why := notHeld(sn, k)
			if why == "" {
				continue
			}
			barred := func(v solver.Violation) {
				v.Why = why
				report(v)
			}
			for _, a := range r.In(k) {
				barred(here(&a))
			}
			for _, d := range r.DutiesOf(k) {
				barred(onDuty(d))
			}
			for _, t := range r.TripsOf(k) {
				barred(onRoad(&t))
			}
		}
		shortOfKit(sn, r, report)
	})
}

// notHeld says why a session cannot be held; empty: it can.
func notHeld(sn *model.Snapshot, k model.SessionKey) string {
	s := sn.Session(k)
	switch {
	case s == nil:
		return "the week has no such session"
	case s.Bar != model.Open:
		return s.Bar.String()
	}
	return ""
}

// shortOfKit compares, by team, kind and day, the people sent out with the kit there is.
func shortOfKit(sn *model.Snapshot, r *model.Roster, report reporter) {
	type need struct {
		team model.TeamCode
		kind string
		date model.Date
	}
	var (
		asked    = make(map[need]int64)              // looked up only
		sessions = make(map[need][]model.SessionKey) // looked up only
		dates    []model.Date
	)
	for _, k := range r.Sessions() {
		dates = append(dates, k.Date)
		at := sn.Project(k.Project)
		if at == nil {
			continue
		}
		for _, kind := range kitFor(at) {
			if n := len(everyone(r, k)); n > 0 {
				x := need{at.Team, kind, k.Date}
				asked[x] += int64(n)
				sessions[x] = append(sessions[x], k)
			}
		}
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	sameKit := func(a, b model.Kit) bool { return a.Team == b.Team && a.Kind == b.Kind }
	kit := slices.SortedStableFunc(slices.Values(sn.Kit), func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) })
	for _, rows := range runs(kit, sameKit) {
		have := int64(0) // several rows for one kind add up
		for _, row := range rows {
			have += int64(row.Quantity)
		}
		for _, d := range dates {
			x := need{rows[0].Team, rows[0].Kind, d}
			if over := asked[x] - have; over > 0 {
				report(solver.Violation{Amount: over, Sessions: sessions[x], Found: asked[x], Limit: have,
					Why: fmt.Sprintf("team %s has %d of %s on %v", x.team, have, x.kind, d)})
			}
		}
	}
}

// kitFor lists the kinds of kit that everybody at a project needs.
func kitFor(at *model.Project) []string {
	var kinds []string
	if at.HiVis {
		kinds = append(kinds, kitHiVis)
	}
	if at.Exposure == model.Outdoor {
		kinds = append(kinds, kitBoots)
	}
	if at.PowerTools {
		kinds = append(kinds, kitPowerTools)
	}
	return kinds
}

func lowerProjectTerms(b *solver.Builder) {
	barred := func(t solver.SessionIx) bool { return b.Session(t).Bar != model.Open }
	b.ForbidSession(solver.People, barred)
	b.ForbidSession(solver.Supervisors, barred)
	b.ForbidSession(solver.Minibuses, barred)
	lowerKit(b)
}

// stock is how much of a kind of kit a team has.
type stock struct {
	team  model.TeamCode
	kind  string
	pairs int32
}

// lowerKit counts people by stock and day.
func lowerKit(b *solver.Builder) {
	var stocks []stock
	for _, k := range b.Snapshot.Kit {
		if n := len(stocks); n > 0 && stocks[n-1].team == k.Team && stocks[n-1].kind == k.Kind {
			stocks[n-1].pairs += k.Quantity
			continue
		}
		stocks = append(stocks, stock{k.Team, k.Kind, k.Quantity})
	}
	monday := b.Snapshot.Week.Monday()
	b.Count(solver.Grid{
		Cols: 7 * len(stocks),
		Col: func(t solver.SessionIx) []int32 {
			var cells []int32
			at, day := b.Project(t), int32(b.Session(t).Key.Date-monday)
			for i, x := range stocks {
				if x.team == at.Team && usesKit(at, x.kind) {
					cells = append(cells, int32(7*i)+day)
				}
			}
			return cells
		},
		Weight: each(b, solver.People),
		Shape:  solver.Over,
		Limit:  func(_, col int32) int32 { return stocks[col/7].pairs },
	})
}

// usesKit reports whether everybody at a project needs a kind of kit.
func usesKit(at *model.Project, kind string) bool {
	switch kind {
	case kitHiVis:
		return at.HiVis
	case kitBoots:
		return at.Exposure == model.Outdoor
	case kitPowerTools:
		return at.PowerTools
	default:
		return false
	}
}
