package main_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestABacklogIsListedFromFilesAndFromTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "120")
	asOf := []string{"--week", "2026-W49", "--as-of", "2026-11-26T12:00"}
	files := func(words ...string) string {
		return must(t, append(append([]string{"backlog", words[0], r.dir}, words[1:]...), asOf...)...).stdout
	}
	record := func(words ...string) string {
		x := r.run(append([]string{"backlog"}, words...)...)
		require.Zero(t, x.code, x.stderr)
		return x.stdout
	}
	people := files("people")
	for _, part := range []string{"Middle Vale, as of 2026-11-26, for staff only:", "By the target date", "on track", "CHANCE BY TARGET", "LIKELY FINISH"} {
		require.Contains(t, people, part)
	}
	require.Equal(t, files("people", "-o", "csv"), record("people", "-o", "csv"))
	require.Equal(t, files("due", "-o", "json"), record("due", "-o", "json"))
	rows, err := csv.NewReader(strings.NewReader(files("due", "-o", "csv", "--kind", "extension", "--kind", "breach", "--all"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"by", "state", "kind", "crn", "event_number", "team_code", "why"}, rows[0])
	kinds := map[string]int{}
	for _, row := range rows[1:] {
		kinds[row[2]]++
		require.NotEmpty(t, row[6])
	}
	require.Len(t, kinds, 2)
	require.Less(t, len(strings.Split(files("due"), "\n")), len(strings.Split(files("due", "--all"), "\n")))
	past, err := csv.NewReader(strings.NewReader(files("people", "--band", "past", "-o", "csv"))).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(past), 3)
	require.Contains(t, files("months"), "AT RISK")

	kept := record("keep")
	require.Contains(t, kept, "2026-11-26")
	require.Equal(t, kept, record("series"))

	out := filepath.Join(t.TempDir(), "out")
	r.must("export", "backlog", "--out", out)
	for file, want := range map[string]string{"backlog.csv": "crn,event_number,team_code,left_minutes", "due.csv": "by,state,kind,crn"} {
		body, err := os.ReadFile(filepath.Join(out, file))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(body), want), file)
	}

	require.Equal(t, 2, r.run("backlog", "due", "--kind", "birthday").code)
	require.Equal(t, 2, r.run("backlog", "people", "--band", "lucky").code)
	require.Equal(t, 2, r.run("backlog").code)
}
