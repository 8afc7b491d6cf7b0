package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheDemoShowsAWeekAndWhatToDoNext(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "demo")
	o := must(t, "demo", "--people", "120", "--rounds", "2", "--out", out)
	require.Contains(t, o.stdout, " 0 must-fix")
	require.Contains(t, o.stdout, "\nDAY ")
	require.Contains(t, o.stdout, "\nAREA ")
	require.Contains(t, o.stdout, "Mon 30 Nov")
	narrow(t, o.stdout)
	alone(t, out, "about-this-demo.txt", "region", "plan", "week.html")

	for line := range strings.SplitSeq(o.stderr, "\n") { // every command that is suggested works
		_, command, found := strings.Cut(line, "payback ")
		if !found || strings.HasPrefix(command, "plan ") {
			continue
		}
		must(t, strings.Fields(command)...)
	}
	must(t, "demo", "--people", "60", "--rounds", "2", "--out", out, "-q") // an earlier demo is replaced
}

func TestTheWeekPageHoldsEveryAppointmentAndNeedsNothingElse(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "demo")
	must(t, "demo", "--people", "120", "--rounds", "2", "--out", out, "-q")
	b, err := os.ReadFile(filepath.Join(out, "week.html"))
	require.NoError(t, err)
	page := string(b)
	for _, row := range rowsOf(t, filepath.Join(out, "plan", "appointments.csv"))[1:] {
		require.Contains(t, page, ">"+row[0]+"<")
		require.Contains(t, page, ">"+row[2]+"<")
	}
	for _, outside := range []string{"http:", "https:", "<script", "src=", "<link", "<img"} {
		require.NotContains(t, page, outside)
	}
	require.Contains(t, page, `<html lang="en">`)
}

func TestTemplatesCanBeReadAsARegion(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"csv", "xlsx"} {
		dir := filepath.Join(t.TempDir(), "templates")
		args := []string{"template", "--out", dir}
		if how == "xlsx" {
			args = append(args, "--xlsx")
		}
		o := must(t, args...)
		require.Contains(t, o.stdout, dir)
		if how == "xlsx" {
			dir = strings.TrimSpace(o.stdout)
		}
		require.NotContains(t, run("check", dir, "--week", "2026-W49").stderr, "could not be taken as a whole")
	}
}

func TestMadeUpRegionsAreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	one, two := bytesOf(t, region(t, "60")), bytesOf(t, region(t, "60"))
	require.Equal(t, one, two)
	dir := filepath.Join(t.TempDir(), "other")
	o := must(t, "generate", "--people", "60", "--seed", "2", "--profile", "rural", "--week", "2026-W49", "--out", dir, "-o", "json")
	var x struct {
		People  int    `json:"people"`
		Profile string `json:"profile"`
	}
	require.NoError(t, json.Unmarshal([]byte(o.stdout), &x))
	require.Equal(t, 60, x.People)
	require.Equal(t, "rural", x.Profile)
	require.NotEqual(t, one["people.csv"], bytesOf(t, dir)["people.csv"])
}

func TestAWorkbookIsPlannedAsTheFilesAre(t *testing.T) {
	t.Parallel()
	book := filepath.Join(t.TempDir(), "book")
	must(t, "generate", "--people", "60", "--week", "2026-W49", "--out", book, "--xlsx", "-q")
	alone(t, book, "region.xlsx", ".made-up")
	require.Equal(t, bytesOf(t, plan(t, region(t, "60"))), bytesOf(t, plan(t, filepath.Join(book, "region.xlsx"))))
}
