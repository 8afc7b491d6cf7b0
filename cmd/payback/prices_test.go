package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPlanAtOtherPricesSaysWhatTheyDid(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := filepath.Join(t.TempDir(), "w49")
	o := must(t, "plan", dir, "--out", out, "--rounds", "2", "--price", "opening.session=90000", "--weight", "travel=0")
	require.Contains(t, o.stdout, "Asked for travel.minute 0 instead of 200: 0 cases of travel cost 0 points, and ")
	require.Regexp(t, `Asked for opening\.session 90,000 instead of 60,000: \d+ cases of opening cost [\d,]+ points, and [\d,]+ at the policy's price`, o.stdout)
	require.NotContains(t, run("check", dir, "--roster", out).stderr, "are not those that w49 was made from")
	var p struct {
		Prices []struct {
			Cost   int64 `json:"cost_millipoints"`
			Before int64 `json:"usual_cost_millipoints"`
		}
	}
	raw, err := os.ReadFile(filepath.Join(out, "plan.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &p))
	require.Len(t, p.Prices, 4)
	require.Greater(t, p.Prices[3].Cost, p.Prices[3].Before)
}

func TestPricesThatCannotBeReadAreUsage(t *testing.T) {
	t.Parallel()
	dir := region(t, "20")
	for flags, want := range map[[2]string]string{
		{"--price", "opening.session"}:      `--price: found "opening.session"; expected a name and a whole number, as in opening.session=90000.`,
		{"--price", "opening.session=9e3"}:  `--price: found "opening.session=9e3"`,
		{"--weight", "=3"}:                  `--weight: found "=3"`,
		{"--weight", "risk-of-harm=50"}:     `found a weight for "risk-of-harm"; expected a priced rule`,
		{"--price", "order-dates.target=1"}: `found a price for "order-dates.target"`,
	} {
		o := run("plan", dir, "--out", filepath.Join(t.TempDir(), "x"), "--rounds", "1", flags[0], flags[1])
		require.Equal(t, 2, o.code, o.stderr)
		require.Contains(t, o.stderr, want)
	}
}
