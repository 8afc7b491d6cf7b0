package kept_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/kept"
)

type row struct {
	Name string `json:"name"`
}

func TestWhatWasKeptIsThereAgainAndALineThatWasCutShortIsNot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "rows.jsonl")
	f, err := kept.Open[row](path)
	require.NoError(t, err)
	require.Empty(t, f.Rows)
	require.NoError(t, f.Add(&row{"one"}))
	body, err := os.ReadFile(path) //nolint:gosec // this test's own
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(body, `{"name":"tw`...), 0o600))

	f, err = kept.Open[row](path)
	require.NoError(t, err)
	require.Equal(t, []row{{"one"}}, f.Rows)
	require.NoError(t, f.Add(&row{"three"}))
	f, err = kept.Open[row](path)
	require.NoError(t, err)
	require.Equal(t, []row{{"one"}, {"three"}}, f.Rows)
}

func TestABrokenLineAmongOthersIsToldAndNothingIsLost(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	body := []byte("{\"name\":\"one\"}\nbroken\n{\"name\":\"two\"}\n")
	require.NoError(t, os.WriteFile(path, body, 0o600))
	_, err := kept.Open[row](path)
	require.ErrorContains(t, err, "line 2")
	after, err := os.ReadFile(path) //nolint:gosec // this test's own
	require.NoError(t, err)
	require.Equal(t, body, after)
}
