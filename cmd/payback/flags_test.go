package main_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	payback "github.com/communitypayback/payback/cmd/payback"
)

// declared is a command, flag or argument as the source declares it.
type declared struct {
	command   []string // it belongs to; empty: all commands
	name      string   // as typed: plan, --week, <dir>
	help      string
	isCommand bool
}

// TestEveryCommandAndFlagIsInHelp takes what there is from the source and looks for it in what help prints.
func TestEveryCommandAndFlagIsInHelp(t *testing.T) {
	t.Parallel()
	all := declarations(t)
	flags := 0
	for _, d := range all {
		if strings.HasPrefix(d.name, "--") {
			flags++
		}
		require.NotEmpty(t, d.help, "%s %s has no help text", strings.Join(d.command, " "), d.name)
		page := help(t, d.command...)
		require.Contains(t, page, d.name)
		require.NotContains(t, page, "${", "a text that help should fill in")
		if strings.HasPrefix(d.help, "${") {
			continue // written elsewhere and filled in
		}
		require.Regexp(t, `^[A-Z].*\.$`, d.help, "the help of %s %s is a sentence", strings.Join(d.command, " "), d.name)
		if d.isCommand {
			page = help(t, append(slices.Clip(d.command), d.name)...)
		}
		require.Contains(t, page, firstWords(d.help), "payback help %s does not explain %s", strings.Join(d.command, " "), d.name)
	}
	require.Greater(t, flags, 15, "the source was not read")
}

// TestCommandsOfTheReadmeExist follows the README's own words to a help page.
func TestCommandsOfTheReadmeExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"exit-codes": true}
	for _, d := range declarations(t) {
		if d.isCommand {
			known[strings.Join(append(d.command, d.name), " ")] = true
		}
	}
	readme := readFile(t, "README.md")
	used := regexp.MustCompile("(?:go run \\./cmd/payback|payback help|`payback) ([a-z-]+)").FindAllStringSubmatch(readme, -1)
	for line := range strings.Lines(readme) {
		if cell, _, ok := strings.Cut(line, " | "); ok && strings.HasPrefix(cell, "| `") {
			used = append(used, regexp.MustCompile("`([a-z ]+)`").FindAllStringSubmatch(cell, -1)...)
		}
	}
	require.Greater(t, len(used), 8, "the commands were not found")
	for _, u := range used {
		require.Contains(t, known, u[1], "README.md speaks of %q", u[1])
	}
	for name := range known {
		require.Contains(t, readme, strings.Fields(name)[0], "README.md does not speak of %s", name)
	}
}

// help gives what the program prints to explain a command, on one line.
func help(t *testing.T, command ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	m := payback.NewMain()
	m.Stdout, m.Stderr = &out, &errs
	require.Zero(t, m.Do(context.Background(), append([]string{"help"}, command...)), errs.String())
	return strings.Join(strings.Fields(out.String()), " ")
}

// firstWords is enough of a help text to know it by, and short enough to stand on one line.
func firstWords(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(3, len(words))], " ")
}

// declarations reads the commands and flags from the fields of the struct cli and of those it leads to.
func declarations(t *testing.T) []declared {
	t.Helper()
	structs := map[string]*ast.StructType{}
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if fields, ok := s.Type.(*ast.StructType); ok {
					structs[s.Name.Name] = fields
				}
			}
			return true
		})
	}
	require.Contains(t, structs, "cli")
	return fieldsOf(t, structs, structs["cli"], nil)
}

func fieldsOf(t *testing.T, structs map[string]*ast.StructType, s *ast.StructType, command []string) []declared {
	t.Helper()
	var all []declared
	for _, f := range s.Fields.List {
		var tag reflect.StructTag
		if f.Tag != nil {
			text, err := strconv.Unquote(f.Tag.Value)
			require.NoError(t, err)
			tag = reflect.StructTag(text)
		}
		inner, _ := f.Type.(*ast.StructType)
		if id, ok := f.Type.(*ast.Ident); ok {
			inner = structs[id.Name]
		}
		_, isCommand := tag.Lookup("cmd")
		_, isArgument := tag.Lookup("arg")
		_, isEmbedded := tag.Lookup("embed")
		if len(f.Names) == 0 || isEmbedded {
			if inner != nil {
				all = append(all, fieldsOf(t, structs, inner, command)...)
			}
			continue
		}
		for _, id := range f.Names {
			if !id.IsExported() || tag.Get("kong") == "-" {
				continue
			}
			name := tag.Get("name")
			if name == "" {
				name = dashed(id.Name)
			}
			switch {
			case isCommand:
				all = append(all, declared{command, name, tag.Get("help"), true})
				if inner != nil {
					all = append(all, fieldsOf(t, structs, inner, append(slices.Clip(command), name))...)
				}
			case isArgument:
				all = append(all, declared{command, "<" + name, tag.Get("help"), false})
			default:
				all = append(all, declared{command, "--" + name, tag.Get("help"), false})
			}
		}
	}
	return all
}

// dashed writes a field's name as the flag it becomes: AsOf, as-of.
func dashed(name string) string {
	return strings.ToLower(regexp.MustCompile(`([a-z0-9])([A-Z])`).ReplaceAllString(name, "$1-$2"))
}
