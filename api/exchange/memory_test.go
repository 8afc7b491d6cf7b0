package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

func TestFilesInMemoryAreReadAsThoseOfAFolder(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, workingWeek())
	want, report, err := exchange.ReadDir(dir, exchange.Options{})
	require.NoError(t, err)
	got, gotReport, err := exchange.ReadFiles(filesOf(t, dir), exchange.Options{})
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, report, gotReport)

	book := filepath.Join(t.TempDir(), "region.xlsx")
	require.NoError(t, exchange.WriteWorkbook(book, want))
	got, gotReport, err = exchange.ReadFiles(filesOf(t, filepath.Dir(book)), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, gotReport.Problems)
	require.Equal(t, want, got)
}

// A large sheet of a workbook on disk goes through a temporary file; what somebody sends may never.
func TestAWorkbookInMemoryNeedsNoTemporaryFile(t *testing.T) {
	if testing.Short() {
		t.Log("not looked at: a workbook that is small enough for a short run proves nothing")
		return
	}
	f := &model.Facts{Teams: []model.Team{{Code: "T1", Area: "North"}}}
	for i := range 60_000 {
		f.Holidays = append(f.Holidays, model.Holiday{Date: model.Date(10_000 + i%20_000), Name: strings.Repeat("x", 90) + strconv.Itoa(i)})
	}
	path := filepath.Join(t.TempDir(), "region.xlsx")
	require.NoError(t, exchange.WriteWorkbook(path, f))
	files := filesOf(t, filepath.Dir(path))
	tmp, long := t.TempDir(), time.Unix(1_000_000_000, 0)
	t.Setenv("TMPDIR", tmp)
	touched := func() bool { // a file that comes and goes leaves its mark on the folder
		s, err := os.Stat(tmp)
		require.NoError(t, err)
		require.NoError(t, os.Chtimes(tmp, long, long))
		return !s.ModTime().Equal(long)
	}
	touched()
	_, _, err := exchange.Read(path, exchange.Options{})
	require.NoError(t, err)
	require.True(t, touched(), "the workbook is too small to prove anything")
	_, report, err := exchange.ReadFiles(files, exchange.Options{})
	require.NoError(t, err)
	require.False(t, touched())
	require.Equal(t, 60_000, report.Files[1].Rows)
}

func TestFilesInMemoryThatCannotBeReadAreRefused(t *testing.T) {
	t.Parallel()
	for name, files := range map[string][]exchange.File{
		"a workbook among other files": {{Name: "people.csv"}, {Name: "region.xlsx"}},
		"two workbooks":                {{Name: "a.xlsx"}, {Name: "b.XLSX"}},
		"a workbook that is none":      {{Name: "a.xlsx", Content: []byte("crn")}},
		"a file beyond the limit":      {{Name: "people.csv", Content: bytes.Repeat([]byte("x"), 64<<20+1)}},
		"a file that is not text":      {{Name: "people.csv", Content: []byte{0, 1, 2, 3}}},
	} {
		f, report, err := exchange.ReadFiles(files, exchange.Options{})
		require.Error(t, err, name)
		require.Nil(t, f, name)
		require.Nil(t, report, name)
	}
}

func TestARosterInMemoryIsWhatIsWritten(t *testing.T) {
	t.Parallel()
	f, _ := readRegion(t, workingWeek(), exchange.Options{})
	sn := freeze(t, f)
	r := plannedWeek(t, sn)
	unplaced := []exchange.Unplaced{{CRN: "X000002", Event: 1, NeededMinutes: 420, MainObstacle: "travel-limit"}, {CRN: "X000001", Event: 1, NeededMinutes: 420}}
	dir := t.TempDir()
	require.NoError(t, exchange.WriteRoster(dir, nil, sn, r))
	require.NoError(t, exchange.WriteUnplaced(dir, unplaced))
	got, err := exchange.RosterFiles(sn, r, unplaced)
	require.NoError(t, err)
	require.ElementsMatch(t, filesOf(t, dir), got)

	without, err := exchange.RosterFiles(sn, r, nil)
	require.NoError(t, err)
	require.Equal(t, got[:2], without)
}

func filesOf(t *testing.T, dir string) []exchange.File {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var out []exchange.File
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		out = append(out, exchange.File{Name: e.Name(), Content: raw})
	}
	return out
}
