package main_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAWeekIsRepairedOnTheCommandLine has somebody be off in a published week, keeps an option as a plan and publishes it.
func TestAWeekIsRepairedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1")
	r.must("publish", id, "--reason", "first")
	var people []struct {
		CRN  string `json:"crn"`
		Date string `json:"date"`
	}
	r.json(&people, "show", "published", "--week", "2026-W49", "--by", "person")
	require.NotEmpty(t, people)
	last := people[0]
	for _, p := range people {
		if p.Date > last.Date {
			last = p // late in the week, so that it is not frozen
		}
	}
	told := r.must("repair", "person-off", last.CRN, "--on", last.Date).stdout
	require.Contains(t, told, "Broken now in what is published")
	require.Contains(t, told, "Option 1: 1 person to tell")
	require.Contains(t, told, last.CRN+" leaves")
	var answer struct {
		Options []struct {
			Number   int
			TellCRNs []string `json:"tell_crns"`
			Left     []any
		}
	}
	r.json(&answer, "repair", "person-off", last.CRN, "--on", last.Date, "--budget", "1")
	require.Equal(t, []string{last.CRN}, answer.Options[0].TellCRNs)
	require.Empty(t, answer.Options[0].Left)

	out := filepath.Join(t.TempDir(), "repaired")
	r.must("repair", "person-off", last.CRN, "--on", last.Date, "--save", "1", "--out", out, "--reason", "ill")
	_, err := os.Stat(filepath.Join(out, "appointments.csv"))
	require.NoError(t, err)
	require.Contains(t, r.must("diff", "latest", "--week", "2026-W49").stdout, last.CRN)
	r.must("publish", "--week", "2026-W49", "--reason", "ill")
	require.Contains(t, r.must("repair", "person-off", last.CRN, "--on", last.Date).stdout, "Nobody has to be told")
}

func TestARosterRecommends(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1")
	r.must("publish", id, "--reason", "first")
	crn, other, session := r.leftOver()
	require.Contains(t, r.must("recommend", "person", crn, "--week", "2026-W49").stdout, "without breaking a rule")
	require.NotEmpty(t, r.must("recommend", "person", other, "--instead", session).stdout)
	require.NotEmpty(t, r.must("recommend", "session", session).stdout)
	require.NotEmpty(t, r.must("recommend", "supervisor", session, "--count", "2").stdout)
	require.NotEmpty(t, r.must("recommend", "minibus", session).stdout)
	var answer struct{ Considered int }
	r.json(&answer, "recommend", "session", session)
	require.Positive(t, answer.Considered)
}

func TestRecommendAndRepairSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"nothing published":  {[]string{"repair", "rain", "--on", "2026-12-03"}, 5, "found nothing published for week 2026-W49"},
		"no date":            {[]string{"repair", "rain", "--on", "Monday"}, 2, "--on:"},
		"dates out of order": {[]string{"repair", "rain", "--on", "2026-12-03", "--to", "2026-12-01"}, 2, "expected a last day not before the first"},
		"a curve to keep":    {[]string{"repair", "rain", "--on", "2026-12-03", "--curve", "--save", "1"}, 2, "--curve gives figures"},
		"no places":          {[]string{"repair", "overbooked", "CT01"}, 2, "without --places"},
		"too many":           {[]string{"recommend", "person", "X123456", "--week", "2026-W49", "--count", "0"}, 2, "expected 1 to 100"},
	} {
		x := r.run(c.args...)
		require.Equal(t, c.code, x.code, "%s: %s", name, x.stderr)
		require.Contains(t, x.stderr, c.says, name)
	}
}
