package bound

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/solver"
)

// The greatest flow is the least cut of all there are, and what is left within reach is such a cut, with the fewest nodes.
func TestTheGreatestFlowIsTheLeastCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(2, 8).Draw(t, "nodes")
		var g network
		for range rapid.IntRange(0, 24).Draw(t, "links") {
			from, to := rapid.IntRange(0, nodes-1).Draw(t, "from"), rapid.IntRange(0, nodes-1).Draw(t, "to")
			g.connect(int32(from), int32(to), rapid.Int64Range(0, 9).Draw(t, "capacity"))
		}
		g.lay(nodes)
		flow := g.greatest()
		through := func(side func(int32) bool) (sum int64) {
			for _, l := range g.links {
				if side(l.from) && !side(l.to) {
					sum += l.capacity
				}
			}
			return sum
		}
		require.Equal(t, flow, through(g.reached))
		for side := 1; side < 1<<nodes; side += 2 { // the source is in it
			if side&2 != 0 {
				continue
			}
			in := func(v int32) bool { return side>>v&1 != 0 }
			cut := through(in)
			require.GreaterOrEqual(t, cut, flow)
			for v := range int32(nodes) {
				require.False(t, cut == flow && g.reached(v) && !in(v), "what is within reach is in every least cut")
			}
		}
	})
}

// What a room holds is the largest of all groups that keep the rule of chance and the most that may be booked.
func TestARoomHoldsTheLargestGroupThatItsRulesAllow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var c crowd
		chances := rapid.SliceOfN(rapid.Int16Range(20, 1000), 1, 10).Draw(t, "permille")
		for _, a := range chances {
			c.add(a, 1)
		}
		places := rapid.Int32Range(0, 8).Draw(t, "places")
		limit := rapid.SampledFrom([]int64{20, 50, 200}).Draw(t, "limit")
		room := solver.RelaxedRoom{Limit: limit * sure / 1000, Booked: 150}
		held := c.held(&room, places)
		best := 0
		for some := range 1 << len(chances) { // every group there is
			var group []float64
			for i, a := range chances {
				if some>>i&1 != 0 {
					group = append(group, float64(a)/1000)
				}
			}
			if len(group) <= int(places)*3/2 && exceeded(int(places), group) <= float64(limit)/1000 {
				best = max(best, len(group))
			}
		}
		require.Equal(t, int32(best), held, "%v in %d places", chances, places)
	})
}
