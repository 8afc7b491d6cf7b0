package solver

import (
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
)

// RepairOptions say how a published roster is repaired. Equal problem and options give equal answers on every machine.
type RepairOptions struct {
	Seed uint64
	// Budget is how many people may have to be told that their sessions change. Negative: as many as it takes.
	Budget int
	// Known are cases of rules that must hold which the published roster had before anything happened. They are not mended.
	Known []Violation
	// OnOption is told each option as soon as it is found; nil: nobody is.
	OnOption func(Repaired)
}

// Repair is what can be done about a published roster that what happened has broken.
type Repair struct {
	Broken  []Violation // what the words find broken in it now, and was not before
	Options []Repaired  // at most three: fewest people to tell first, then more for more work
	Cover   []Cover     // who could stand in where supervisors or minibuses are missing
	Curve   []Spent     // only if it was asked for
}

// Repaired is a roster in which what happened is mended as far as it can be. The words have looked at the whole of it: it breaks
// nothing that the published roster does not break now, or not as much.
type Repaired struct {
	Roster  *model.Roster
	Moves   []Move                 // of people, then supervisors, then minibuses
	Told    []model.CRN            // whose sessions are not those that were published, by CRN; at most the budget
	Retimed []model.CRN            // who keep their sessions, but not the times or the pick-up they were given
	Crew    []model.SupervisorCode // supervisors who have to be told
	Minutes int64                  // of appointments, after less before
	Score   Score                  // by the words
	Change  Score                  // against the published roster as things are now, by the words
	By      []RulePrice            // what each priced rule adds to the price; it sums to that of Change
	Mends   []Violation            // cases that the published roster has now, and this one not as much
	Left    []Violation            // cases that are still broken, and were not before anything happened
}

// Cover is who could stand in at a session, in the published roster as it is now.
type Cover struct {
	Session model.SessionKey
	Kind    ActorKind
	*Recommendation
}

// Spent is the best that was found for a budget.
type Spent struct {
	Budget int // people who may be told
	Repaired
}

// Repair mends the published roster of a problem whose snapshot has what happened in it. Pins and what is frozen stay. The first
// option tells as few people as was found possible; the others tell more where that keeps more work. What cannot be mended is
// left, and told in Left; that is an answer and no error. Without a published roster there is nothing to repair, which is a
// [model.Error] with CodeNotFound. A context that ends gives what was found until then.
func (p *Problem) Repair(ctx context.Context, o RepairOptions) (*Repair, error) {
	m, err := p.newMender(o)
	if err != nil {
		return nil, err
	}
	out := &Repair{Broken: m.broken}
	if len(m.broken) == 0 {
		return out, nil
	}
	m.mend(ctx)
	m.option(out)
	least := m.told()
	for i, w := range wider {
		if over(ctx) || len(m.sore) == 0 {
			break
		}
		m.widen(ctx, i+1, w.limit(least, m.options.Budget))
		m.option(out)
	}
	m.cover(out)
	return out, nil
}

// over reports whether nobody waits for more: what was found until then is the answer.
func over(ctx context.Context) bool { return ctx.Err() != nil }

// width is how far an option after the first may go.
type width struct {
	times, more int // people who may be told: so many times as few as can be, and some more
}

var wider = [...]width{{2, 6}, {4, 30}}

// limit gives how many people may be told.
func (w width) limit(least, budget int) int {
	n := least*w.times + w.more
	if budget >= 0 {
		n = min(n, budget)
	}
	return n
}

// Curve tells for some budgets of people to tell what the best roster found is worth: what more telling buys.
func (p *Problem) Curve(ctx context.Context, o RepairOptions, budgets []int) (*Repair, error) {
	m, err := p.newMender(o)
	if err != nil {
		return nil, err
	}
	out := &Repair{Broken: m.broken}
	budgets = slices.Clone(budgets)
	slices.Sort(budgets)
	for _, n := range slices.Compact(budgets) {
		if o.Budget >= 0 && n > o.Budget || over(ctx) {
			break
		}
		last := len(out.Curve) - 1
		if last < 0 || len(out.Curve[last].Left) > 0 { // less than this was not enough to mend everything
			m.restart(n)
			m.mend(ctx)
		}
		m.widen(ctx, len(wider), n)
		r, ok := m.write()
		if last >= 0 && (!ok || out.Curve[last].Score.Less(r.Score)) {
			r, ok = out.Curve[last].Repaired, true // what fewer people buy, more can buy as well
		}
		if ok {
			out.Curve = append(out.Curve, Spent{n, r})
		}
	}
	return out, nil
}
