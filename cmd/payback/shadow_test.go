package main_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPricesOfOneMoreAreTold(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	o := must(t, "prices", "--dir", dir, "--roster", out, "--steps", "40")
	require.Contains(t, o.stdout, "supervisor")
	require.Regexp(t, `no\s+roster\s+of\s+the\s+week\s+with\s+one\s+more`, o.stdout)
	narrow(t, o.stdout)
	var lines []struct {
		Resource string `json:"one_more"`
		Worth    int64  `json:"worth_minutes"`
		AtMost   *int64 `json:"at_most_minutes"`
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, "prices", "--dir", dir, "--roster", out, "--steps", "40", "--all", "-o", "json").stdout), &lines))
	require.NotEmpty(t, lines)
	for _, l := range lines {
		require.NotNil(t, l.AtMost)
		require.GreaterOrEqual(t, *l.AtMost, l.Worth)
	}
	bad := run("prices", "--dir", dir, "--roster", out, "--steps", "0")
	require.Equal(t, 2, bad.code)
	require.Contains(t, bad.stderr, "expected 1 to 10000")
}

func TestPricesOfAPublishedWeekAreTold(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	id := r.plan("1")
	require.Contains(t, r.must("prices", "--plan", id, "--week", "2026-W49", "--steps", "30").stdout, "minutes by which a roster")
}
