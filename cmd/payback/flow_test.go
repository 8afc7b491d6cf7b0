package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// recorded is a record with a small region in it, and the words that lead to it.
type recorded struct {
	t    *testing.T
	dir  string // of the region's files
	data string
}

func newRecord(t *testing.T, people string) *recorded {
	t.Helper()
	r := &recorded{t: t, dir: region(t, people), data: filepath.Join(t.TempDir(), "data")}
	r.must("import", r.dir)
	return r
}

// run runs a command on the record.
func (r *recorded) run(args ...string) output { return run(append(args, "--data", r.data)...) }

// must runs a command on the record and expects it to succeed.
func (r *recorded) must(args ...string) output {
	r.t.Helper()
	return must(r.t, append(args, "--data", r.data)...)
}

// json runs a command on the record and reads its JSON.
func (r *recorded) json(into any, args ...string) {
	r.t.Helper()
	require.NoError(r.t, json.Unmarshal([]byte(r.must(append(args, "-o", "json", "-q")...).stdout), into))
}

// plan makes a plan and gives its ID.
func (r *recorded) plan(seed string, more ...string) string {
	r.t.Helper()
	var x struct {
		Plan string `json:"plan"`
	}
	r.json(&x, append([]string{"plan", "--week", "2026-W49", "--rounds", "2", "--seed", seed}, more...)...)
	require.NotEmpty(r.t, x.Plan)
	return x.Plan
}

func TestAManagerRunsAWeekOnTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	again := r.must("import", r.dir)
	require.Contains(t, again.stdout, "has all of this already. Nothing was written.")
	require.Contains(t, r.must("plans", "--week", "2026-W49").stdout, "Nothing is planned or published for week 2026-W49.")

	first := r.plan("1")
	require.Contains(t, r.must("show", "--week", "2026-W49").stdout, "BOOKED")
	require.Contains(t, r.must("diff", first).stdout, " added, 0 moved, 0 removed")
	require.Contains(t, r.must("check", first).stdout, " 0 must-fix.")
	published := r.must("publish", first, "--reason", "first")
	require.Contains(t, published.stdout, "Published week 2026-W49 of Middle Vale as version 1: ")
	left := r.must("show", first, "--by", "unplaced", "-o", "csv").stdout
	require.Greater(t, strings.Count(left, "\n"), 1)
	require.Equal(t, left, r.must("show", "published", "--week", "2026-W49", "--by", "unplaced", "-o", "csv").stdout)

	out := filepath.Join(t.TempDir(), "w49")
	r.must("export", "roster", "published", "--week", "2026-W49", "--out", out)
	alone(t, out, ".exported", "appointments.csv", "sessions.csv", "unplaced.csv")
	require.Contains(t, must(t, "check", r.dir, "--week", "2026-W49", "--roster", out).stdout, " 0 must-fix.")
	r.must("export", "roster", "published", "--week", "2026-W49", "--out", out) // an earlier export is replaced

	require.Contains(t, r.must("diff", "published", "published=1", "--week", "2026-W49").stdout, "0 changes")
	dear := r.plan("2", "--price", "change.long=0,change.short=0,change.added=0,opening.session=9000000")
	require.Equal(t, 10, r.run("diff", first, dear, "--exit-code").code, "where groups cost much, others run")
	var audit []struct {
		Action, Reason string
	}
	r.json(&audit, "audit", "list")
	require.Equal(t, "import", audit[0].Action)
	known := strings.Fields(r.must("audit", "verify").stdout)
	require.Equal(t, "--known", known[len(known)-2])
	head := known[len(known)-1]
	r.must("audit", "verify", "--known", head)
	cut := r.run("audit", "verify", "--known", "99"+head[strings.Index(head, ":"):])
	require.Equal(t, 3, cut.code, "an entry that was there and is not")
	require.Equal(t, 2, r.run("audit", "verify", "--known", "7").code)
	require.NotContains(t, r.must("doctor").stdout, "BAD")
}

func TestAPlanIsEditedByHandAndABrokenOneIsNotPublished(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1")
	var people []struct {
		CRN     string `json:"crn"`
		Project string `json:"project_code"`
		Date    string `json:"date"`
	}
	r.json(&people, "show", id, "--by", "person")
	require.NotEmpty(t, people)
	p := people[0]
	session := p.Project + "/" + p.Date
	o := r.must("edit", id, "remove", p.CRN, session)
	require.Contains(t, o.stdout, "version 3, week 2026-W49: ") // 1 asked for, 2 made, 3 edited
	require.NotContains(t, r.must("show", id, "--session", session).stdout, p.CRN)
	r.must("edit", id, "add", p.CRN, session, "--pin")
	var back []struct {
		Pinned bool `json:"pinned"`
	}
	r.json(&back, "show", id, "--person", p.CRN, "--session", session)
	require.Len(t, back, 1)
	require.True(t, back[0].Pinned)

	var sessions []struct {
		Project     string   `json:"project_code"`
		Date        string   `json:"date"`
		Supervisors []string `json:"supervisor_codes"`
	}
	r.json(&sessions, "show", id)
	for _, s := range sessions {
		if len(s.Supervisors) == 1 {
			session = s.Project + "/" + s.Date
			broken := r.must("edit", id, "unassign", s.Supervisors[0], session)
			require.Contains(t, broken.stdout, "supervision – ")
			break
		}
	}
	refused := r.run("publish", id)
	require.Equal(t, 7, refused.code, refused.stdout+refused.stderr)
	require.Contains(t, refused.stdout, "Not published: ")
	require.Contains(t, refused.stdout, "supervision – ")
	require.Equal(t, 7, r.run("check", id).code)
	require.Equal(t, 5, r.run("check", "published", "--week", "2026-W49").code, "nothing is published")

	part := r.must("publish", id, "--allow-partial")
	require.Contains(t, part.stdout, "of the plan did not hold any more and were left out.")
	require.Zero(t, r.run("check", "published", "--week", "2026-W49").code)
}

func TestAPlanThatIsOutOfDateSaysWhatChangedAndWhatHolds(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	one, two := r.plan("1"), r.plan("2")
	r.must("publish", one)
	o := r.run("publish", two)
	require.Equal(t, 6, o.code, o.stdout+o.stderr)
	require.Contains(t, o.stdout, "Plan "+two+" is out of date. It was made from nothing published.\n  Version 1 was published at ")
	require.Contains(t, o.stdout, "Since then: ")
	require.Regexp(t, `\d+ of your \d+ changes still hold\.`, o.stdout)
	require.Contains(t, o.stderr, "--allow-partial")
	narrow(t, o.stdout)
}

func TestAnImportWritesNothingBeforeItIsApplied(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	edit(t, filepath.Join(r.dir, "people.csv"), func(s string) string { return strings.Replace(s, ",active,", ",dancing,", 1) })
	o := r.run("import", r.dir)
	require.Equal(t, 3, o.code)
	require.Contains(t, o.stderr, "nothing was imported")
	require.Contains(t, o.stderr, "--skip-problems")

	holidays := filepath.Join(t.TempDir(), "non_working_days.csv")
	require.NoError(t, os.WriteFile(holidays, []byte("date,name\n2026-12-02,Snow\n"), 0o600))
	dry := r.must("import", holidays, "--dry-run")
	require.Contains(t, dry.stdout, "Nothing was written. Without --dry-run this becomes data version 2 of Middle Vale.")
	require.Contains(t, r.must("import", holidays).stdout, "data version 2.")
	require.Contains(t, r.must("import", holidays).stdout, "Nothing was written.")
}

func TestNothingIsPublishedIntoAWeekThatIsOver(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1") // made on the Thursday before
	m, stdout, stderr := program()
	m.Now = func() time.Time { return now.AddDate(0, 0, 21) }
	require.Equal(t, 7, m.Do(t.Context(), []string{"publish", id, "--week", "2026-W49", "--data", r.data}), stdout.String()+stderr.String())
	require.Contains(t, stdout.String(), "is added in frozen time")
}

func TestTheSameKeyHasOneEffect(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	var one, two struct {
		Plan string `json:"plan"`
	}
	r.json(&one, "plan", "--week", "2026-W49", "--rounds", "1", "--request-id", "nightly")
	r.json(&two, "plan", "--week", "2026-W49", "--rounds", "1", "--request-id", "nightly")
	require.Equal(t, one, two)
	for range 2 {
		require.Contains(t, r.must("publish", one.Plan, "--request-id", "told").stdout, "as version 1: ")
	}
	other := r.run("plan", "--week", "2026-W50", "--rounds", "1", "--request-id", "nightly")
	require.Equal(t, 6, other.code)
	require.Contains(t, other.stderr, "found a key that was used for another request")
}

func TestAnImportWarnsOfPublishedWeeksThatItBreaks(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	r.must("publish", r.plan("1"))
	var sessions []struct {
		Project string `json:"project_code"`
		Date    string `json:"date"`
	}
	r.json(&sessions, "show", "published", "--week", "2026-W49")
	closed := filepath.Join(t.TempDir(), "non_working_days.csv")
	require.NoError(t, os.WriteFile(closed, []byte("date,name\n"+sessions[0].Date+",Snow\n"), 0o600))
	o := r.must("import", closed)
	require.Contains(t, o.stdout, "Take care: week 2026-W49, published as version 1, would break ")
	require.Equal(t, 7, r.run("check", "published", "--week", "2026-W49").code)
	doctor := r.run("doctor")
	require.Equal(t, 3, doctor.code)
	require.Contains(t, doctor.stdout, "version 1 breaks ")
}

func TestARecordIsCopiedAndRestored(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	r.must("publish", r.plan("1"))
	want := r.must("show", "published", "--week", "2026-W49", "-o", "csv").stdout
	backup := filepath.Join(t.TempDir(), "copy.db")
	r.must("backup", backup)
	require.Equal(t, 6, r.run("backup", backup).code, "nothing is replaced")
	other := filepath.Join(t.TempDir(), "other")
	must(t, "restore", backup, "--data", other)
	require.Equal(t, want, must(t, "show", "published", "--week", "2026-W49", "-o", "csv", "--data", other).stdout)
	require.Equal(t, 6, run("restore", backup, "--data", other).code, "a record is never replaced")
}

func TestWordsThatNameNothingOfTheRecordSaySo(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	id := r.plan("1")
	for line, want := range map[string]struct {
		code int
		says string
	}{
		"show p_nobody":                                    {5, `found no plan "p_nobody"`},
		"publish p_nobody":                                 {5, `found no plan "p_nobody"`},
		"show published --week 2026-W49":                   {5, "found nothing published for week 2026-W49"},
		"show published=x":                                 {2, "expected a published version such as published=3"},
		"plan --week 2026-W49 --region Nowhere":            {5, `the record has no region "Nowhere"`},
		"edit " + id:                                       {2, "What is to change?"},
		"edit " + id + " shuffle X000001":                  {2, "expected one of add, remove, move"},
		"edit " + id + " add X000001":                      {2, "expected add CRN SESSION"},
		"edit " + id + " add nobody CT01/2026-11-30":       {2, "expected a CRN"},
		"edit " + id + " add Z999999 CT01/2026-11-30":      {5, "found no session CT01/2026-11-30"},
		"edit " + id + " waive keep-apart CT01/2026-11-30": {7, "cannot be waived"},
		"edit " + id + " release something":                {2, "without a case or a reason"},
		"export rosters --out x":                           {2, "expected one of roster, changes, registers, backlog, facts"},
		"serve --listen 0.0.0.0:8080":                      {2, "an address of this machine alone"},
		"serve --listen 8080":                              {2, "expected an address and a port"},
		"plan --week 2026-W49 --complete people":           {2, "--complete is about files"},
		"check published --report x.csv":                   {2, "--report is about files"},
		"plan --week 2026-W49 --bound-from w48":            {2, "--bound-from names a plan that was made from files"},
		"plan --week 2026-W49 --cut-at 3":                  {2, "--cut-at repeats a plan that was made from files"},
		"import nowhere":                                   {5, "There is no nowhere"},
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			o := r.run(strings.Fields(line)...)
			require.Equal(t, want.code, o.code, o.stdout+o.stderr)
			require.Contains(t, o.stderr, want.says)
		})
	}
}
