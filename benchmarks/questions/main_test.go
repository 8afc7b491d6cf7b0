package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheBenchmarkRuns runs all of it on a small region.
func TestTheBenchmarkRuns(t *testing.T) {
	t.Parallel()
	require.NoError(t, run(120, 1, 2, 3))
}
