package bound

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/communitypayback/payback/solver"
)

// Proved is a witness and what [Verify] makes of it.
type Proved struct {
	Witness
	Proof
}

// Lack gives how many of the people stay without a place at least.
func (p *Proved) Lack() int { return len(p.People) - p.Held }

// Witnesses shows why people stay without a place, whatever the roster: as few rooms and days of staff as lack the most, and the people
// who depend on them; then the same for those who are left, and so on, at most so many times. Nobody is in two of them, so what they
// lack adds up. The first, all, is the one by which the most people stay without a place, however much it counts; nil: nobody needs to.
func Witnesses(p *solver.Problem, r *solver.Relaxed, most int) (all *Proved, list []Proved) {
	all, list, _ = witnesses(&atomic.Bool{}, p, r, most)
	return all, list
}

// Witnesses does the same for the week that is searched in. False: the context ended first, and nothing is known.
func (s *Search) Witnesses(ctx context.Context, most int) (all *Proved, list []Proved, known bool) {
	if ctx.Err() != nil {
		return nil, nil, false
	}
	var halt atomic.Bool
	defer context.AfterFunc(ctx, func() { halt.Store(true) })()
	return witnesses(&halt, s.problem, s.Week(), most)
}

// witnesses finds them. False: it was halted.
func witnesses(halt *atomic.Bool, p *solver.Problem, r *solver.Relaxed, most int) (all *Proved, list []Proved, known bool) {
	var (
		by     [ways]*shortage
		within [ways][]solver.ActorIx
		claims [ways]claim
	)
	wanting := wanting(p, r)
	eachWay(func(way Way) {
		by[way] = &shortage{demands: newDemands(r, way), net: network{halt: halt}}
		claims[way] = by[way].worst(by[way].ofThisWay(wanting), lack{0, 1})
		within[way] = claims[way].People
	})
	if halt.Load() {
		return nil, nil, false
	}
	all = best(p, r, claims[:], func(a, b *claim) bool { return a.lack.people > b.lack.people })
	for len(list) < most {
		eachWay(func(way Way) {
			if len(list) > 0 {
				claims[way] = by[way].worst(within[way], lack{0, 1})
			}
			claims[way] = by[way].densest(claims[way])
		})
		if halt.Load() {
			return nil, nil, false
		}
		next := best(p, r, claims[:], func(a, b *claim) bool { return a.lack.people*b.lack.size > b.lack.people*a.lack.size })
		if next == nil {
			break
		}
		list = append(list, *next)
		for way := range ways {
			within[way] = slices.DeleteFunc(slices.Clone(within[way]), func(a solver.ActorIx) bool {
				_, gone := slices.BinarySearch(next.People, a)
				return gone
			})
		}
	}
	return all, list, true
}

// eachWay counts in every way, side by side: they share nothing that changes.
func eachWay(count func(Way)) {
	var wg sync.WaitGroup
	for way := range ways {
		wg.Go(func() { count(way) })
	}
	wg.Wait()
}

// wanting lists those who could have a place and have none that is fixed.
func wanting(p *solver.Problem, r *solver.Relaxed) (people []solver.ActorIx) {
	for a := range r.People {
		if arcs := r.Arcs[r.People[a].From:r.People[a].To]; p.Current(solver.ActorIx(a)) != nil && len(arcs) > 0 &&
			!slices.ContainsFunc(arcs, func(x solver.Arc) bool { return x.Fixed }) {
			people = append(people, solver.ActorIx(a))
		}
	}
	return people
}

// best gives the first of the best claims that can be proved.
func best(p *solver.Problem, r *solver.Relaxed, claims []claim, better func(a, b *claim) bool) *Proved {
	claims = slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return len(c.People) == 0 })
	for len(claims) > 0 {
		top := 0
		for i := range claims {
			if better(&claims[i], &claims[top]) {
				top = i
			}
		}
		if proof, err := Verify(p, r, &claims[top].Witness); err == nil {
			return &Proved{claims[top].Witness, proof}
		}
		claims = slices.Delete(claims, top, top+1)
	}
	return nil
}
