package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// Whole projects and sessions are forbidden without asking about each pair. That must leave out no pair, and none too many, of
// which asking pair by pair would say otherwise.
func TestWhatIsForbiddenTogetherIsForbiddenPairByPair(t *testing.T) {
	t.Parallel()
	allowed, forbidden := 0, 0
	for seed := range uint64(60) {
		p, err := solver.Compile(weirdWeek(seed), constraints.All)
		require.NoError(t, err)
		for a := range p.First(solver.Minibuses) + solver.ActorIx(p.NumActors(solver.Minibuses)) {
			for s := range solver.SessionIx(p.NumSessions()) {
				by := p.ForbiddenBy(a, s)
				require.Equal(t, len(by) == 0, p.Allowed(a, s), "seed %d, actor %d, session %v: %v", seed, a, p.Session(s).Key, by)
				if p.Allowed(a, s) {
					allowed++
				} else {
					forbidden++
				}
			}
		}
	}
	require.Positive(t, allowed)
	require.Positive(t, forbidden)
}
