package exchange_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/api/exchange"
)

func TestFactsThatAreWrittenAndReadAgainAreTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		dir, remove := freshFolder(t)
		defer remove()
		require.NoError(t, exchange.WriteFacts(dir, f))
		got, report, err := exchange.ReadDir(dir, exchange.Options{})
		require.NoError(t, err)
		require.Empty(t, report.Problems)
		require.Equal(t, f, got)
		before := contents(t, dir)
		require.NoError(t, exchange.WriteFacts(dir, got))
		require.Equal(t, before, contents(t, dir), "written again, byte for byte")
	})
}

// contents gives every file of a folder by name.
func contents(t require.TestingT, dir string) map[string]string {
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		out[e.Name()] = string(raw)
	}
	return out
}

// freshFolder makes a folder for one of many draws, which would pile up until the end of the test otherwise.
func freshFolder(t require.TestingT) (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "exchange")
	require.NoError(t, err)
	return dir, func() { require.NoError(t, os.RemoveAll(dir)) }
}
