package scheduler

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheWeeksOfANightFitIntoItsTimeAndTheComingOneGetsTheMost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weeks := rapid.IntRange(1, 8).Draw(t, "weeks")
		share := time.Duration(rapid.IntRange(60, 3600).Draw(t, "seconds")) * time.Second
		beside := share * time.Duration(rapid.IntRange(0, 40).Draw(t, "beside")) / 1000
		now := time.Date(2026, 11, 27, 2, 30, 0, 0, time.UTC)
		x := nightTime{until: now.Add(share)}
		begin := now
		var all []time.Duration
		for i := range weeks {
			limit := x.next(now, i == 0, weeks-i)
			all = append(all, limit)
			now = now.Add(limit + beside)
			x.spent(now, limit)
		}
		if took := now.Sub(begin); took > share+beside+time.Second && all[weeks-1] > leastSearch {
			t.Fatalf("%d weeks took %v of %v, %v each beside the search", weeks, took, share, beside)
		}
		if beside == 0 && now.Sub(begin) < share*8/10 && share < maxSearch {
			t.Fatalf("%d weeks took %v of %v only: %v", weeks, now.Sub(begin), share, all)
		}
		for _, limit := range all {
			if limit < leastSearch || limit > all[0]+time.Second && all[0] > leastSearch {
				t.Fatalf("found searches of %v", all)
			}
		}
	})
}

func TestANightWithoutTimeLeftSearchesALittle(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 27, 2, 30, 0, 0, time.UTC)
	x := nightTime{until: now.Add(-time.Hour)}
	require.Equal(t, leastSearch, x.next(now, true, 4))
	x = nightTime{until: now.Add(1000 * time.Hour)}
	require.Equal(t, maxSearch, x.next(now, true, 4), "no search is asked for that would be refused")
}

func TestRegionsShareANightByTheirPeople(t *testing.T) {
	t.Parallel()
	const total = 15 * time.Minute
	big, small := nightPart{people: 9000}, nightPart{people: 1000}
	require.Equal(t, 9*total/10, shareOf(total, big, []nightPart{small, {}}))
	require.Equal(t, total/10, shareOf(total, small, []nightPart{big}))
	big.over, big.took = true, total/2
	require.Equal(t, total/2, shareOf(total, small, []nightPart{big}), "what one leaves over is the others'")
	big.took = 100 * time.Hour
	require.Zero(t, shareOf(total, small, []nightPart{big}))
	require.Equal(t, total, shareOf(total, small, nil))
}

// However the times of regions come out, each taking its share in turn takes the time of all, and one that takes too long costs the
// others no more than twice its part.
func TestSharesInTurnAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const total = 15 * time.Minute
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) nightPart {
			return nightPart{people: rapid.IntRange(1, 10_000).Draw(t, "people")}
		}), 1, 12).Draw(t, "regions")
		late := rapid.IntRange(-1, len(all)-1).Draw(t, "late")
		people := 0
		for _, x := range all {
			people += x.people
		}
		sum := time.Duration(0)
		for i := range all {
			var others []nightPart
			for k := range all {
				if k != i {
					others = append(others, all[k])
				}
			}
			share := shareOf(total, all[i], others)
			if late < 0 || i <= late {
				want := float64(total) * float64(all[i].people) / float64(people)
				require.InEpsilon(t, want, float64(share), 1e-6)
			}
			all[i].over, all[i].took = true, share
			sum += share
			if i == late {
				all[i].took = total
			}
		}
		if late < 0 {
			require.InEpsilon(t, float64(total), float64(sum), 1e-6)
		}
		if cost := float64(total) * float64(all[max(0, late)].people) / float64(people); late >= 0 && float64(sum) < float64(total)-cost*1.01 {
			t.Fatalf("one of %d that was late left %v of %v to all", len(all), sum, total)
		}
	})
}
