package location

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Solution says who serves whom.
type Solution struct {
	Facility []int // by customer
	Cost     int64 // in thousandths
	Rounds   int
}

// Gap gives by how much a cost is above the published optimum, in parts of one; false: none is published.
func (s *Solution) Gap(in *Instance) (float64, bool) {
	if in.Optimum == 0 {
		return 0, false
	}
	return float64(s.Cost-in.Optimum) / float64(in.Optimum), true
}

// Solve has the engine solve an instance, and its words judge what it found. No solution is an answer: then it is nil, with no
// error.
func (in *Instance) Solve(ctx context.Context, o solver.Options) (*Solution, error) {
	sn, err := in.week()
	if err != nil {
		return nil, err
	}
	rules := in.rules()
	p, err := solver.Compile(sn, rules)
	if err != nil {
		return nil, err
	}
	r, err := solver.Solve(ctx, p, o)
	if err != nil {
		return nil, err
	}
	total := solver.Total(r.Violations, rules)
	if total != r.Score {
		return nil, model.Errorf(model.CodeInternal, "%s: the search counts %d broken cases and a cost of %d thousandths, the words %d and %d. Please report this.",
			in.Name, r.Score.Hard(), -r.Score.Value(), total.Hard(), -total.Value())
	}
	s := &Solution{Facility: make([]int, len(in.Demand)), Cost: -total.Value(), Rounds: r.Rounds}
	for i, n := range in.times(r.Roster) {
		if n != 1 || total.Hard() > 0 {
			return nil, nil //nolint:nilnil // no solution was found, and nothing went wrong
		}
		s.Facility[i] = -1
	}
	for i := range r.Roster.Appointments {
		a := &r.Roster.Appointments[i]
		s.Facility[customerOf(a.CRN)] = facilityOf(a.Session)
	}
	return s, nil
}
