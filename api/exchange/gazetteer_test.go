package exchange_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

const (
	postcodeHead = "crn,event_number,surname,sex,sentence_date,required_minutes,team_code,rosh,latitude,longitude,postcode\n"
	able         = "X000001,1,Able,male,2026-04-03,7200,N01,low,,,zz99 3wz\n"
	baker        = "X000002,1,Baker,female,2026-04-03,6000,N01,medium,51.45,0.02,ZZ99 9ZZ\n"
)

var wz = geo.Point{Latitude: 51.44, Longitude: 0.0125}

func TestAGazetteerGivesPeopleTheirPositions(t *testing.T) {
	t.Parallel()
	for name, gazetteer := range map[string]string{
		"as we write it":             "postcode,latitude,longitude\nZZ99 3WZ,51.44,0.0125\n",
		"without blanks":             "postcode,latitude,longitude\nZZ993WZ,51.44,0.0125\n",
		"as the ONS writes it":       "pcd,pcd2,pcds,dointr,doterm,oscty,lat,long,imd\nZZ993WZ,\"ZZ99 3WZ\",ZZ99 3WZ,198001,,E10000016,51.44,0.0125,1\n",
		"in another order":           "long;lat;pcds\n0.0125;51.44;ZZ99 3WZ\n",
		"with a byte order mark":     "\ufeffpostcode,latitude,longitude\r\nZZ99 3WZ,51.44,0.0125\r\n",
		"among broken lines":         "postcode,latitude,longitude\n\"oops,1,2\nAA1 1AA,52\n\nZZ99 3WZ,51.44,0.0125\nZZ99 3WZ,99.999999,0.000000\n",
		"that repeats itself":        "postcode,latitude,longitude\nZZ99 3WZ,51.44,0.0125\nZZ99 3WZ,51.44,0.0125\n",
		"with another of the street": "postcode,latitude,longitude\nZZ99 3WA,10,10\nZZ99 3WZ,51.44,0.0125\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, r := readRegion(t, map[string]string{"people.csv": postcodeHead + able + baker, "gazetteer.csv": gazetteer}, exchange.Options{})
			require.Empty(t, r.Problems)
			require.Empty(t, r.Notices)
			require.Equal(t, wz, f.People[0].Home)
			require.Equal(t, geo.Point{Latitude: 51.45, Longitude: 0.02}, f.People[1].Home, "a position that was given stays")
			last := r.Files[len(r.Files)-1]
			require.Equal(t, "gazetteer.csv", last.Name)
			require.Equal(t, 1, last.Ready, "nothing else of it is kept")
		})
	}
}

func TestAPostcodeThatIsNotFoundIsAProblemOfItsRow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ gazetteer, what string }{
		"not there":             {"postcode,latitude,longitude\nAA1 1AA,51,0\n", "postcode not known"},
		"its neighbours are":    {"postcode,latitude,longitude\nZZ99 3WA,51,0\nZZ99,51,0\nZZ99 3,51,0\n", "postcode not known"},
		"it lies nowhere":       {"postcode,latitude,longitude\nZZ99 3WZ,99.999999,0\n", "postcode not known"},
		"its position is empty": {"postcode,latitude,longitude\nZZ99 3WZ,,\n", "postcode not known"},
		"its position is 0, 0":  {"postcode,latitude,longitude\nZZ99 3WZ,0,0\n", "postcode not known"},
		"it is at two places":   {"postcode,latitude,longitude\nZZ99 3WZ,51.44,0\nZZ99 3WZ,51.45,0\nZZ99 3WZ,51.44,0\n", "postcode is at two places"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, r := readRegion(t, map[string]string{"people.csv": postcodeHead + able + baker, "gazetteer.csv": c.gazetteer}, exchange.Options{})
			require.Len(t, r.Problems, 1)
			p := r.Problems[0]
			require.Equal(t, []any{"people.csv", 2, "postcode", c.what}, []any{p.File, p.Row, p.Column, p.What})
			require.NotEmpty(t, p.Next)
			require.NotContains(t, strings.ToUpper(fmt.Sprint(r)), "3WZ", "a postcode is never repeated")
			require.Len(t, f.People, 1)
			require.Equal(t, model.CRN("X000002"), f.People[0].CRN)
		})
	}
}

func TestWithoutAGazetteerAPostcodeIsNoProblem(t *testing.T) {
	t.Parallel()
	f, r := readRegion(t, map[string]string{"people.csv": postcodeHead + able}, exchange.Options{})
	require.Empty(t, r.Problems)
	require.False(t, f.People[0].Home.Known())
	require.Contains(t, notices(r), "1 person has a postcode but no position; gazetteer.csv can give it")
}

func TestAGazetteerThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ gazetteer, what, next string }{
		"eastings":    {"postcode,eastings,northings\nZZ99 3WZ,394235,806529\n", "column latitude is missing", "eastings and northings are not read"},
		"no postcode": {"name,latitude,longitude\nHome,51,0\n", "column postcode is missing", "must hold the column names"},
		"empty":       {"\n\n", "file is empty", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, r := readRegion(t, map[string]string{"people.csv": postcodeHead + able, "gazetteer.csv": c.gazetteer}, exchange.Options{})
			require.NotEmpty(t, r.Problems)
			require.Equal(t, c.what, r.Problems[0].What)
			require.Zero(t, r.Problems[0].Row)
			require.Contains(t, r.Problems[0].Next, c.next)
			require.Len(t, f.People, 1, "people do not suffer for it")
		})
	}
	for name, content := range map[string]string{"UTF-16": "\xff\xfep\x00", "no text": "a\x00b", "a line without end": "postcode,latitude,longitude\n" + strings.Repeat("x", 70_000)} {
		files := smallRegion()
		files["gazetteer.csv"] = content
		_, _, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
		require.Error(t, err, name)
	}
	_, _, err := exchange.ReadDir(folderOf(t, smallRegion()), exchange.Options{Gazetteer: filepath.Join(t.TempDir(), "none.csv")})
	require.Error(t, err)
}

func TestAGazetteerMayLieElsewhereOrInAWorkbookOrInMemory(t *testing.T) {
	t.Parallel()
	elsewhere := filepath.Join(t.TempDir(), "ONSPD_NOV_2026.csv")
	require.NoError(t, os.WriteFile(elsewhere, []byte("pcds,lat,long\nZZ99 3WZ,51.44,0.0125\n"), 0o600))
	f, r := readRegion(t, map[string]string{"people.csv": postcodeHead + able}, exchange.Options{Gazetteer: elsewhere})
	require.Empty(t, r.Problems)
	require.Equal(t, wz, f.People[0].Home)

	files := smallRegion()
	files["people.csv"], files["gazetteer.csv"] = postcodeHead+able, "postcode,latitude,longitude\nZZ99 3WZ,51.44,0.0125\n"
	f, r, err := exchange.ReadFiles(filesOf(t, folderOf(t, files)), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
	require.Equal(t, wz, f.People[0].Home)
}

func TestWhatARegionKnowsOfAPostcodeStays(t *testing.T) {
	t.Parallel()
	known, _ := readRegion(t, map[string]string{"people.csv": postcodeHead + able, "gazetteer.csv": "postcode,latitude,longitude\nZZ99 3WZ,51.44,0.0125\n"}, exchange.Options{})
	read := func(people string) *model.Facts {
		f, _, err := exchange.ReadFiles([]exchange.File{{Name: "people.csv", Content: []byte(postcodeHead + people)}}, exchange.Options{Known: known})
		require.NoError(t, err)
		return f
	}
	require.Equal(t, wz, read(able).People[0].Home, "the same person at the same postcode")
	require.False(t, read(strings.Replace(able, "3wz", "4wz", 1)).People[0].Home.Known(), "they have moved")
	require.False(t, read(strings.Replace(able, "X000001", "X000009", 1)).People[0].Home.Known(), "somebody else")
}

func TestAGazetteerAloneFindsWhoIsInTheRegionAlready(t *testing.T) {
	t.Parallel()
	known, _ := readRegion(t, map[string]string{"people.csv": postcodeHead + able + baker + "X000003,1,Cook,male,2026-04-03,7200,N01,low,,,ZZ99 3WA\n"}, exchange.Options{})
	f, r, err := exchange.ReadFiles([]exchange.File{{Name: "gazetteer.csv", Content: []byte("postcode,latitude,longitude\nZZ99 3WZ,51.44,0.0125\nZZ99 9ZZ,10,10\n")}},
		exchange.Options{Known: known})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
	want := known.People[0]
	want.Home = wz
	require.Equal(t, []model.Person{want}, f.People)
	require.Equal(t, known.Names[:1], f.Names)
}

// TestAGazetteerOfACountryIsReadInLittleMemory reads two million rows of a hundred letters.
func TestAGazetteerOfACountryIsReadInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Log("not looked at: a short file proves nothing")
		return
	}
	path := filepath.Join(t.TempDir(), "gazetteer.csv")
	out, err := os.Create(path)
	require.NoError(t, err)
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "pcds,rest,lat,long")
	filler := strings.Repeat("E01000001,", 7)
	for i := range 2_000_000 {
		fmt.Fprintf(w, "Q%06d,\"%s\",%d.5,-1.25\n", i, filler, i%50)
	}
	fmt.Fprintln(w, "ZZ99 3WZ,,51.44,0.0125")
	require.NoError(t, w.Flush())
	require.NoError(t, out.Close())

	files := smallRegion()
	files["people.csv"] = postcodeHead + able
	dir := folderOf(t, files)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f, r, err := exchange.ReadDir(dir, exchange.Options{Gazetteer: path})
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	require.Empty(t, r.Problems)
	require.Equal(t, wz, f.People[0].Home)
	require.Equal(t, 2_000_001, r.Files[len(r.Files)-1].Rows)
	require.Less(t, after.HeapSys, before.HeapSys+64<<20, "what is not needed is not held")
}
