package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"github.com/communitypayback/payback/model"
)

// WriteWorkbook writes facts as one workbook with a sheet for each kind that has rows; every cell holds the text that the
// CSV file of [WriteFacts] would. An older file at the path is replaced whole or not at all.
func WriteWorkbook(path string, f *model.Facts) error {
	dir, err := os.MkdirTemp("", "payback-")
	if err != nil {
		return notWritten(filepath.Base(path), err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // nothing of value is in it
	if err := WriteFacts(dir, f); err != nil {
		return err
	}
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // it is written or has failed by then
	for _, kind := range kinds {
		if err := addSheet(book, kind, filepath.Join(dir, kind+".csv")); err != nil {
			return notWritten(filepath.Base(path), err)
		}
	}
	if book.SheetCount > 1 {
		if err := book.DeleteSheet("Sheet1"); err != nil {
			return notWritten(filepath.Base(path), err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return notWritten(filepath.Base(path), err)
	}
	return replace(path, b.Bytes())
}

// addSheet copies a CSV file into a sheet of text; a file that is not there makes none.
func addSheet(book *excelize.File, name, path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	if _, err := book.NewSheet(name); err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		cells := make([]any, len(row))
		for j, c := range row {
			cells[j] = c
		}
		if err := sheet.SetRow(at, cells); err != nil {
			return err
		}
	}
	return sheet.Flush()
}
