package main_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheWetHalfOfAPlanIsToldAndJudged(t *testing.T) {
	t.Parallel()
	dir := region(t, "150")
	out := plan(t, dir)
	o := must(t, "check", dir, "--roster", out, "--wet")
	require.Regexp(t, `\nWhen it rains, [\d]+ groups? at a wet site: every rule holds there\.\n$`, o.stdout)
	require.NotContains(t, must(t, "check", dir, "--roster", out).stdout, "When it rains")

	// The first group that moves is sent to where another works outdoors.
	path := filepath.Join(out, "sessions.csv")
	rows := rowsOf(t, path)
	at := slices.Index(rows[0], "wet_project_code")
	var from, host, other string
	for _, r := range rows[1:] {
		switch {
		case r[at] == "":
		case host == "":
			from, host = r[0]+","+r[1], r[at]
		case !strings.HasPrefix(from, r[0]):
			other = r[0]
		}
	}
	require.NotEmpty(t, other, "the plan has two groups outdoors")
	edit(t, path, func(s string) string { return moveHost(s, from, host, other) })
	o = run("check", dir, "--roster", out, "--wet")
	require.Equal(t, 7, o.code, o.stdout+o.stderr)
	require.Contains(t, o.stdout, "\n  wet-plan – ")

	var j struct {
		Wet struct {
			Groups  int                     `json:"groups"`
			MustFix []struct{ Rule string } `json:"must_fix"`
		} `json:"wet"`
	}
	o = run("check", dir, "--roster", out, "--wet", "-o", "json")
	require.Equal(t, 7, o.code)
	require.NoError(t, json.Unmarshal([]byte(o.stdout), &j))
	require.Positive(t, j.Wet.Groups)
	require.NotNil(t, j.Wet.MustFix)
}

// moveHost gives the row of a session another host.
func moveHost(s, from, host, to string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, from) {
			lines[i] = strings.Replace(l, ","+host+",", ","+to+",", 1)
		}
	}
	return strings.Join(lines, "\n")
}
