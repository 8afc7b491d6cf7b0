package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

func TestTrainingAndLicenceHoldToTheirLastDay(t *testing.T) {
	t.Parallel()
	s := model.Supervisor{Licence: model.LicenceD1, LicenceUntil: monday, Training: model.TrainedHighRisk, TrainedUntil: monday + 1}
	require.Equal(t, model.LicenceD1, s.LicenceOn(monday))
	require.Equal(t, model.NoLicence, s.LicenceOn(monday+1))
	require.True(t, s.TrainedOn(monday+1).Has(model.TrainedHighRisk))
	require.False(t, s.TrainedOn(monday+2).Has(model.TrainedHighRisk))
	s.LicenceUntil, s.TrainedUntil = 0, 0
	require.Equal(t, model.LicenceD1, s.LicenceOn(monday+9999), "no end recorded is no end")
	require.True(t, s.TrainedOn(monday+9999).Has(model.TrainedHighRisk))
}

func TestWhenAMinibusIsOnTheRoad(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		bus  model.Minibus
		want []bool // from the day before the Monday to the third day after it
	}{
		{"always", model.Minibus{}, []bool{true, true, true, true, true}},
		{"inspected until Monday", model.Minibus{InspectedUntil: monday}, []bool{true, true, false, false, false}},
		{"off on Monday and Tuesday", model.Minibus{OffRoadFrom: monday, OffRoadTo: monday + 1}, []bool{true, false, false, true, true}},
		{"off from Tuesday until further notice", model.Minibus{OffRoadFrom: monday + 1}, []bool{true, true, false, false, false}},
		{"off until Monday", model.Minibus{OffRoadTo: monday}, []bool{false, false, true, true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i, want := range c.want {
				require.Equal(t, want, c.bus.OnRoad(monday-1+model.Date(i)), "day %d", i)
			}
		})
	}
	require.False(t, (&model.Minibus{Seats: 8}).NeedsD1())
	require.True(t, (&model.Minibus{Seats: 9}).NeedsD1())
}

func TestWhoLooksAfterAProject(t *testing.T) {
	t.Parallel()
	for kind, want := range map[model.Kind][2]bool{
		model.Group: {true, false}, model.Individual: {false, true}, model.ETE: {false, true}, model.Induction: {false, false},
	} {
		p := model.Project{Kind: kind}
		require.Equal(t, want, [2]bool{p.Supervised(), p.Unsupervised()}, kind.String())
	}
}

func TestPlacesAreJourneysEnds(t *testing.T) {
	t.Parallel()
	at := geo.Point{Latitude: 52, Longitude: -1.5}
	require.Equal(t, geo.Place{Code: "CT01", At: at}, (&model.Project{Code: "CT01", Site: at}).At())
	require.Equal(t, geo.Place{Code: "S1", At: at}, (&model.Supervisor{Code: "S1", Home: at}).At())
	require.Equal(t, geo.Place{Code: "B1", At: at}, (&model.Minibus{Registration: "B1", Depot: at}).At())
	require.Equal(t, geo.Place{Code: "P1", At: at}, (&model.Stop{Code: "P1", At: at}).Place())
}

func TestWhenARowApplies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		row  model.When
		want []model.Date // days after the Monday, of two weeks
	}{
		{"a weekday", model.When{Weekday: 3}, []model.Date{2, 9}},
		{"Sunday is nought", model.When{Weekday: 0}, []model.Date{6, 13}},
		{"one date", model.When{Weekday: -1, On: monday + 4}, []model.Date{4}},
		{"from a date", model.When{Weekday: 1, From: monday + 1}, []model.Date{7}},
		{"to a date, itself included", model.When{Weekday: 1, To: monday}, []model.Date{0}},
		{"a date outside its own limits", model.When{Weekday: -1, On: monday + 4, To: monday + 3}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []model.Date
			for d := range model.Date(14) {
				if c.row.Applies(monday + d) {
					got = append(got, d)
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestWhenASlotRuns(t *testing.T) {
	t.Parallel()
	wednesday := monday + 2
	for _, c := range []struct {
		name string
		slot model.Slot
		want []model.Date // days after the Monday, of five weeks
	}{
		{"every week", model.Slot{Weekday: 3, StartDate: monday}, []model.Date{2, 9, 16, 23, 30}},
		{"from its start date, itself included", model.Slot{Weekday: 3, StartDate: wednesday + 7}, []model.Date{9, 16, 23, 30}},
		{"to its end date, itself included", model.Slot{Weekday: 3, StartDate: monday, EndDate: wednesday + 7}, []model.Date{2, 9}},
		{"every second week from its own", model.Slot{Weekday: 3, Frequency: model.Fortnightly, StartDate: monday}, []model.Date{2, 16, 30}},
		{"every second week, begun on a Sunday",
			model.Slot{Weekday: 3, Frequency: model.Fortnightly, StartDate: monday - 1}, []model.Date{9, 23}},
		{"every second week across a year of 53 weeks",
			model.Slot{Weekday: 3, Frequency: model.Fortnightly, StartDate: monday + 28}, []model.Date{30}},
		{"once, on the first such day", model.Slot{Weekday: 3, Frequency: model.Once, StartDate: monday + 3}, []model.Date{9}},
		{"once, on its start date", model.Slot{Weekday: 3, Frequency: model.Once, StartDate: wednesday}, []model.Date{2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []model.Date
			for d := range model.Date(35) {
				if c.slot.Runs(monday + d) {
					got = append(got, d)
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}
