package exchange

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/communitypayback/payback/model"
)

// source is where the rows of one kind come from: a CSV file or a sheet.
type source struct {
	name     string // as problems call it
	numbers  bool
	date1904 bool
	// open gives the rows; known tells the headers of the kind, for guessing the delimiter. note takes what was assumed on the
	// way, fail why the rows end early.
	open func(known func(string) bool, note func(string), fail func(error)) (iter.Seq[record], error)
	// rows gives the cells of each row to a function, the header first, without holding the file; only a gazetteer's are read so.
	rows func(known func(string) bool, row func(cells []string) error) error
}

// spareNames are files that belong to a region folder but are not read.
var spareNames = []string{"unplaced", "problems"}

// entry is something that may be a file of a region: in a folder, or handed over.
type entry struct {
	name   string
	folder bool
	path   string                 // on disk; empty: in memory
	read   func() ([]byte, error) // gives a [model.Error]
}

// folder gives what a folder holds.
func folder(dir string) ([]entry, error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, notFound(filepath.Base(dir), err)
	}
	var out []entry
	for _, e := range all {
		out = append(out, entry{name: e.Name(), folder: e.IsDir(), path: filepath.Join(dir, e.Name()),
			read: func() ([]byte, error) { return readLimited(filepath.Join(dir, e.Name()), e.Name()) }})
	}
	return out, nil
}

// handed gives files that are in memory.
func handed(files []File) []entry {
	var out []entry
	for _, f := range files {
		out = append(out, entry{name: f.Name, read: func() ([]byte, error) {
			if len(f.Content) > maxFileBytes {
				return nil, tooLarge(f.Name)
			}
			return f.Content, nil
		}})
	}
	return out
}

// regionFiles finds the files of a region among entries.
func regionFiles(entries []entry, kinds []string, note func(file, text string)) map[string]source {
	found := map[string]source{}
	for _, e := range entries {
		if strings.HasPrefix(e.name, ".") {
			continue
		}
		ext := strings.ToLower(filepath.Ext(e.name))
		kind := headerName(strings.TrimSuffix(e.name, filepath.Ext(e.name)))
		switch {
		case slices.Contains(spareNames, kind) && ext == ".csv":
		case e.folder:
			if ext == ".csv" {
				note(e.name, "is a folder, so it was not read")
			}
		case ext != ".csv" || !slices.Contains(kinds, kind):
			note(e.name, "is not a file of a region, so it was not read"+suggest(kind, kinds, ".csv"))
		case found[kind].name != "":
			note(e.name, fmt.Sprintf("was not read, because %s is there too", found[kind].name))
		case kind == gazetteerKind && e.path != "":
			found[kind] = gazetteerFile(e.path)
		default:
			found[kind] = csvSource(e)
		}
	}
	return found
}

// sheets finds the sheets of a workbook.
func (w *workbook) sheets(kinds []string, note func(file, text string)) map[string]source {
	found := map[string]source{}
	for _, sheet := range w.file.GetSheetList() {
		kind := headerName(sheet)
		name := fmt.Sprintf("%s %q", w.name, sheet)
		switch {
		case slices.Contains(spareNames, kind) || kind == "notes":
		case !slices.Contains(kinds, kind):
			note(name, "is not a sheet of a region, so it was not read"+suggest(kind, kinds, ""))
		case found[kind].name != "":
			note(name, fmt.Sprintf("was not read, because %s is there too", found[kind].name))
		default:
			found[kind] = source{name: name, numbers: true, date1904: w.date1904,
				open: func(_ func(string) bool, _ func(string), fail func(error)) (iter.Seq[record], error) {
					return w.records(sheet, func(err error) { fail(notAWorkbook(name, err)) }), nil
				}}
		}
	}
	return found
}

func csvSource(e entry) source {
	name := e.name
	return source{name: name, open: func(known func(string) bool, note func(string), _ func(error)) (iter.Seq[record], error) {
		raw, err := e.read()
		if err != nil {
			return nil, err
		}
		text, assumed, ok := decode(raw)
		if !ok {
			return nil, model.Errorf(model.CodeInvalid, "%s is not a text file; expected CSV. Save it as \"CSV UTF-8\" and try again", name)
		}
		if assumed != "" {
			note(assumed)
		}
		if !strings.Contains(text, "\n") {
			text = strings.ReplaceAll(text, "\r", "\n")
		}
		delimiter, text := sniff(text, known)
		if delimiter != ',' {
			note(fmt.Sprintf("cells are parted by %q", delimiter))
		}
		return csvRecords(text, delimiter), nil
	}}
}

func readLimited(path, name string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, notFound(name, err)
	}
	defer func() { _ = f.Close() }() // read only
	if s, err := f.Stat(); err != nil || !s.Mode().IsRegular() {
		return nil, notFound(name, err)
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err != nil {
		return nil, notFound(name, err)
	}
	if len(raw) > maxFileBytes {
		return nil, tooLarge(name)
	}
	return raw, nil
}

func notFound(name string, cause error) error {
	e := model.Errorf(model.CodeInvalid, "%s cannot be read. Check that it is not open elsewhere and that you may read it", name)
	if errors.Is(cause, fs.ErrNotExist) {
		e = model.Errorf(model.CodeNotFound, "%s is not there; expected a folder with the region's CSV files, or an .xlsx workbook", name)
	}
	e.Err = cause
	return e
}

func tooLarge(name string) error {
	return model.Errorf(model.CodeInvalid, "%s is larger than %d MiB; expected the files of one region. Part it, or take out what is not needed", name, maxFileBytes>>20)
}

func tooManyRows(name string, most int) error {
	return model.Errorf(model.CodeInvalid, "%s has more than %s rows; expected the files of one region. Part it, or take out what is not needed", name, thousands(most))
}

// columnLetter gives the letter under which a spreadsheet shows a column, counted from 0.
func columnLetter(i int) string {
	s, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return "" // beyond what a spreadsheet can show
	}
	return s
}
