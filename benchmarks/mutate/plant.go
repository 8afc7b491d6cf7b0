package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

const switchName = "PAYBACK_FAULT"

// fault is one small change of one file.
type fault struct {
	number   int
	file     string
	line     int
	was, is  string
	tests    string // the pattern of its rule's own tests
	survived bool
}

func (f *fault) String() string {
	return fmt.Sprintf("%s:%d  %s  ->  %s", f.file, f.line, f.was, f.is)
}

// switches is the code that the planted expressions call. Both sides of a comparison are values of the rules and have no
// effects, so evaluating both readings changes nothing but time.
const switches = `package %s

import (
	"os"
	"strconv"
)

var faultOn, _ = strconv.Atoi(os.Getenv(%q))

func faultyTruth(number int, is, would bool) bool {
	if faultOn == number {
		return would
	}
	return is
}

func faultyNumber(number int, is int64) int64 {
	if faultOn == number {
		return is + 1
	}
	return is
}
`

// plant writes the files of a package with all faults, and the overlay that makes the compiler read them.
func plant(dir, tmp string, wanted func(string) bool) ([]*fault, error) {
	set := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	var paths []string
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, n, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files, paths = append(files, f), append(paths, n)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("found no Go files in %s; run this from the root of the module", dir)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(set, "source", nil)}
	pkg, err := conf.Check(dir, set, files, info)
	if err != nil {
		return nil, err
	}
	overlay := map[string]string{}
	add := func(path string, text []byte) error {
		abs, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		to := filepath.Join(tmp, filepath.Base(path))
		overlay[abs] = to
		return os.WriteFile(to, text, 0o600)
	}
	x := &planter{set: set, info: info, pkg: pkg}
	for i, f := range files {
		base := filepath.Base(paths[i])
		if base == "all.go" || base == "doc.go" || !wanted(base) {
			continue
		}
		if x.text, err = os.ReadFile(paths[i]); err != nil {
			return nil, err
		}
		x.file, x.imports = base, imported(f)
		if err := add(paths[i], x.inFile(f)); err != nil {
			return nil, err
		}
	}
	if err := add(filepath.Join(dir, "zz_switches.go"), fmt.Appendf(nil, switches, files[0].Name.Name, switchName)); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return nil, err
	}
	return x.all, os.WriteFile(filepath.Join(tmp, "overlay.json"), raw, 0o600)
}

// imported lists the paths a file imports.
func imported(f *ast.File) map[string]bool {
	out := map[string]bool{}
	for _, i := range f.Imports {
		out[strings.Trim(i.Path.Value, `"`)] = true
	}
	return out
}

// tests gives the pattern of the tests of the rule in a file: its twin and its walk. What several rules share is tested by
// all twins and walks.
func tests(file string) string {
	const walks = "^TestWordsEqualKernelsOfEachRuleAlone$"
	name := strings.TrimSuffix(file, ".go")
	switch name {
	case "words", "kernels":
		return "^Test"
	case "minibus_trip":
		name = "minibus"
	case "preferences_kernels":
		name = "preferences"
	}
	words := strings.Split(name, "_")
	var camel strings.Builder
	for _, w := range words {
		if w == "ete" {
			w = "ETE"
		}
		camel.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return fmt.Sprintf("^Test%s|%s/^%s$|^TestWordsEqualKernelsWhereTripsMeet$/^%s$", camel.String(), walks, strings.Join(words, "-"), strings.Join(words, "-"))
}
