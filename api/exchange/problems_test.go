package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

const peopleHead = "crn,event_number,surname,sex,sentence_date,target_date,required_minutes,adjustment_minutes,team_code,rosh,flags,health,latitude,longitude,postcode,date_of_birth\n"

// good is a row of people.csv that is in order under peopleHead.
const good = "X000009,1,Okay,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n"

func TestARowThatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file, content string
		row                 int
		column, what        string
		expected, next      string // parts of them
	}{
		{"a month in letters", "people.csv", peopleHead + "X000001,1,A,male,03-Apr,,7200,,N01,low,,,51.44,0.01,,\n", 2, "sentence_date", "date not understood", "2026-04-03 or 3/4/2026", ""},
		{"29 February of a common year", "people.csv", peopleHead + "X000001,1,A,male,2026-02-29,,7200,,N01,low,,,51.44,0.01,,\n", 2, "sentence_date", "date does not exist", "exists", ""},
		{"31 June written with strokes", "people.csv", peopleHead + "X000001,1,A,male,31/6/2026,,7200,,N01,low,,,51.44,0.01,,\n", 2, "sentence_date", "date does not exist", "exists", ""},
		{"a serial number where no workbook is", "people.csv", peopleHead + "X000001,1,A,male,46115,,7200,,N01,low,,,51.44,0.01,,\n", 2, "sentence_date", "date not understood", "full date", ""},
		{"hours for minutes", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,120,,N01,low,,,51.44,0.01,,\n", 2, "required_minutes", "outside 40 to 300 hours", "2400 to 18000 minutes", "id you mean 7200?"},
		{"more than any order", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,18001,,N01,low,,,51.44,0.01,,\n", 2, "required_minutes", "outside 40 to 300 hours", "18000", ""},
		{"a negative requirement", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,-7200,,N01,low,,,51.44,0.01,,\n", 2, "required_minutes", "out of range", "whole number", ""},
		{"a number that overflows", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,99999999999999999999,,N01,low,,,51.44,0.01,,\n", 2, "required_minutes", "not a whole number", "whole number", ""},
		{"minutes with a decimal point", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200.5,,N01,low,,,51.44,0.01,,\n", 2, "required_minutes", "not a whole number", "whole number", ""},
		{"no CRN", "people.csv", peopleHead + ",1,A,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n", 2, "crn", "cell is empty", "six digits", ""},
		{"a CRN of another form", "people.csv", peopleHead + "12345,1,A,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n", 2, "crn", "not a CRN", "X123456", ""},
		{"an unknown level of risk", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,middling,,,51.44,0.01,,\n", 2, "rosh", "word not known", "low, medium, high, very_high", ""},
		{"an unknown flag among known ones", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,gang;gnag,,51.44,0.01,,\n", 2, "flags", "word not known", "risk_to_children", ""},
		{"an unknown team", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N1,low,,,51.44,0.01,,\n", 2, "team_code", "team not known", "teams.csv", ""},
		{"NaN for a latitude", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,NaN,0.01,,\n", 2, "latitude", "not a number", "51.4072", ""},
		{"infinity for a longitude", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,51.44,+Inf,,\n", 2, "longitude", "not a number", "-0.0213", ""},
		{"a latitude beyond the pole", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,91,0.01,,\n", 2, "latitude", "out of range", "-90 to 90", "wapped"},
		{"the sea off Africa", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,0,0,,\n", 2, "latitude", "position is 0, 0", "Africa", "eave both"},
		{"swapped latitude and longitude", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,0.01,51.44,,\n", 2, "latitude", "latitude and longitude look swapped", "region", "wap the two cells"},
		{"a home in the Atlantic", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,45,-20,,\n", 2, "latitude", "position is far away", "300 km", "sea"},
		{"a latitude alone", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,51.44,,,\n", 2, "longitude", "half a position", "longitude", ""},
		{"neither position nor postcode", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,,,,\n", 2, "latitude", "neither position nor postcode", "postcode", ""},
		{"a cell of many characters", "people.csv", peopleHead + "X000001,1," + strings.Repeat("A", 1001) + ",male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n", 2, "surname", "cell is too long", "1,000", ""},
		{"more cells than columns", "people.csv", peopleHead + "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,,more\n", 2, "", "more cells than columns", "header", ""},
		{"a quotation mark that never closes", "people.csv", peopleHead + "X000001,1,\"A,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n", 2, "", "quotation marks do not match", "closed", ""},
		{"a minibus without seats", "minibuses.csv", "registration,team_code,passenger_seats,latitude,longitude\nAB12 CDE,N01,0,51.42,0.01\n", 2, "passenger_seats", "out of range", "1 to 16", ""},
		{"a minibus with seats below none", "minibuses.csv", "registration,team_code,passenger_seats,latitude,longitude\nAB12 CDE,N01,-8,51.42,0.01\n", 2, "passenger_seats", "out of range", "1 to 16", ""},
		{"a minibus as large as a coach", "minibuses.csv", "registration,team_code,passenger_seats,latitude,longitude\nAB12 CDE,N01,53,51.42,0.01\n", 2, "passenger_seats", "out of range", "1 to 16", ""},
		{"an unknown project", "project_availability.csv", "project_code,day_of_week,start_time,end_time,start_date\nCT1,tue,09:00,16:00,2026-01-05\n", 2, "project_code", "project not known", "projects.csv", "Did you mean CT01?"},
		{"a slot without length", "project_availability.csv", "project_code,day_of_week,start_time,end_time,start_date\nCT01,tue,09:00,09:00,2026-01-05\n", 2, "end_time", "no time between start and end", "differs", ""},
		{"a ceiling that nobody may have", "projects.csv", "project_code,name,project_type,team_code,latitude,longitude,exposure,places,rosh_ceiling,transport\nCT01,Canal,NP1,N01,51.40,0.02,outdoor,10,very_high,minibus\n", 2, "rosh_ceiling", "word not known", "low, medium, high", ""},
		{"a spell on no day", "availability.csv", "crn,kind,day_of_week,date,start_time,end_time\nX000001,busy,,,09:00,10:00\n", 2, "day_of_week", "no day", "date", "until it is mended"},
		{"a spell on two days", "availability.csv", "crn,kind,day_of_week,date,start_time,end_time\nX000001,busy,mon,2026-12-01,09:00,10:00\n", 2, "date", "two different days", "not both", ""},
		{"a time that is none", "availability.csv", "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,25:00,10:00\n", 2, "start_time", "time not understood", "09:00", ""},
		{"a spell without length", "availability.csv", "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,09:00,09:00\n", 2, "end_time", "no time between start and end", "differs", ""},
		{"a spell that starts at 24:00", "availability.csv", "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,24:00,09:00\n", 2, "start_time", "24:00 is only an end", "23:59", ""},
		{"an area without a radius", "exclusion_areas.csv", "crn,latitude,longitude,radius_metres\nX000001,51.4,0.1,\n", 2, "radius_metres", "cell is empty", "metres", "until it is mended"},
		{"an area that is swapped", "exclusion_areas.csv", "crn,latitude,longitude,radius_metres\nX000001,0.1,51.4,500\n", 2, "latitude", "latitude and longitude look swapped", "region", "wap"},
		{"somebody kept apart from themselves", "keep_apart.csv", "crn,other_crn\nX000001,X000001\n", 2, "other_crn", "the same person twice", "somebody else", ""},
		{"an unknown outcome", "appointments.csv", "crn,event_number,project_code,date,start_time,end_time,contact_outcome_code\nX000001,1,CT01,2026-10-20,09:00,16:00,LATE\n", 2, "contact_outcome_code", "outcome not known", "ATTC", ""},
		{"rain in percent", "weather.csv", "weather_area,date,rain_probability\nNorth,2026-10-20,35\n", 2, "rain_probability", "out of range", "from 0 to 1", "id you mean 0.35?"},
		{"a journey from nowhere", "travel.csv", "from,to,mode,minutes\nQ99,CT01,car,10\n", 2, "from", "place not known", "pick-up location", ""},
		{"an unknown minibus", "sessions.csv", "project_code,date,start_time,end_time,registrations\nCT01,2026-10-20,09:00,16:00,AB12 CDF\n", 2, "registrations", "minibus not known", "minibuses.csv", "Did you mean AB12 CDE?"},
		{"a call without a time", "sessions.csv", "project_code,date,start_time,end_time,stops\nCT01,2026-10-20,09:00,16:00,P01\n", 2, "stops", "stop not understood", "P01@08:20", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := c.content
			if c.file == "people.csv" {
				content += good
			}
			f, r := readRegion(t, map[string]string{c.file: content}, exchange.Options{})
			var found []exchange.Problem
			for _, p := range r.Problems {
				if p.File == c.file {
					found = append(found, p)
				}
			}
			require.Len(t, found, 1, "%v", r.Problems)
			p := found[0]
			require.Equal(t, []any{c.row, c.column, c.what}, []any{p.Row, p.Column, p.What})
			require.Contains(t, p.Expected, c.expected)
			require.Contains(t, p.Next, c.next)
			if c.column != "" {
				header := strings.Split(strings.SplitN(content, "\n", 2)[0], ",")
				require.Equal(t, string(rune('A'+slices.Index(header, c.column))), p.ColumnLetter)
			}
			if c.file == "people.csv" {
				require.Len(t, f.People, 1, "the other row is not harmed")
				require.Equal(t, model.CRN("X000009"), f.People[0].CRN)
			}
			file := r.Files[slices.IndexFunc(r.Files, func(s exchange.FileSummary) bool { return s.Name == c.file })]
			require.Equal(t, 1, file.Rows-file.Ready)
		})
	}
}

func TestSecretsAreNeverRepeated(t *testing.T) {
	t.Parallel()
	people := strings.TrimSuffix(peopleHead, "\n") + ",restricted_record\n" +
		"X000001,1,Secretname,male,2026-04-03,,7200,,N01,lowsecret,gangsecret,epilepsysecret,51.44secret,0.01secret,ZZsecret,31/31/1971secret,secret\n" +
		"X000002,1," + strings.Repeat("Secretname", 200) + ",male,2026-04-03,,7200,,N01,low,,,0.01234567,51.4444444,ZZsecret,\n"
	_, r := readRegion(t, map[string]string{"people.csv": people, "exclusion_areas.csv": "crn,latitude,longitude,radius_metres\nX000001,51.secret,0.secret,500\n"}, exchange.Options{})
	var text, table strings.Builder
	require.NoError(t, r.Write(&text, 100))
	require.NoError(t, exchange.WriteProblems(&table, r))
	require.GreaterOrEqual(t, len(r.Problems), 9)
	for _, out := range []string{text.String(), table.String(), notices(r)} {
		require.NotContains(t, strings.ToLower(out), "secret")
		require.NotContains(t, out, "0123456")
		require.NotContains(t, out, "1971")
	}
}

func TestTwoRowsForOneRequirementCountAsNeither(t *testing.T) {
	t.Parallel()
	head, row := peopleHead, "X000001,1,A,male,2026-04-03,,7200,,N01,low,,,51.44,0.01,,\n"
	f, r := readRegion(t, map[string]string{"people.csv": head + row + strings.Replace(row, "7200", "6000", 1) + good}, exchange.Options{})
	require.Len(t, f.People, 1)
	require.Len(t, r.Problems, 2)
	require.Equal(t, []int{2, 3}, []int{r.Problems[0].Row, r.Problems[1].Row})
	require.Equal(t, "repeated", r.Problems[0].What)

	f, r = readRegion(t, map[string]string{"people.csv": head + row + row + good}, exchange.Options{})
	require.Empty(t, r.Problems)
	require.Len(t, f.People, 2)
	require.Contains(t, notices(r), "row 3 repeats row 2 word for word")
}

func TestAPersonWhoseRowsDisagreeIsLeftOut(t *testing.T) {
	t.Parallel()
	one := "X000001,1,A,male,2026-04-03,,7200,,N01,low,gang,,51.44,0.01,,\n"
	two := "X000001,2,A,male,2026-05-03,,6000,,N01,low,,,51.44,0.01,,\n"
	f, r := readRegion(t, map[string]string{"people.csv": peopleHead + one + two + good,
		"availability.csv": "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,09:00,10:00\n"}, exchange.Options{})
	require.Len(t, f.People, 1)
	require.Len(t, r.Problems, 2)
	require.Equal(t, "flags", r.Problems[0].Column)
	require.Equal(t, 3, r.Problems[0].Row)
	require.Equal(t, "person has problems of its own", r.Problems[1].What, "what refers to them says why it is left out")

	f, r = readRegion(t, map[string]string{"people.csv": peopleHead + one + strings.Replace(two, "low,,", "low,gang,", 1) + good}, exchange.Options{})
	require.Empty(t, r.Problems)
	require.Len(t, f.People[0].Requirements, 2)
}

func TestAKindDeclaredCompleteIsTakenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	people := peopleHead + good + "X000001,1,A,male,2026-04-03,,120,,N01,low,,,51.44,0.01,,\n"
	f, r := readRegion(t, map[string]string{"people.csv": people}, exchange.Options{Complete: []string{"people"}})
	require.Empty(t, f.People)
	require.Len(t, r.Problems, 2)
	require.Equal(t, "declared complete, but it is not", r.Problems[0].What)
	require.Contains(t, r.Problems[0].Next, "1 of 2 rows")
	f, _ = readRegion(t, nil, exchange.Options{Complete: []string{"people"}})
	require.Len(t, f.People, 2)
}

func TestAFileThatIsNeededIsMissed(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"people", "teams", "projects", "project_availability", "supervisors", "supervisor_availability"} {
		files := smallRegion()
		delete(files, kind+".csv")
		_, r, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
		require.NoError(t, err)
		require.Len(t, slices.DeleteFunc(slices.Clone(r.Problems), func(p exchange.Problem) bool { return p.Kind != kind }), 1, kind)
		require.Contains(t, problemTexts(r), "file is missing")
	}
	files := smallRegion()
	delete(files, "minibuses.csv")
	_, r, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
}

func TestAColumnThatIsNeededIsMissed(t *testing.T) {
	t.Parallel()
	_, r := readRegion(t, map[string]string{"teams.csv": "team_code,name,area,region\nN01,North team,North,Example\n"}, exchange.Options{})
	require.Equal(t, "column weather_area is missing", r.Problems[0].What)
	_, r = readRegion(t, map[string]string{"teams.csv": "team_code,name,area,area,region,weather_area\nN01,North team,North,South,Example,North\n"}, exchange.Options{})
	require.Equal(t, "column is there twice", r.Problems[0].What)
}

func problemTexts(r *exchange.Report) string {
	var b strings.Builder
	for _, p := range r.Problems {
		b.WriteString(p.File + ": " + p.What + "\n")
	}
	return b.String()
}

func TestTheReportIsGroupedAsPeopleReadIt(t *testing.T) {
	t.Parallel()
	people := peopleHead + good
	for i := range 5 {
		people += "X00001" + string(rune('0'+i)) + ",1,A,male,03-Apr,,7200,,N01,low,,,51.44,0.01,,\n"
	}
	people += "X000020,1,A,male,2026-04-03,,300,,N01,low,,,51.44,0.01,,\n"
	_, r := readRegion(t, map[string]string{"people.csv": people}, exchange.Options{})
	var b strings.Builder
	require.NoError(t, r.Write(&b, 0))
	require.Equal(t, `people.csv: 6 of 7 rows have problems.

  sentence_date – date not understood (5 rows: 3, 4, 5 … see problems.csv)
    row 3, column E: found "03-Apr"; expected a full date such as 2026-04-03 or 3/4/2026.
  required_minutes – outside 40 to 300 hours (1 row)
    row 8, column G: found "300"; expected minutes; a court order is 40 to 300 hours, that is 2400 to 18000 minutes. Did you mean 18000?
`, b.String())
	var csv strings.Builder
	require.NoError(t, exchange.WriteProblems(&csv, r))
	require.Equal(t, 7, strings.Count(csv.String(), "\n"))
	require.Contains(t, csv.String(), "people.csv,3,sentence_date,E,date not understood,\"\"\"03-Apr\"\"\",a full date such as 2026-04-03 or 3/4/2026,\n")

	b.Reset()
	require.NoError(t, r.Write(&b, 60))
	for line := range strings.SplitSeq(b.String(), "\n") {
		require.LessOrEqual(t, len([]rune(line)), 60)
	}
}
