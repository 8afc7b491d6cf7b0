package main_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProgressIsPlainWhereNobodyCanSeeALineRedrawn(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	o := must(t, "plan", dir, "--out", filepath.Join(t.TempDir(), "w49"), "--rounds", "2")
	require.True(t, strings.HasPrefix(o.stderr, "Reading region\n"), o.stderr)
	require.Contains(t, o.stderr, "\nPlanning week 2026-W49\n")
	require.NotContains(t, o.stderr, "\r")
	require.NotContains(t, o.stderr, "\x1b")
}

func TestProgressCanBeReadByPrograms(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	m, _, stderr := program()
	m.Now = time.Now
	out := filepath.Join(t.TempDir(), "w49")
	require.Zero(t, m.Do(context.Background(), []string{"plan", dir, "--week", "2026-W49", "--as-of", "2026-11-26T09:00", "--out", out,
		"--time", "3s", "--progress", "json"}))
	var doing []string
	placed := 0
	for line := range strings.SplitSeq(stderr.String(), "\n") {
		if !strings.HasPrefix(line, "{") {
			continue
		}
		var x struct {
			Doing  string `json:"doing"`
			Placed int    `json:"placed"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &x), line)
		doing = append(doing, x.Doing)
		placed = max(placed, x.Placed)
	}
	require.Contains(t, doing, "Reading region")
	require.Contains(t, doing, "Planning week 2026-W49")
	require.Positive(t, placed, "the line of the first second says how many are placed:\n%s", stderr)
}

func TestQuietSaysNothingButTheResult(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	for _, how := range [][]string{{"-q"}, {"--progress", "none", "--quiet"}} {
		o := must(t, append([]string{"plan", dir, "--out", filepath.Join(t.TempDir(), "w49"), "--rounds", "2"}, how...)...)
		require.Empty(t, o.stderr)
		require.Contains(t, o.stdout, "Plan w49")
	}
}
