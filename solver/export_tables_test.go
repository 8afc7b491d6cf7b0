package solver_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// tables is as much of the export as prices pairs and counters, read without the engine.
type tables struct {
	People int   `json:"people"`
	Base   int64 `json:"base"`
	Actors []struct {
		Sessions []solver.SessionIx `json:"sessions"`
		Costs    []int64            `json:"costs"`
	} `json:"actors"`
	Sessions []struct {
		Project int `json:"project"`
	} `json:"sessions"`
	Masks     [][]int64 `json:"masks"`
	MaskWords int       `json:"mask_words"`
	Grids     []struct {
		Shape   int        `json:"shape"`
		When    int        `json:"when"`
		Price   int64      `json:"price"`
		Cols    int        `json:"cols"`
		Cells   int        `json:"cells"`
		Limit   []int64    `json:"limit"`
		Worth   [][6]int64 `json:"worth"`
		Row     []int      `json:"row"`
		Weight  []int64    `json:"weight"`
		Guard   []int64    `json:"guard"`
		Columns [][]int    `json:"columns"`
		Length  []int64    `json:"length"`
		Mask    int        `json:"mask"`
	} `json:"grids"`
}

func tablesOf(t require.TestingT, p *solver.Problem) (*tables, string) {
	var out bytes.Buffer
	require.NoError(t, p.WriteTables(&out))
	x := &tables{}
	require.NoError(t, json.Unmarshal(out.Bytes(), x))
	return x, out.String()
}

// cost adds up what a state costs by the tables; false: somebody is where the tables do not let them.
func (x *tables) cost(s *solver.State) (hard, soft int64, known bool) {
	soft = x.Base
	for a := range x.Actors {
		for _, at := range s.SessionsOf(solver.ActorIx(a)) {
			k, ok := slices.BinarySearch(x.Actors[a].Sessions, at)
			if !ok {
				return 0, 0, false
			}
			soft += x.Actors[a].Costs[k]
		}
	}
	for i := range x.Grids {
		h, p := x.gridCost(i, s)
		hard, soft = hard+h, soft+p
	}
	return hard, soft, true
}

func (x *tables) gridCost(i int, s *solver.State) (hard, soft int64) {
	g := &x.Grids[i]
	value, guard := make([]int64, g.Cells), make([]int64, g.Cells)
	for a := range x.Actors {
		for _, at := range s.SessionsOf(solver.ActorIx(a)) {
			k := x.Sessions[at].Project
			if g.Row[a] < 0 || a < x.People && g.Mask >= 0 && x.Masks[g.Mask][a*x.MaskWords+k/64]>>(k%64)&1 == 0 {
				continue
			}
			for _, col := range g.Columns[at] {
				value[g.Row[a]*g.Cols+col] += g.Weight[a] * g.Length[at]
				if g.Guard != nil {
					guard[g.Row[a]*g.Cols+col] += g.Guard[a]
				}
			}
		}
	}
	for c, v := range value {
		if g.When == 1 && guard[c] <= 0 || g.When == 2 && guard[c] > 0 {
			continue
		}
		limit := int64(0)
		if len(g.Limit) > 0 {
			limit = g.Limit[c%len(g.Limit)]
		}
		cases := int64(0)
		switch solver.Shape(g.Shape) {
		case solver.Over:
			cases = max(0, v-limit)
		case solver.Beyond:
			cases = map[bool]int64{true: 1}[v > limit]
		case solver.Hole:
			cases = map[bool]int64{true: 1}[0 < v && v < limit]
		case solver.Missing:
			cases = map[bool]int64{true: 1}[v == 0]
		case solver.Open:
			soft += limit * map[bool]int64{true: 1}[v > 0]
		case solver.Curve:
			w := g.Worth[c/g.Cols]
			soft -= (&model.Worth{First: w[0], Pace: w[1], Beyond: w[2], Day: int32(w[3]), Needed: int32(w[4]), Cap: int32(w[5])}).Of(int32(v))
		}
		if g.Price != 0 {
			soft += g.Price * cases
		} else {
			hard += cases
		}
	}
	return hard, soft
}

// Tables say of pairs and counters what the engine says.
func TestTablesPriceWhatTheEnginePrices(t *testing.T) {
	t.Parallel()
	tried := 0
	for i, k := range exported() {
		if i >= 4 && i < len(exported())-30 { // those of pairs, and of counters
			continue
		}
		for seed := range uint64(12) {
			p, _ := drawn(t, seed, k)
			x, _ := tablesOf(t, p)
			s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 41))
			for range 12 {
				flip(s, rng)
				hard, soft, known := x.cost(s)
				if !known || k.name == "required pairs, one of them forbidden too" {
					continue
				}
				s.Settle()
				require.Equal(t, solver.Score{hard, soft}, s.Score(), k.name)
				tried++
			}
		}
	}
	require.Greater(t, tried, 2000)
}

func TestTablesNameNobodyAndRefuseExactTrips(t *testing.T) {
	t.Parallel()
	p, err := solver.CompileEstimated(toyWeek(1, 6, 2), toys())
	require.NoError(t, err)
	_, text := tablesOf(t, p)
	require.NotContains(t, text, "X000")
	require.NotContains(t, text, "K0")

	p, err = solver.Compile(toyWeek(1, 6, 2), toys())
	require.NoError(t, err)
	require.ErrorContains(t, p.WriteTables(&bytes.Buffer{}), "compile it with estimated trips")
}
