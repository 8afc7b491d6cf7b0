package policy_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/policy"
)

func TestNightsAreAtHalfPastTwoAndPublishNothingUnlessARegionSaysSo(t *testing.T) {
	t.Parallel()
	for _, name := range policy.Names() {
		p, err := policy.Load(name)
		require.NoError(t, err)
		require.Equal(t, policy.Night{On: 1, At: 2*60 + 30, Weeks: 4, Minutes: 14, Attempts: 3, Publish: 0, PeopleToTell: 10}, p.NightOn("2026-12-01"), name)
	}
}

func TestEveryValueOfNightsIsReadFromItsOwnClauseAndDay(t *testing.T) {
	t.Parallel()
	for _, f := range reflect.VisibleFields(reflect.TypeFor[policy.Night]()) {
		p := copied(t)
		for i := range p.Clauses {
			if p.Clauses[i].ID == policy.ClauseID(f.Tag.Get("clause")) {
				p.Clauses[i].Values = []policy.Dated{{From: "2020-01-01", Value: 123}, {From: "2027-01-01", Value: 321}}
			}
		}
		for day, want := range map[string]int64{"2026-12-31": 123, "2027-01-01": 321} {
			require.Equal(t, want, reflect.ValueOf(p.NightOn(day)).FieldByIndex(f.Index).Int(), f.Name)
		}
	}
}
