package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/geo"
)

// recorded adds the outcomes of one weekday of so many past weeks, and gives what the week's snapshot makes of them.
func recorded(t *testing.T, edit func(f *model.Facts), weeks int, weekday model.Date, outcome model.Outcome) *model.Snapshot {
	t.Helper()
	c := calendar(t)
	f := region()
	for w := 1; w <= weeks; w++ {
		f.History = append(f.History, appointment(c, "X000001", monday-model.Date(7*w)+weekday, outcome))
	}
	if edit != nil {
		edit(f)
	}
	sn, _ := freeze(t, f)
	return sn
}

func TestEffectsComeFromTheSessionsOfTheRecord(t *testing.T) {
	t.Parallel()
	// The eight weeks before 30 November lie in winter. What is assumed stays where nothing was seen.
	assumed := forecast.Effects{Individual: 100, First: -100, Monday: -30, Winter: -30, Far: -80}
	kind := func(k model.Kind) func(*model.Facts) {
		return func(f *model.Facts) { f.Projects[0].Kind = k; f.People[0].Attended = 1 }
	}
	seen := func(f *model.Facts) { f.People[0].Attended = 1 }
	for _, x := range []struct {
		name string
		edit func(*model.Facts)
		day  model.Date
		want func(e *forecast.Effects) *int32 // the one that moves
	}{
		{"a winter's Tuesday", seen, 1, func(e *forecast.Effects) *int32 { return &e.Winter }},
		{"an individual placement", kind(model.Individual), 1, func(e *forecast.Effects) *int32 { return &e.Individual }},
		{"education", kind(model.ETE), 1, func(e *forecast.Effects) *int32 { return &e.ETE }},
		{"induction", kind(model.Induction), 1, func(e *forecast.Effects) *int32 { return &e.Induction }},
		{"Mondays", seen, 0, func(e *forecast.Effects) *int32 { return &e.Monday }},
		{"a first session", func(*model.Facts) {}, 1, func(e *forecast.Effects) *int32 { return &e.First }},
		{"a long way", func(f *model.Facts) {
			seen(f)
			f.Legs = []geo.Leg{{From: "X000001", To: "CT01", Mode: f.People[0].Mode, Minutes: 61}}
		}, 1, func(e *forecast.Effects) *int32 { return &e.Far }},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			got := recorded(t, x.edit, 8, x.day, "ATTC").Attendance.Effects
			want := assumed
			require.Greater(t, got.Winter, assumed.Winter, "all of them lie in winter")
			want.Winter = got.Winter
			require.Greater(t, *x.want(&got), *x.want(&assumed))
			*x.want(&want) = *x.want(&got)
			require.Equal(t, want, got, "and no other moves")
		})
	}
}

func TestTheFirstSessionIsTheEarliestOfWhomNothingWasKnown(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	came := func(f *model.Facts) {
		f.History = []model.Appointment{appointment(c, "X000001", monday-6, "ATTC"), appointment(c, "X000001", monday-13, "UACP"), appointment(c, "X000001", monday-20, "AASD")}
	}
	sn := recorded(t, came, 0, 0, "")
	require.Less(t, sn.Attendance.Effects.First, int32(-100), "the one of a fortnight ago was missed; before it the service stood them down")
	sn = recorded(t, func(f *model.Facts) { came(f); f.People[0].Missed = 1 }, 0, 0, "")
	require.Equal(t, int32(-100), sn.Attendance.Effects.First, "something was known")
}

func TestWhatIsRecordedOfTheWeekItselfChangesNoEstimate(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	sn := recorded(t, func(f *model.Facts) { f.History = []model.Appointment{appointment(c, "X000001", monday, "UACP")} }, 0, 0, "")
	require.Equal(t, int32(600), sn.People[0].Attendance)
	require.Equal(t, int32(600), sn.Attendance.Mean)
	require.Zero(t, sn.People[0].Outcomes)
}
