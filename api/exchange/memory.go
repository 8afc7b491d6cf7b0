package exchange

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
)

// File is a file in memory.
type File struct {
	Name    string // without a folder
	Content []byte
}

// maxUnpackedInMemory is what a workbook in memory may unpack to: nothing of it may go through a temporary file, so it is
// less than what a workbook on disk may.
const maxUnpackedInMemory = 128 << 20

// ReadFiles reads a region from CSV files or from one workbook, as [Read] does, without writing anything anywhere. The
// contents are only read.
func ReadFiles(files []File, o Options) (*model.Facts, *Report, error) {
	book := slices.IndexFunc(files, func(f File) bool { return strings.EqualFold(filepath.Ext(f.Name), ".xlsx") })
	switch {
	case book < 0:
		return readEntries(handed(files), o)
	case len(files) > 1:
		return nil, nil, model.Errorf(model.CodeUsage, "found %s among other files; expected CSV files, or one workbook alone", files[book].Name)
	}
	f := files[book]
	w, err := openBook(bytes.NewReader(f.Content), int64(len(f.Content)), f.Name, bookLimits{whole: maxUnpackedInMemory, part: maxUnpackedInMemory})
	if err != nil {
		return nil, nil, err
	}
	return readBook(w, o)
}

// RosterFiles gives the files that [WriteRoster] and [WriteUnplaced] would write, byte for byte. Without a list of those who
// are not placed, which is nil and not empty, there is no unplaced.csv.
func RosterFiles(sn *model.Snapshot, r *model.Roster, unplaced []Unplaced) ([]File, error) {
	var out []File
	w := &writer{scan: &scan{calendar: &sn.Calendar}, keep: func(name string, content []byte) error {
		out = append(out, File{Name: name, Content: content})
		return nil
	}}
	putRoster(w, sn, r)
	if unplaced != nil {
		putUnplaced(w, unplaced)
	}
	return out, w.err
}
