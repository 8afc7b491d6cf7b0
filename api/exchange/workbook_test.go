package exchange_test

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

// bookOf writes the files of a region as the sheets of a workbook, then lets change do what it likes to it.
func bookOf(t *testing.T, files map[string]string, change func(b *excelize.File)) string {
	t.Helper()
	b := excelize.NewFile()
	for name, content := range files {
		sheet := strings.TrimSuffix(name, ".csv")
		_, err := b.NewSheet(sheet)
		require.NoError(t, err)
		for i, line := range strings.Split(content, "\n") {
			cells := strings.Split(line, ",")
			require.NoError(t, b.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &cells))
		}
	}
	require.NoError(t, b.DeleteSheet("Sheet1"))
	change(b)
	path := filepath.Join(t.TempDir(), "week.xlsx")
	require.NoError(t, b.SaveAs(path))
	require.NoError(t, b.Close())
	return path
}

func TestAWorkbookGivesTheSameAsItsFiles(t *testing.T) {
	t.Parallel()
	want, _ := readRegion(t, nil, exchange.Options{})
	path := bookOf(t, smallRegion(), func(b *excelize.File) {
		day := time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)
		require.NoError(t, b.SetCellValue("people", "E2", day))                      // a date cell
		require.NoError(t, b.SetCellValue("people", "E3", 46115))                    // its serial number
		require.NoError(t, b.SetCellValue("project_availability", "C2", 9.0/24))     // a time cell
		require.NoError(t, b.SetCellValue("project_availability", "D2", 16.0/24))    // another
		require.NoError(t, b.SetCellValue("project_availability", "C3", "10:00"))    // a time as text
		require.NoError(t, b.SetCellFormula("people", "C2", `"Ab"&"le"`))            // a formula in a name
		require.NoError(t, b.SetCellValue("people", "F2", 7200.0))                   // a number
		require.NoError(t, b.SetSheetName("pick_up_locations", "Pick-up locations")) // a name as people write it
		_, err := b.NewSheet("Scribbles")
		require.NoError(t, err)
	})
	f, r, err := exchange.Read(path, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
	require.Contains(t, notices(r), `week.xlsx "Scribbles": is not a sheet of a region`)
	require.Len(t, f.Names, 2)
	f.Names[0].Surname = want.Names[0].Surname // what the formula held when it was saved; the test's library does not work it out
	require.Equal(t, want, f)
}

func TestAFormulaIsTakenForTheValueItHad(t *testing.T) {
	t.Parallel()
	f, r, err := exchange.ReadWorkbook(rawBook(t, "people", `<row r="1"><c r="A1" t="inlineStr"><is><t>crn</t></is></c><c r="B1" t="inlineStr"><is><t>surname</t></is></c></row>`+
		`<row r="2"><c r="A2" t="inlineStr"><is><t>X000001</t></is></c><c r="B2" t="str"><f>HYPERLINK("http://example.org","x")</f><v>=Able</v></c></row>`), exchange.Options{})
	require.NoError(t, err)
	require.NotEmpty(t, r.Problems, "the other columns are missing")
	require.Empty(t, f.People)

	f, r, err = exchange.ReadWorkbook(rawBook(t, "teams", `<row r="1">`+cells("team_code", "name", "area", "region", "weather_area")+`</row>`+
		`<row r="2">`+cells("N01")+`<c t="str"><f>1+1</f><v>=cmd()</v></c>`+cells("North", "Example", "North")+`</row>`), exchange.Options{})
	require.NoError(t, err)
	require.Equal(t, "=cmd()", f.Teams[0].Name)
	require.NotContains(t, problemTexts(r), "teams.csv")
	dir := t.TempDir()
	require.NoError(t, exchange.WriteFacts(dir, f))
	require.Contains(t, contents(t, dir)["teams.csv"], "N01,'=cmd(),North", "and cannot become a formula again")
}

func cells(values ...string) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(`<c t="inlineStr"><is><t>` + v + `</t></is></c>`)
	}
	return b.String()
}

// rawBook makes a workbook of one sheet from the XML of its rows.
func rawBook(t *testing.T, sheet, rows string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "raw.xlsx")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + sheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		require.NoError(t, err)
		_, err = w.Write([]byte(part[1]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return path
}

func TestAMillionEmptyRowsAreNoBurden(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`<row r="1">` + cells("team_code", "name", "area", "region", "weather_area") + `</row><row r="2">` + cells("N01", "North", "North", "Example", "North") + `</row>`)
	rows := 1_000_000
	if testing.Short() {
		rows = 100_000
	}
	for i := 3; i <= rows; i++ {
		fmt.Fprintf(&b, `<row r="%d" spans="1:5"/>`, i)
	}
	path := rawBook(t, "teams", b.String())
	b.Reset()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, r, err := exchange.ReadWorkbook(path, exchange.Options{})
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	require.Less(t, after.HeapSys, before.HeapSys+(512<<20))
	require.Len(t, f.Teams, 1)
	require.Equal(t, 1, r.Files[0].Rows)
}

func TestWhatCannotBeReadAtAllIsAnError(t *testing.T) {
	t.Parallel()
	write := func(t *testing.T, name, content string) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	files := smallRegion()
	region := func(t *testing.T, name, content string) string {
		all := map[string]string{name: content}
		for n, c := range files {
			if n != name {
				all[n] = c
			}
		}
		return folderOf(t, all)
	}
	for _, c := range []struct {
		name string
		path func(t *testing.T) string
		code model.Code
		says string
	}{
		{"a folder that is not there", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") }, model.CodeNotFound, "none is not there"},
		{"a text file", func(t *testing.T) string { return write(t, "people.txt", "hello") }, model.CodeUsage, "neither a folder nor a workbook"},
		{"a workbook that is no archive", func(t *testing.T) string { return write(t, "week.xlsx", "hello") }, model.CodeInvalid, "expected an Excel workbook"},
		{"an archive that is no workbook", func(t *testing.T) string { return emptyZip(t) }, model.CodeInvalid, "expected an Excel workbook"},
		{"a workbook that claims to unpack to gigabytes", func(t *testing.T) string { return bomb(t) }, model.CodeInvalid, "unpacks to more than 512 MiB"},
		{"a sheet that is no XML", func(t *testing.T) string { return rawBook(t, "teams", "<row><c></row>") }, model.CodeInvalid, "expected an Excel workbook"},
		{"a picture for a CSV file", func(t *testing.T) string { return region(t, "people.csv", "\x89PNG\x00\x01\x02\n") }, model.CodeInvalid, "people.csv is not a text file"},
		{"more rows than any region has", func(t *testing.T) string {
			return region(t, "non_working_days.csv", "date,name\n"+strings.Repeat("2026-12-25,x\n", 250_001))
		}, model.CodeInvalid, "more than 250,000 rows"},
		{"a file beyond the limit", func(t *testing.T) string {
			return region(t, "people.csv", strings.Repeat("x", 64<<20+1))
		}, model.CodeInvalid, "people.csv is larger than 64 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, r, err := exchange.Read(c.path(t), exchange.Options{})
			var e *model.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code)
			require.Contains(t, e.Message, c.says)
			require.Nil(t, f)
			require.Nil(t, r)
		})
	}
}

func emptyZip(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "week.xlsx")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, zip.NewWriter(f).Close())
	require.NoError(t, f.Close())
	return path
}

// bomb is an archive of which one part claims to be four gigabytes.
func bomb(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "week.xlsx")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE(nil), UncompressedSize64: 4 << 30, CompressedSize64: 1})
	require.NoError(t, err)
	_, err = w.Write([]byte("x"))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return path
}
