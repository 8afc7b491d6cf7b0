package solver_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/solver"
)

func TestACutReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := solver.CutPoint{Rounds: rapid.IntRange(0, 1000).Draw(t, "rounds")}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			c = solver.CutPoint{Built: rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 7).Draw(t, "built")}
		case 1:
			c.Moves = rapid.SliceOfN(rapid.IntRange(0, 100), 1, 4).Draw(t, "moves")
		}
		if c.Guided = rapid.IntRange(0, 300).Draw(t, "guided"); c.Guided > 0 {
			c.Warm = rapid.StringMatching("([0-9a-w]{1,12})?").Draw(t, "warm")
		}
		c.Greedy = rapid.IntRange(0, 300).Draw(t, "greedy")
		got, err := solver.ParseCutPoint(c.String())
		require.NoError(t, err)
		require.Equal(t, c, got)
	})
}

func TestWhatIsNoCutIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "b", "b1,", "b,1", "b-1", "x", "-1", "1+", "1+2,", "1+2,x", "+1", "1 + 2", "1+2+3", "g", "g1", "g0:1", "x1:1", "g1:", "1:1", "g1:g1:1", "g1w:1", "gw1:1", "g1wA:1", "g1w0 b:1", "w0:1", "f1", "f:1", "fx:1", "f-1:1", "g1:f1:1", "f9223372036854775807:1"} {
		_, err := solver.ParseCutPoint(text)
		require.ErrorContains(t, err, "expected rounds such as 12", text)
	}
}
