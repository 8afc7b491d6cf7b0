package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// weightOf gives how many bytes a page is when packed.
func weightOf(t *testing.T, page []byte) int {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(page)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return packed.Len()
}

func TestABoardOfSixtySupervisorsStaysLight(t *testing.T) {
	t.Parallel()
	w := heavy(t)
	require.Len(t, w.Snapshot.Supervisors, 60)
	for _, path := range pages(w) {
		got := ask(source{week: w}, http.MethodGet, path).Body.Bytes()
		require.Less(t, weightOf(t, got), 25_000, "bytes sent for %s", path)
	}
}

func TestABoardOfThousandsOfPeopleTakesNoTwentiethOfASecond(t *testing.T) { // runs alone: it is measured; the best of many tries, for a machine may be busy
	w, limit := heavy(t), 50*time.Millisecond
	if raced() {
		limit = time.Second
	}
	best := time.Hour
	for tries := 0; tries < 100 && (best >= limit || tries < 3); tries++ {
		start := time.Now()
		got := ask(source{week: w}, http.MethodGet, "/weeks/2026-W49").Body.Bytes()
		best = min(best, time.Since(start))
		if tries == 0 {
			require.GreaterOrEqual(t, bytes.Count(got, []byte(`<th scope="row">`)), 60)
			t.Logf("%d bytes, %d packed", len(got), weightOf(t, got))
		}
	}
	t.Logf("a board of %d people in %v", len(w.Snapshot.People), best)
	require.Less(t, best, limit)
}

// raced reports whether the race detector is on, which slows everything down.
func raced() bool {
	b, _ := debug.ReadBuildInfo()
	return slices.Contains(b.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
