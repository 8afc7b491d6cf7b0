package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// planter puts switched expressions around those of a file, by inserting text before and after them.
type planter struct {
	set     *token.FileSet
	info    *types.Info
	pkg     *types.Package
	file    string
	text    []byte
	imports map[string]bool
	edits   []edit
	all     []*fault
}

// edit is text to be inserted. Of two at one place, those that close go first, then the outer of those that open.
type edit struct {
	at     int
	closes bool
	order  int
	text   string
}

// turned says what each comparison becomes: one that orders moves its boundary, one that asks for equality is turned round.
var turned = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR, token.EQL: token.NEQ, token.NEQ: token.EQL,
}

// inFile plants every fault of a file and gives its new text.
func (x *planter) inFile(f *ast.File) []byte {
	x.edits = x.edits[:0]
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl: // constants must stay constant
			return n.Tok != token.CONST && n.Tok != token.IMPORT
		case *ast.ArrayType: // and so must lengths
			return false
		case *ast.UnaryExpr: // -1 is one number
			return !x.constant(n)
		case *ast.BinaryExpr: // and so is 7*24
			if x.constant(n) {
				return false
			}
			x.comparison(n)
		case *ast.BasicLit:
			x.number(n)
		}
		return true
	})
	slices.SortStableFunc(x.edits, func(a, b edit) int {
		if a.at != b.at || a.closes != b.closes {
			return cmp.Or(cmp.Compare(a.at, b.at), -cmp.Compare(truth(a.closes), truth(b.closes)))
		}
		if a.closes {
			return cmp.Compare(b.order, a.order) // what opened last closes first
		}
		return cmp.Compare(a.order, b.order)
	})
	var out []byte
	from := 0
	for _, e := range x.edits {
		out = append(append(out, x.text[from:e.at]...), e.text...)
		from = e.at
	}
	return append(out, x.text[from:]...)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// around puts text before and after an expression.
func (x *planter) around(n ast.Expr, before, after string) {
	from, to := x.offset(n.Pos()), x.offset(n.End())
	order := len(x.all)
	x.edits = append(x.edits, edit{from, false, order, before}, edit{to, true, order, after})
}

func (x *planter) offset(p token.Pos) int { return x.set.Position(p).Offset }

func (x *planter) source(n ast.Expr) string {
	return string(x.text[x.offset(n.Pos()):x.offset(n.End())])
}

// add notes a fault and gives its number.
func (x *planter) add(at token.Pos, was, is string) int {
	x.all = append(x.all, &fault{number: len(x.all) + 1, file: x.file, line: x.set.Position(at).Line, was: was, is: is, tests: tests(x.file)})
	return len(x.all)
}

func (x *planter) comparison(n *ast.BinaryExpr) {
	to, ok := turned[n.Op]
	if !ok || x.info.Types[n].Value != nil {
		return
	}
	other := fmt.Sprintf("%s %s %s", x.source(n.X), to, x.source(n.Y))
	number := x.add(n.Pos(), x.source(n), other)
	x.around(n, fmt.Sprintf("faultyTruth(%d, ", number), ", "+other+")")
}

// constant plants a fault around an expression of constants, as one number.
func (x *planter) constant(n ast.Expr) bool {
	if x.info.Types[n].Value == nil {
		return false
	}
	written := false // a constant by its name is not a number to get wrong
	ast.Inspect(n, func(m ast.Node) bool {
		_, is := m.(*ast.BasicLit)
		written = written || is
		return true
	})
	if written {
		x.number(n)
	}
	return true
}

func (x *planter) number(n ast.Expr) {
	t := x.info.Types[n].Type
	if t == nil {
		return
	}
	b, basic := t.Underlying().(*types.Basic)
	if !basic || b.Info()&types.IsInteger == 0 {
		return
	}
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != x.pkg && !x.imports[named.Obj().Pkg().Path()] {
		return
	}
	name := types.TypeString(t, func(p *types.Package) string {
		if p == x.pkg {
			return ""
		}
		return p.Name()
	})
	if strings.HasPrefix(name, "untyped") {
		name = "int"
	}
	number := x.add(n.Pos(), x.source(n), x.source(n)+" + 1")
	x.around(n, fmt.Sprintf("%s(faultyNumber(%d, int64(", name, number), ")))")
}
