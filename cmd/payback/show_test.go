package main_test

import (
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPlanIsShownFromItsFolderAlone(t *testing.T) {
	t.Parallel()
	out := plan(t, region(t, "200"))
	rows := len(rowsOf(t, filepath.Join(out, "appointments.csv"))) - 1
	sessions, err := csv.NewReader(strings.NewReader(bytesOf(t, out)["sessions.csv"])).ReadAll()
	require.NoError(t, err)
	for by, want := range map[string]int{"session": len(sessions) - 1, "person": rows, "supervisor": -1, "minibus": -1, "unplaced": -1} {
		table := must(t, "show", out, "--by", by).stdout
		narrow(t, table)
		var items []map[string]any
		require.NoError(t, json.Unmarshal([]byte(must(t, "show", out, "--by", by, "-o", "json").stdout), &items))
		require.NotEmpty(t, items, by)
		if want >= 0 {
			require.Len(t, items, want, by)
		}
		lines := strings.Split(strings.TrimSpace(must(t, "show", out, "--by", by, "-o", "jsonl").stdout), "\n")
		require.Len(t, lines, len(items))
		records, err := csv.NewReader(strings.NewReader(must(t, "show", out, "--by", by, "-o", "csv").stdout)).ReadAll()
		require.NoError(t, err)
		require.Len(t, records, len(items)+1)
		bare, err := csv.NewReader(strings.NewReader(must(t, "show", out, "--by", by, "-o", "csv", "--no-headers").stdout)).ReadAll()
		require.NoError(t, err)
		require.Equal(t, records[1:], bare)
	}
}

func TestOneSessionAndOnePersonCanBeAskedFor(t *testing.T) {
	t.Parallel()
	out := plan(t, region(t, "200"))
	row := rowsOf(t, filepath.Join(out, "appointments.csv"))[1]
	crn, session := row[0], row[2]+"/"+row[3]+"/"+row[4]
	require.Contains(t, must(t, "show", out, "--session", session).stdout, crn)
	o := must(t, "show", out, "--person", strings.ToLower(crn), "-o", "csv", "--no-headers")
	for line := range strings.SplitSeq(strings.TrimSpace(o.stdout), "\n") {
		require.True(t, strings.HasPrefix(line, crn+","), line)
	}

	o = run("show", out, "--session", row[2][:len(row[2])-1]+"/"+row[3])
	require.Equal(t, 5, o.code)
	require.Contains(t, o.stderr, "Sessions that day starting with "+row[2][:len(row[2])-1]+": ")
	o = run("show", out, "--session", "ZZ99/2026-12-01")
	require.Equal(t, 5, o.code)
	o = run("show", out, "--person", "A000000")
	require.Equal(t, 5, o.code)
	require.Contains(t, o.stderr, "No person A000000 in this plan")
	o = run("show", out, "--session", "ZZ99")
	require.Equal(t, 2, o.code)
	require.Contains(t, o.stderr, "expected PROJECT/DATE")
}

func TestTheSameDiffersInNothing(t *testing.T) {
	t.Parallel()
	out := plan(t, region(t, "60"))
	o := must(t, "diff", out, out, "--exit-code")
	require.Equal(t, "0 changes: 0 added, 0 moved, 0 removed, 0 supervisor or minibus.\n", o.stdout)
	require.Equal(t, "[]\n", must(t, "diff", out, out, "-o", "json").stdout)
}

func TestTwoPlansAreToldApart(t *testing.T) {
	t.Parallel()
	dir := region(t, "200")
	first, second := plan(t, dir), plan(t, dir, "--seed", "8", "--price", "opening.session=900000")
	o := must(t, "diff", first, second)
	narrow(t, o.stdout)
	require.Regexp(t, `(?m)^~  [A-Z]\d{6} +\S+ \d+ (Nov|Dec) +\S.*  was .*notice \d+ days$`, o.stdout)
	require.Regexp(t, `(?m)^\+  [A-Z]\d{6} .*  was not placed`, o.stdout)
	require.Regexp(t, `(?m)^-  [A-Z]\d{6} .*  now not placed: `, o.stdout)
	require.Regexp(t, `\n\d+ changes: \d+ added, \d+ moved, \d+ removed, \d+ supervisor or minibus\.\n$`, o.stdout)
	require.NotContains(t, o.stdout, "\x1b[", "results that go to a file are not coloured")
	require.Equal(t, 10, run("diff", first, second, "--exit-code").code)

	var all, people, supervisors, minibuses []map[string]any
	for by, to := range map[string]*[]map[string]any{"": &all, "person": &people, "supervisor": &supervisors, "minibus": &minibuses} {
		args := []string{"diff", first, second, "-o", "json"}
		if by != "" {
			args = append(args, "--by", by)
		}
		require.NoError(t, json.Unmarshal([]byte(must(t, args...).stdout), to))
		for _, c := range *to {
			require.True(t, by == "" || c["part"] == by)
		}
	}
	require.NotEmpty(t, people)
	require.NotEmpty(t, supervisors)
	require.GreaterOrEqual(t, len(people)+len(supervisors)+len(minibuses), len(all))

	back := must(t, "diff", second, first).stdout
	require.Equal(t, strings.Count(o.stdout, "\n+"), strings.Count(back, "\n-"), "what one way adds the other takes away")
}

func TestPlansOfDifferentWeeksAreNotCompared(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	one := plan(t, dir)
	o := run("diff", one, plan(t, dir, "--week", "2026-W50"))
	require.Equal(t, 2, o.code)
	require.Contains(t, o.stderr, "expected two plans of one region and week")
}

func TestAPlanFileThatWasSpoiledIsRefusedInWords(t *testing.T) {
	t.Parallel()
	out := plan(t, region(t, "60"))
	edit(t, filepath.Join(out, "plan.json"), func(s string) string { return s[:len(s)/2] })
	o := run("show", out)
	require.Equal(t, 3, o.code)
	require.Contains(t, o.stderr, "it was changed by hand or cut short. Plan again.")
}
