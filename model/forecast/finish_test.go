package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/forecast"
)

func TestWhoComesAlwaysFinishesOnTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		course           forecast.Course
		early, mid, late int32
	}{
		{"three sessions, one planned in each of three weeks", forecast.Course{Sessions: 3, Chance: 1000, Known: 1000, Planned: []int32{1, 1, 1}}, 14, 17, 20},
		{"one of them this week", forecast.Course{Sessions: 1, Chance: 1000, Known: 1000, Planned: []int32{2}}, 0, 3, 6},
		{"on Friday, for Saturday or Sunday", forecast.Course{Today: 4, Sessions: 1, Chance: 1000, Known: 1000, Planned: []int32{1}}, 4, 5, 6},
		{"none this week, then one each week", forecast.Course{Sessions: 2, Chance: 1000, Known: 1000, Planned: []int32{0}, Offers: forecast.Offers{1: 13000}}, 14, 17, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := forecast.WhenFinished(c.course)
			for permille, want := range map[int32]int32{100: c.early, 500: c.mid, 900: c.late} {
				day, found := f.When(permille)
				require.True(t, found)
				require.Equal(t, want, day, "%d permille", permille)
				require.GreaterOrEqual(t, f.By(day), permille)
			}
			require.EqualValues(t, 1000, f.By(c.late+7))
		})
	}
}

func TestWhereNothingIsOfferedNothingIsFinished(t *testing.T) {
	t.Parallel()
	for _, c := range []forecast.Course{
		{Sessions: 2, Chance: 600, Known: 5},
		{Sessions: 2, Chance: 600, Known: 5, Offers: forecast.Offers{0: 13000}},
		{Sessions: 2, Chance: 600, Known: 5, Planned: []int32{1, 0}},
	} {
		f := forecast.WhenFinished(c)
		_, found := f.When(1)
		require.False(t, found)
		require.Zero(t, f.By(5000))
	}
}

// Four places, one of them needed, a chance of one in two that two outcomes speak for: the urn gives 1 - (1/2)(2/3)(3/4)(4/5)
// = 4/5, where a chance known for certain would give 15/16.
func TestAnUncertainChanceIsToldAsSuch(t *testing.T) {
	t.Parallel()
	f := forecast.WhenFinished(forecast.Course{Sessions: 1, Chance: 500, Known: 2, Planned: []int32{4}})
	require.EqualValues(t, 800, f.By(6))
	f = forecast.WhenFinished(forecast.Course{Sessions: 1, Chance: 500, Known: 1_000_000, Planned: []int32{4}})
	require.InDelta(t, 937.5, f.By(6), 1)
}

func TestOffersAreCountedAndShrunk(t *testing.T) {
	t.Parallel()
	var own, others forecast.Offers
	own.Add(1, 2000)
	own.Add(9, 1000) // more than one a day is as good as one a day
	require.EqualValues(t, 3000, own.Weeks())
	require.EqualValues(t, 3000, own.PerWeek())
	others.Add(0, 30_000)
	others.Add(1, 90_000)
	got := own.Shrunk(&others, 4)
	require.Equal(t, forecast.Offers{0: 1000, 1: 5000, 7: 1000}, got)
	require.Equal(t, own, own.Shrunk(&forecast.Offers{}, 4))
	require.Zero(t, (&forecast.Offers{}).PerWeek())
}

// TestTheRangeHoldsFourInFive plays the lives of people whose chances are known to the test alone. Each has a record, from
// which they are forecast, and a future.
func TestTheRangeHoldsFourInFive(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		weekly [3]float64 // chance of 0, 1 and 2 places in a week, for everybody
		spread float64    // how much rarer places are for some
		record int        // weeks
	}{
		{"a place each week, a year's record", [3]float64{0, 1, 0}, 0, 52},
		{"a place in most weeks, a quarter's record", [3]float64{0.3, 0.6, 0.1}, 0.4, 13},
		{"places much rarer for some, a quarter's record", [3]float64{0.2, 0.6, 0.2}, 0.8, 13},
		{"places much rarer for some, a record of five weeks", [3]float64{0.2, 0.8, 0}, 0.8, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			const people = 1500 // coverage is then known to within 0.02
			d := rand.New(rand.NewPCG(11, 7))
			type life struct {
				offers   forecast.Offers
				chance   float64
				weekly   [3]float64
				n        int32
				finished int32
			}
			lives := make([]life, people)
			counts := make([]forecast.Counts, people)
			var others forecast.Offers
			week := func(l *life) int {
				x := d.Float64()
				for k, p := range l.weekly {
					if x -= p; x < 0 {
						return k
					}
				}
				return 0
			}
			for i := range lives {
				l := &lives[i]
				l.chance = 0
				for range 12 {
					l.chance += d.Float64()
				}
				l.chance = min(0.95, max(0.05, 0.6+0.2*(l.chance-6))) // 0.24 / 0.2^2 - 1 = 5 outcomes, as the policy assumes
				l.weekly = c.weekly
				rarer := c.spread * d.Float64()
				l.weekly[1], l.weekly[2] = l.weekly[1]*(1-rarer), l.weekly[2]*(1-rarer)
				for range c.record {
					k := week(l)
					l.offers.Add(int32(k), 1000)
					others.Add(int32(k), 1000)
					for range k {
						if d.Float64() < l.chance {
							counts[i].Came++
						} else {
							counts[i].Missed++
						}
					}
				}
				l.n = 1 + int32(d.IntN(14))
				left := l.n
				for w := int32(0); left > 0 && w < 6*52; w++ {
					var days []int32
					for range week(l) {
						days = append(days, int32(d.IntN(7)))
					}
					if len(days) == 2 && days[0] > days[1] {
						days[0], days[1] = days[1], days[0]
					}
					for _, day := range days {
						if left > 0 && d.Float64() < l.chance {
							if left--; left == 0 {
								l.finished = 7*w + day
							}
						}
					}
				}
				if left > 0 {
					l.finished = 1 << 20
				}
			}
			est := forecast.EstimateAttendance(book(t), counts, nil)
			in, below := 0, 0
			var said, was [10]float64
			var number [10]int
			for i := range lives {
				l := &lives[i]
				f := forecast.WhenFinished(forecast.Course{Sessions: l.n, Chance: est.People[i], Known: book(t).AttendanceWeight + counts[i].Came + counts[i].Missed,
					Offers: l.offers.Shrunk(&others, 8)})
				early, found := f.When(100)
				require.True(t, found)
				late, found := f.When(900)
				if l.finished < early {
					below++
				}
				if l.finished >= early && (!found || l.finished <= late) {
					in++
				}
				for _, ahead := range []int32{7 * l.n, 10 * l.n, 20 * l.n} {
					by := f.By(ahead)
					bin := min(9, by/100)
					said[bin] += float64(by) / 1000
					number[bin]++
					if l.finished <= ahead {
						was[bin]++
					}
				}
			}
			held := float64(in) / people
			t.Logf("held %.3f, finished before it %.3f", held, float64(below)/people)
			require.InDelta(t, 0.80, held, 0.05)
			for bin, n := range number {
				if n >= 100 {
					require.InDelta(t, said[bin]/float64(n), was[bin]/float64(n), 0.06, "said %d0 %% or more, %d times", bin, n)
				}
			}
		})
	}
}

func BenchmarkWhenFinished(b *testing.B) {
	c := forecast.Course{Sessions: 25, Chance: 600, Known: 20, Offers: forecast.Offers{0: 4000, 1: 11000, 2: 2000}}
	for b.Loop() {
		forecast.WhenFinished(c)
	}
}

func ExampleWhenFinished() {
	// Ten more sessions, a place in most weeks, six in ten of them used.
	f := forecast.WhenFinished(forecast.Course{Sessions: 10, Chance: 600, Known: 30, Offers: forecast.Offers{0: 3000, 1: 10000}})
	early, _ := f.When(100)
	likely, _ := f.When(500)
	late, _ := f.When(900)
	fmt.Printf("in %d weeks, 8 in 10 between %d and %d; within half a year %d %%\n", likely/7, early/7, late/7, f.By(26*7)/10)
	// Output: in 20 weeks, 8 in 10 between 14 and 32; within half a year 75 %
}
