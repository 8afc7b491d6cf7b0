package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"testing"

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

func TestTheBoardHasARowForEverySupervisor(t *testing.T) {
	t.Parallel()
	got := ask(source{week: heavy(t)}, http.MethodGet, "/weeks/2026-W49").Body.Bytes()
	require.GreaterOrEqual(t, bytes.Count(got, []byte(`<th scope="row">`)), 60)
}

// BenchmarkBoard makes the board of 4,400 people and 60 supervisors.
func BenchmarkBoard(b *testing.B) {
	w := heavy(b)
	for b.Loop() {
		ask(source{week: w}, http.MethodGet, "/weeks/2026-W49")
	}
}
