package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model/geo"
)

// FuzzPeople reads any bytes as people.csv: whatever is taken must be sound, and whatever is not must be told.
func FuzzPeople(f *testing.F) {
	f.Add([]byte(smallRegion()["people.csv"]))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(smallRegion()["people.csv"], ",", ";")))
	f.Add([]byte("crn,event_number\n\"X000001,1\n"))
	f.Add([]byte("\xff\xfec\x00r\x00n\x00"))
	f.Add([]byte("crn\r\r\n\"\"\"\n=1,'"))
	f.Add([]byte(peopleHead + good + good))
	f.Fuzz(func(t *testing.T, raw []byte) {
		facts, report, err := exchange.ReadDir(folderOf(t, with("people.csv", string(raw))), exchange.Options{})
		if err != nil {
			return
		}
		for _, p := range facts.People {
			require.True(t, p.CRN.Valid())
			require.NotEmpty(t, p.Requirements)
			sound(t, p.Home)
			for _, n := range p.Requirements {
				require.Greater(t, n.Required, int32(300))
				require.NotZero(t, n.Target)
			}
		}
		for _, s := range report.Files {
			if s.Kind == "people" && s.Ready < s.Rows {
				require.True(t, len(report.Problems) > 0 || len(report.Notices) > 0)
			}
		}
		var b strings.Builder
		require.NoError(t, report.Write(&b, 80))
		require.NoError(t, exchange.WriteProblems(&b, report))
	})
}

// FuzzTimes reads any cells as the clocks, days and dates of a spell.
func FuzzTimes(f *testing.F) {
	f.Add("mon", "", "09:00", "16:00")
	f.Add("", "2026-10-25", "00:30", "24:00")
	f.Add("", "29/2/2024", "-1:30", "1:5")
	f.Add("wednesday", "", "1e3", "NaN")
	f.Fuzz(func(t *testing.T, day, date, start, end string) {
		quote := strings.NewReplacer(`"`, `""`)
		spells := fmt.Sprintf("crn,kind,day_of_week,date,start_time,end_time\nX000001,busy,\"%s\",\"%s\",\"%s\",\"%s\"\n",
			quote.Replace(day), quote.Replace(date), quote.Replace(start), quote.Replace(end))
		facts, report, err := exchange.ReadDir(folderOf(t, with("availability.csv", spells)), exchange.Options{})
		if err != nil {
			return
		}
		require.True(t, len(facts.Spells) == 1 || len(report.Problems) > 0)
		for _, s := range facts.Spells {
			w := s.When
			require.True(t, w.Start >= 0 && w.Start < 1440 && w.End >= 0 && w.End <= 1440 && w.Start != w.End, "%v", w)
			require.True(t, w.Weekday >= 0 && w.Weekday < 7 && w.On == 0 || w.Weekday == -1 && w.On != 0, "%v", w)
		}
	})
}

// FuzzCoordinates reads any cells as the position of a pick-up stop.
func FuzzCoordinates(f *testing.F) {
	for _, s := range [][2]string{{"51.4", "0.1"}, {"0.1", "51.4"}, {"NaN", "Inf"}, {"-0", "0"}, {"1e400", "0x1p-2"}, {"91", "181"}, {"51,4", "1_0"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, latitude, longitude string) {
		quote := strings.NewReplacer(`"`, `""`)
		stops := fmt.Sprintf("pick_up_location_code,latitude,longitude\nP01,\"%s\",\"%s\"\n", quote.Replace(latitude), quote.Replace(longitude))
		facts, report, err := exchange.ReadDir(folderOf(t, with("pick_up_locations.csv", stops)), exchange.Options{})
		if err != nil {
			return
		}
		require.True(t, len(facts.Stops) == 1 || len(report.Problems) > 0)
		for _, s := range facts.Stops {
			require.True(t, s.At.Known())
			sound(t, s.At)
		}
	})
}

func with(name, content string) map[string]string {
	files := smallRegion()
	files[name] = content
	return files
}

func sound(t testing.TB, p geo.Point) {
	t.Helper()
	require.True(t, p.Latitude >= -90 && p.Latitude <= 90 && p.Longitude >= -180 && p.Longitude <= 180, "also refuses NaN")
}

func TestAnyTextComesBackAsItWas(t *testing.T) {
	t.Parallel()
	shared := folderOf(t, map[string]string{"teams.csv": smallRegion()["teams.csv"]})
	rapid.Check(t, func(t *rapid.T) {
		f, _, err := exchange.ReadDir(shared, exchange.Options{})
		require.NoError(t, err)
		f.Teams[0].Name = anyText(t, "name")
		f.Teams[0].Area = "a" + anyText(t, "area")
		dir, remove := freshFolder(t)
		defer remove()
		require.NoError(t, exchange.WriteFacts(dir, f))
		raw, err := os.ReadFile(filepath.Join(dir, "teams.csv"))
		require.NoError(t, err)
		cell := strings.SplitN(strings.SplitN(string(raw), "\n", 2)[1], ",", 3)[1]
		if cell = strings.TrimPrefix(cell, `"`); cell != "" {
			require.NotContains(t, "=+-@\t\r", cell[:1], "a spreadsheet would take it for a formula")
		}
		got, _, err := exchange.ReadDir(dir, exchange.Options{})
		require.NoError(t, err)
		require.Equal(t, f.Teams, got.Teams)
	})
}
