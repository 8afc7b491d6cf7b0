package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

func TestTheChanceOfTooManyIsThatOfEveryWayTheyMayCome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		chance []float64
		weight []int32
	}{
		{"nobody is booked", nil, nil},
		{"everybody is sure to come", []float64{1, 1, 1}, []int32{1, 1, 1}},
		{"nobody ever comes", []float64{0, 0}, []int32{1, 2}},
		{"each has a chance of their own", []float64{0.513, 0.641, 0.889, 0.07}, []int32{1, 1, 1, 1}},
		{"some take two places", []float64{0.5, 0.25, 0.9, 0.6, 0.75}, []int32{2, 1, 2, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for places := range int32(9) {
				want := 0.0
				for come := range 1 << len(c.chance) {
					way, taken := 1.0, int32(0)
					for i, p := range c.chance {
						if come>>i&1 == 1 {
							way, taken = way*p, taken+c.weight[i]
						} else {
							way *= 1 - p
						}
					}
					if taken > places {
						want += way
					}
				}
				require.InDelta(t, want, scheduler.ChanceOver(c.chance, c.weight, places), 1e-12, "%d places", places)
			}
		})
	}
	require.InDelta(t, 1, scheduler.ChanceOver(nil, nil, -1), 0, "fewer than no places")
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
		{"high risk takes one where nobody supervises", shop, model.Person{Risk: model.HighRisk}, 1},
		{"the two do not add up", group, model.Person{Risk: model.HighRisk, Health: model.SupportWorker}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, scheduler.PlacesTaken(sn, c.at, &c.person))
		})
	}
}
