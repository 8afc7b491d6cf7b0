package scheduler_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// asks is a request as it names prices and weights.
func asks(prices []policy.Asked, weights ...scheduler.Weight) scheduler.PriceRequest {
	return scheduler.PriceRequest{Prices: prices, Weights: weights}
}

func TestWhatIsAskedForComesOutByClause(t *testing.T) {
	t.Parallel()
	sn, _ := freeze(t, small())
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	asked, err := asks([]policy.Asked{{Clause: "rain.session", Value: 5}}, scheduler.Weight{Rule: "opening", Percent: 150}, scheduler.Weight{Rule: "travel"}).
		Of(p, constraints.All, sn.Week)
	require.NoError(t, err)
	require.Equal(t, []policy.Asked{
		{Clause: "travel.minute"}, {Clause: "travel.supervisor-minute"}, {Clause: "travel.kilometre"},
		{Clause: "opening.session", Value: 90_000}, {Clause: "opening.supervisor", Value: 30_000}, {Clause: "opening.minibus", Value: 15_000},
		{Clause: "rain.session", Value: 5},
	}, asked)
	none, err := asks(nil).Of(p, constraints.All, sn.Week)
	require.NoError(t, err)
	same, err := scheduler.Priced(sn, p, none)
	require.NoError(t, err)
	require.Same(t, sn, same)
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	t.Parallel()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	for why, q := range map[string]scheduler.PriceRequest{
		`found a price for "places.chance"`:                asks([]policy.Asked{{Clause: "places.chance", Value: 50}}),
		`found a price for "opening"`:                      asks([]policy.Asked{{Clause: "opening"}}),
		`found a price for "urgency.day"`:                  asks([]policy.Asked{{Clause: "urgency.day", Value: 60}}),
		"opening.session: found value -1":                  asks([]policy.Asked{{Clause: "opening.session", Value: -1}}),
		"opening.session is given two values":              asks([]policy.Asked{{Clause: "opening.session"}}, scheduler.Weight{Rule: "opening"}),
		`found a weight for "risk-of-harm"; expected`:      asks(nil, scheduler.Weight{Rule: "risk-of-harm"}),
		`found a weight for "nonsense"; expected`:          asks(nil, scheduler.Weight{Rule: "nonsense"}),
		"found weight -1 for travel; expected 0 to 10000":  asks(nil, scheduler.Weight{Rule: "travel", Percent: -1}),
		"found weight 10001 for travel; expected 0 to 100": asks(nil, scheduler.Weight{Rule: "travel", Percent: 10_001}),
	} {
		_, err := q.Of(p, constraints.All, model.Week{Year: 2026, Number: 49})
		require.ErrorContains(t, err, why)
		var e *model.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, model.CodeUsage, e.Code, why)
	}
}

// One session with one supervisor: at the policy's prices opening costs 60 and 20 points.
func TestWhatAPriceDoesIsMeasured(t *testing.T) {
	t.Parallel()
	f := small()
	sn, _ := freeze(t, f)
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	prices := []policy.Asked{{Clause: "opening.session", Value: 90_000}, {Clause: "opening.supervisor", Value: 0}}
	with, err := scheduler.Priced(sn, p, prices)
	require.NoError(t, err)
	require.EqualValues(t, 60_000, sn.Policy.SessionPrice, "the week itself stays")
	res, err := scheduler.Plan(context.Background(), asked(with))
	require.NoError(t, err)
	effects, err := scheduler.PriceEffects(with, res.Roster, p, constraints.All, prices)
	require.NoError(t, err)
	require.Equal(t, []scheduler.PriceEffect{
		{Rule: "opening", Clause: "opening.session", Asked: 90_000, Usual: 60_000, Cases: 1, Cost: 90_000, Before: 60_000},
		{Rule: "opening", Clause: "opening.supervisor", Asked: 0, Usual: 20_000, Cases: 1, Cost: 90_000, Before: 110_000},
	}, effects)

	prices[0].Value = 100_000_000
	with, err = scheduler.Priced(sn, p, prices[:1])
	require.NoError(t, err)
	res, err = scheduler.Plan(context.Background(), asked(with))
	require.NoError(t, err)
	require.Empty(t, res.Roster.Appointments, "no work is worth opening a session at this price")
}
