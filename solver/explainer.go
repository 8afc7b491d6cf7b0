package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// Explainer answers why one roster of a Problem is as it is: why somebody is not in a session, what would make it possible,
// and what else they could do. It answers by the tables that the search uses and has the words confirm what it proposes. It
// holds a State that it changes and puts back, so it is used by one goroutine at a time.
type Explainer struct {
	*candidates
	state  *State
	roster *model.Roster
	score  Score                   // of the roster, trips settled
	broken map[string]int64        // cases of hard rules that the words find in the roster; nil: not asked yet, and looked up only
	cases  []Violation             // the same, in catalogue order
	crewed map[crewing]*Constraint // what stands against opening a session; looked up only
	wrote  *model.Roster           // the roster as the engine writes it; nil: not asked yet
}

// NewExplainer loads a roster, which is read and not changed. What the problem does not know of it is left out.
func NewExplainer(p *Problem, r *model.Roster) *Explainer {
	s := p.NewState()
	s.Load(r)
	return newExplainer(s, r)
}

// newExplainer explains the roster that a settled state holds.
func newExplainer(s *State, r *model.Roster) *Explainer {
	if r == nil {
		r = &model.Roster{Region: s.Snapshot.Region, Week: s.Snapshot.Week}
	}
	return &Explainer{candidates: newCandidates(s.Problem), state: s, roster: r, score: s.Settle(), crewed: map[crewing]*Constraint{}}
}

// Prepare works out what the first answers would otherwise wait for: what the words say of the roster.
func (e *Explainer) Prepare() {
	e.known()
	e.written()
}

// written gives the roster as the engine writes it, which may differ in times from how it was told.
func (e *Explainer) written() *model.Roster {
	if e.wrote == nil {
		every := some{e.state.Problem, slices.Repeat([]bool{true}, e.state.NumSessions())}
		e.wrote = every.write(e.state)
	}
	return e.wrote
}

// Problem gives the week that is explained.
func (e *Explainer) Problem() *Problem { return e.state.Problem }

// Roster gives the roster that is explained, to be read only.
func (e *Explainer) Roster() *model.Roster { return e.roster }

// person finds a person by CRN.
func (e *Explainer) person(c model.CRN) (ActorIx, error) {
	a, ok := e.state.PersonIx(c)
	if !ok {
		return 0, model.Errorf(model.CodeNotFound, "found CRN %s, which week %v does not have; expected one of its %d people", c,
			e.state.Snapshot.Week, e.state.NumActors(People))
	}
	return a, nil
}

// removable reports whether an actor may be taken out of a session by a change of the roster.
func (e *Explainer) removable(a ActorIx, t SessionIx) bool {
	return e.fixed[int(a)*e.state.words+int(t)>>6]>>(uint(t)&63)&1 == 0
}

// try runs something on the state and puts the state back as it was, settled.
func (e *Explainer) try(do func()) {
	mark := e.state.Mark()
	do()
	e.state.rewind(mark)
}

// Placed lists the sessions in which the roster has a person, in order of time.
func (e *Explainer) Placed(c model.CRN) []model.SessionKey {
	var out []model.SessionKey
	if a, ok := e.state.PersonIx(c); ok {
		for _, t := range e.state.joined[a] {
			out = append(out, e.state.Session(t).Key)
		}
	}
	return out
}
