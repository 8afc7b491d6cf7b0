package storetest_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPlansOfOneMomentAreListedInTheOrderTheyWereMade makes several plans while the clock stands still.
func TestPlansOfOneMomentAreListedInTheOrderTheyWereMade(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var made, listed []string
	for range 8 {
		made = append(made, d.planned().ID)
	}
	all, err := d.s.Drafts(ctx, d.who, d.region, week)
	require.NoError(t, err)
	for i := range all {
		listed = append(listed, all[i].ID)
	}
	slices.Reverse(made)
	require.Equal(t, made, listed)
}
