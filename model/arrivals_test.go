package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

func TestTheChanceOfTooManyIsThatOfEveryWayTheyMayCome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		booked []model.Arrival
	}{
		{"nobody is booked", nil},
		{"everybody is sure to come", []model.Arrival{{1000, 1}, {1000, 1}, {1000, 1}}},
		{"nobody ever comes", []model.Arrival{{0, 1}, {0, 2}}},
		{"each has a chance of their own", []model.Arrival{{513, 1}, {641, 1}, {889, 1}, {70, 1}}},
		{"some take two places or three", []model.Arrival{{500, 2}, {250, 1}, {900, 3}, {600, 1}, {750, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := model.NewArrivals(c.booked)
			sum, most := int64(0), int32(0)
			for _, x := range f {
				require.GreaterOrEqual(t, x, int64(0))
				sum += x
			}
			require.Equal(t, int64(model.Sure), sum, "nothing is lost in rounding")
			for _, b := range c.booked {
				most += b.Places
			}
			require.Equal(t, most, f.Most())
			for places := range int32(12) {
				want := 0.0
				for come := range 1 << len(c.booked) {
					way, taken := 1.0, int32(0)
					for i, b := range c.booked {
						if chance := float64(b.Permille) / 1000; come>>i&1 == 1 {
							way, taken = way*chance, taken+b.Places
						} else {
							way *= 1 - chance
						}
					}
					if taken > places {
						want += way
					}
				}
				require.InDelta(t, want, model.Chance(f.Over(places)), 1e-7, "%d places", places)
			}
			require.Equal(t, int64(model.Sure), f.Over(-1))
			require.Zero(t, f.Over(most))
			for _, permille := range []int32{0, 1, 50, 400, 999, 1000} {
				enough := f.Enough(permille)
				require.LessOrEqual(t, f.Over(enough)*1000, int64(permille)*model.Sure)
				require.True(t, enough == 0 || f.Over(enough-1)*1000 > int64(permille)*model.Sure, "one place less is too few")
			}
		})
	}
}

func TestAChanceAtTheLimitIsWithinIt(t *testing.T) {
	t.Parallel()
	half := model.NewArrivals([]model.Arrival{{500, 1}})
	require.Equal(t, int64(model.Sure/2), half.Over(0))
	require.Zero(t, half.Enough(500))
	require.Equal(t, int32(1), half.Enough(499))
	require.False(t, model.Exceeds(model.Sure/2, 500))
	require.True(t, model.Exceeds(model.Sure/2+1, 500))
}

// The bits of a chance depend on the order of people, so the order is part of what it is.
func TestChancesAreRoundedInTheOrderOfPeople(t *testing.T) {
	t.Parallel()
	one := model.NewArrivals([]model.Arrival{{333, 1}, {777, 2}, {591, 1}, {123, 1}})
	require.Equal(t, model.Arrivals{57286657, 119413404, 256552369, 421868887, 198424863, 20195644}, one)
	other := model.NewArrivals([]model.Arrival{{123, 1}, {591, 1}, {777, 2}, {333, 1}})
	require.NotEqual(t, one, other)
	for i := range one {
		require.InDelta(t, one[i], other[i], 4)
	}
}

func TestWhoIsBookedCountsOnceASession(t *testing.T) {
	t.Parallel()
	key := model.SessionKey{Project: "P1", Date: 20000, Start: 540}
	later := model.SessionKey{Project: "P1", Date: 20000, Start: 600}
	sn := &model.Snapshot{
		Policy:   &policy.Book{HighRiskWeight: 2, AttendanceMost: 1000},
		Projects: []model.Project{{Code: "P1", Kind: model.Group}}, Sessions: []model.Session{{Key: key}, {Key: later}},
		Travel: &geo.Matrix{},
		People: []model.Person{{CRN: "A000001", Attendance: 600, Outcomes: 1}, {CRN: "A000002", Attendance: 600}, {CRN: "A000003", Attendance: 700, Outcomes: 9, Risk: model.HighRisk}},
	}
	on := func(c model.CRN, k model.SessionKey) model.Appointment { return model.Appointment{CRN: c, Session: k} }
	elsewhere := model.SessionKey{Project: "P1", Date: 20001, Start: 540}
	require.Equal(t, []model.Arrival{{600, 1}, {1000, 1}, {700, 2}, {1000, 1}}, sn.Booked([]model.Appointment{
		on("A000001", key), on("A000001", key), on("A000002", key), on("A000003", key), on("A000009", key),
	}), "twice in one session, no outcomes, high risk, a stranger")
	require.Len(t, sn.Booked([]model.Appointment{on("A000001", key), on("A000001", later)}), 2, "in two sessions")
	require.Equal(t, []model.Arrival{{1000, 1}}, sn.Booked([]model.Appointment{on("A000001", elsewhere)}), "a session that is not known")
	require.Empty(t, sn.Booked(nil))
}

func TestWhoTakesMoreThanOnePlace(t *testing.T) {
	t.Parallel()
	sn := &model.Snapshot{Policy: &policy.Book{HighRiskWeight: 3}}
	group, shop := &model.Project{Kind: model.Group}, &model.Project{Kind: model.Individual}
	for _, c := range []struct {
		name   string
		at     *model.Project
		person model.Person
		want   int32
	}{
		{"most people take one", group, model.Person{Risk: model.MediumRisk}, 1},
		{"a support worker takes one more", shop, model.Person{Health: model.SupportWorker}, 2},
		{"high risk takes what the policy says", group, model.Person{Risk: model.HighRisk}, 3},
		{"very high risk does too", group, model.Person{Risk: model.VeryHighRisk}, 3},
		{"high risk takes one where nobody supervises", shop, model.Person{Risk: model.HighRisk}, 1},
		{"the two do not add up", group, model.Person{Risk: model.HighRisk, Health: model.SupportWorker}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, sn.PlacesTaken(&c.person, c.at))
		})
	}
}
