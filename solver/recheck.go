package solver

import (
	"context"
	"fmt"

	"github.com/communitypayback/payback/model"
)

// The self-check of a run: now and then the roster that a move made is written down and judged by the words, and must be worth what the
// engine keeps from move to move. Which moves depends on the work that was done alone, so a run that is repeated checks the same ones, and
// the check looks at a copy, so the roster does not depend on it.

const (
	// recheckShare is how many times the work of a check is searched between two: 2 percent of the work goes into checks.
	recheckShare = 50
	// What a check takes, in deltas: so many in any case, and so many for each person. Judging 300 people takes as long as 11,000
	// deltas, 4,400 people as long as 65,000.
	recheckBase, recheckPerson = 10_000, 12
)

// recheckEvery gives how many deltas of a part lie between two checks; none is made where it is negative.
func (p *Problem) recheckEvery(asked int64) int64 {
	switch {
	case p.estimated: // the words look at exact trips
		return -1
	case asked != 0:
		return asked
	}
	return recheckShare * (recheckBase + recheckPerson*int64(p.NumActors(People)))
}

// recheck says when the next check of one part of a run is due.
type recheck struct {
	every int64 // deltas; not positive: never
	due   int64 // deltas of the part, over all rounds
	spent int64 // deltas of the rounds before
	made  int
	fault *FaultError
	over  context.Context //nolint:containedctx // that of the run, which is not kept waiting by a check once it ended
}

// newRecheck spreads the checks of all parts evenly over the work.
func newRecheck(over context.Context, every int64, part, parts int) recheck {
	return recheck{over: over, every: every, due: every * int64(2*part+1) / int64(2*parts)}
}

// recheck judges what a move made of the roster, before it is decided whether that is kept, if its turn has come.
func (x *search) recheck(m move) {
	c := &x.check
	if c.every <= 0 || c.spent+x.deltas < c.due {
		return
	}
	c.due += c.every
	tried := x.NewState()
	tried.CopyFrom(x.State)
	var err error
	if c.fault, err = Unless(c.over, func() (*FaultError, error) { return tried.disagrees(), nil }); err != nil {
		return
	}
	c.made++
	if c.fault != nil {
		c.fault.Move, c.fault.Number = m.String(), x.ration.done
	}
}

// disagrees compares the score of a state with the words, which judge the times that the engine itself would write, also of what is
// frozen. Nil: they agree.
func (s *State) disagrees() *FaultError {
	kept := s.Settle()
	r := s.Roster()
	words := Total(Check(s.Snapshot, r, s.constraints), s.constraints)
	if words == kept {
		return nil
	}
	anew := s.NewState()
	anew.Load(r)
	return &FaultError{Kept: kept, Anew: anew.Settle(), Words: words, Rules: Disagreements(s.Snapshot, r, s.constraints), Roster: r}
}

// FaultError is a fault of the program that a run found in itself: the engine and the words disagree about a roster. It is an error, so that no
// such run has a result.
type FaultError struct {
	Round  int    `json:"round"`  // done before it
	Part   int    `json:"part"`   // of the week
	Number int    `json:"number"` // of the move in that part and round, from 1
	Move   string `json:"move"`   // what kind of move had just been made

	Planned   int `json:"rounds_planned"` // rounds in all; 0: not known yet
	Rechecked int `json:"rechecked"`      // moves that were judged until then, this one included

	Kept  Score `json:"kept"`  // by the engine, as it kept it from move to move
	Anew  Score `json:"anew"`  // by the engine, for the same roster put together anew; other than Kept: the engine has lost count
	Words Score `json:"words"` // by the words
	// Rules are those about which the engine and the words disagree where they are the only rule, in catalogue order; none: they only
	// disagree together, or the engine has lost count.
	Rules  []Disagreement `json:"rules"`
	Roster *model.Roster  `json:"roster,omitempty"`
}

// Disagreement is what the engine and the words make of one rule.
type Disagreement struct {
	Rule   string `json:"rule"`
	Engine Score  `json:"engine"`
	Words  Score  `json:"words"`
}

// Error says where the fault was found. It names nobody.
func (f *FaultError) Error() string {
	return fmt.Sprintf("after move %d (%s) of part %d in round %d the engine has %v, anew %v, and the words %v", f.Number, f.Move, f.Part, f.Round+1, f.Kept, f.Anew, f.Words)
}

// Disagreements names the rules about which the engine and the words disagree for a roster's people, supervisors and minibuses, each rule
// taken alone. It takes as long as compiling the week once for each rule.
func Disagreements(sn *model.Snapshot, r *model.Roster, cs []*Constraint) (out []Disagreement) {
	for _, c := range inForce(sn, cs) {
		alone := []*Constraint{c}
		p, err := Compile(sn, alone)
		if err != nil { // what could be compiled together can be compiled alone
			continue
		}
		s := p.NewState()
		s.Load(r)
		if engine, words := s.Settle(), Total(Check(sn, s.Roster(), alone), alone); engine != words {
			out = append(out, Disagreement{c.ID, engine, words})
		}
	}
	return out
}
