package scheduler

import (
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// Resource is something that there could be one more of. The list is closed.
type Resource string

// The resources that have shadow prices.
const (
	OneSupervisor  Resource = "supervisor"       // who works one day more, or one more who works that day
	OneMinibus     Resource = "minibus"          // for one day
	OneSeat        Resource = "minibus seat"     // in one minibus for one day, whichever
	OnePlace       Resource = "place"            // in the group of one session, and the supervision for it
	OneIndoorPlace Resource = "indoor place"     // where groups find shelter from rain
	OneWomensPlace Resource = "women-only place" // in the group of one session for women only
)

// PriceSteps is how far the bound is usually lowered for shadow prices.
const PriceSteps = 100

// ShadowPrice says what one more of a resource would be worth in an area on a day, in whole minutes of on-time work in the week,
// rounded up.
type ShadowPrice struct {
	Date     model.Date
	Area     string
	Resource Resource
	Sessions int // in which it could be used
	// Worth estimates what it would add: by how much the bound rises at its prices.
	Worth int64
	// AtMost is more than no roster with it gains on the roster that was asked about: certain, and no estimate. It is as far off as
	// the bound is. Negative: not known, for the roster breaks rules that it need not break.
	AtMost int64
}

// ShadowPrices are those of one week.
type ShadowPrices struct {
	Prices []ShadowPrice // by date, area and resource; only what some session could use
	Value  int64         // of the roster, in millipoints
	Known  bool          // the roster breaks no rule that it need not break, so the bound is one for it
	Bound  Bounded
	Steps  int
}

// ShadowPrices lowers a bound of the week in so many steps and tells what one more of each resource would be worth. The same steps
// give the same prices at any number of workers. A context that ends first gives those of the steps made by then, or its error if
// there were none.
func (x *Explained) ShadowPrices(ctx context.Context, steps, workers int) (*ShadowPrices, error) {
	if steps < 1 {
		return nil, model.Errorf(model.CodeUsage, "found %d steps; expected at least 1", steps)
	}
	p, err := solver.Compile(x.Snapshot, x.constraints)
	if err != nil {
		return nil, err
	}
	s, err := bound.New(p, workers)
	if err != nil {
		return nil, err
	}
	for s.Steps() < steps && s.Step(ctx, 0) {
	}
	most, ok := s.Bound()
	if !ok {
		return nil, ctx.Err()
	}
	score := solver.Total(x.found, x.constraints)
	fixed := solver.Total(solver.Check(x.Snapshot, FixedPart(x.Snapshot), x.constraints), x.constraints)
	out := &ShadowPrices{Value: score.Value(), Bound: Bounded{Most: most, LeftOut: s.LeftOut()}, Steps: s.Steps()}
	gap := most - score.Value()
	out.Known = score.Hard() <= fixed.Hard()
	for _, m := range marginals(p, s) {
		price := m.price()
		if out.Known {
			price.AtMost = upMinutes(max(0, gap) + m.value)
		}
		out.Prices = append(out.Prices, price)
	}
	return out, nil
}

// ShadowPrices tells what one more of each resource would be worth beside a roster of the record, as [Explained.ShadowPrices] does, and the
// roster that was asked about. They are kept for a while, for whoever asks again. It needs any role.
func (s *Service) ShadowPrices(ctx context.Context, who model.Principal, region string, ref RosterRef, steps int) (*ShadowPrices, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	key, err := digestOf(struct {
		Snapshot, Roster model.Digest
		Steps            int
	}{x.Snapshot.Digest(), x.Roster.Digest(), steps})
	if err != nil {
		return nil, nil, err
	}
	found, err := look(&s.proofs, keptProofs, key, func() (*ShadowPrices, error) {
		made, err := x.ShadowPrices(ctx, steps, s.workers())
		if err == nil {
			err = ctx.Err() // half an answer is none that may be kept
		}
		return made, err
	})
	return found, x, err
}

// upMinutes gives millipoints in whole minutes of on-time work, rounded up.
func upMinutes(v int64) int64 { return (v + 999) / 1000 }

// marginal is what one more of a resource adds to a bound.
type marginal struct {
	date     model.Date
	area     string
	resource Resource
	sessions int
	value    int64
}

// marginals works out all of a week, by date, area and resource.
func marginals(p *solver.Problem, s *bound.Search) (out []marginal) {
	type place struct {
		date model.Date
		area string
	}
	at := map[place][]solver.SessionIx{}
	for t := range solver.SessionIx(p.NumSessions()) {
		x := p.Session(t)
		k := place{x.Key.Date, x.Area}
		at[k] = append(at[k], t)
	}
	m := s.Marginal()
	for k, sessions := range at { // in any order: they are sorted below
		add := func(r Resource, able func(solver.SessionIx) bool, value func([]solver.SessionIx) int64) {
			use := slices.DeleteFunc(slices.Clone(sessions), func(t solver.SessionIx) bool { return !able(t) })
			if len(use) > 0 {
				out = append(out, marginal{k.date, k.area, r, len(use), value(use)})
			}
		}
		best := func(of []int64) func([]solver.SessionIx) int64 {
			return func(use []solver.SessionIx) (v int64) {
				for _, t := range use {
					v = max(v, of[t])
				}
				return v
			}
		}
		day := func(of []int64) func([]solver.SessionIx) int64 {
			return func(use []solver.SessionIx) int64 { return s.BestDay(use, of) }
		}
		supervised := func(t solver.SessionIx) bool { return p.Project(t).Supervised() }
		add(OneSupervisor, supervised, func(use []solver.SessionIx) int64 {
			return s.BestDay(use, m.Supervisor) + m.Reserve[k.date-p.Snapshot.Week.Monday()]
		})
		ridden := func(t solver.SessionIx) bool { return supervised(t) && p.Project(t).Transport != model.ByThemselves }
		add(OneMinibus, ridden, day(m.Minibus))
		add(OneSeat, ridden, day(m.Seat))
		add(OnePlace, func(t solver.SessionIx) bool { return !p.Project(t).WomenOnly }, best(m.Place))
		add(OneWomensPlace, func(t solver.SessionIx) bool { return p.Project(t).WomenOnly }, best(m.Place))
		add(OneIndoorPlace, func(t solver.SessionIx) bool { return s.Sheltered(t) }, func(use []solver.SessionIx) int64 { return indoors(s, m, use) })
	}
	slices.SortFunc(out, func(a, b marginal) int {
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.area, b.area), cmp.Compare(a.resource, b.resource))
	})
	return out
}

// indoors gives what one more place in a shelter adds for some sessions: to the largest that each of them has, and to all together.
func indoors(s *bound.Search, m *bound.Marginal, use []solver.SessionIx) (v int64) {
	for _, t := range use {
		v += m.Shelter[t]
	}
	for i, r := range s.Rain() {
		if slices.ContainsFunc(r.Sessions, func(t solver.SessionIx) bool { return slices.Contains(use, t) }) {
			v += m.Indoors[i]
		}
	}
	return v
}
