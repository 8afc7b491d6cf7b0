package solver

import (
	"fmt"
	"io"

	"github.com/communitypayback/payback/model"
)

// WriteLP states the week as a mixed integer linear program in the CPLEX LP format, the same declarations read a second
// time. Its solutions are the assignments with no more broken cases than the least that pairs and baselines force (see
// [Problem.Unavoidable]), and its objective is their cost in millipoints, constants included, so that its optimum is the
// best price any roster of the week can have.
//
// The column "x3_7" is 1 if actor 3 is in session 7; a pair without a column cannot be joined. All other columns follow
// from these. Rows are named after the constraint that declared them, and everything else is called by a number, so the
// text holds no personal data. Chances have no linear form: the rows say what follows from them, and more of it the more cuts
// are given, so that a solution may still break some or be too cheap; see [Problem.Cut]. Wet plans are columns of their own.
// Breaks can be made for anybody, so they need no rows. Trips have no linear form: a problem with exact trips is refused, use
// [CompileEstimated].
func (p *Problem) WriteLP(w io.Writer, cuts ...Cut) error {
	if p.settle.any {
		return model.Errorf(model.CodeUsage, "the week was compiled with exact trips, which have no linear form; compile it with estimated trips to export it")
	}
	x := &export{Problem: p, program: newProgram(), rooms: map[roomFor][]literal{}, prices: map[pair]int32{}}
	x.pairs()
	for i := range p.grids {
		x.gridRows(&p.grids[i])
	}
	for i := range p.crowds {
		x.crowdRows(&p.crowds[i])
	}
	x.loneRows()
	for i := range cuts {
		if cuts[i].near {
			x.near()
		}
		for k := range cuts[i].covers {
			x.coverRow(&cuts[i].covers[k])
		}
		for k := range cuts[i].companies {
			x.companyRow(&cuts[i].companies[k])
		}
	}
	x.clashRows()
	x.apartRows()
	x.prefixRows()
	x.partialRows()
	x.shareRows()
	x.budgetRows()
	x.wetRows()
	x.program.comments = append(x.program.comments,
		fmt.Sprintf("%v; a cost in millipoints, to be minimised.", p),
		fmt.Sprintf("Broken cases that no roster avoids: %d.", p.Unavoidable()))
	return x.program.write(w)
}

// Cut is what the program of [Problem.WriteLP] has to be told besides, so that it says of one state what the engine says.
type Cut struct {
	covers    []cover
	companies []company
	near      bool
}

// Cut gives the cut for a state. Solving again with the cuts of all solutions so far ends, for there are finitely many groups:
// once a solution breaks nothing and costs what the engine says, it is the best.
func (p *Problem) Cut(s *State) Cut { return Cut{covers: p.covers(s), companies: p.companies(s)} }

// Unavoidable gives the broken cases that every roster has: the baselines, and the required pairs that are also forbidden.
func (p *Problem) Unavoidable() int64 {
	n := p.base[Hard]
	for _, b := range p.alone {
		n += int64(min(b.broken, 0))
	}
	return n
}

// export lowers a compiled week a second time, into rows. Every kernel must hold with no broken case.
type export struct {
	*Problem
	program *program
	column  []int32 // actor x session; -1: cannot be joined
	rooms   map[roomFor][]literal
	prices  map[pair]int32 // columns, by lone (for the actor) and session
	crew    [][]someone    // by session: who may be in it; see peopleAt
}

// pairs makes a column of every pair that may be joined: those that are forbidden stay out, those that are required stay in.
func (x *export) pairs() {
	sessions := x.NumSessions()
	x.column = make([]int32, len(x.alone))
	x.program.constant += x.base[Soft]
	for i := range x.alone {
		x.column[i] = -1
		pair := x.pairCost(ActorIx(i/sessions), SessionIx(i%sessions))
		if pair[Hard] > 0 {
			continue
		}
		low := int64(0)
		if pair[Hard] < 0 {
			low = 1
		}
		x.column[i] = x.program.add(lpColumn{name: fmt.Sprintf("x%d_%d", i/sessions, i%sessions), cost: pair[Soft], low: low, high: 1, whole: true})
	}
}

// of gives the column of a pair.
func (x *export) of(a ActorIx, t SessionIx) (int32, bool) {
	c := x.column[int(a)*x.NumSessions()+int(t)]
	return c, c >= 0
}

// minutesOf lists an actor's columns in order of time, each with the minutes that they work there, and the sessions.
func (x *export) minutesOf(a ActorIx) (terms []lpTerm, sessions []SessionIx) {
	minutes := x.lengths(a)
	for t := range SessionIx(x.NumSessions()) {
		if c, ok := x.of(a, t); ok {
			terms, sessions = append(terms, lpTerm{c, int64(minutes[t])}), append(sessions, t)
		}
	}
	return terms, sessions
}

// rule names the rows of a constraint.
func (x *export) rule(constraint int) { x.program.rule = x.constraints[constraint].ID }
