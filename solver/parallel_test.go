package solver_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

func TestAPanicOfALoweringReachesTheCaller(t *testing.T) {
	t.Parallel()
	c := toy("faulty", func(b *solver.Builder) {
		b.Forbid(solver.People, func(a solver.ActorIx, _ solver.SessionIx) bool {
			if a == 37 {
				panic("a fault of a constraint")
			}
			return false
		})
	})
	require.PanicsWithValue(t, "a fault of a constraint", func() {
		_, err := solver.Compile(toyWeek(1, 200, 5), []*solver.Constraint{c})
		require.NoError(t, err)
	}, "and not a crash of the process")
}
