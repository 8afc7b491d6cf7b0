package location_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/public/location"
	"github.com/communitypayback/payback/solver"
)

// tiny is an instance made by hand: three facilities, four customers.
const tiny = `3 4
10 6 8
100.000000 40.5 60
5 4 3 2
10 20 30
7 3 9
4 4 4.250
1 2 3
`

// tinyPairs is the same in the other layout.
const tinyPairs = `3 4
10 100
6 40.5
8 60
5. 4. 3. 2.
10 7 4 1
20 3 4 2
30 9 4.25 3
`

func TestBothLayoutsAreRead(t *testing.T) {
	t.Parallel()
	want := &location.Instance{
		Name: "p1", Capacity: []int32{10, 6, 8}, Opening: []int32{100_000, 40_500, 60_000}, Demand: []int32{5, 4, 3, 2},
		Cost: [][]int32{{10_000, 20_000, 30_000}, {7000, 3000, 9000}, {4000, 4000, 4250}, {1000, 2000, 3000}},
	}
	got, err := location.Read("p1", strings.NewReader(tiny), location.Formatted)
	require.NoError(t, err)
	require.Equal(t, want, got)
	got, err = location.Read("p1", strings.NewReader(tinyPairs), location.Pairs)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestFilesThatAreNoInstancesAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, wrong string }{
		{"nothing", "", "p1, line 0: found the end; expected the number of facilities"},
		{"a word", "3 four\n", `p1, line 1: found "four"; expected the number of customers, a number from 0`},
		{"no customers", "3 0\n", "p1, line 1: found 3 facilities and 0 customers; expected 1 to"},
		{"too many", "99999 99999\n", "found 99999 facilities and 99999 customers"},
		{"cut short", strings.Join(strings.Split(tiny, "\n")[:6], "\n"), "p1, line 6: found the end; expected a cost"},
		{"too long", tiny + "\n7\n", `p1, line 10: found "7"; expected the end. Is the layout the other one?`},
		{"a negative demand", strings.Replace(tiny, "5 4 3 2", "5 -4 3 2", 1), `p1, line 4: found "-4"; expected a demand`},
		{"half a demand", strings.Replace(tiny, "5 4 3 2", "5 4.5 3 2", 1), `p1, line 4: found "4.5"; expected a demand, a number from 0 to 536870911 in steps of 1`},
		{"no number", strings.Replace(tiny, "100.0", "NaN0", 1), `p1, line 3: found "NaN000000"`},
		{"an infinite cost", strings.Replace(tiny, "40.5", "Inf", 1), `p1, line 3: found "Inf"; expected an opening cost`},
		{"somebody too large", strings.Replace(tiny, "5 4 3 2", "11 4 3 2", 1), "customer 1 has a demand of 11; expected at most 10"},
		{"too little room", strings.Replace(tiny, "5 4 3 2", "9 9 9 2", 1), "found demands of 29 in all and capacities of 24"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := location.Read("p1", strings.NewReader(c.text), location.Formatted)
			require.ErrorContains(t, err, c.wrong)
		})
	}
	_, err := location.Read("p1", strings.NewReader(tiny), "rows")
	require.ErrorContains(t, err, `found layout "rows"; expected formatted or pairs`)
}

func TestAFolderIsReadInOrderWithItsOptima(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	_, err := location.ReadDir(dir, location.Formatted)
	require.ErrorContains(t, err, "found no file p1, p2")
	write("p10", tiny)
	write("p2", tiny)
	write("p02", "not looked at")
	write("readme", "not looked at")
	write("os", "1.5\n122.5\n")
	all, err := location.ReadDir(dir, location.Formatted)
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, "p2", all[0].Name)
	require.Equal(t, int64(122_500), all[0].Optimum)
	require.Equal(t, "p10", all[1].Name)
	require.Zero(t, all[1].Optimum)

	write("os", "1 many\n")
	_, err = location.ReadDir(dir, location.Formatted)
	require.ErrorContains(t, err, `os: number 2 is "many"; expected a cost`)
	write("os", "1")
	write("p3", "3 4\n")
	_, err = location.ReadDir(dir, location.Formatted)
	require.ErrorContains(t, err, "p3, line 1: found the end")
	_, err = location.ReadDir(filepath.Join(dir, "nowhere"), location.Formatted)
	require.ErrorContains(t, err, "nowhere")
}

// drawn makes up an instance whose capacities are tight.
func drawn(rng *rand.Rand, facilities, customers int) *location.Instance {
	in := &location.Instance{Name: "drawn"}
	sum := int32(0)
	for range customers {
		in.Demand = append(in.Demand, 1+rng.Int32N(9))
		sum += in.Demand[len(in.Demand)-1]
		var row []int32
		for range facilities {
			row = append(row, rng.Int32N(60_000))
		}
		in.Cost = append(in.Cost, row)
	}
	for range facilities {
		in.Capacity = append(in.Capacity, 9+2*sum/int32(facilities+1)+rng.Int32N(4))
		in.Opening = append(in.Opening, 20_000+rng.Int32N(90_000))
	}
	return in
}

// least tries every assignment; -1: none keeps the capacities.
func least(in *location.Instance) int64 {
	best := int64(-1)
	load := make([]int32, len(in.Capacity))
	var try func(i int, cost int64)
	try = func(i int, cost int64) {
		if i == len(in.Demand) {
			if best < 0 || cost < best {
				best = cost
			}
			return
		}
		for k := range load {
			if load[k]+in.Demand[i] > in.Capacity[k] {
				continue
			}
			more := int64(in.Cost[i][k])
			if load[k] == 0 {
				more += int64(in.Opening[k])
			}
			load[k] += in.Demand[i]
			try(i+1, cost+more)
			load[k] -= in.Demand[i]
		}
	}
	try(0, 0)
	return best
}

// The search proves nothing, and one of these it leaves just above the optimum.
func TestTinyInstancesAreSolvedToTheirOptimumOrNearlySo(t *testing.T) {
	t.Parallel()
	in, err := location.Read("p1", strings.NewReader(tiny), location.Formatted)
	require.NoError(t, err)
	instances := []*location.Instance{in}
	rng := rand.New(rand.NewPCG(3, 31))
	for range 12 {
		instances = append(instances, drawn(rng, 3+rng.IntN(2), 5+rng.IntN(3)))
	}
	several, best := 0, 0
	for i, in := range instances {
		s, err := in.Solve(t.Context(), solver.Options{Seed: 1, Workers: 1, Rounds: 24})
		require.NoError(t, err)
		require.NotNil(t, s)
		want := least(in)
		require.Positive(t, want)
		require.GreaterOrEqual(t, s.Cost, want)
		require.Less(t, float64(s.Cost), 1.01*float64(want))
		if s.Cost == want {
			best++
		}
		require.Equal(t, s.Cost, costOf(t, in, s.Facility))
		open := map[int]bool{}
		for _, k := range s.Facility {
			open[k] = true
		}
		if len(open) > 1 {
			several++
		}
		_, known := s.Gap(in)
		require.False(t, known)
		in.Optimum = s.Cost * 4 / 5
		gap, known := s.Gap(in)
		require.True(t, known)
		require.InDelta(t, 0.25, gap, 0.001, "instance %d", i)
	}
	require.GreaterOrEqual(t, best, len(instances)-1)
	require.Greater(t, several, 6, "one facility served everybody")
}

// costOf adds a solution up afresh and sees to its capacities.
func costOf(t *testing.T, in *location.Instance, facility []int) (sum int64) {
	t.Helper()
	load := make([]int32, len(in.Capacity))
	for i, k := range facility {
		if load[k] == 0 {
			sum += int64(in.Opening[k])
		}
		load[k] += in.Demand[i]
		sum += int64(in.Cost[i][k])
		require.LessOrEqual(t, load[k], in.Capacity[k])
	}
	return sum
}

// Two customers of 3 and one facility of 5 beside one of 1: no solution, which is an answer.
func TestNoSolutionIsAnAnswer(t *testing.T) {
	t.Parallel()
	in, err := location.Read("p1", strings.NewReader("2 2\n5 1\n1 1\n3 3\n1 1\n1 1\n"), location.Formatted)
	require.NoError(t, err)
	require.Negative(t, least(in))
	s, err := in.Solve(t.Context(), solver.Options{Seed: 1, Workers: 1, Rounds: 1})
	require.NoError(t, err)
	require.Nil(t, s)
}
