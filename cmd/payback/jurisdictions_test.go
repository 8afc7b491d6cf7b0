package main_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// planOf plans the example region of a jurisdiction under a profile, has the plan checked, and gives its appointments, a line
// each, and everything that was said.
func planOf(t *testing.T, example, profile string) (appointments, said string) {
	t.Helper()
	dir, out := filepath.Join("..", "..", "docs", "examples", example), filepath.Join(t.TempDir(), "w49")
	o := must(t, "plan", dir, "--policy", profile, "--week", "2026-W49", "--as-of", "2026-11-26T09:00", "--rounds", "3", "--out", out)
	judged := must(t, "check", dir, "--roster", out, "--policy", profile, "--week", "2026-W49", "--as-of", "2026-11-26T09:00")
	require.Contains(t, judged.stdout, " 0 must-fix.")
	return bytesOf(t, out)["appointments.csv"], o.stdout + o.stderr
}

// targets reads an example region and gives the target date of each person's order.
func targets(t *testing.T, example, profile string) map[model.CRN]string {
	t.Helper()
	p, err := policy.Load(profile)
	require.NoError(t, err)
	f, _, err := exchange.Read(filepath.Join("..", "..", "docs", "examples", example), exchange.Options{Zone: p.Zone, Orders: p.On("2026-11-26").Orders()})
	require.NoError(t, err)
	out := map[model.CRN]string{}
	for i := range f.People {
		out[f.People[i].CRN] = f.People[i].Requirements[0].Target.String()
	}
	return out
}

func TestScotlandHasShortOrdersWithLevelsOfTheirOwn(t *testing.T) {
	t.Parallel()
	all := targets(t, "scotland", "scotland")
	require.Equal(t, "2026-12-07", all["A100001"], "20 hours: level 1, three months")
	require.Equal(t, "2026-12-07", all["A100002"], "100 hours: still level 1")
	require.Equal(t, "2027-03-07", all["A100003"], "101 hours: level 2, six months")

	week, _ := planOf(t, "scotland", "scotland")
	require.Contains(t, week, "A100001,", "an order of 20 hours is an order")
	require.Contains(t, week, "A100005,1,E90,2026-11-30", "the first meeting comes before any work")
	week, said := planOf(t, "scotland", "england-wales")
	require.NotContains(t, week, "A100001,", "20 hours are too few in England and Wales")
	require.Contains(t, said, "40 to 300 hours")
	require.Equal(t, "2027-09-07", targets(t, "scotland", "england-wales")["A100003"])
}

func TestOntarioFollowsTheCourtAndReachesRemoteAreas(t *testing.T) {
	t.Parallel()
	all := targets(t, "ontario", "ontario")
	require.Equal(t, "2027-03-31", all["A200001"], "the end that the court set")
	require.Equal(t, "2027-12-01", all["A200002"], "eighteen months where it set none")

	week, _ := planOf(t, "ontario", "ontario")
	require.Contains(t, week, "A200001,", "two hours away, with nothing nearer")
	require.NotContains(t, week, "A200004,", "ten hours away is too far for anybody")
	week, _ = planOf(t, "ontario", "england-wales")
	require.NotContains(t, week, "A200001,")
	require.Contains(t, week, "A200002,")
}

func TestBermudaWorksInLeisureTime(t *testing.T) {
	t.Parallel()
	week, _ := planOf(t, "bermuda", "bermuda")
	require.NotContains(t, week, "2026-12-02", "Wednesday from nine to four is working time")
	require.Contains(t, week, "B10,2026-12-03,18:00", "an evening is leisure time")
	require.Contains(t, week, "B10,2026-12-05,09:00", "and so is a Saturday")
	week, _ = planOf(t, "bermuda", "england-wales")
	require.Contains(t, week, "2026-12-02", "which nobody minds elsewhere")
	require.Equal(t, 1, strings.Count(week, "A300001,1,B10,2026-12-02"))
}
