package main_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// loader type-checks our packages from their sources and keeps what each function and variable refers to.
type loader struct {
	t        *testing.T
	fset     *token.FileSet
	outside  types.Importer
	packages map[string]*types.Package
	refers   map[types.Object][]types.Object
}

func newLoader(t *testing.T) *loader {
	t.Helper()
	l := &loader{t: t, fset: token.NewFileSet(), packages: map[string]*types.Package{}, refers: map[types.Object][]types.Object{}}
	l.outside = importer.ForCompiler(l.fset, "source", nil)
	return l
}

// rules finds the rules in a version of package solver/constraints given by its sources, in the order of their ids.
func (l *loader) rules(sources map[string]string) []rule {
	files := l.parse(sources)
	info := l.check(module+"/solver/constraints", files)

	var rules []rule
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || info.Types[lit].Type == nil || info.Types[lit].Type.String() != module+"/solver.Constraint" {
				return true
			}
			var r rule
			for _, e := range lit.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				require.True(l.t, ok, "a rule names its fields")
				switch kv.Key.(*ast.Ident).Name {
				case "ID":
					r.id = strings.Trim(info.Types[kv.Value].Value.String(), `"`)
				case "Violations":
					r.words = l.reach(mentioned(info, kv.Value))
				case "Lower":
					r.kernels = l.reach(mentioned(info, kv.Value))
				}
			}
			rules = append(rules, r)
			return true
		})
	}
	slices.SortFunc(rules, func(a, b rule) int { return strings.Compare(a.id, b.id) })
	return rules
}

// Import implements types.Importer.
func (l *loader) Import(name string) (*types.Package, error) {
	dir, ours := strings.CutPrefix(name, module+"/")
	if !ours {
		return l.outside.Import(name)
	}
	if p := l.packages[name]; p != nil {
		return p, nil
	}
	sources := map[string]string{}
	names, err := filepath.Glob(filepath.Join("../..", filepath.FromSlash(dir), "*.go"))
	require.NoError(l.t, err)
	for _, file := range names {
		if !strings.HasSuffix(file, "_test.go") {
			sources[file] = readFile(l.t, dir+"/"+filepath.Base(file))
		}
	}
	l.check(name, l.parse(sources))
	return l.packages[name], nil
}

func (l *loader) parse(sources map[string]string) []*ast.File {
	l.t.Helper()
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(l.fset, name, sources[name], parser.SkipObjectResolution)
		require.NoError(l.t, err)
		files = append(files, f)
	}
	return files
}

func (l *loader) check(name string, files []*ast.File) *types.Info {
	l.t.Helper()
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}
	p, err := (&types.Config{Importer: l}).Check(name, l.fset, files, info)
	require.NoError(l.t, err)
	l.packages[name] = p
	for _, f := range files {
		for _, d := range f.Decls {
			l.declare(info, d)
		}
	}
	return info
}

// declare keeps what the functions and variables of a declaration refer to.
func (l *loader) declare(info *types.Info, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			l.refers[info.Defs[d.Name]] = mentioned(info, d.Body)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || d.Tok != token.VAR {
				continue
			}
			for _, name := range v.Names {
				for _, value := range v.Values {
					l.refers[info.Defs[name]] = append(l.refers[info.Defs[name]], mentioned(info, value)...)
				}
			}
		}
	}
}

// mentioned gives the functions and package variables that a piece of code names, called or not.
func mentioned(info *types.Info, n ast.Node) []types.Object {
	var found []types.Object
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		switch o := info.Uses[id].(type) {
		case *types.Func:
			found = append(found, o.Origin())
		case *types.Var:
			if o.Pkg() != nil && o.Parent() == o.Pkg().Scope() {
				found = append(found, o)
			}
		}
		return true
	})
	return found
}

// reach gives the names of the functions of ours, outside the vocabulary, that can be come to from here, sorted.
func (l *loader) reach(from []types.Object) []string {
	seen := map[types.Object]bool{}
	var names []string
	for len(from) > 0 {
		o := from[len(from)-1]
		from = from[:len(from)-1]
		if seen[o] || o.Pkg() == nil || !strings.HasPrefix(o.Pkg().Path(), module+"/solver") {
			continue
		}
		seen[o] = true
		if f, ok := o.(*types.Func); ok {
			names = append(names, qualified(f))
		}
		from = append(from, l.refers[o]...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// qualified gives the name of a function as a reader would write it: constraints.fits, solver.Score.Less.
func qualified(f *types.Func) string {
	name := strings.NewReplacer("(", "", ")", "", "*", "").Replace(f.FullName())
	return strings.TrimPrefix(name[strings.LastIndex(name, "/")+1:], "/")
}
