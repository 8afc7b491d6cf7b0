package policy

import (
	"fmt"
	"slices"
)

// standOn completes a profile with the clauses of its base, in the base's order: a clause that both give is the profile's
// own, in the place of the base's, and those that only the profile gives come last.
func (p *Profile) standOn() error {
	if p.Base == "" {
		return nil
	}
	base, err := Load(p.Base)
	if err != nil {
		return fmt.Errorf("the base of policy profile %q: %w", p.Name, err)
	}
	all := slices.Clone(base.Clauses)
	own := make([]bool, len(all)) // given by the profile; a second time it is appended, and so seen to be there twice
	for _, c := range p.Clauses {
		i := slices.IndexFunc(base.Clauses, func(b Clause) bool { return b.ID == c.ID })
		if i < 0 || own[i] {
			all = append(all, c)
			continue
		}
		all[i], own[i] = c, true
	}
	p.Clauses = all
	return nil
}
