package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// priceFlags ask for other prices than the policy's, for one plan.
type priceFlags struct {
	Price  []string `placeholder:"CLAUSE=VALUE" help:"A price for this plan in the place of the policy's, as in opening.session=90000; explain rule lists them with their units."`
	Weight []string `placeholder:"RULE=PERCENT" help:"Weigh all prices of a rule for this plan, as in travel=200; 0: it costs nothing."`
}

// request reads the flags.
func (f *priceFlags) request() (scheduler.PriceRequest, error) {
	var out scheduler.PriceRequest
	for _, s := range f.Price {
		clause, value, err := assignment("--price", s, "opening.session=90000")
		if err != nil {
			return out, err
		}
		out.Prices = append(out.Prices, policy.Asked{Clause: policy.ClauseID(clause), Value: int64(value)})
	}
	for _, s := range f.Weight {
		rule, percent, err := assignment("--weight", s, "travel=200")
		if err != nil {
			return out, err
		}
		out.Weights = append(out.Weights, scheduler.Weight{Rule: rule, Percent: percent})
	}
	return out, nil
}

// assignment reads NAME=NUMBER.
func assignment(flag, s, example string) (name string, value int32, err error) {
	name, number, ok := strings.Cut(s, "=")
	n, bad := strconv.ParseInt(number, 10, 32)
	if !ok || bad != nil || name == "" {
		return "", 0, model.Errorf(model.CodeUsage, "%s: found %q; expected a name and a whole number, as in %s.", flag, s, example)
	}
	return name, int32(n), nil
}

// priced puts the prices that are asked for in the place of the policy's.
func (f *priceFlags) priced(r *region) ([]policy.Asked, error) {
	q, err := f.request()
	if err != nil {
		return nil, err
	}
	asked, err := q.Of(r.profile, constraints.All, r.week)
	if err != nil {
		return nil, err
	}
	r.sn, err = scheduler.Priced(r.sn, r.profile, asked)
	return asked, err
}

// measure notes what the prices that were asked for did.
func (p *planFile) measure(r *region, res *scheduler.PlanResult, asked []policy.Asked) error {
	all, err := scheduler.PriceEffects(r.sn, res.Roster, r.profile, constraints.All, asked)
	p.Prices = priceLines(all)
	return err
}

// madeFrom reports whether a plan was made from a week as it is frozen, but for the prices that were asked for.
func (p *planFile) madeFrom(r *region) bool {
	sn, err := scheduler.Priced(r.sn, r.profile, p.asked())
	return err == nil && p.Input == sn.Digest().String()
}

// asked lists the prices that a plan was made at in the place of the policy's.
func (p *planFile) asked() (asked []policy.Asked) {
	for _, x := range p.Prices {
		asked = append(asked, policy.Asked{Clause: policy.ClauseID(x.Clause), Value: x.Asked})
	}
	return asked
}

// priceLine is a price that was asked for, and what it does to a plan.
type priceLine struct {
	Rule   string `json:"rule"`
	Clause string `json:"clause"`
	Asked  int64  `json:"asked"`
	Usual  int64  `json:"usual"`
	Cases  int    `json:"cases"`
	Cost   int64  `json:"cost_millipoints"`
	Before int64  `json:"usual_cost_millipoints"`
}

func priceLines(all []scheduler.PriceEffect) []priceLine {
	var out []priceLine
	for _, e := range all {
		out = append(out, priceLine{e.Rule, string(e.Clause), e.Asked, e.Usual, e.Cases, e.Cost, e.Before})
	}
	return out
}

// tellPrices says what was asked for and what it does, a line each.
func tellPrices(b *strings.Builder, all []priceLine) {
	for _, p := range all {
		fmt.Fprintf(b, "  Asked for %s %s instead of %s: %s of %s cost %s points, and %s at the policy's price\n", p.Clause, thousands(p.Asked),
			thousands(p.Usual), count(p.Cases, "case"), p.Rule, points(p.Cost), points(p.Before))
	}
}
