package exchange

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

// templateName is the workbook that WriteTemplates makes.
const templateName = "payback.xlsx"

// form is a table without its types: what a template and the documentation need.
type form struct {
	kind, help string
	needed     bool
	out        bool // written and never read
	columns    []formColumn
}

type formColumn struct {
	name, help, example       string
	required, secret, outOnly bool
	aliases                   []string
}

// WriteTemplates writes, in dir, a CSV file for each kind with its header and one example row, or with xlsx one workbook,
// payback.xlsx, with a sheet for each kind and a sheet of notes. It makes dir if need be and replaces older templates.
func WriteTemplates(dir string, xlsx bool) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return notWritten(filepath.Base(dir), err)
	}
	if xlsx {
		return writeTemplateBook(filepath.Join(dir, templateName))
	}
	for _, f := range forms() {
		if f.out {
			continue
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(f.rows()); err != nil {
			return notWritten(f.kind+".csv", err)
		}
		if err := replace(filepath.Join(dir, f.kind+".csv"), b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (f form) rows() [][]string {
	rows := make([][]string, 2)
	for _, c := range f.columns {
		rows[0] = append(rows[0], c.name)
		rows[1] = append(rows[1], c.example)
	}
	return rows
}

func writeTemplateBook(path string) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // it is written or has failed by then
	notes := [][]string{{"sheet", "column", "needed", "what it holds", "example"}}
	var err error
	fill := func(sheet string, rows [][]string) {
		if _, e := book.NewSheet(sheet); e != nil && err == nil {
			err = e
		}
		for i, row := range rows {
			at, e := excelize.CoordinatesToCellName(1, i+1)
			if e == nil {
				e = book.SetSheetRow(sheet, at, &row)
			}
			if e != nil && err == nil {
				err = e
			}
		}
	}
	for _, f := range forms() {
		if f.out {
			continue
		}
		fill(f.kind, f.rows())
		for _, c := range f.columns {
			notes = append(notes, []string{f.kind, c.name, c.need(), c.help, c.example})
		}
	}
	fill("notes", notes)
	if e := book.DeleteSheet("Sheet1"); e != nil && err == nil {
		err = e
	}
	var b bytes.Buffer
	if err == nil {
		err = book.Write(&b)
	}
	if err != nil {
		return notWritten(filepath.Base(path), err)
	}
	return replace(path, b.Bytes())
}

func (c formColumn) need() string {
	switch {
	case c.required:
		return "needed"
	case c.outOnly:
		return "not read"
	}
	return ""
}

// forms gives every kind of file, in the order of kinds and the written one last.
func forms() []form {
	out := []form{
		plain(teamsTable), plain(projectsTable), plain(slotsTable), plain(supervisorsTable), plain(shiftsTable), plain(minibusesTable), plain(stopsTable),
		plain(peopleTable), plain(spellsTable), plain(apartTable), plain(zonesTable), plain(standingTable), plain(heldTable), plain(visitsTable),
		plain(holidaysTable), plain(weatherTable), plain(legsTable), plain(kitTable), plain(contactsTable), plain(reviewsTable), plain(waiversTable),
		plain(costsTable), plain(gazetteerTable), plain(unplacedTable),
	}
	out[len(out)-1].out = true
	return out
}

func plain[T any](t *table[T]) form {
	f := form{kind: t.kind, help: t.help, needed: t.needed}
	for _, c := range t.columns {
		f.columns = append(f.columns, formColumn{name: c.name, help: c.help, example: c.example, required: c.required, secret: c.secret,
			outOnly: c.read == nil, aliases: c.aliases})
	}
	return f
}
