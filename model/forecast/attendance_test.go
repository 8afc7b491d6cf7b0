package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/policy"
)

func book(t testing.TB) *policy.Book {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	return p.On("2026-11-30")
}

func TestWithoutARecordWhatIsAssumedIsTheAnswer(t *testing.T) {
	t.Parallel()
	got := forecast.EstimateAttendance(book(t), make([]forecast.Counts, 3), nil)
	require.Equal(t, forecast.Attendance{
		Mean: 600, People: []int32{600, 600, 600},
		Effects: forecast.Effects{Individual: 100, First: -100, Monday: -30, Winter: -30, Far: -80},
	}, got)
}

func TestFewOutcomesMoveAnEstimateLittle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		came, missed int32
		mean, want   int32
	}{
		// One person of whom n outcomes are known weighs 5 n / (5 + n) against the region's 200.
		{"one of one: mean (200 x 600 + 5/6 x 1000) / 200.83, then (5 x 602 + 1000) / 6", 1, 0, 602, 668},
		{"none of one: (5 x 598 + 0) / 6", 0, 1, 598, 498},
		{"five of five: (5 x 605 + 5000) / 10", 5, 0, 605, 802},
		{"fifty of a hundred", 50, 50, 598, 505},
		{"counts below zero are none", -4, -1, 600, 600},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := forecast.EstimateAttendance(book(t), []forecast.Counts{{Came: c.came, Missed: c.missed}, {}}, nil)
			require.Equal(t, []int32{c.want, c.mean}, got.People)
			require.Equal(t, c.mean, got.Mean)
		})
	}
}

func TestAnEffectIsTheDifferenceFromWhatThePeopleLeadToExpect(t *testing.T) {
	t.Parallel()
	// 600 of 1,000 group sessions and 900 of 1,000 individual placements: with chance a and effect e
	// a = (5 x 0.6 + 1500 - 1000 e) / 2005 and e = (100 x 0.1 + 900 - 1000 a) / 1100, so a = 0.617 and e = 0.267.
	var trials []forecast.Trial
	for i := range 1000 {
		trials = append(trials, forecast.Trial{Came: i%5 < 3}, forecast.Trial{Traits: forecast.Individual, Came: i%10 < 9})
	}
	got := forecast.EstimateAttendance(book(t), make([]forecast.Counts, 1), trials)
	require.InDelta(t, 617, got.People[0], 1)
	require.InDelta(t, 267, got.Effects.Individual, 1)
	require.Equal(t, forecast.Effects{Individual: got.Effects.Individual, First: -100, Monday: -30, Winter: -30, Far: -80}, got.Effects,
		"of what was never seen the assumption stays")
}

func TestThoseOftenSentToOneKindHardlyBiasItsEffect(t *testing.T) {
	t.Parallel()
	// Half of the people come to everything nine times in ten and are only sent to individual placements on Mondays; the
	// others come three times in ten. Mondays see 40 % more of them come than other days, and yet make no difference to
	// anybody. What is left of it is the part of a good record that is put down to luck.
	var trials []forecast.Trial
	for p := range 400 {
		for i := range 40 {
			x := forecast.Trial{Person: p, Came: i%10 < 3}
			if p%2 == 0 {
				x.Came = i%10 < 9
				if i < 20 {
					x.Traits = forecast.Monday
				}
			}
			trials = append(trials, x)
		}
	}
	got := forecast.EstimateAttendance(book(t), make([]forecast.Counts, 400), trials)
	require.InDelta(t, 0, got.Effects.Monday, 60)
	require.InDelta(t, 870, got.People[0], 35)
	require.InDelta(t, 335, got.People[1], 15)
}

// drawn makes a record whose truth is known.
func drawn(seed uint64, people, each int, truth *forecast.Effects) (chances []float64, trials []forecast.Trial) {
	d := rand.New(rand.NewPCG(seed, 1))
	for p := range people {
		chance := 0.0
		for range 12 { // the mean of twelve is nearly normal, here with a deviation of 0.17
			chance += d.Float64()
		}
		chance = min(0.95, max(0.05, 0.6+0.17*(chance-6)))
		chances = append(chances, chance)
		far := d.IntN(4) == 0
		for i := range each {
			var x forecast.Traits
			if far {
				x |= forecast.Far
			}
			if i == 0 {
				x |= forecast.First
			}
			for _, k := range []struct {
				trait forecast.Traits
				in    int
			}{{forecast.Individual, 4}, {forecast.ETE, 12}, {forecast.Monday, 5}, {forecast.Winter, 2}} {
				if d.IntN(k.in) == 0 {
					x |= k.trait
				}
			}
			come := min(0.95, max(0.05, chance+float64(truth.Of(x))/1000))
			trials = append(trials, forecast.Trial{Person: p, Traits: x, Came: d.Float64() < come})
		}
	}
	return chances, trials
}

func TestATruthThatIsKnownIsFound(t *testing.T) {
	t.Parallel()
	truth := forecast.Effects{Individual: 150, ETE: -60, First: -200, Monday: -80, Winter: 40, Far: -150}
	chances, trials := drawn(7, 2000, 12, &truth)
	got := forecast.EstimateAttendance(book(t), make([]forecast.Counts, len(chances)), trials)
	require.InDelta(t, truth.Individual, got.Effects.Individual, 25) // bounds keep the true effect a little smaller
	require.InDelta(t, truth.ETE, got.Effects.ETE, 25)
	require.InDelta(t, truth.First, got.Effects.First, 30)
	require.InDelta(t, truth.Monday, got.Effects.Monday, 20)
	require.InDelta(t, truth.Winter, got.Effects.Winter, 20)
	require.InDelta(t, truth.Far, got.Effects.Far, 35)
	require.Zero(t, got.Effects.Induction)
	require.InDelta(t, 600, got.Mean, 20)
	var miss, square, spread float64
	for i, p := range chances {
		e := float64(got.People[i])/1000 - p
		miss += e
		square += e * e
		spread += (p - 0.6) * (p - 0.6)
	}
	require.InDelta(t, 0, miss/float64(len(chances)), 0.02)
	require.Less(t, square, 0.5*spread, "knowing each one's record is worth more than half of what there is to know")
}

func TestTheOrderOfARecordDoesNotMatter(t *testing.T) {
	t.Parallel()
	_, trials := drawn(3, 200, 6, &forecast.Effects{Individual: 100, Far: -80})
	want := forecast.EstimateAttendance(book(t), make([]forecast.Counts, 200), trials)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(trials), func(i, j int) { trials[i], trials[j] = trials[j], trials[i] })
	require.Equal(t, want, forecast.EstimateAttendance(book(t), make([]forecast.Counts, 200), trials))
}

func TestAPolicyThatAssumesNothingStillAnswers(t *testing.T) {
	t.Parallel()
	b := book(t)
	b.AttendanceWeight, b.AttendanceRegionWeight, b.AttendanceEffectWeight = 0, 0, 0
	got := forecast.EstimateAttendance(b, []forecast.Counts{{Came: 3, Missed: 1}, {}}, []forecast.Trial{{Person: 0, Traits: forecast.Monday}})
	require.Equal(t, int32(600), got.Mean, "the prior, since people say nothing of each other then")
	require.Equal(t, int32(600), got.People[1])
	require.InDelta(t, 750, got.People[0], 2)
}

func BenchmarkEstimateAttendance(b *testing.B) {
	chances, trials := drawn(1, 4400, 10, &forecast.Effects{Individual: 100, First: -100, Monday: -30, Winter: -30, Far: -80})
	counts := make([]forecast.Counts, len(chances))
	for b.Loop() {
		forecast.EstimateAttendance(book(b), counts, trials)
	}
}

func ExampleEstimateAttendance() {
	p, _ := policy.Load(policy.Default)
	counts := []forecast.Counts{{Came: 9, Missed: 1}, {}}
	est := forecast.EstimateAttendance(p.On("2026-11-30"), counts, nil)
	fmt.Println(est.People[0], est.People[1], est.Effects.Of(forecast.Individual|forecast.Monday))
	// Output: 802 605 70
}
