package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rowsOf gives the rows of a CSV file of codes and numbers, the header first.
func rowsOf(t *testing.T, path string) [][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(b), "\n"), "\n") {
		rows = append(rows, strings.Split(line, ","))
	}
	return rows
}

func TestARosterMadeUnsafeByHandIsRefused(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	for name, c := range map[string]struct {
		file  string
		edit  func(t *testing.T, rows [][]string, s string) string
		rules []string
	}{
		"nobody supervises the groups": {
			"sessions.csv", func(_ *testing.T, rows [][]string, s string) string {
				at := slices.Index(rows[0], "supervisor_codes")
				for _, r := range rows[1:] {
					if r[at] != "" {
						s = strings.Replace(s, ","+r[at]+",", ",,", 1)
					}
				}
				return s
			}, []string{"supervision"},
		},
		"somebody is in one session twice as far as the day allows": {
			"appointments.csv", func(t *testing.T, rows [][]string, s string) string {
				t.Helper()
				for i, first := range rows[1:] {
					for _, r := range rows[i+2:] {
						if r[3] == first[3] && r[2] != first[2] && r[0] != first[0] { // the same date, another project
							return s + strings.Join(append([]string{first[0], first[1]}, r[2:]...), ",") + "\n"
						}
					}
				}
				require.Fail(t, "the plan has no two projects on one day")
				return s
			}, []string{"one-place"},
		},
		"a whole group goes to one small project": {
			"appointments.csv", func(t *testing.T, rows [][]string, s string) string {
				t.Helper()
				to := rows[len(rows)-1]
				seen := map[string]bool{to[0]: true}
				for _, r := range rows[1:] {
					if !seen[r[0]] {
						seen[r[0]] = true
						s += strings.Join(append([]string{r[0], r[1]}, to[2:]...), ",") + "\n"
					}
				}
				return s
			}, []string{"places"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := plan(t, dir)
			path := filepath.Join(out, c.file)
			rows := rowsOf(t, path)
			edit(t, path, func(s string) string { return c.edit(t, rows, s) })

			o := run("check", dir, "--roster", out)
			require.Equal(t, 7, o.code, o.stdout+o.stderr)
			for _, rule := range c.rules {
				require.Contains(t, o.stdout, "\n  "+rule+" – ")
			}
			require.NotContains(t, o.stdout, " 0 must-fix")
			require.Contains(t, o.stderr, "Next: payback explain rule ")
			narrow(t, o.stdout)

			var j struct {
				MustFix []struct{ Rule, Sentence string } `json:"must_fix"`
			}
			o = run("check", dir, "--roster", out, "-o", "json")
			require.Equal(t, 7, o.code)
			require.NoError(t, json.Unmarshal([]byte(o.stdout), &j))
			require.NotEmpty(t, j.MustFix)
			for _, x := range j.MustFix {
				require.NotEmpty(t, x.Sentence)
			}
			o = run("check", dir, "--roster", out, "-o", "csv", "--no-headers")
			require.Equal(t, 7, o.code)
			require.Len(t, strings.Split(strings.TrimSpace(o.stdout), "\n"), len(j.MustFix))
		})
	}
}

func TestRowsOfARosterThatCannotBeReadAreToldAndEndWithThree(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	edit(t, filepath.Join(out, "appointments.csv"), func(s string) string {
		return s + "Z999999,1,NOWHERE,2026-12-01,09:00,16:00,,,,,,,,\n"
	})
	o := run("check", dir, "--roster", out)
	require.Equal(t, 3, o.code)
	require.Contains(t, o.stderr, "NOWHERE")
	require.Contains(t, o.stderr, "1 row of the roster could not be judged")

	o = run("show", out)
	require.Equal(t, 0, o.code, "a plan's folder can be shown whatever it names: "+o.stderr)
}

func TestCheckSaysWhatIsNotThere(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	o := run("check", dir)
	require.Equal(t, 5, o.code)
	require.Contains(t, o.stderr, "publish nothing for week 2026-W49")
	o = run("check", dir, "--roster", filepath.Join(dir, "nothing"))
	require.Equal(t, 5, o.code)
	require.Contains(t, o.stderr, "--roster: there is no ")
	o = run("check", "nowhere")
	require.Equal(t, 5, o.code)
	require.Contains(t, o.stderr, "nowhere is not there")
}

func TestCheckSaysWhenTheFilesAreNotThoseOfThePlan(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	o := run("check", dir, "--roster", out, "--as-of", "2026-11-25T09:00")
	require.Contains(t, o.stderr, "are not those that w49 was made from")
}
