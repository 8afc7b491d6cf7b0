package exchange_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

func TestAWorkbookHoldsTheSameFactsAsTheFiles(t *testing.T) {
	t.Parallel()
	f, err := instance.Make(instance.Spec{People: 80, Seed: 4, Week: model.Week{Year: 2026, Number: 49}})
	require.NoError(t, err)
	dir := t.TempDir()
	book := filepath.Join(dir, "region.xlsx")
	require.NoError(t, exchange.WriteFacts(dir, f))
	require.NoError(t, exchange.WriteWorkbook(book, f))
	files, report, err := exchange.ReadDir(dir, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Problems)
	sheets, report, err := exchange.ReadWorkbook(book, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Problems)
	require.Equal(t, files, sheets)
}
