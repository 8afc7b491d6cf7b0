package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// workingWeek is a region with sessions of every sort in the week of the autumn clock change of 2026.
func workingWeek() map[string]string {
	files := smallRegion()
	files["projects.csv"] += "ND01,Night kitchen,NP2,N01,51.40,0.05,indoor,6,high,either\nSU01,Sunday market,NP1,N01,51.39,0.02,outdoor,9,medium,either\n"
	files["project_availability.csv"] += "ND01,thu,22:00,06:00,2026-01-05\nSU01,sun,00:30,04:30,2026-01-05\nSU01,sat,00:05,04:00,2026-01-05\n"
	files["supervisors.csv"] += "S015,Example Two,N01,male,B,2220\nS016,Example Three,N01,male,D1,2220\n"
	files["supervisor_availability.csv"] += "S015,available,tue,07:00,18:00\nS016,available,thu,12:00,12:00\n"
	files["supervisor_availability.csv"] = strings.Replace(files["supervisor_availability.csv"], "thu,12:00,12:00", "thu,12:00,11:00", 1)
	files["minibuses.csv"] += "ZZ99 ZZZ,N01,16,51.42,0.02\n"
	files["pick_up_locations.csv"] += "P02,Market square,51.44,0.00\n"
	files["people.csv"] += "X000003,1,Clark,male,2026-04-03,7200,N01,high,51.46,0.02\nX000004,2,Dean,male,2026-04-03,7200,N01,low,51.43,0.04\n"
	return files
}

func freeze(t testing.TB, f *model.Facts) *model.Snapshot {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	week := model.Week{Year: 2026, Number: 43} // 19 to 25 October 2026
	c := london()
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-5, 600))
	require.NoError(t, err)
	return sn
}

// plannedWeek is a roster with no, one and two minibuses, several supervisors, shared stops, shortened appointments, an
// overnight session, and one that runs through the clock change with a pick-up on the evening before.
func plannedWeek(t testing.TB, sn *model.Snapshot) *model.Roster {
	t.Helper()
	tuesday := sn.Week.Monday() + 1
	r := &model.Roster{Region: sn.Region, Week: sn.Week}
	book := func(crn model.CRN, event int32, k model.SessionKey, stop model.StopCode, at model.Instant, less model.Instant, by model.SupervisorCode) {
		s := sn.Session(k)
		require.NotNil(t, s, k)
		a := model.Appointment{CRN: crn, Event: event, Session: k, Span: s.Span, PickUp: stop, PickUpAt: at, Supervisor: by}
		a.Span.End -= less
		r.Appointments = append(r.Appointments, a)
	}
	ride := func(k model.SessionKey, reg model.Registration, driver model.SupervisorCode, stops ...model.StopCode) model.Trip {
		trip := model.TripTimes(sn, k, sn.Minibus(reg), stops, sn.Policy.BoardingMinutes)
		trip.Driver = driver
		r.Trips = append(r.Trips, trip)
		return trip
	}
	duty := func(k model.SessionKey, codes ...model.SupervisorCode) {
		for _, c := range codes {
			r.Duties = append(r.Duties, model.Duty{Session: k, Supervisor: c})
		}
	}
	two := model.SessionKey{Project: "CT01", Date: tuesday, Start: 540}
	// The later code drives the first registration: the order of the file must keep who drives what.
	trip := ride(two, "AB12 CDE", "S015", "P02", "P01")
	ride(two, "ZZ99 ZZZ", "S014", "P02", "P01")
	duty(two, "S014", "S015", "S016")
	book("X000001", 1, two, "P01", trip.Stops[1].At, 0, "S015")
	book("X000002", 1, two, "P01", trip.Stops[1].At, 0, "S015")
	book("X000003", 1, two, "P02", trip.Stops[0].At, 90, "S015")
	r.WetPlans = append(r.WetPlans, model.WetPlan{Session: two, Host: "FB01"})
	start := sn.Session(two).Span.Start
	r.Breaks = append(r.Breaks, model.Breaks{Session: two, Spans: []model.Span{{Start: start + 120, End: start + 135}, {Start: start + 220, End: start + 250}}})

	book("X000004", 2, model.SessionKey{Project: "FB01", Date: tuesday + 1, Start: 600}, "", 0, 0, "")
	book("X000003", 1, model.SessionKey{Project: "FB01", Date: tuesday + 1, Start: 600}, "", 0, 25, "")
	r.Appointments[len(r.Appointments)-1].Span.Start += 45 // a short day

	night := model.SessionKey{Project: "ND01", Date: tuesday + 2, Start: 1320}
	duty(night, "S016")
	book("X000001", 1, night, "", 0, 30, "S016")
	r.Appointments[len(r.Appointments)-1].Span.Start += 150 // after midnight
	breakAt := sn.Session(night).Span.Start + 240
	r.Breaks = append(r.Breaks, model.Breaks{Session: night, Spans: []model.Span{{Start: breakAt, End: breakAt + 30}}})

	early := model.SessionKey{Project: "SU01", Date: tuesday + 4, Start: 5}
	duty(early, "S014")
	trip = ride(early, "AB12 CDE", "S014", "P01")
	book("X000002", 1, early, "P01", trip.Stops[0].At, 0, "S014")

	change := model.SessionKey{Project: "SU01", Date: tuesday + 5, Start: 30}
	require.EqualValues(t, 300, sn.Session(change).Span.Minutes(), "00:30 to 04:30 with one hour twice")
	duty(change, "S014")
	book("X000004", 2, change, "", 0, 0, "S014")
	r.Sort()
	return r
}

func TestAWeekThatIsPlannedWrittenReadAndWrittenAgainIsTheSame(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, workingWeek())
	f, report, err := exchange.ReadDir(dir, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Problems)
	sn := freeze(t, f)
	r := plannedWeek(t, sn)

	first := t.TempDir()
	require.NoError(t, exchange.WriteRoster(first, f, sn, r))
	got, report, err := exchange.ReadRoster(first, sn, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Problems)
	require.Equal(t, r, got)
	again := t.TempDir()
	require.NoError(t, exchange.WriteRoster(again, f, sn, got))
	require.Equal(t, contents(t, first), contents(t, again))

	// The same through the region: the files of the roster put beside the others are next week's published roster.
	for name, content := range contents(t, first) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	f, report, err = exchange.ReadDir(dir, exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Problems)
	sn = freeze(t, f)
	require.Equal(t, r, sn.Published)
	through := t.TempDir()
	require.NoError(t, exchange.WriteRoster(through, f, sn, sn.Published))
	require.Equal(t, contents(t, first), contents(t, through))
}

func TestSessionsAreWrittenAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	f, _, err := exchange.ReadDir(folderOf(t, workingWeek()), exchange.Options{})
	require.NoError(t, err)
	sn := freeze(t, f)
	sn.Attendance.Effects = forecast.Effects{Winter: 20}
	for i := range sn.People {
		sn.People[i].Attendance = 500
	}
	dir := t.TempDir()
	require.NoError(t, exchange.WriteRoster(dir, f, sn, plannedWeek(t, sn)))
	rows := strings.Split(contents(t, dir)["sessions.csv"], "\n")
	require.Equal(t, "project_code,date,start_time,end_time,supervisor_codes,registrations,places,seats,booked,expected,chance_over,wet_project_code,breaks,stops,minibus_kilometres,explanation", rows[0])
	// Ten places of the site bind, for three supervisors may answer for 24; seats are 8 and 16 less one for the third supervisor.
	require.True(t, strings.HasPrefix(rows[1], "CT01,2026-10-20,09:00,16:00,S015;S014;S016,AB12 CDE;ZZ99 ZZZ,10,23,3,1.56,0.000000,FB01,11:00-11:15;12:40-13:10,P02@"), rows[1])
	require.True(t, strings.HasPrefix(rows[2], "FB01,2026-10-21,10:00,14:00,,,2,,2,1.04,0.000000,,,,,"), rows[2])
	require.True(t, strings.HasPrefix(rows[3], "ND01,2026-10-22,22:00,06:00,S016,,6,,1,0.52,0.000000,,02:00-02:30,,,"), rows[3])
	require.Contains(t, rows[4], "P01@23:")
	visits := strings.Split(contents(t, dir)["appointments.csv"], "\n")
	require.Contains(t, visits[3], "X000003,1,CT01,2026-10-20,09:00,14:30,P02,")
	require.Contains(t, visits[4], "X000003,1,FB01,2026-10-21,10:45,13:35,,,,,170,")
	require.Contains(t, visits[6], "X000001,1,ND01,2026-10-22,00:30,05:30,,,S016,,300,")
	require.Contains(t, visits[8], "X000004,2,SU01,2026-10-25,00:30,04:30,,,S014,,300,")
}

func TestAnAppointmentWithItsOwnTimesBelongsToTheSessionThatHoldsIt(t *testing.T) {
	t.Parallel()
	visits := "crn,event_number,project_code,date,start_time,end_time\n" +
		"X000001,1,CT01,2026-10-20,09:30,15:00\n" + // later than the session, as after a school run
		"X000002,1,CT01,2026-10-21,09:30,15:00\n" + // no session that day
		"X000003,1,ND01,2026-10-22,00:30,05:00\n" // after the midnight of an overnight session
	files := workingWeek()
	files["appointments.csv"] = visits
	f, r, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, r.Problems)
	require.Equal(t, "CT01/2026-10-20/09:00", f.History[0].Session.String())
	require.Equal(t, "CT01/2026-10-21/09:30", f.History[1].Session.String())
	require.Equal(t, "ND01/2026-10-22/22:00", f.History[2].Session.String())
	c := london()
	require.Equal(t, c.Span(model.NewDate(2026, 10, 23), 30, 300), f.History[2].Span)
	dir := t.TempDir()
	require.NoError(t, exchange.WriteFacts(dir, f))
	again, _, err := exchange.ReadDir(dir, exchange.Options{})
	require.NoError(t, err)
	require.Equal(t, f.History, again.History)
}

func TestARosterIsNotReadFromAFolderWithoutOne(t *testing.T) {
	t.Parallel()
	f, _, err := exchange.ReadDir(folderOf(t, workingWeek()), exchange.Options{})
	require.NoError(t, err)
	_, _, err = exchange.ReadRoster(t.TempDir(), freeze(t, f), exchange.Options{})
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeNotFound, e.Code)
}

func TestUnplacedPeopleAreWrittenInOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, exchange.WriteUnplaced(dir, []exchange.Unplaced{
		{CRN: "X000002", Event: 1, NeededMinutes: 420, MainObstacle: "travel-limit", NearestMiss: "CT01/2026-10-20/09:00, 12 minutes too far"},
		{CRN: "X000001", Event: 2, NeededMinutes: 420, PlacedMinutes: 240, MainObstacle: "=places"},
	}))
	require.Equal(t, "crn,event_number,needed_minutes,placed_minutes,main_obstacle,nearest_miss\n"+
		"X000001,2,420,240,'=places,\n"+
		"X000002,1,420,0,travel-limit,\"CT01/2026-10-20/09:00, 12 minutes too far\"\n", contents(t, dir)["unplaced.csv"])
}

func TestAnEndWithinTheHourThatComesTwiceIsKeptByItsMinutes(t *testing.T) {
	t.Parallel()
	files := workingWeek()
	for offered, want := range map[string]int32{"": 60, "60": 60, "120": 120, "90": 60} {
		files["appointments.csv"] = "crn,event_number,project_code,date,start_time,end_time,minutes_offered\nX000004,2,SU01,2026-10-25,00:30,01:30," + offered + "\n"
		f, r, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
		require.NoError(t, err)
		require.Empty(t, r.Problems)
		require.Equal(t, want, f.History[0].Minutes(), "offered %q", offered)
	}
}

func TestTheChanceThatTooManyComeIsExact(t *testing.T) {
	t.Parallel()
	f, _, err := exchange.ReadDir(folderOf(t, workingWeek()), exchange.Options{})
	require.NoError(t, err)
	sn := freeze(t, f)
	sn.Attendance.Effects = forecast.Effects{}                         // the same chance at every session
	chances, weights := []int32{513, 641, 307, 889}, []int{1, 1, 2, 1} // the third is at high risk
	for i := range sn.People {
		sn.People[i].Attendance, sn.People[i].Outcomes = chances[i], 1
	}
	key := model.SessionKey{Project: "CT01", Date: sn.Week.Monday() + 1, Start: 540}
	r := &model.Roster{Week: sn.Week, Duties: []model.Duty{{Session: key, Supervisor: "S014"}}}
	for i := range sn.People {
		p := &sn.People[i]
		r.Appointments = append(r.Appointments, model.Appointment{CRN: p.CRN, Event: p.Requirements[0].Event, Session: key, Span: sn.Session(key).Span})
	}
	for _, places := range []int32{0, 1, 2, 3, 4, 5} {
		sn.Project("CT01").Places = places
		over := 0.0
		for come := range 1 << len(chances) { // every way in which people may come or not
			chance, weight := 1.0, 0
			for i, c := range chances {
				if come>>i&1 == 1 {
					chance, weight = chance*float64(c)/1000, weight+weights[i]
				} else {
					chance *= 1 - float64(c)/1000
				}
			}
			if weight > int(places) {
				over += chance
			}
		}
		dir := t.TempDir()
		require.NoError(t, exchange.WriteRoster(dir, f, sn, r))
		row := strings.Split(contents(t, dir)["sessions.csv"], "\n")[1]
		require.True(t, strings.HasPrefix(row, fmt.Sprintf("CT01,2026-10-20,09:00,16:00,S014,,%d,,4,2.35,%.6f,", places, over)), "%s, want %.6f", row, over)
	}
}
