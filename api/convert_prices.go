package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

func priceRequest(q *paybackv1.CreatePlanRequest) scheduler.PriceRequest {
	var out scheduler.PriceRequest
	for _, p := range q.GetPrices() {
		out.Prices = append(out.Prices, policy.Asked{Clause: policy.ClauseID(p.GetClause()), Value: p.GetValue()})
	}
	for _, w := range q.GetWeights() {
		out.Weights = append(out.Weights, scheduler.Weight{Rule: w.GetRule(), Percent: w.GetPercent()})
	}
	return out
}

func effectMessages(all []scheduler.PriceEffect) []*paybackv1.PriceEffect {
	var out []*paybackv1.PriceEffect
	for _, e := range all {
		out = append(out, &paybackv1.PriceEffect{Rule: e.Rule, Clause: string(e.Clause), Asked: e.Asked, Usual: e.Usual, Cases: count(e.Cases),
			CostMillipoints: e.Cost, UsualCostMillipoints: e.Before})
	}
	return out
}
