package exchange_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

// smallRegion is a region of made-up rows, by file; tests change one file and look at what becomes of it.
func smallRegion() map[string]string {
	return map[string]string{
		"teams.csv":    "team_code,name,area,region,weather_area\nN01,North team,North,Example,North\n",
		"projects.csv": "project_code,name,project_type,team_code,latitude,longitude,exposure,places,rosh_ceiling,transport\nCT01,Canal,NP1,N01,51.40,0.02,outdoor,10,medium,minibus\nFB01,Food bank,ICP,N01,51.41,0.03,indoor,2,low,self\n",
		"project_availability.csv": "project_code,day_of_week,start_time,end_time,start_date\nCT01,tue,09:00,16:00,2026-01-05\n" +
			"FB01,wed,10:00,14:00,2026-01-05\n",
		"supervisors.csv":             "supervisor_code,name,team_code,sex,licence,weekly_minutes\nS014,Example One,N01,female,D1,2220\n",
		"supervisor_availability.csv": "supervisor_code,kind,day_of_week,start_time,end_time\nS014,available,tue,07:00,18:00\n",
		"minibuses.csv":               "registration,team_code,passenger_seats,latitude,longitude\nAB12 CDE,N01,8,51.42,0.01\n",
		"pick_up_locations.csv":       "pick_up_location_code,description,latitude,longitude\nP01,Station,51.43,0.00\n",
		"people.csv": "crn,event_number,surname,sex,sentence_date,required_minutes,team_code,rosh,latitude,longitude\n" +
			"X000001,1,Able,male,2026-04-03,7200,N01,low,51.44,0.01\nX000002,1,Baker,female,2026-04-03,6000,N01,medium,51.45,0.02\n",
	}
}

// folderOf writes a region's files into a folder.
func folderOf(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	return dir
}

// readRegion reads the small region with some files put in the place of others.
func readRegion(t testing.TB, changed map[string]string, o exchange.Options) (*model.Facts, *exchange.Report) {
	t.Helper()
	files := smallRegion()
	maps.Copy(files, changed)
	f, r, err := exchange.ReadDir(folderOf(t, files), o)
	require.NoError(t, err)
	return f, r
}

func notices(r *exchange.Report) string {
	var b strings.Builder
	for _, n := range r.Notices {
		b.WriteString(n.File + ": " + n.Text + "\n")
	}
	return b.String()
}

func TestASmallRegionIsReadWithoutProblems(t *testing.T) {
	t.Parallel()
	f, r := readRegion(t, nil, exchange.Options{})
	require.Empty(t, r.Problems)
	require.Empty(t, r.Notices)
	require.Equal(t, "Example", f.Region)
	require.Len(t, f.People, 2)
	require.Equal(t, model.Active, f.People[0].Requirements[0].Status)
	require.Equal(t, "2027-04-03", f.People[0].Requirements[0].Target.String())
	require.Equal(t, "Able", f.Names[0].Surname)
	require.Equal(t, model.Slot{Project: "CT01", Weekday: 2, Start: 540, End: 960, StartDate: model.NewDate(2026, 1, 5)}, f.Slots[0])
	require.Equal(t, exchange.FileSummary{Kind: "people", Name: "people.csv", Rows: 2, Ready: 2}, r.Files[len(r.Files)-1])
}
