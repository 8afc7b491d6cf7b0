package exchange_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

func utf16Text(s string, order binary.AppendByteOrder) string {
	var out []byte
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(s))...) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

func TestFilesAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	t.Parallel()
	plain := "crn,event_number,surname,sex,sentence_date,required_minutes,team_code,rosh,latitude,longitude\n" +
		"X000001,1,Zoë,male,2026-04-03,7200,N01,low,51.44,0.01\nX000002,1,Baker,female,2026-04-03,6000,N01,medium,51.45,0.02\n"
	want, report := readRegion(t, map[string]string{"people.csv": plain}, exchange.Options{})
	require.Empty(t, report.Problems)
	require.Empty(t, report.Notices)
	for _, c := range []struct{ name, content, notice string }{
		{"with a byte order mark", "\ufeff" + plain, ""},
		{"with Windows line ends", strings.ReplaceAll(plain, "\n", "\r\n"), ""},
		{"with old Macintosh line ends", strings.ReplaceAll(plain, "\n", "\r"), ""},
		{"without a last line end", strings.TrimSuffix(plain, "\n"), ""},
		{"in UTF-16, low byte first", utf16Text(plain, binary.LittleEndian), "read as UTF-16"},
		{"in UTF-16, high byte first", utf16Text(plain, binary.BigEndian), "read as UTF-16"},
		{"in Latin-1", strings.ReplaceAll(plain, "ë", "\xeb"), "not in UTF-8, so read as Windows-1252 (Latin-1)"},
		{"parted by semicolons", strings.ReplaceAll(plain, ",", ";"), `cells are parted by ';'`},
		{"parted by tabs", strings.ReplaceAll(plain, ",", "\t"), `cells are parted by '\t'`},
		{"saying how cells are parted", "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"), `cells are parted by ';'`},
		{"with blank rows", strings.ReplaceAll(plain, "\n", "\n\n,,,\n"), ""},
		{"with delimiters at the end of each row", strings.ReplaceAll(plain, "\n", ",,,\n"), ""},
		{"with headers as people write them", strings.Replace(plain, "crn,event_number,surname,sex,sentence_date", "CRN, Event Number,Last name,SEX,Sentence-Date", 1), `column C "Last name" is read as surname`},
		{"with a column of their own", strings.ReplaceAll(strings.ReplaceAll(plain, "\n", ",x\n"), "longitude,x", "longitude,shoe_size"), `column K "shoe_size" is not used`},
		{"with a column misspelt", strings.ReplaceAll(strings.ReplaceAll(plain, "\n", ",\n"), "longitude,", "longitude,forname"), `Did you mean forename?`},
		{"with every cell in quotation marks", `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(plain, "\n"), ",", `","`), "\n", "\"\n\"") + `"`, ""},
		{"in another order of columns", "sex,crn,event_number,surname,sentence_date,required_minutes,team_code,rosh,longitude,latitude\n" +
			"male,X000001,1,Zoë,2026-04-03,7200,N01,low,0.01,51.44\nfemale,X000002,1,Baker,2026-04-03,6000,N01,medium,0.02,51.45\n", ""},
		{"with words and codes in another case", strings.NewReplacer("male", "MALE", "low", "Low", "X000001", "x000001", "3,7200", "3, 7200 ").Replace(plain), ""},
		{"with dates as people write them", strings.ReplaceAll(plain, "2026-04-03", "3/4/2026"), ""},
		{"with dates as databases write them", strings.ReplaceAll(plain, "2026-04-03", "2026-04-03T00:00:00Z"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, r := readRegion(t, map[string]string{"people.csv": c.content}, exchange.Options{})
			require.Empty(t, r.Problems)
			require.Equal(t, want, f)
			if c.notice == "" {
				require.Empty(t, r.Notices)
			} else {
				require.Contains(t, notices(r), c.notice)
			}
		})
	}
}

func TestAQuotedCellMayHoldLineEndsAndAnOpenOneHarmsOnlyItsLine(t *testing.T) {
	t.Parallel()
	head := "pick_up_location_code,description,latitude,longitude\n"
	f, r := readRegion(t, map[string]string{"pick_up_locations.csv": head + "P01,\"by the \"\"Crown\"\",\nleft side\",51.43,0\nP02,b,51.43,0\n"}, exchange.Options{})
	require.Empty(t, r.Problems)
	require.Equal(t, "by the \"Crown\",\nleft side", f.Stops[0].Description)

	f, r = readRegion(t, map[string]string{"pick_up_locations.csv": head + "P01,\"open,51.43,0\nP02,b,51.43,0\nP03,\"shut\",51.43,0\nP04,d,51.43,0\n"}, exchange.Options{})
	require.Len(t, r.Problems, 1)
	require.Equal(t, 2, r.Problems[0].Row)
	require.Equal(t, []model.StopCode{"P02", "P03", "P04"}, []model.StopCode{f.Stops[0].Code, f.Stops[1].Code, f.Stops[2].Code})
}

func TestCellsAreReadForWhatTheyMean(t *testing.T) {
	t.Parallel()
	people := "crn,event_number,sex,sentence_date,target_date,extended_until,required_minutes,adjustment_minutes,team_code,rosh,latitude,longitude,postcode,restricted_record,languages\n" +
		"X000001,1,male,2024-02-29,,,7200,-60,N01,low,51.44,0.01,,Y,English; Welsh;\n" +
		"X000002,1,male,29/2/2024,2025-01-31,2025-06-30,2400,+60,N01,low,,,ZZ99 3WZ,false,\n" +
		"X000003,1,male,2026-04-03,2027-04-01,2026-12-01,18000.0,,N01,low,51.44,0,,0,\n"
	f, r := readRegion(t, map[string]string{
		"people.csv":                  people,
		"availability.csv":            "crn,kind,day_of_week,date,start_time,end_time\nX000001,busy,Wednesday,,9:00,24:00\nX000001,free,tues,,22:00,06:00\nX000001,busy,,2026-10-25,00:30,01:30\n",
		"keep_apart.csv":              "crn,other_crn\nX000003,X000001\nX000001,X000003\nX000001,X000099\n",
		"supervisors.csv":             "supervisor_code,team_code,sex,weekly_minutes,training\nS014,N01,female,0,first_aid; juggling\n",
		"supervisor_availability.csv": "supervisor_code,kind,day_of_week,start_time,end_time\nS014,available,mon,22:00,06:00\n",
		"weather.csv":                 "weather_area,date,rain_probability,issued_at\nNorth,2026-10-20,0.4,2026-10-18\nNorth,2026-10-20,0.35,2026-10-19\n",
		"notes.csv":                   "hello\n",
		"supervisor.csv":              "hello\n",
	}, exchange.Options{})
	require.Empty(t, r.Problems)
	one, two, three := f.People[0], f.People[1], f.People[2]
	require.Equal(t, "2025-02-28", one.Requirements[0].Target.String(), "twelve months after 29 February")
	require.EqualValues(t, -60, one.Requirements[0].Adjustment)
	require.True(t, one.Restricted)
	require.Equal(t, []string{"English", "Welsh"}, one.Languages)
	require.Equal(t, "2025-06-30", two.Requirements[0].Target.String(), "the later of target and extension")
	require.False(t, two.Home.Known())
	require.Equal(t, "2027-04-01", three.Requirements[0].Target.String())
	require.EqualValues(t, 18000, three.Requirements[0].Required)
	require.True(t, three.Home.Known(), "on the Greenwich meridian")
	require.Equal(t, model.When{Weekday: 3, Start: 540, End: 1440}, f.Spells[0].When)
	require.Equal(t, model.When{Weekday: 2, Start: 1320, End: 360}, f.Spells[1].When)
	require.Equal(t, model.When{Weekday: -1, On: model.NewDate(2026, 10, 25), Start: 30, End: 90}, f.Spells[2].When, "the night of a clock change")
	require.Equal(t, []model.Pair{{A: "X000001", B: "X000003"}}, f.KeepApart)
	require.EqualValues(t, 350, f.Outlooks[0].RainPermille, "the last issued counts")
	require.Len(t, f.Outlooks, 1)
	for _, n := range []string{"1 person has a postcode but no position", "X000001 and X000099: X000099 is not among the people of this region",
		"S014 has no working time", "training juggling is not one that a rule asks for", "notes.csv: is not a file of a region",
		"supervisor.csv: is not a file of a region, so it was not read. Did you mean supervisors.csv?"} {
		require.Contains(t, notices(r), n)
	}
}

func TestRegionsWithAllPositionsSwappedAreTold(t *testing.T) {
	t.Parallel()
	_, r := readRegion(t, map[string]string{
		"projects.csv":          "project_code,name,project_type,team_code,latitude,longitude,exposure,places,rosh_ceiling,transport\nCT01,Canal,NP1,N01,0.02,51.40,outdoor,10,medium,minibus\n",
		"minibuses.csv":         "registration,team_code,passenger_seats,latitude,longitude\nAB12 CDE,N01,8,0.01,51.42\n",
		"pick_up_locations.csv": "pick_up_location_code,latitude,longitude\nP01,0.03,51.43\n",
	}, exchange.Options{})
	require.Equal(t, 3, strings.Count(problemTexts(r), "latitude and longitude look swapped"))
}

func TestARegionFarFromEnglandIsNotSuspected(t *testing.T) {
	t.Parallel()
	files := smallRegion()
	for name, content := range files {
		files[name] = strings.NewReplacer(",51.4", ",43.7", ",0.0", ",-79.4").Replace(content)
	}
	_, r, err := exchange.ReadDir(folderOf(t, files), exchange.Options{Zone: "America/Toronto"})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
}
