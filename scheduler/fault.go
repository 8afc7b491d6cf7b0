package scheduler

import (
	"fmt"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// FaultKind says what was found to be wrong in the program. The list is closed.
type FaultKind string

// The kinds of faults.
const (
	FaultOfMove  FaultKind = "move"  // the engine and the words disagree about a roster that a move made
	FaultOfPlan  FaultKind = "plan"  // they disagree about the plan that came of it
	FaultOfRules FaultKind = "rules" // the plan breaks rules that must hold beyond what fixed parts cause
	FaultOfBound FaultKind = "bound" // the plan is worth more than the bound of any roster
)

// FaultKinds lists them.
func FaultKinds() []FaultKind {
	return []FaultKind{FaultOfMove, FaultOfPlan, FaultOfRules, FaultOfBound}
}

// FaultError is a fault of the program that a search found in itself, with what is needed to make the same search again. Its text names
// nobody; its roster is about people.
type FaultError struct {
	Kind    FaultKind
	Planned int                // rounds in all; 0: not known yet when it was found
	Cut     solver.CutPoint    // where the search that is repeated may end
	Bound   int64              // millipoints; of FaultOfBound alone
	Found   *solver.FaultError // where, both scores, and the roster
}

// Error says what was found. It names nobody.
func (f *FaultError) Error() string {
	x := f.Found
	switch f.Kind {
	case FaultOfMove:
		return x.Error()
	case FaultOfBound:
		return fmt.Sprintf("a plan is worth %d millipoints, and no roster was to be worth more than %d", x.Words.Value(), f.Bound)
	case FaultOfRules:
		return fmt.Sprintf("a plan breaks %d cases of rules that must hold, and fixed parts cause fewer", x.Words.Hard())
	default:
		return fmt.Sprintf("the engine gives a plan %v, anew %v, and the words %v", x.Kept, x.Anew, x.Words)
	}
}

// refusedAfter words the fault of a move for people.
func refusedAfter(f *solver.FaultError, guided solver.CutPoint) error {
	guided.Rounds = f.Round + 1
	return &model.Error{
		Code:    model.CodeInternal,
		Message: fmt.Sprintf("The search was ended and nothing was saved: it checks itself as it goes, and found a fault after move %d of round %d. Please report this.", f.Number, f.Round+1),
		Err:     &FaultError{Kind: FaultOfMove, Planned: f.Planned, Cut: guided, Found: f},
	}
}

// refuse gives a refusal of a plan, with the fault that is behind it.
func (r *PlanResult) refuse(q *PlanRequest, kind FaultKind, words solver.Score, format string, args ...any) error {
	f := r.fault(kind, words)
	if kind == FaultOfPlan {
		f.Found.Rules = solver.Disagreements(q.Snapshot, r.Roster, q.Constraints)
	}
	e := model.Errorf(model.CodeInternal, format, args...)
	e.Err = f
	return e
}

// fault describes what is wrong with a plan.
func (r *PlanResult) fault(kind FaultKind, words solver.Score) *FaultError {
	return &FaultError{Kind: kind, Planned: r.Planned, Cut: r.Cut, Found: &solver.FaultError{
		Round: r.Rounds, Kept: r.Score, Anew: r.Score, Words: words, Roster: r.Roster, Planned: r.Planned, Rechecked: r.Rechecked,
	}}
}
