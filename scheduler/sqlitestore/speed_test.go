package sqlitestore_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// BenchmarkKeepFacts keeps the facts of a region of 4,400 people as every import does, and reports what the file grows by.
func BenchmarkKeepFacts(b *testing.B) {
	body := regionFacts(b)
	path := filepath.Join(b.TempDir(), "payback.db")
	s := open(b, path)
	n := 0
	for b.Loop() {
		n++
		require.NoError(b, s.Update(b.Context(), "Mercia", func(w scheduler.Writer) error {
			_, err := w.Keep(strconv.AppendInt(body, int64(n), 10))
			return err
		}))
	}
	require.NoError(b, s.Close())
	info, err := os.Stat(path)
	require.NoError(b, err)
	b.ReportMetric(float64(len(body)), "json-B")
	b.ReportMetric(float64(info.Size())/float64(n), "file-B/op")
}

// BenchmarkReadFacts reads them back, as every plan does.
func BenchmarkReadFacts(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "payback.db"))
	var digest model.Digest
	require.NoError(b, s.Update(b.Context(), "Mercia", func(w scheduler.Writer) (err error) {
		digest, err = w.Keep(regionFacts(b))
		return err
	}))
	for b.Loop() {
		require.NoError(b, s.View(b.Context(), "Mercia", func(r scheduler.Reader) error {
			_, err := r.Content(digest)
			return err
		}))
	}
}

func regionFacts(tb testing.TB) []byte {
	tb.Helper()
	f, err := instance.Make(instance.Spec{People: 4400, Seed: 1, Week: model.Week{Year: 2026, Number: 49}})
	require.NoError(tb, err)
	body, err := json.Marshal(f)
	require.NoError(tb, err)
	return body
}
