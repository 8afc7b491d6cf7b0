package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFaultsArePlantedAroundComparisonsAndNumbers(t *testing.T) {
	t.Parallel()
	dir, tmp := t.TempDir(), t.TempDir()
	source := "package p\n\nconst most = 3\n\nfunc f(a, b int32) bool { return a < b+2 && a != most }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "some_rule.go"), []byte(source), 0o600))
	all, err := plant(dir, tmp, wanted(""))
	require.NoError(t, err)
	require.Len(t, all, 3, "a boundary, a number and an inequality; constants must stay constant")
	require.Contains(t, all[0].tests, "^TestSomeRule")
	require.Contains(t, all[0].tests, "/^some-rule$")
	text, err := os.ReadFile(filepath.Join(tmp, "some_rule.go"))
	require.NoError(t, err)
	require.Contains(t, string(text), "faultyTruth(1, a < b+int32(faultyNumber(2, int64(2))), a <= b+2) && faultyTruth(3, a != most, a == most)")
}
