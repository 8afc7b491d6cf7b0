package redisstore_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// BenchmarkNote makes a small change, as an edit does.
func BenchmarkNote(b *testing.B) {
	s := open(b, redistest.Start(b).URL())
	for b.Loop() {
		require.NoError(b, s.Update(b.Context(), region, note("a note")))
	}
}

// BenchmarkKeepFacts keeps the facts of a region of 4,400 people as every import does.
func BenchmarkKeepFacts(b *testing.B) {
	body, n := regionFacts(b), int64(0)
	s := open(b, redistest.Start(b).URL())
	for b.Loop() {
		n++
		require.NoError(b, s.Update(b.Context(), region, func(w scheduler.Writer) error {
			_, err := w.Keep(strconv.AppendInt(body, n, 10))
			return err
		}))
	}
}

// BenchmarkReadFacts reads them back, as every plan does.
func BenchmarkReadFacts(b *testing.B) {
	s := open(b, redistest.Start(b).URL())
	var digest model.Digest
	require.NoError(b, s.Update(b.Context(), region, func(w scheduler.Writer) (err error) {
		digest, err = w.Keep(regionFacts(b))
		return err
	}))
	for b.Loop() {
		require.NoError(b, s.View(b.Context(), region, func(r scheduler.Reader) error {
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
