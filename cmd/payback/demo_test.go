package main_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheDemoShowsAWeekAndWhatToDoNext(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "demo")
	o := must(t, "demo", "--people", "120", "--rounds", "2", "--out", out, "--no-serve")
	require.Contains(t, o.stdout, " 0 must-fix")
	require.Contains(t, o.stdout, "\nDAY ")
	require.Contains(t, o.stdout, "\nAREA ")
	require.Contains(t, o.stdout, "Mon 30 Nov")
	require.Contains(t, o.stdout, "Published as version 1.")
	narrow(t, o.stdout)
	alone(t, out, "about-this-demo.txt", "region", "data")

	tried := 0
	for line := range strings.SplitSeq(o.stderr, "\n") { // every command that is suggested works
		_, command, found := strings.Cut(line, "payback ")
		if !found || strings.HasPrefix(command, "plan ") {
			continue
		}
		must(t, strings.Fields(command)...)
		tried++
	}
	require.Greater(t, tried, 3)
	must(t, "demo", "--people", "60", "--rounds", "2", "--out", out, "-q", "--no-serve") // an earlier demo is replaced
}

func TestTheDemoServesItsWeekAndSaysWhere(t *testing.T) {
	t.Parallel()
	m, stdout, stderr := program()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- m.Do(ctx, []string{"demo", "--people", "120", "--rounds", "2", "--out", filepath.Join(t.TempDir(), "demo"), "--port", "0", "-q"})
	}()
	address := regexp.MustCompile(`Open (http://127\.0\.0\.1:\d+/weeks/2026-W49) in a browser`)
	require.Eventually(t, func() bool { return address.MatchString(stdout.String()) }, time.Minute, 20*time.Millisecond, "%s", stderr)
	page := get(t, address.FindStringSubmatch(stdout.String())[1])
	require.Contains(t, page, "Roster for week starting 30 November 2026")
	require.Contains(t, page, "Sample data")
	stop()
	require.Zero(t, <-ended, stderr.String())
}

// get reads a page.
func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return string(b)
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
