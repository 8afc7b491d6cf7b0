package main_test

import (
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

var update = flag.Bool("update", false, "rewrite generated files instead of comparing them")

const constraintsPage = "docs/constraints.md"

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	docs, files := packageDocs(t, "../..")
	require.Greater(t, len(docs), 8, "the tree was not read")
	require.Empty(t, undocumented(docs, files))
}

func TestPackagesWithoutDocumentationAreFound(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		"silent/a.go":    "package silent\n",
		"wrong/a.go":     "// Other things are said here.\npackage wrong\n",
		"astray/a.go":    "// Package astray says it in one of several files.\npackage astray\n",
		"astray/b.go":    "package astray\n",
		"good/doc.go":    "// Package good says what it is.\npackage good\n",
		"good/b.go":      "package good\n",
		"cmd/run/a.go":   "// Run does a thing.\npackage main\n",
		"good/a_test.go": "package good_test\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(root, path.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o600))
	}
	docs, files := packageDocs(t, root)
	require.Equal(t, []string{
		"astray has several files; its documentation belongs in doc.go or astray.go",
		"silent has no package documentation",
		`wrong: found documentation that starts "Other things"; expected "Package wrong"`,
	}, undocumented(docs, files))
}

// TestConstraintsPageIsCurrent compares docs/constraints.md with the catalogue it is made from. With -update it is rewritten.
func TestConstraintsPageIsCurrent(t *testing.T) {
	t.Parallel()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	want := writeConstraints(t, constraints.All, profile)
	if *update {
		require.NoError(t, os.WriteFile("../../"+constraintsPage, []byte(want), 0o644))
	}
	require.Equal(t, want, readFile(t, constraintsPage), "make it again: go test ./cmd/payback -run TestConstraintsPageIsCurrent -update")
	for _, c := range constraints.All {
		require.NoError(t, c.Validate())
		require.Contains(t, want, "\n## "+c.ID+"\n")
		require.Contains(t, want, c.Doc)
	}
}

func TestEveryClauseBelongsToARule(t *testing.T) {
	t.Parallel()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	cited := map[policy.ClauseID]bool{}
	for _, c := range constraints.All {
		require.Contains(t, c.Clauses, policy.ClauseID(c.ID), "%s cites the clause that switches it on and off", c.ID)
		for _, id := range c.Clauses {
			cited[id] = true
		}
	}
	for _, clause := range profile.Clauses {
		require.True(t, cited[clause.ID] || strings.Contains(readFile(t, "docs/divergence.md"), "`"+string(clause.ID)+"`"),
			"no rule cites clause %s, and docs/divergence.md does not say why", clause.ID)
	}
}

func TestGlossaryNamesEveryRule(t *testing.T) {
	t.Parallel()
	_, rules, found := strings.Cut(readFile(t, "docs/glossary.md"), "\n## The rules\n")
	require.True(t, found)
	require.Equal(t, slices.Sorted(ids()), firstColumn(rules), "the glossary's table of rules, in alphabetical order")
}

func TestDivergenceDoesNotDenyWhatIsDone(t *testing.T) {
	t.Parallel()
	_, missing, found := strings.Cut(readFile(t, "docs/divergence.md"), "\n### Rules that must hold\n")
	require.True(t, found)
	missing, _, _ = strings.Cut(missing, "\n### ")
	for _, cell := range firstColumn(missing) {
		for id := range strings.SplitSeq(cell, ", ") {
			require.NotContains(t, slices.Collect(ids()), id, "docs/divergence.md lists %s as not done yet", id)
		}
	}
}

// writeConstraints makes the page of the catalogue.
func writeConstraints(t *testing.T, all []*solver.Constraint, profile *policy.Profile) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- Made from solver/constraints and the %s policy. Do not edit; run: go test ./cmd/payback -run TestConstraintsPageIsCurrent -update -->\n", profile.Name)
	b.WriteString("# The rules\n\nA roster that breaks a rule that *must hold* is never published without a recorded release. A *priced* rule costs\n" +
		"millipoints, a thousandth of a minute of on-time work; what is worth something has a negative cost.\n\n" +
		"Marks: S stated in a published source, D derived from sourced figures, A assumed and to be confirmed by a region.\n\n" +
		"| rule | | level |\n|---|---|---|\n")
	for _, c := range all {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", c.ID, c.ID, c.Title, c.Level)
	}
	for _, c := range all {
		fmt.Fprintf(&b, "\n## %s\n\n**%s.** %s\n\nLevel: %s. Counted in: %s.\n\n", c.ID, strings.TrimSuffix(c.Title, "."), c.Doc, c.Level, c.Unit)
		b.WriteString("| clause | what it asks | value | mark | source |\n|---|---|---|---|---|\n")
		for _, id := range c.Clauses {
			clause, ok := profile.Clause(id)
			require.True(t, ok, "%s cites clause %s, which the policy does not have", c.ID, id)
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", id, clause.Text, valueOf(clause), clause.Mark, clause.Source)
		}
	}
	return b.String()
}

// valueOf gives a clause's values with the days they came into force, the latest first.
func valueOf(c policy.Clause) string {
	var all []string
	for _, v := range slices.Backward(c.Values) {
		text := fmt.Sprintf("%d %s", v.Value, c.Unit)
		if c.Unit == "on" {
			text = map[bool]string{true: "on", false: "off"}[v.Value != 0]
		}
		all = append(all, text+" from "+v.From)
	}
	if c.Waivable {
		all = append(all, "may be waived")
	}
	return strings.Join(all, "; ")
}

// ids gives the rules' ids in catalogue order.
func ids() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, c := range constraints.All {
			if !yield(c.ID) {
				return
			}
		}
	}
}

// firstColumn gives the first cells of the rows of a text's table, without its heading.
func firstColumn(text string) []string {
	var cells []string
	for line := range strings.Lines(text) {
		if cell, _, ok := strings.Cut(strings.TrimPrefix(line, "| "), " |"); ok && strings.HasPrefix(line, "| ") {
			cells = append(cells, cell)
		}
	}
	return cells[min(1, len(cells)):]
}

// packageDoc is a package's documentation and the file it stands in.
type packageDoc struct{ name, text, file string }

// packageDocs gives the documentation of each package of a tree, by folder, and how many files it has without tests.
func packageDocs(t *testing.T, root string) (docs map[string]packageDoc, files map[string]int) {
	t.Helper()
	docs, files = map[string]packageDoc{}, map[string]int{}
	for _, name := range goFiles(t, root) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(name)), nil, parser.ParseComments|parser.PackageClauseOnly)
		require.NoError(t, err)
		dir := path.Dir(name)
		files[dir]++
		if d := docs[dir]; f.Doc != nil || d.name == "" {
			docs[dir] = packageDoc{f.Name.Name, f.Doc.Text(), path.Base(name)}
		}
	}
	return docs, files
}

// undocumented says which packages lack documentation, or have it where nobody looks.
func undocumented(docs map[string]packageDoc, files map[string]int) []string {
	var faults []string
	for dir, d := range docs {
		start := "Package " + d.name + " "
		if d.name == "main" {
			start = strings.ToUpper(path.Base(dir)[:1]) + path.Base(dir)[1:] + " "
		}
		first := strings.Fields(d.text + " . .")[:2]
		switch {
		case d.text == "":
			faults = append(faults, dir+" has no package documentation")
		case !strings.HasPrefix(d.text, start) && !(d.name == "main" && strings.HasPrefix(d.text, "Command "+path.Base(dir)+" ")):
			faults = append(faults, fmt.Sprintf("%s: found documentation that starts %q; expected %q", dir, strings.Join(first, " "), strings.TrimSpace(start)))
		case files[dir] > 1 && d.file != "doc.go" && d.file != d.name+".go":
			faults = append(faults, fmt.Sprintf("%s has several files; its documentation belongs in doc.go or %s.go", dir, d.name))
		}
	}
	slices.Sort(faults)
	return faults
}

// readFile gives a file of the tree by its name from the root, with slashes.
func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(b)
}
