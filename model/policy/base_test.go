package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/policy"
)

const partial = `{"profile": "here", "base": "england-wales", "title": "Here", "zone": "Europe/London", "clauses": [
	{"id": "travel-limit.minutes", "text": "t", "source": "s", "mark": "A", "unit": "minutes", "values": [{"from": "2020-01-01", "value": 45}]}`

func TestAProfileStandsOnAnother(t *testing.T) {
	t.Parallel()
	p, err := policy.Parse([]byte(partial + "]}"))
	require.NoError(t, err)
	here, base := p.On("2026-11-30"), copied(t).On("2026-11-30")
	require.EqualValues(t, 45, here.TravelMaxMinutes)
	here.TravelMaxMinutes, here.Profile = base.TravelMaxMinutes, base.Profile
	require.Equal(t, base, here, "everything else is as the base says")
}

func TestAClauseGivenTwiceIsSeenAboveABaseToo(t *testing.T) {
	t.Parallel()
	again := `,{"id": "travel-limit.minutes", "text": "t", "source": "s", "mark": "A", "unit": "minutes", "values": [{"from": "2020-01-01", "value": 50}]}]}`
	_, err := policy.Parse([]byte(partial + again))
	require.ErrorContains(t, err, "clause travel-limit.minutes is given twice")
	_, err = policy.Parse([]byte(`{"profile": "here", "base": "atlantis", "title": "Here", "zone": "Europe/London"}`))
	require.ErrorContains(t, err, `found policy profile "atlantis"; expected one of`)
}

func TestMonthsOfAnOrder(t *testing.T) {
	t.Parallel()
	p, err := policy.Load("scotland")
	require.NoError(t, err)
	o := p.On("2026-11-30").Orders()
	require.EqualValues(t, 3, o.MonthsFor(6000))
	require.EqualValues(t, 6, o.MonthsFor(6001))
	require.EqualValues(t, 12, copied(t).On("2026-11-30").Orders().MonthsFor(2400))
}
