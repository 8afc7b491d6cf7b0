package solver

import (
	"runtime"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Check judges a roster in words alone: every violation of every constraint in force, in catalogue order. It shares no code
// with the search, so a fault there cannot hide here. Rules are judged side by side: words only read.
func Check(sn *model.Snapshot, r *model.Roster, cs []*Constraint) []Violation {
	on := inForce(sn, cs)
	found := make([][]Violation, len(on))
	workers := 1
	if r != nil && len(r.Appointments) > checkAlone {
		workers = runtime.GOMAXPROCS(0)
	}
	each(workers, len(on), func(i int) { found[i] = checkOne(sn, r, on[i]) })
	return slices.Concat(found...)
}

// checkAlone is how many appointments are judged so fast that more goroutines would not help.
const checkAlone = 100

func checkOne(sn *model.Snapshot, r *model.Roster, c *Constraint) []Violation {
	var all []Violation
	for v := range c.Violations(sn, r) {
		v.Constraint = c.ID
		v.Waived = c.Waivable && waived(sn, &v)
		all = append(all, v)
	}
	return all
}

// Total adds violations up to the score they stand for. What is waived counts for nothing.
func Total(vs []Violation, cs []*Constraint) Score {
	level := make(map[string]Level, len(cs)) // looked up only
	for _, c := range cs {
		level[c.ID] = c.Level
	}
	var sum Score
	for _, v := range vs {
		if !v.Waived {
			sum[level[v.Constraint]] += v.Amount
		}
	}
	return sum
}

// waived reports whether waivers set a case aside: in every session it is about, for one of those it is about.
func waived(sn *model.Snapshot, v *Violation) bool {
	var subjects []string
	for _, c := range v.People {
		subjects = append(subjects, string(c))
	}
	for _, c := range v.Supervisors {
		subjects = append(subjects, string(c))
	}
	for _, c := range v.Minibuses {
		subjects = append(subjects, string(c))
	}
	for _, k := range v.Sessions {
		if !sn.Waived(v.Constraint, k, subjects...) {
			return false
		}
	}
	return len(v.Sessions) > 0
}

// Change is what differs between two rosters in the eyes of the constraints.
type Change struct {
	Adds  []Violation // broken or paid after, not before
	Mends []Violation // broken or paid before, not after
	Delta Score       // after less before
}

// Compare tells what going from one roster to another breaks and mends.
func Compare(sn *model.Snapshot, before, after *model.Roster, cs []*Constraint) Change {
	was, is := Check(sn, before, cs), Check(sn, after, cs)
	return Change{Adds: without(is, was), Mends: without(was, is), Delta: Total(is, cs).Sub(Total(was, cs))}
}

// without gives the violations that have no equal among others.
func without(vs, others []Violation) []Violation {
	left := make(map[string]int, len(others)) // counted and looked up only
	for i := range others {
		left[others[i].identity()]++
	}
	var out []Violation
	for i := range vs {
		if k := vs[i].identity(); left[k] > 0 {
			left[k]--
			continue
		}
		out = append(out, vs[i])
	}
	return out
}
