package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// leftOver gives somebody without a place, and an appointment of somebody else, of what is published.
func (r *recorded) leftOver() (crn, other, session string) {
	r.t.Helper()
	var left []struct {
		CRN      string `json:"crn"`
		Placed   int    `json:"placed_minutes"`
		Obstacle string `json:"main_obstacle"`
	}
	r.json(&left, "show", "latest", "--week", "2026-W49", "--by", "unplaced")
	require.NotEmpty(r.t, left)
	for _, x := range left {
		if x.Placed == 0 && x.Obstacle == "no place left" {
			crn = x.CRN
		}
	}
	require.NotEmpty(r.t, crn)
	var people []struct {
		CRN     string `json:"crn"`
		Project string `json:"project_code"`
		Date    string `json:"date"`
		Start   string `json:"start_time"`
	}
	r.json(&people, "show", "published", "--week", "2026-W49", "--by", "person")
	require.NotEmpty(r.t, people)
	return crn, people[0].CRN, people[0].Project + "/" + people[0].Date + "/" + people[0].Start
}

func TestARosterExplainsItself(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1")
	r.must("publish", id, "--reason", "first")
	crn, other, session := r.leftOver()

	week := r.must("why-not", crn, "--week", "2026-W49").stdout
	for _, says := range []string{crn + " has no place in week 2026-W49.", "sessions that they are not in", "whoever else is placed", "Against "} {
		require.Contains(t, week, says)
	}
	for line := range strings.SplitSeq(week, "\n") {
		require.LessOrEqual(t, len(line), 100, line)
	}
	var answer struct {
		Considered int `json:"considered"`
		Funnel     []struct {
			Rule               string
			Removed, Remaining int
		}
		Scarce struct{ What string }
		Change struct {
			Session string
			Moves   []struct {
				CRN  string `json:"crn"`
				From string `json:"from_session"`
				To   string `json:"to_session"`
			}
			Tell []string `json:"tell_crns"`
		}
	}
	r.json(&answer, "why-not", crn, "--week", "2026-W49")
	require.NotEmpty(t, answer.Scarce.What)
	left := answer.Considered
	for _, s := range answer.Funnel {
		left -= s.Removed
		require.Equal(t, left, s.Remaining)
	}
	require.Contains(t, week, "Possible if "+crn+" joins ", "whoever only lacks a place can have another's")
	require.Contains(t, answer.Change.Tell, crn)
	// The change is made by hand on a plan, and breaks nothing.
	for _, m := range answer.Change.Moves {
		switch {
		case m.From == "":
			r.must("edit", id, "add", m.CRN, m.To)
		case m.To == "":
			r.must("edit", id, "remove", m.CRN, m.From)
		default:
			r.must("edit", id, "move", m.CRN, m.From, m.To)
		}
	}
	require.Contains(t, r.must("check", id, "--week", "2026-W49").stdout, " 0 must-fix.")

	one := r.must("why-not", crn, "--session", answer.Change.Session)
	require.NotContains(t, one.stdout, "sessions that they are not in")
	typed := strings.Replace(session, "/", "|", 1)
	typed = strings.Replace(strings.Replace(typed, "/", "T", 1), "|", "/", 1)
	require.Contains(t, r.must("explain", "session", typed).stdout, "It suits ")
	require.Contains(t, r.must("explain", "session", session).stdout, "urgency gains ")

	person := r.must("explain", "person", other, "--week", "2026-W49").stdout
	for _, says := range []string{"Without it the week would lose ", "Forecast as of "} {
		require.Contains(t, person, says)
	}
	require.Contains(t, r.must("explain", "person", crn, "--week", "2026-W49").stdout, "Why no more")
	whole := r.must("explain", "roster", "--week", "2026-W49").stdout
	for _, says := range []string{"Who has less than they need", "opening.session = ", "What is lacking", "0 must-fix, 0 waived."} {
		require.Contains(t, whole, says)
	}
	require.Contains(t, r.must("explain", "roster", id, "--week", "2026-W49").stdout, "What each price took")
}

func TestAFolderExplainsItselfAsTheRecordDoes(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	r.must("publish", r.plan("1"), "--reason", "first")
	crn, _, session := r.leftOver()
	out := filepath.Join(t.TempDir(), "w49")
	r.must("export", "roster", "published", "--week", "2026-W49", "--out", out)
	read := func(args ...string) (x map[string]any) {
		require.NoError(t, json.Unmarshal([]byte(must(t, append(args, "-o", "json", "-q")...).stdout), &x))
		return x
	}
	files := read("why-not", crn, "--dir", r.dir, "--roster", out, "--week", "2026-W49")
	record := read("why-not", crn, "--data", r.data, "--week", "2026-W49")
	for _, same := range []string{"considered", "funnel", "scarce", "nearest_misses"} {
		require.Equal(t, record[same], files[same], same)
	}
	require.Equal(t, read("explain", "session", session, "--data", r.data)["crns"], read("explain", "session", session, "--dir", r.dir, "--roster", out)["crns"])
	require.Contains(t, must(t, "explain", "person", crn, "--dir", r.dir, "--roster", out, "--week", "2026-W49").stdout, "Forecast as of ")
}

func TestRegistersAreExported(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	r.must("publish", r.plan("1"), "--reason", "first")
	out := filepath.Join(t.TempDir(), "registers")
	r.must("export", "registers", "--week", "2026-W49", "--out", out)
	alone(t, out, ".exported", "registers.html")
	page, err := os.ReadFile(filepath.Join(out, "registers.html"))
	require.NoError(t, err)
	require.Contains(t, string(page), "Version 1 Published.")
	require.Contains(t, string(page), "What to arrange")
}

func TestWhatCannotBeExplainedSaysSo(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	r.must("publish", r.plan("1"), "--reason", "first")
	crn := "Z999999"
	for name, c := range map[string]struct {
		args string
		code int
		says string
	}{
		"nobody":                        {"why-not " + crn + " --week 2026-W49", 5, "found CRN Z999999, which week 2026-W49 does not have"},
		"no CRN":                        {"why-not Baker", 2, `found "Baker"; expected a CRN`},
		"no session":                    {"why-not " + crn + " --session C0/2026-11-30", 5, "found no session C0/2026-11-30 in week 2026-W49; that day there are C0"},
		"no session at all":             {"explain session Monday", 2, "expected PROJECT/DATE"},
		"a week without a roster":       {"explain roster --week 2026-W50", 5, "found nothing published for week 2026-W50"},
		"a plan there is not":           {"explain roster p_none --week 2026-W49", 5, `found no plan "p_none"`},
		"two plans":                     {"explain roster p_a --plan p_b --week 2026-W49", 2, `found the plans "p_a" and "p_b"; expected one.`},
		"a roster without a folder":     {"explain roster --roster x --week 2026-W49", 2, "--roster goes with --dir"},
		"a folder and the record":       {"why-not " + crn + " --dir x", 2, "--dir is about files, and --plan and --data are about the record"},
		"files without a roster":        {"explain roster --week 2026-W49 --report x", 2, "--report is about files"},
		"an appointment that is nobody": {"explain person " + crn + " --week 2026-W49", 5, "found CRN Z999999"},
	} {
		o := r.run(strings.Fields(c.args)...)
		require.Equal(t, c.code, o.code, "%s: %s", name, o.stderr)
		require.Contains(t, o.stderr, c.says, name)
		require.Empty(t, o.stdout, name)
	}
}
