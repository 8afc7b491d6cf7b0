package exchange_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
)

var update = flag.Bool("update", false, "write docs/formats.md anew")

func TestFormatsDocumentIsUpToDate(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "formats.md")
	var want bytes.Buffer
	require.NoError(t, exchange.WriteFormats(&want))
	if *update {
		require.NoError(t, os.WriteFile(path, want.Bytes(), 0o644)) //nolint:gosec // a document for everyone
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want.String(), string(got), "docs/formats.md is stale: go test ./api/exchange -run Formats -update")
}

func TestTemplatesAreReadWithoutProblems(t *testing.T) {
	t.Parallel()
	for name, xlsx := range map[string]bool{"as CSV files": false, "as a workbook": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, exchange.WriteTemplates(dir, xlsx))
			path := dir
			if xlsx {
				path = filepath.Join(dir, "payback.xlsx")
			}
			f, r, err := exchange.Read(path, exchange.Options{})
			require.NoError(t, err)
			require.Empty(t, r.Problems)
			require.Len(t, r.Files, len(exchange.Kinds())+1)
			require.Equal(t, "gazetteer", r.Files[len(r.Files)-1].Kind, "of which nothing is needed here")
			for _, file := range r.Files[:len(r.Files)-1] {
				require.Equal(t, 1, file.Ready, file.Name)
			}
			require.Len(t, f.People, 1)
			require.Equal(t, "Example region", f.Region)
		})
	}
}
