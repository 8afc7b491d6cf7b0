package solver

import (
	"math"

	"github.com/communitypayback/payback/model"
)

// What a pair breaks and costs by itself. Most pairs break something, and the search never asks about those, so only the
// others are tabulated; the rest is worked out from what was declared whenever somebody asks.

// forbid is one constraint's word about pairs: a pair breaks it if any of the forms that are declared says so.
type forbid struct {
	constraint int
	kind       ActorKind
	session    []bool // by session, whoever it is
	project    func(*model.Person, *model.Project) bool
	at         func(ActorIx, int32) bool // actor and project
	pair       func(ActorIx, SessionIx) bool
}

// broken reports whether a pair breaks the constraint.
func (f *forbid) broken(p *Problem, a ActorIx, t SessionIx) bool {
	return f.session != nil && f.session[t] || f.there(p, a, p.project[t]) || f.pair != nil && f.pair(a, t)
}

// there reports whether all of an actor's sessions at a project break the constraint.
func (f *forbid) there(p *Problem, a ActorIx, project int32) bool {
	return f.project != nil && f.project(p.Person(a), p.ProjectAt(project)) || f.at != nil && f.at(a, project)
}

// cost is one constraint's price of pairs, in one of two forms.
type cost struct {
	constraint int
	kind       ActorKind
	at         func(ActorIx, int32) int64 // actor and project
	pair       func(ActorIx, SessionIx) int64
}

func (c *cost) price(p *Problem, a ActorIx, t SessionIx) int64 {
	if c.at != nil {
		return c.at(a, p.project[t])
	}
	return c.pair(a, t)
}

// worth is what a pair costs by itself.
type worth struct {
	soft    int32
	counted int16 // chance at which a person counts as coming, in permille
	broken  int8  // cases, less one if the pair is required
	known   bool  // the pair is tabulated: it breaks nothing, or is required
}

// pairCost gives what a pair breaks, less one if it is required, and costs.
func (p *Problem) pairCost(a ActorIx, t SessionIx) Score {
	if w := p.alone[int(a)*len(p.project)+int(t)]; w.known {
		return Score{int64(w.broken), int64(w.soft)}
	}
	k, sum := p.Kind(a), Score{}
	for i := range p.forbids {
		if f := &p.forbids[i]; f.kind == k && f.broken(p, a, t) {
			sum[Hard]++
		}
	}
	for i := range p.costs {
		if c := &p.costs[i]; c.kind == k {
			sum[Soft] += c.price(p, a, t)
		}
	}
	return sum
}

// countedAs gives the chance at which a person counts as coming to a session, in permille.
func (p *Problem) countedAs(a ActorIx, t SessionIx) int32 {
	if w := p.alone[int(a)*len(p.project)+int(t)]; w.known {
		return int32(w.counted)
	}
	return p.Counted(a, t)
}

// fillPairs finds the pairs that break nothing, and tabulates them and those that are required.
func (p *Problem) fillPairs() error {
	n, sessions := int(p.first[kinds]), p.NumSessions()
	p.alone, p.allowed = make([]worth, n*sessions), make([]uint64, n*p.words)
	at := make([][]SessionIx, p.projects)
	for t, k := range p.project {
		at[k] = append(at[k], SessionIx(t))
	}
	var all [kinds][]uint64
	for k := range kinds {
		all[k] = p.forAnybody(k)
	}
	tooDear := make([]bool, n)
	parallel(n, func(i int) {
		row := pairRow{Problem: p, actor: ActorIx(i), kind: p.Kind(ActorIx(i)), at: at, allowed: p.allowed[i*p.words : (i+1)*p.words]}
		copy(row.allowed, all[row.kind])
		row.allow()
		tooDear[i] = !row.price(p.alone[i*sessions : (i+1)*sessions])
	})
	for _, r := range p.requires {
		x := &p.alone[int(r.actor)*sessions+int(r.session)]
		if !x.known {
			var fits bool
			*x, fits = p.tabulated(r.actor, r.session, p.pairCost(r.actor, r.session))
			tooDear[r.actor] = tooDear[r.actor] || !fits
		}
		x.broken--
		p.base[Hard]++
	}
	for i, bad := range tooDear {
		if bad {
			return model.Errorf(model.CodeInvalid, "the prices of one pair of %v add up to more than %d millipoints; lower the prices in the policy",
				p.name(ActorIx(i)), math.MaxInt32)
		}
	}
	return nil
}

// forAnybody gives the sessions that are not forbidden to all actors of a kind, a bit each.
func (p *Problem) forAnybody(k ActorKind) []uint64 {
	row := make([]uint64, p.words)
	for t := range p.project {
		row[t>>6] |= 1 << (uint(t) & 63)
	}
	for i := range p.forbids {
		if f := &p.forbids[i]; f.kind == k && f.session != nil {
			for t, bad := range f.session {
				if bad {
					row[t>>6] &^= 1 << (uint(t) & 63)
				}
			}
		}
	}
	return row
}

// tabulated packs what a pair costs. False: it does not fit.
func (p *Problem) tabulated(a ActorIx, t SessionIx, c Score) (worth, bool) {
	w := worth{soft: int32(c[Soft]), broken: int8(c[Hard]), known: true}
	if p.Kind(a) == People {
		w.counted = int16(p.Counted(a, t))
	}
	return w, int64(w.soft) == c[Soft]
}

// pairRow is one actor's pairs while they are tabulated.
type pairRow struct {
	*Problem
	actor   ActorIx
	kind    ActorKind
	at      [][]SessionIx // by project: its sessions
	open    []int32       // projects where something is still allowed
	allowed []uint64      // by session, a bit each
}

// allow drops what breaks something: first whole projects, because that takes one question for all their sessions.
func (x *pairRow) allow() {
	x.open = make([]int32, len(x.at))
	for k := range x.open {
		x.open[k] = int32(k)
	}
	for i := range x.forbids {
		if f := &x.forbids[i]; f.kind == x.kind && (f.project != nil || f.at != nil) {
			x.shut(f)
		}
	}
	for i := range x.forbids {
		f := &x.forbids[i]
		if f.kind != x.kind || f.pair == nil {
			continue
		}
		for _, k := range x.open {
			for _, t := range x.at[k] {
				if x.may(t) && f.pair(x.actor, t) {
					x.drop(t)
				}
			}
		}
	}
}

// shut drops the sessions of the projects that a constraint forbids.
func (x *pairRow) shut(f *forbid) {
	left := x.open[:0]
	for _, k := range x.open {
		if !f.there(x.Problem, x.actor, k) {
			left = append(left, k)
			continue
		}
		for _, t := range x.at[k] {
			x.drop(t)
		}
	}
	x.open = left
}

func (x *pairRow) may(t SessionIx) bool { return x.allowed[t>>6]>>(uint(t)&63)&1 != 0 }

func (x *pairRow) drop(t SessionIx) { x.allowed[t>>6] &^= 1 << (uint(t) & 63) }

// price adds the costs of the allowed sessions up. False: one is dearer than a table can hold.
func (x *pairRow) price(pairs []worth) bool {
	fits := true
	for _, k := range x.open {
		there, asked := int64(0), false
		for _, t := range x.at[k] {
			if !x.may(t) {
				continue
			}
			if !asked {
				there, asked = x.priceAt(k), true
			}
			sum := there
			for i := range x.costs {
				if c := &x.costs[i]; c.kind == x.kind && c.pair != nil {
					sum += c.pair(x.actor, t)
				}
			}
			w, ok := x.tabulated(x.actor, t, Score{Soft: sum})
			pairs[t], fits = w, fits && ok
		}
	}
	return fits
}

// priceAt adds up the costs that depend on the project alone.
func (x *pairRow) priceAt(k int32) (sum int64) {
	for i := range x.costs {
		if c := &x.costs[i]; c.kind == x.kind && c.at != nil {
			sum += c.at(x.actor, k)
		}
	}
	return sum
}
