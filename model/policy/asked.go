package policy

import (
	"fmt"
	"math"
	"slices"
)

// Asked is a value that is wanted in the place of a clause's own.
type Asked struct {
	Clause ClauseID
	Value  int64 // in the clause's unit
}

// With gives a copy of a profile in which some clauses have other values, on every day. A clause that it does not have or that
// is asked twice, and a value that Parse would refuse, are errors.
func (p *Profile) With(asked []Asked) (*Profile, error) {
	out := *p
	out.Clauses = slices.Clone(p.Clauses)
	for n, a := range asked {
		i := slices.IndexFunc(out.Clauses, func(c Clause) bool { return c.ID == a.Clause })
		switch {
		case i < 0:
			return nil, fmt.Errorf("found clause %q; the policy profile %s has none of that name", a.Clause, p.Name)
		case slices.ContainsFunc(asked[:n], func(b Asked) bool { return b.Clause == a.Clause }):
			return nil, fmt.Errorf("clause %s is given two values; keep one", a.Clause)
		}
		c := &out.Clauses[i]
		if err := c.admits(a.Value); err != nil {
			return nil, err
		}
		c.Values = []Dated{{From: c.Values[0].From, Value: a.Value}}
	}
	return &out, nil
}

// admits refuses a value that the clause cannot have.
func (c *Clause) admits(v int64) error {
	if v < 0 || v > math.MaxInt32 || c.Unit == "on" && v > 1 {
		return fmt.Errorf("clause %s: found value %d; expected 0 to %d, and 0 or 1 for a switch", c.ID, v, math.MaxInt32)
	}
	return nil
}
