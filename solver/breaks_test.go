package solver_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
)

// prayerWeek is a toy week in which everything is in one place, where on the Monday, by the times of model/prayer, noon prayer is from 11:55
// to 13:41, the afternoon's until 15:59 and sunset's until 17:56. P2 is reached by one's own means; sessions run from 09:00 to 16:00.
func prayerWeek(wishes ...model.Prayer) (*model.Snapshot, *model.Session) {
	sn := toyWeek(1, len(wishes), 1)
	town := geo.Point{Latitude: 52, Longitude: -1.5}
	for i := range sn.Projects {
		sn.Projects[i].Site = town
	}
	for i := range wishes {
		sn.People[i].Home, sn.People[i].Prayer = town, wishes[i]
	}
	return sn, &sn.Sessions[2]
}

// comes puts everybody of a week into a session, from and until some minutes after midnight.
func comes(sn *model.Snapshot, s *model.Session, hours ...model.Clock) *model.Roster {
	r := &model.Roster{}
	for i := range sn.People {
		a := model.Appointment{CRN: sn.People[i].CRN, Event: 1, Session: s.Key, Span: s.Span}
		if 2*i < len(hours) {
			a.Span = model.Span{Start: sn.Calendar.Instant(s.Key.Date, hours[2*i]), End: sn.Calendar.Instant(s.Key.Date, hours[2*i+1])}
		}
		r.Appointments = append(r.Appointments, a)
	}
	return r
}

func lasts(sn *model.Snapshot, s *model.Session, from, to model.Clock) {
	s.Span = sn.Calendar.Span(s.Key.Date, from, to)
}

// clocks says breaks as people read them.
func clocks(sn *model.Snapshot, spans []model.Span) (all []string) {
	for _, x := range spans {
		_, from := sn.Calendar.Local(x.Start)
		_, to := sn.Calendar.Local(x.End)
		all = append(all, fmt.Sprintf("%v-%v", from, to))
	}
	return all
}

func TestWhereBreaksGo(t *testing.T) {
	t.Parallel()
	none, daily := []model.Prayer{model.NoPrayer}, []model.Prayer{model.DailyPrayer}
	home := func(minutes int32) func(*model.Snapshot, *model.Session) {
		return func(sn *model.Snapshot, _ *model.Session) {
			sn.Travel = geo.NewMatrix([]geo.Leg{{From: "P2", To: "X000000", Mode: geo.Walk, Minutes: minutes}})
		}
	}
	for _, c := range []struct {
		name   string
		wishes []model.Prayer
		edit   func(*model.Snapshot, *model.Session)
		hours  []model.Clock
		want   []string
	}{
		{"lunch in the middle of a working day", none, nil, nil, []string{"12:15-12:45"}},
		{"six hours need none", none, func(sn *model.Snapshot, s *model.Session) { lasts(sn, s, 540, 900) }, nil, nil},
		{"a minute more needs lunch", none, func(sn *model.Snapshot, s *model.Session) { lasts(sn, s, 540, 901) }, nil, []string{"11:45-12:15"}},
		{"twelve hours and a half need lunch only", none, func(sn *model.Snapshot, s *model.Session) { lasts(sn, s, 360, 1110) }, nil, []string{"12:00-12:30"}},
		{"a longer day needs more rest", none, func(sn *model.Snapshot, s *model.Session) { lasts(sn, s, 360, 1125) }, nil, []string{"08:57-09:07", "12:05-12:35", "15:35-15:45"}},
		{"lunch serves noon, and a short break the afternoon", daily, nil, nil, []string{"12:15-12:45", "14:45-14:55"}},
		{"one break serves several", []model.Prayer{model.DailyPrayer, model.NoPrayer, model.DailyAndFridayPrayer}, nil, nil, []string{"12:15-12:45", "14:45-14:55"}},
		{"lunch moves to serve noon", daily, func(sn *model.Snapshot, s *model.Session) { lasts(sn, s, 480, 880) }, []model.Clock{480, 880},
			[]string{"11:40-12:10"}},
		{"lunch does not move farther than it may", daily, func(sn *model.Snapshot, s *model.Session) {
			lasts(sn, s, 480, 880)
			sn.Policy.BreakLunchShift = 30
		}, []model.Clock{480, 880}, []string{"11:05-11:35", "12:45-12:55"}},
		{"whoever leaves at eleven and is home in time needs none", daily, nil, []model.Clock{540, 660}, []string{"12:15-12:45"}},
		{"the last minute of sunset before they leave, with 29 at home", daily, home(87), nil, []string{"12:15-12:45", "14:45-14:55", "15:50-16:00"}},
		{"the same, with more at home than a margin could take", daily, home(82), nil, []string{"12:15-12:45", "14:45-14:55"}},
		{"who leaves five minutes after noon has those", daily, home(100), []model.Clock{540, 720}, []string{"11:55-12:25"}},
		{"of a short session all of it", daily, func(sn *model.Snapshot, s *model.Session) {
			lasts(sn, s, 720, 726)
			home(90)(sn, s)
		}, []model.Clock{720, 726}, []string{"12:00-12:06"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn, s := prayerWeek(c.wishes...)
			if c.edit != nil {
				c.edit(sn, s)
			}
			r := comes(sn, s, c.hours...)
			solver.PlanBreaks(sn, r)
			if c.want == nil {
				require.Empty(t, r.Breaks)
				return
			}
			require.Len(t, r.Breaks, 1)
			require.Equal(t, s.Key, r.Breaks[0].Session)
			require.Equal(t, c.want, clocks(sn, r.Breaks[0].Spans))
		})
	}
}

// By the sun of a place far to the east the noon prayer is over when that of the site begins: each needs a break of its own.
func TestTheWetSiteHasItsOwnSun(t *testing.T) {
	t.Parallel()
	sn, s := prayerWeek(model.DailyPrayer)
	sn.Travel = geo.NewMatrix([]geo.Leg{{From: "P0", To: "X000000", Mode: geo.Walk}, {From: "X000000", To: "P0", Mode: geo.Walk}})
	sn.Projects[0].Site = geo.Point{Latitude: 52, Longitude: 28}
	r := comes(sn, s)
	r.WetPlans = []model.WetPlan{{Session: s.Key, Host: "P0"}}
	solver.PlanBreaks(sn, r)
	require.Len(t, r.Breaks[0].Spans, 3)
	sn.Projects[0].Site = geo.Point{Latitude: 52.5, Longitude: -1.5} // where noon ends two minutes earlier
	solver.PlanBreaks(sn, r)
	require.Len(t, r.Breaks[0].Spans, 2)
}

// People were told when the breaks of a frozen session are. They stay while they serve, whatever the engine would choose.
func TestFrozenSessionsKeepTheBreaksThatPeopleWereTold(t *testing.T) {
	t.Parallel()
	told := func(clocks ...model.Clock) []model.Span {
		sn, s := prayerWeek(model.DailyPrayer)
		r := comes(sn, s)
		sn.Published = r.Clone()
		b := model.Breaks{Session: s.Key}
		for i := 0; i < len(clocks); i += 2 {
			b.Spans = append(b.Spans, sn.Calendar.Span(s.Key.Date, clocks[i], clocks[i+1]))
		}
		sn.Published.Breaks = []model.Breaks{b}
		sn.FrozenUntil = s.Span.Start
		require.Equal(t, []string{"12:15-12:45", "14:45-14:55"}, clocksOf(sn, r, s), "not frozen yet")
		sn.FrozenUntil++
		got := solver.BreaksOf(sn, r, s.Key)
		if slices.Equal(got, b.Spans) {
			return nil
		}
		return got
	}
	require.Empty(t, told(811, 821, 949, 959), "to the last minute of both prayers")
	require.Empty(t, told(540, 541, 715, 725, 821, 831, 959, 960), "from the first and last minute of the session")
	for name, other := range map[string][]model.Clock{
		"too late for noon by a minute": {812, 822, 949, 959}, "too late for the afternoon by a minute": {811, 821, 950, 960},
		"before the session": {539, 541, 715, 725, 821, 831}, "after the session": {715, 725, 821, 831, 959, 961},
		"overlapping": {715, 730, 729, 735, 821, 831}, "out of order": {821, 831, 715, 725}, "of no time": {715, 725, 750, 750, 821, 831}, "none": {},
	} {
		require.NotEmpty(t, told(other...), name)
	}

	sn, s := prayerWeek(model.NoPrayer)
	sn.FrozenUntil = s.Span.Start + 1
	sn.Published = comes(sn, s)
	for _, c := range []struct {
		at   model.Clock
		kept bool
	}{{590, true}, {589, false}, {900, true}, {901, false}} { // six hours of work before or after a break of ten minutes, or one more
		sn.Published.Breaks = []model.Breaks{{Session: s.Key, Spans: []model.Span{sn.Calendar.Span(s.Key.Date, c.at, c.at+10)}}}
		require.Equal(t, c.kept, slices.Equal(sn.Published.Breaks[0].Spans, solver.BreaksOf(sn, sn.Published, s.Key)), "%v", c.at)
	}
}

func clocksOf(sn *model.Snapshot, r *model.Roster, s *model.Session) []string {
	return clocks(sn, solver.BreaksOf(sn, r, s.Key))
}

func TestRostersAreWrittenWithTheirBreaks(t *testing.T) {
	t.Parallel()
	s := onTrip(t, 3, 4)
	for i := range s.Snapshot.People {
		s.Snapshot.People[i].Prayer = model.DailyPrayer
	}
	r := s.Roster()
	require.Len(t, r.Breaks, 1)
	require.Equal(t, r.Appointments[0].Session, r.Breaks[0].Session)
	require.Greater(t, len(r.Breaks[0].Spans), 1)
	again := r.Clone()
	solver.PlanBreaks(s.Snapshot, again)
	require.Equal(t, r, again, "the same roster gives the same breaks")
}

// No set of breaks that is smaller serves everybody: every set of so many short breaks and lunch is tried on weeks of few people.
func TestNoFewerBreaksServe(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 5))
	several := 0
	for range 80 {
		var wishes []model.Prayer
		var hours []model.Clock
		for range 1 + random.IntN(4) {
			wishes = append(wishes, model.DailyPrayer)
			from := model.Clock(600 + random.IntN(60))
			hours = append(hours, from, from+model.Clock(60+random.IntN(140)))
		}
		sn, s := prayerWeek(wishes...)
		sn.Policy.PrayerMarginMinutes, sn.Policy.PrayerOutsideMinutes = 0, 1000
		lasts(sn, s, 600, 860)
		r := comes(sn, s, hours...)
		got := solver.BreaksOf(sn, r, s.Key)
		several += max(0, len(got)-1)
		if len(got) > 0 {
			require.False(t, servable(hours, len(got)-1), "fewer than %v serve %v", clocks(sn, got), hours)
		}
	}
	require.Greater(t, several, 5, "the weeks need several breaks")
}

// servable tries every set of n breaks of ten minutes in a session of 10:00 to 14:20. Each person wants ten minutes, or all there is, of noon (715 to
// 821) and of the afternoon (821 to 959) within their hours.
func servable(hours []model.Clock, n int) bool {
	var wants [][3]model.Clock // from, to, minutes
	for i := 0; i < len(hours); i += 2 {
		for _, w := range [][2]model.Clock{{715, 821}, {821, 959}} {
			from, to := max(hours[i], w[0]), min(hours[i+1], w[1])
			if to > from {
				wants = append(wants, [3]model.Clock{from, to, min(10, to-from)})
			}
		}
	}
	var try func(from model.Clock, left int, wants [][3]model.Clock) bool
	try = func(from model.Clock, left int, wants [][3]model.Clock) bool {
		if len(wants) == 0 {
			return true
		}
		if left == 0 {
			return false
		}
		for at := from; at <= 850; at++ {
			var rest [][3]model.Clock
			for _, w := range wants {
				if min(at+10, w[1])-max(at, w[0]) < w[2] {
					rest = append(rest, w)
				}
			}
			if len(rest) < len(wants) && try(at+10, left-1, rest) {
				return true
			}
		}
		return false
	}
	return try(600, n, wants)
}
