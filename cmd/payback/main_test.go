package main_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	main "github.com/communitypayback/payback/cmd/payback"
	"github.com/communitypayback/payback/scheduler"
)

// now is when every test runs: nine o'clock on the Thursday before week 2026-W49.
var now = time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC)

// output is what a run of the program leaves.
type output struct {
	code           int
	stdout, stderr string
}

// safeBuffer may be written to by the progress line while the command writes too.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// program is a Main whose streams, clock and environment are the test's.
func program() (m *main.Main, stdout, stderr *safeBuffer) {
	stdout, stderr = &safeBuffer{}, &safeBuffer{}
	m = main.NewMain()
	m.Stdout, m.Stderr, m.Program = stdout, stderr, "payback"
	m.Now = func() time.Time { return now }
	m.Env = func(string) string { return "" }
	m.Search = scheduler.Plan // in this process; the end-to-end test has a search in a process of its own
	return m, stdout, stderr
}

// run runs the program once.
func run(args ...string) output {
	m, stdout, stderr := program()
	code := m.Do(context.Background(), args)
	return output{code, stdout.String(), stderr.String()}
}

// must runs the program and expects it to succeed.
func must(t *testing.T, args ...string) output {
	t.Helper()
	o := run(args...)
	require.Zero(t, o.code, "payback %s\n%s%s", strings.Join(args, " "), o.stdout, o.stderr)
	return o
}

// region makes up the files of a small region and gives their folder.
func region(t *testing.T, people string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "region")
	must(t, "generate", "--people", people, "--week", "2026-W49", "--out", dir, "-q")
	return dir
}

// plan plans the region's week in a few rounds and gives the plan's folder.
func plan(t *testing.T, dir string, more ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "w49")
	must(t, append([]string{"plan", dir, "--out", out, "--rounds", "2", "-q"}, more...)...)
	return out
}

// bytesOf gives the files of a folder by name.
func bytesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		files[e.Name()] = string(b)
	}
	return files
}

// edit changes a text file.
func edit(t *testing.T, path string, change func(string) string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	changed := change(string(b))
	require.NotEqual(t, string(b), changed, "the edit changed nothing")
	require.NoError(t, os.WriteFile(path, []byte(changed), 0o600))
}

// alone expects that a folder holds nothing but the given names: no half-written plan was left behind.
func alone(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	require.ElementsMatch(t, names, found)
}

// narrow expects that no line of a table is wider than tables may be.
func narrow(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		require.LessOrEqual(t, len([]rune(line)), 100, "%q", line)
	}
}
