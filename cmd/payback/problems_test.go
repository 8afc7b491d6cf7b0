package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// spoil makes the date of sentence of one person unreadable, and gives that person's CRN.
func spoil(t *testing.T, dir string) string {
	t.Helper()
	rows := rowsOf(t, filepath.Join(dir, "people.csv"))
	at := -1
	for i, h := range rows[0] {
		if h == "sentence_date" {
			at = i
		}
	}
	require.Positive(t, at)
	edit(t, filepath.Join(dir, "people.csv"), func(s string) string {
		return strings.Replace(s, ","+rows[1][at]+",", ",03-Apr,", 1)
	})
	for _, r := range rowsOf(t, filepath.Join(dir, "people.csv")) {
		if r[at] == "03-Apr" {
			return r[0]
		}
	}
	require.Fail(t, "nothing was spoiled")
	return ""
}

func TestARowThatCannotBeReadIsLeftOutAndTheRestIsPlanned(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	crn := spoil(t, dir)
	out := filepath.Join(t.TempDir(), "w49")
	listed := filepath.Join(t.TempDir(), "mine.csv")
	o := must(t, "plan", dir, "--out", out, "--rounds", "2", "--report", listed)
	require.Contains(t, o.stderr, "people.csv: ")
	require.Contains(t, o.stderr, `found "03-Apr"; expected a full date such as 2026-04-03 or 3/4/2026`)
	require.Regexp(t, `\d+ rows? left out; everything else counts\.`, o.stderr)
	require.Contains(t, o.stdout, "left out; see problems.csv")
	require.NotContains(t, bytesOf(t, out)["appointments.csv"], crn)
	require.Contains(t, bytesOf(t, out)["problems.csv"], "03-Apr")
	require.FileExists(t, listed)
}

func TestAKindDeclaredCompleteMustBeReadableWhole(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	spoil(t, dir)
	home := t.TempDir()
	o := run("plan", dir, "--out", filepath.Join(home, "w49"), "--rounds", "2", "--complete", "teams,people")
	require.Equal(t, 3, o.code, o.stderr)
	require.Contains(t, o.stderr, "Nothing was written: people.csv could not be taken as a whole")
	alone(t, home)
}

func TestANecessaryFileThatIsMissingStopsEverything(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	require.NoError(t, os.Remove(filepath.Join(dir, "supervisors.csv")))
	home := t.TempDir()
	o := run("plan", dir, "--out", filepath.Join(home, "w49"), "--rounds", "2")
	require.Equal(t, 3, o.code, o.stderr)
	require.Contains(t, o.stderr, "supervisors")
	require.Contains(t, o.stderr, "Nothing was written")
	alone(t, home)
}

func TestAFileWithoutAnyUsableRowStopsEverything(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	edit(t, filepath.Join(dir, "people.csv"), func(s string) string {
		header, _, _ := strings.Cut(s, "\n")
		return header + "\n"
	})
	home := t.TempDir()
	o := run("plan", dir, "--out", filepath.Join(home, "w49"), "--rounds", "2")
	require.Equal(t, 3, o.code, o.stderr)
	require.Contains(t, o.stderr, "people.csv has no row that can be used")
	alone(t, home)
}

func TestLostRowsThatProtectPeopleAreSaidLoudly(t *testing.T) {
	t.Parallel()
	dir := region(t, "300")
	edit(t, filepath.Join(dir, "exclusion_areas.csv"), func(s string) string {
		return s + "not-a-crn,52,-1.5,500,,,,,,\n"
	})
	o := must(t, "plan", dir, "--out", filepath.Join(t.TempDir(), "w49"), "--rounds", "1")
	require.Contains(t, o.stderr, "Take care: 1 row of exclusion_areas.csv left out, where every row protects people.")
}

func TestNamesNeverLeaveTheFiles(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	rows := rowsOf(t, filepath.Join(dir, "people.csv"))
	surname, born := rows[1][2], rows[1][4]
	require.Equal(t, "surname", rows[0][2])
	require.Equal(t, "date_of_birth", rows[0][4])
	out := filepath.Join(t.TempDir(), "w49")
	o := must(t, "plan", dir, "--out", out, "--rounds", "2", "-v")
	said := o.stdout + o.stderr
	for _, by := range []string{"session", "person", "supervisor", "minibus", "unplaced"} {
		x := must(t, "show", out, "--by", by)
		said += x.stdout + x.stderr
		narrow(t, x.stdout)
	}
	for _, text := range bytesOf(t, out) {
		said += text
	}
	require.NotContains(t, said, surname)
	require.NotContains(t, said, born)
}
