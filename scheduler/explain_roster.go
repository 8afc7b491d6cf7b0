package scheduler

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RosterExplained says what a roster is worth and why it is worth no more.
type RosterExplained struct {
	Summary Summary
	MustFix []Case
	Waived  []Case
	Prices  []PricePaid
	// Scarce counts the people who have less than they need by what is scarce for them, the most common first.
	Scarce []ScarceCount
	// Lacking says who stays without a place whatever the roster; nil where some rule can be stated in no such proof.
	Lacking *Lacking
}

// PricePaid is a priced rule with the prices in force and what they came to.
type PricePaid struct {
	Rule, Title string
	Cases       int
	Cost        int64 // millipoints; negative: gained
	Values      []PolicyValue
}

// ScarceCount is how many people want for one thing.
type ScarceCount struct {
	What   string
	People int
}

// ExplainRoster says what a roster is worth: what each priced rule took or gave at which prices, what is broken, and what those
// who have less than they need want for. It needs any role.
func (s *Service) ExplainRoster(ctx context.Context, who model.Principal, region string, ref RosterRef) (*RosterExplained, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	return x.Whole(s.Policy), x, nil
}

// Whole answers as [Service.ExplainRoster] does, with the texts of the profile that the policy is of.
func (x *Explained) Whole(p *policy.Profile) *RosterExplained {
	y := &RosterExplained{Summary: x.Summary, MustFix: x.Judgement.MustFix, Waived: x.Judgement.Waived}
	for _, c := range x.constraints {
		if c.Level != solver.Soft || !x.Snapshot.Policy.Applies(policy.ClauseID(c.ID)) {
			continue
		}
		paid := PricePaid{Rule: c.ID, Title: c.Title, Values: prices(valuesOf(p, c, x.Snapshot.Week.Monday()))}
		for _, j := range x.Judgement.Prices {
			if j.Rule == c.ID {
				paid.Cases, paid.Cost = j.Cases, j.Cost
			}
		}
		y.Prices = append(y.Prices, paid)
	}
	for _, u := range x.Unplaced() {
		i := slices.IndexFunc(y.Scarce, func(t ScarceCount) bool { return t.What == u.MainObstacle })
		if i < 0 {
			i = len(y.Scarce)
			y.Scarce = append(y.Scarce, ScarceCount{What: u.MainObstacle})
		}
		y.Scarce[i].People++
	}
	slices.SortFunc(y.Scarce, func(a, b ScarceCount) int { return cmp.Or(b.People-a.People, cmp.Compare(a.What, b.What)) })
	y.Lacking, _ = x.Lacking()
	return y
}

// Unplaced lists those who have less than they need, as [FindUnplaced] does.
func (x *Explained) Unplaced() []Unplaced {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.unplaced == nil {
		x.unplaced = append([]Unplaced{}, FindUnplaced(x.explains)...)
	}
	return x.unplaced
}

// prices keeps the values that are prices.
func prices(all []PolicyValue) []PolicyValue {
	return slices.DeleteFunc(all, func(v PolicyValue) bool { return !strings.Contains(v.Unit, "millipoint") })
}
