package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// tableWidth is how wide a table may be.
const tableWidth = 100

// column is one column of a list: its name in CSV, which is also its heading, and its text.
type column[T any] struct {
	name  string
	cell  func(T) string
	table func(T) string // for people; nil: as in CSV
	right bool           // numbers
	hide  bool           // not in a table, which has no room for it
	only  bool           // in a table alone, because CSV has it in other columns
}

// writeList writes items in the format that was asked for. Every item's JSON fields have the names of the CSV columns.
func writeList[T any](m *Main, items []T, columns []column[T]) error {
	switch m.cli.Output {
	case "json":
		if items == nil {
			items = []T{}
		}
		return writeJSON(m.Stdout, items)
	case "jsonl":
		e := json.NewEncoder(m.Stdout)
		e.SetEscapeHTML(false)
		for _, x := range items {
			if err := e.Encode(x); err != nil {
				return fmt.Errorf("write results: %w", err)
			}
		}
		return nil
	case "csv":
		return writeCSV(m, items, columns)
	default:
		return writeTable(m, items, columns)
	}
}

// writeOne writes a single thing: as JSON, or in words.
func writeOne[T any](m *Main, x T, words func(T) error) error {
	switch m.cli.Output {
	case "json":
		return writeJSON(m.Stdout, x)
	case "jsonl":
		e := json.NewEncoder(m.Stdout)
		e.SetEscapeHTML(false)
		return e.Encode(x)
	default:
		return words(x)
	}
}

func writeJSON(w io.Writer, x any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(x); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

func writeCSV[T any](m *Main, items []T, all []column[T]) error {
	w := csv.NewWriter(m.Stdout)
	columns := slices.DeleteFunc(slices.Clone(all), func(c column[T]) bool { return c.only })
	row := make([]string, len(columns))
	if !m.cli.NoHeaders {
		for i, c := range columns {
			row[i] = c.name
		}
		if err := w.Write(row); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	for _, x := range items {
		for i, c := range columns {
			row[i] = unformula(c.cell(x))
		}
		if err := w.Write(row); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

// unformula keeps a spreadsheet from taking text for a formula.
func unformula(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

// writeTable writes aligned columns. The last one is wrapped, so that lines keep to the width and nothing is lost.
func writeTable[T any](m *Main, items []T, columns []column[T]) error {
	shown := slices.DeleteFunc(slices.Clone(columns), func(c column[T]) bool { return c.hide })
	var rows [][]string
	if !m.cli.NoHeaders {
		head := make([]string, len(shown))
		for i, c := range shown {
			head[i] = strings.ToUpper(strings.ReplaceAll(c.name, "_", " "))
		}
		rows = append(rows, head)
	}
	for _, x := range items {
		row := make([]string, len(shown))
		for i, c := range shown {
			if row[i] = c.cell(x); c.table != nil {
				row[i] = c.table(x)
			}
		}
		rows = append(rows, row)
	}
	right := make([]bool, len(shown))
	for i, c := range shown {
		right[i] = c.right
	}
	_, err := io.WriteString(m.Stdout, align(rows, right))
	return err
}

// align lays rows out in columns two spaces apart.
func align(rows [][]string, right []bool) string {
	widths := make([]int, len(right))
	for _, row := range rows {
		for i, s := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	indent := 0
	for _, w := range widths[:max(0, len(widths)-1)] {
		indent += w + 2
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, s := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(s))
			switch {
			case i == len(row)-1 && !right[i]:
				line.WriteString(strings.Join(wrap(s, max(14, tableWidth-indent)), "\n"+strings.Repeat(" ", indent)))
			case right[i]:
				line.WriteString(pad + s)
			default:
				line.WriteString(s + pad)
			}
			if i < len(row)-1 {
				line.WriteString("  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// wrap breaks text at spaces into lines of at most so many characters, where words allow.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for w := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = w
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) <= width:
			line += " " + w
		default:
			lines = append(lines, line)
			line = w
		}
	}
	return append(lines, line)
}
