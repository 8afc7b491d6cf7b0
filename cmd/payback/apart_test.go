package main_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver/constraints"
)

// The harness compares a rule's words with its kernels and is blind to a fault in a function that both call. So the two
// may share what the vocabulary knows (package model) and nothing of the solver's.

// shared lists the predicates on a single pair that a rule's words and kernels may both use, by rule. Each needs cases taken
// from its clause in the rule's own test.
var shared = map[string][]string{}

func TestWordsAndKernelsStandApart(t *testing.T) {
	t.Parallel()
	rules := newLoader(t).rules(catalogue(t))
	require.Len(t, rules, len(constraints.All), "every rule is one literal of solver.Constraint")
	for _, r := range rules {
		require.NotEmpty(t, r.words, "%s: no function of its words was found", r.id)
		require.NotEmpty(t, r.kernels, "%s: no function of its kernels was found", r.id)
		for _, f := range r.both() {
			require.True(t, slices.Contains(shared[r.id], f), "%s: %s is reached from its words and its kernels", r.id, f)
		}
	}
	for id, names := range shared {
		i := slices.IndexFunc(rules, func(r rule) bool { return r.id == id })
		require.GreaterOrEqual(t, i, 0, "%s is not a rule; remove it from the list", id)
		for _, f := range names {
			require.Contains(t, rules[i].both(), f, "%s no longer shares %s; remove it from the list", id, f)
		}
	}
}

// TestSharedJudgementIsFound plants rules whose two views meet, in a catalogue of its own.
func TestSharedJudgementIsFound(t *testing.T) { //nolint:paralleltest,tparallel // the cases share what is loaded
	t.Parallel()
	const head = `package constraints

import (
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

var Planted = &solver.Constraint{ID: "planted", Violations: words, Lower: kernels}

func fits(sn *model.Snapshot, p *model.Person) bool { return sn.WeekLimit(p) > 0 }

`
	const wordsOf = `func words(sn *model.Snapshot, _ *model.Roster) iter.Seq[solver.Violation] {
	return func(yield func(solver.Violation) bool) {
		for i := range sn.People {
			if p := &sn.People[i]; (%s) && p != nil {
				return
			}
		}
	}
}
`
	const kernelsOf = `func kernels(b *solver.Builder) {
	b.ForbidProject(func(p *model.Person, _ *model.Project) bool { return %s })
}
`
	l := newLoader(t)
	for _, c := range []struct{ name, words, kernels, more, want string }{ //nolint:paralleltest // as above
		{
			"nothing but the vocabulary is shared",
			"sn.WeekLimit(p) > 0", "b.Snapshot.WeekLimit(p) > 0", "", "",
		},
		{
			"both call one function",
			"fits(sn, p)", "fits(b.Snapshot, p)", "", "constraints.fits",
		},
		{
			"both reach one function through others",
			"one(sn, p)", "other(b.Snapshot, p)",
			`func one(sn *model.Snapshot, p *model.Person) bool { return fits(sn, p) }
func other(sn *model.Snapshot, p *model.Person) bool { return !fits(sn, p) }`, "constraints.fits",
		},
		{
			"both use one method, once as a value",
			"limit{}.keeps(sn, p)", "func() bool { k := limit{}.keeps; return k(b.Snapshot, p) }()",
			`type limit struct{}
func (limit) keeps(sn *model.Snapshot, p *model.Person) bool { return sn.WeekLimit(p) > 0 }`, "constraints.limit.keeps",
		},
		{
			"both use one generic function",
			"any1(sn.People)", "any1(b.Snapshot.Projects)", "func any1[T any](all []T) bool { return len(all) > 0 }", "constraints.any1",
		},
		{
			"both read one table of functions",
			"table[0](sn, p)", "table[0](b.Snapshot, p)",
			"var table = []func(*model.Snapshot, *model.Person) bool{fits}", "constraints.fits",
		},
		{
			"both call one function of the solver",
			"solver.Score{}.Less(solver.Score{})", "solver.Score{}.Less(solver.Score{})", "", "solver.Score.Less",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := head + fmt.Sprintf(wordsOf, c.words) + fmt.Sprintf(kernelsOf, c.kernels) + c.more + "\n"
			rules := l.rules(map[string]string{"planted.go": source})
			require.Len(t, rules, 1)
			require.Equal(t, "planted", rules[0].id)
			require.Contains(t, rules[0].words, "constraints.words")
			require.Contains(t, rules[0].kernels, "constraints.kernels")
			if c.want == "" {
				require.Empty(t, rules[0].both())
			} else {
				require.Equal(t, []string{c.want}, rules[0].both())
			}
		})
	}
}

// rule is a literal of solver.Constraint and the functions of ours, outside the vocabulary, that its views reach.
type rule struct {
	id             string
	words, kernels []string
}

func (r rule) both() []string {
	return slices.DeleteFunc(slices.Clone(r.words), func(f string) bool { return !slices.Contains(r.kernels, f) })
}

// catalogue gives the sources of solver/constraints without its tests.
func catalogue(t *testing.T) map[string]string {
	t.Helper()
	sources := map[string]string{}
	for _, name := range goFiles(t, "../../solver/constraints") {
		if !strings.HasSuffix(name, "_test.go") && path.Dir(name) == "." {
			sources[name] = readFile(t, "solver/constraints/"+name)
		}
	}
	return sources
}
