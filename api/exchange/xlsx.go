package exchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/communitypayback/payback/model"
)

// workbook is an open XLSX file.
type workbook struct {
	name     string
	file     *excelize.File
	date1904 bool
}

// openWorkbook opens a file. Large sheets go through temporary files rather than memory.
func openWorkbook(path, name string) (*workbook, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, notFound(name, err)
	}
	defer func() { _ = f.Close() }() // read only
	stat, err := f.Stat()
	if err != nil {
		return nil, notFound(name, err)
	}
	return openBook(f, stat.Size(), name, bookLimits{whole: maxUnpacked, part: 4 << 20})
}

// bookLimits are how many bytes a workbook may unpack to, and how many of one part are kept in memory; what is larger goes
// through a temporary file.
type bookLimits struct{ whole, part uint64 }

// openBook checks what a workbook claims to unpack to before anything is unpacked, then opens it.
func openBook(in interface {
	io.Reader
	io.ReaderAt
}, size int64, name string, limits bookLimits,
) (w *workbook, err error) {
	defer func() { // the library may not survive a hostile file; its panic is the file's fault, not ours
		if p := recover(); p != nil {
			w, err = nil, notAWorkbook(name, fmt.Errorf("%v", p))
		}
	}()
	if err := checkArchive(in, size, name, limits.whole); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(in, excelize.Options{RawCellValue: true, UnzipSizeLimit: int64(limits.whole), UnzipXMLSizeLimit: int64(limits.part)})
	if err != nil {
		return nil, notAWorkbook(name, err)
	}
	w = &workbook{name: name, file: f}
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		w.date1904 = *p.Date1904
	}
	return w, nil
}

func notAWorkbook(name string, cause error) error {
	e := model.Errorf(model.CodeInvalid, "%s cannot be read; expected an Excel workbook (.xlsx). Open it in a spreadsheet and save it again as .xlsx or CSV", name)
	e.Err = cause
	return e
}

func checkArchive(in io.ReaderAt, size int64, name string, limit uint64) error {
	if size > maxFileBytes {
		return tooLarge(name)
	}
	z, err := zip.NewReader(in, size)
	if err != nil {
		return notAWorkbook(name, err)
	}
	var unpacked uint64
	for _, part := range z.File {
		unpacked += min(part.UncompressedSize64, limit+1)
		if unpacked > limit {
			break
		}
	}
	if unpacked > limit || len(z.File) > maxParts {
		return model.Errorf(model.CodeInvalid, "%s unpacks to more than %d MiB or %s parts, so it was not opened; expected a workbook with only the region's sheets",
			name, limit>>20, thousands(maxParts))
	}
	for _, part := range z.File {
		if strings.HasPrefix(part.Name, "xl/worksheets/") && strings.HasSuffix(part.Name, ".xml") {
			if err := wellFormed(part); err != nil {
				return notAWorkbook(name, err)
			}
		}
	}
	return nil
}

// wellFormed reads a part to its end, because the library takes a fault in the middle of a sheet for its end, and rows
// would be missing without a word.
func wellFormed(part *zip.File) error {
	f, err := part.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w", part.Name, err)
	}
	defer func() { _ = f.Close() }() // read only
	d := xml.NewDecoder(f)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read %s: %w", part.Name, err)
		}
	}
}

// close gives back the temporary files.
func (w *workbook) close() { _ = w.file.Close() } // they are only copies

// records gives the rows of a sheet with the values that its cells hold, never the formulas. Rows beyond the largest sheet
// there can be are not looked at. fail is called when the sheet cannot be read to its end.
func (w *workbook) records(sheet string, fail func(error)) iter.Seq[record] {
	return func(yield func(record) bool) {
		rows, err := w.file.Rows(sheet)
		if err != nil {
			fail(err)
			return
		}
		defer func() { _ = rows.Close() }() // read only
		for at := 1; at <= maxSheetRows; at++ {
			cells, more, err := nextRow(rows)
			if err != nil {
				fail(err)
				return
			}
			if !more {
				return
			}
			if !yield(record{at: at, cells: cells, bad: len(cells) > maxColumns}) {
				return
			}
		}
	}
}

// nextRow takes one row, and a panic of the library on a hostile sheet as an error.
func nextRow(rows *excelize.Rows) (cells []string, more bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	if !rows.Next() {
		return nil, false, rows.Error()
	}
	cells, err = rows.Columns(excelize.Options{RawCellValue: true})
	return cells, true, err
}
