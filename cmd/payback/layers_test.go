package main_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/communitypayback/payback"

// floor is where a package stands. The first entry of floors that matches a package's folder is its own; "x/*" matches the
// folders below x.
type floor struct {
	pkg   string
	ours  []string // what its code may import of ours; "x/*" as above, "*": anything
	tests []string // what its tests may import besides
}

// floors holds the directions of docs/adr/0001: imports go down, never up or across.
var floors = []floor{
	{pkg: "model/policy"},
	{pkg: "model/geo"},
	{pkg: "model/prayer", ours: []string{"model/geo"}},
	{pkg: "model/weather", ours: []string{"model/geo"}},
	{pkg: "model/forecast", ours: []string{"model/policy"}},
	{pkg: "model", ours: []string{"model/*"}},
	{pkg: "solver/constraints", ours: below("solver"), tests: append([]string{"solver/bound"}, sampleWeeks...)},
	{pkg: "solver/bound", ours: below("solver"), tests: sampleWeeks},
	{pkg: "solver", ours: below(), tests: sampleWeeks},
	{pkg: "scheduler", ours: below("solver", "solver/bound"), tests: []string{"benchmarks/instance", "solver/constraints"}},
	{pkg: "scheduler/*", ours: below("scheduler", "solver", "solver/bound"), tests: []string{"scheduler/*", "benchmarks/instance", "solver/constraints"}},
	{pkg: "api/gen/payback/v1/paybackv1connect", ours: []string{"api/gen/payback/v1"}},
	{pkg: "api/gen/payback/v1"},
	{pkg: "api/gen/grpc/health/v1/healthv1connect", ours: []string{"api/gen/grpc/health/v1"}},
	{pkg: "api/gen/grpc/health/v1"},
	{pkg: "api/*", ours: below("scheduler", "solver"), tests: []string{"benchmarks/instance", "solver/constraints"}},
	{pkg: "api", ours: below("api/*", "scheduler", "solver"), tests: []string{"benchmarks/instance", "solver/constraints", "scheduler/*"}},
	{pkg: "benchmarks/instance", ours: below(), tests: []string{"scheduler", "api/exchange"}},
	{pkg: "benchmarks", ours: []string{"*"}},
	{pkg: "benchmarks/*", ours: []string{"*"}},
	{pkg: "cmd/*", ours: []string{"*"}},
}

// sampleWeeks is what tests of the solver may look up to: made-up regions, and what freezes them into weeks.
var sampleWeeks = []string{"benchmarks/instance", "scheduler", "solver/constraints"}

// below is the vocabulary and what else stands lower.
func below(more ...string) []string { return append([]string{"model", "model/*"}, more...) }

// home says where an outside package may be imported. A name ending in "/" stands for everything under it.
type home struct {
	outside string
	in      []string
	why     string
}

// edges is where the program meets people, files and machines.
var edges = []string{"api", "api/*", "cmd/*", "benchmarks", "benchmarks/*"}

// homes lists the outside packages that have one. All other packages of the standard library may be used anywhere; all
// other modules nowhere.
var homes = []home{
	{"github.com/stretchr/testify/", nil, "it is for tests"},
	{"pgregory.net/rapid", nil, "it is for tests"},
	{"github.com/chromedp/", nil, "it is for tests that look at pages"},
	{"github.com/alecthomas/kong", []string{"cmd/*"}, "the command line is the command's"},
	{"github.com/xuri/excelize/v2", []string{"api/exchange"}, "file formats are the edge's"},
	{"gonum.org/v1/gonum/", []string{"model/forecast", "solver/bound", "benchmarks", "benchmarks/*"}, "floats stay out of answers"},
	{"google.golang.org/protobuf/encoding/protojson", []string{"api", "api/*", "cmd/payback"}, "messages stay at the edge; the command line prints the same"},
	{"google.golang.org/protobuf/proto", []string{"api", "api/*", "cmd/payback"}, "messages stay at the edge; the command line prints the same"},
	{"google.golang.org/protobuf/", []string{"api", "api/*"}, "messages stay at the edge"},
	{"buf.build/", []string{"api", "api/*"}, "messages stay at the edge"},
	{"github.com/bufbuild/protocompile", nil, "it is for the test that generates code"},
	{"google.golang.org/genproto/googleapis/rpc/", []string{"api", "api/*"}, "details of errors are messages"},
	{"google.golang.org/grpc/", nil, "one test reads a definition from it; a program that linked it would have a second server"},
	{"connectrpc.com/", []string{"api", "api/*", "cmd/*"}, "the network interface is the edge's"},
	{"github.com/prometheus/client_golang/", []string{"cmd/payback"}, "the program counts itself at the edge"},
	{"github.com/redis/go-redis/", []string{"scheduler/redisstore"}, "one package knows Redis"},
	{"github.com/hibiken/asynq", []string{"scheduler/queue"}, "one package knows the queue"},
	{"github.com/go-co-op/gocron/", []string{"scheduler"}, "one package knows when things are done"},
	{"modernc.org/sqlite", []string{"scheduler/sqlitestore"}, "one package knows SQL"},
	{"net/http", append([]string{"scheduler/feed"}, edges...), "the outside world enters in feed and at the edge"},
	{"net", append([]string{"scheduler/*"}, edges...), "the outside world enters in scheduler and at the edge"},
	{"os", append([]string{"scheduler", "scheduler/*"}, edges...), "model and solver read no file and no environment"},
	{"os/exec", append([]string{"scheduler", "scheduler/*"}, edges...), "model and solver start nothing"},
	{"log", nil, "the edge logs with log/slog"},
	{"log/slog", append([]string{"scheduler", "scheduler/*"}, edges...), "model and solver return errors"},
	{"math/rand", nil, "math/rand/v2 takes a seed for each stream"},
	{"math/rand/v2", append([]string{"solver", "scheduler", "scheduler/*"}, edges...), "chance enters with a run's seed"},
	{"crypto/rand", append([]string{"scheduler", "scheduler/*"}, edges...), "model and solver take no chance that cannot be repeated"},
	{"unsafe", []string{"api/gen/payback/v1", "api/gen/grpc/health/v1"}, "nothing but generated messages is worth it"},
}

// imported is one import of one file.
type imported struct {
	file string // from the root, with slashes
	pkg  string // folder of the file, from the root
	path string
	test bool
}

func TestImportsGoDown(t *testing.T) {
	t.Parallel()
	found := importsUnder(t, "../..")
	require.Greater(t, len(found), 100, "the tree was not read")
	require.Empty(t, misplaced(found))
}

// TestMisplacedImportsAreRefused plants faults in a tree of its own, so that the reading and the judgement are both proved.
func TestMisplacedImportsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, path, want string }{
		{"the model looks up to the solver", "model/week.go", module + "/solver", "model may not import solver"},
		{"a child of the model looks up to its parent", "model/geo/road.go", module + "/model", "model/geo may not import model"},
		{"the solver looks up to the scheduler", "solver/search.go", module + "/scheduler", "solver may not import scheduler"},
		{"the solver knows its catalogue", "solver/search.go", module + "/solver/constraints", "solver may not import solver/constraints"},
		{"the solver asks the network", "solver/search.go", "net/http", "solver may not import net/http"},
		{"a rule reads a file", "solver/constraints/kit.go", "os", "solver/constraints may not import os"},
		{"the scheduler knows file formats", "scheduler/plan.go", module + "/api/exchange", "scheduler may not import api/exchange"},
		{"the made-up weeks know the solver", "benchmarks/instance/draw.go", module + "/solver", "benchmarks/instance may not import solver"},
		{"tests' own library is used in a program", "cmd/payback/main.go", "github.com/stretchr/testify/require", "cmd/payback may not import"},
		{"a module nobody agreed on is used", "api/web/page.go", "example.com/new", "no home is listed"},
		{"a package nobody gave a floor", "extra/thing.go", "fmt", "extra has no floor"},
		{"a test of the model looks up", "model/week_test.go", module + "/scheduler", "model may not import scheduler"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := misplaced(importsUnder(t, planted(t, c.file, c.path)))
			require.Len(t, got, 1)
			require.Contains(t, got[0], c.want)
		})
	}
}

func TestWellPlacedImportsAreAccepted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, path string }{
		{"a rule uses the vocabulary", "solver/constraints/kit.go", module + "/model/policy"},
		{"a test of the solver uses made-up weeks", "solver/search_test.go", module + "/benchmarks/instance"},
		{"a test uses the tests' library", "model/week_test.go", "github.com/stretchr/testify/require"},
		{"a test of the solver reads a file", "solver/search_test.go", "os"},
		{"the command imports the edge", "cmd/payback/main.go", module + "/api/exchange"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := importsUnder(t, planted(t, c.file, c.path))
			require.Len(t, found, 1)
			require.Empty(t, misplaced(found))
		})
	}
}

// planted makes a tree of one file with one import, and gives its root.
func planted(t *testing.T, file, imports string) string {
	t.Helper()
	root := t.TempDir()
	name := filepath.Join(root, filepath.FromSlash(file))
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(fmt.Sprintf("package x\n\nimport _ %q\n", imports)), 0o600))
	return root
}

// importsUnder parses the import lists of a tree. It reads the files itself: the test cache notices files that a test reads,
// and not those that a go command it started reads.
func importsUnder(t *testing.T, root string) []imported {
	t.Helper()
	var found []imported
	for _, name := range goFiles(t, root) {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(name)), nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			found = append(found, imported{name, path.Dir(name), p, strings.HasSuffix(name, "_test.go")})
		}
	}
	return found
}

// goFiles lists the Go files of a tree, from its root and with slashes, without hidden folders and test data.
func goFiles(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
			return fs.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(base, ".go") {
			files = append(files, name)
		}
		return nil
	})
	require.NoError(t, err)
	return files
}

// misplaced says which imports break the lists above.
func misplaced(all []imported) []string {
	var faults []string
	for _, i := range all {
		if why := fault(i); why != "" {
			faults = append(faults, i.file+": "+why)
		}
	}
	return faults
}

func fault(i imported) string {
	at := slices.IndexFunc(floors, func(f floor) bool { return matches(f.pkg, i.pkg) })
	if at < 0 {
		return i.pkg + " has no floor; give it one in cmd/payback/layers_test.go"
	}
	f := floors[at]
	if to, ours := strings.CutPrefix(i.path, module+"/"); ours {
		if anyMatches(f.ours, to) || i.test && (to == i.pkg || anyMatches(f.tests, to)) {
			return ""
		}
		return fmt.Sprintf("%s may not import %s: imports go down, never up or across", i.pkg, to)
	}
	for _, h := range homes {
		if i.path != h.outside && !(strings.HasSuffix(h.outside, "/") && strings.HasPrefix(i.path, h.outside)) {
			continue
		}
		if i.test || anyMatches(h.in, i.pkg) {
			return ""
		}
		return fmt.Sprintf("%s may not import %s: %s", i.pkg, i.path, h.why)
	}
	if host, _, _ := strings.Cut(i.path, "/"); strings.Contains(host, ".") {
		return fmt.Sprintf("%s may not import %s: no home is listed for it", i.pkg, i.path)
	}
	return ""
}

func anyMatches(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, pkg) })
}

func matches(pattern, pkg string) bool {
	if parent, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(pkg, parent)
	}
	return pattern == pkg
}
