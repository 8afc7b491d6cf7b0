package model_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// edits is one of each that the small week takes and that changes it.
func edits() map[string]model.Edit {
	c := london()
	return map[string]model.Edit{
		"AddSupervisor":    model.AddSupervisor{Supervisor: model.Supervisor{Code: "S15", Team: "T1"}},
		"RemoveSupervisor": model.RemoveSupervisor{Code: "S1"},
		"SupervisorOff":    model.SupervisorOff{Code: "S1", Span: c.Span(monday, 0, 1440)},
		"AddMinibus":       model.AddMinibus{Minibus: model.Minibus{Registration: "B0", Team: "T1", Seats: 8}},
		"RemoveMinibus":    model.RemoveMinibus{Registration: "B2"},
		"MinibusOff":       model.MinibusOff{Registration: "B2", From: monday, To: monday + 1},
		"CloseProject":     model.CloseProject{Code: "CT02", From: monday},
		"OpenSession":      model.OpenSession{Session: model.Session{Key: on("CT01", monday+2, 600), End: 900}},
		"CloseSession":     model.CloseSession{Key: monKey},
		"SetPlaces":        model.SetPlaces{Project: "CT01", Places: 12},
		"SetAttendance":    model.SetAttendance{CRN: "X000001", Permille: 900},
		"PersonOff":        model.PersonOff{CRN: "X000001", Span: c.Span(monday, 0, 1440)},
		"Thaw":             model.Thaw{},
		"RemovePerson":     model.RemovePerson{CRN: "X000002"},
		"SetPolicy":        model.SetPolicy{Clause: "travel-limit.minutes", Value: 60},
		"Rain":             model.Rain{WeatherArea: "W2", Date: monday, Permille: 900},
		"Pin":              model.Pin{Appointment: model.Appointment{CRN: "X000001", Event: 1, Session: tueKey}},
		"PublishRoster":    model.PublishRoster{},
	}
}

func TestNoEditGivesTheSameWeek(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	same, err := sn.With()
	require.NoError(t, err)
	require.Equal(t, sn.Digest(), same.Digest())
	require.NotSame(t, sn, same)
}

func TestAnEditChangesTheCopyAndNeverTheWeek(t *testing.T) {
	t.Parallel()
	for name, e := range edits() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := smallWeek()
			before := sn.Digest()
			changed, err := sn.With(e)
			require.NoError(t, err)
			require.Equal(t, before, sn.Digest(), "the week itself")
			require.NotEqual(t, before, changed.Digest(), "the copy")
			again, err := sn.With(e)
			require.NoError(t, err)
			require.Equal(t, changed.Digest(), again.Digest())
		})
	}
}

func TestEditsTogetherAreEditsOneByOne(t *testing.T) {
	t.Parallel()
	all := edits()
	var names []string
	for name := range all {
		names = append(names, name)
	}
	sn := smallWeek()
	rapid.Check(t, func(t *rapid.T) {
		var chosen []model.Edit
		one, errOne := sn, error(nil)
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 5, rapid.ID).Draw(t, "names") {
			chosen = append(chosen, all[name])
			if errOne == nil {
				one, errOne = one.With(all[name])
			}
		}
		together, err := sn.With(chosen...)
		require.Equal(t, errOne == nil, err == nil)
		if err == nil {
			require.Equal(t, one.Digest(), together.Digest())
		}
	})
}

func TestEditsThatUndoEachOther(t *testing.T) {
	t.Parallel()
	c := london()
	for name, pair := range map[string][2]model.Edit{
		"a supervisor added and removed": {edits()["AddSupervisor"], model.RemoveSupervisor{Code: "S15"}},
		"a minibus added and removed":    {edits()["AddMinibus"], model.RemoveMinibus{Registration: "B0"}},
		"a session closed and opened":    {model.CloseSession{Key: monKey}, model.OpenSession{Session: model.Session{Key: monKey, End: 960}}},
		"a place pinned and unpinned": {
			model.Pin{Appointment: model.Appointment{CRN: "X000002", Event: 1, Session: monKey}},
			model.Unpin{CRN: "X000002", Event: 1, Session: monKey}},
		"places set twice": {model.SetPlaces{Project: "CT01", Places: 1}, model.SetPlaces{Project: "CT01", Places: 8}},
		"rain set twice": {model.Rain{WeatherArea: "W1", Date: monday, Permille: 7},
			model.Rain{WeatherArea: "W1", Date: monday, Permille: 100}},
		"leave outside working time": {
			model.SupervisorOff{Code: "S1", Span: c.Span(monday+4, 0, 1440)}, model.SupervisorOff{Code: "S1", Span: c.Span(monday, 0, 480)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := smallWeek()
			back, err := sn.With(pair[0], pair[1])
			require.NoError(t, err)
			require.Equal(t, sn.Digest(), back.Digest())
		})
	}
}

func TestEditsRefuseWhatTheWeekDoesNotHave(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit model.Edit
		code model.Code
		says string
	}{
		{"no such supervisor",
			model.RemoveSupervisor{Code: "S9"}, model.CodeNotFound,
			"found supervisor S9, which week 2026-W49 does not have; expected one of S1, S2"},
		{"no such supervisor to send home", model.SupervisorOff{Code: "S9"}, model.CodeNotFound, "expected one of S1, S2"},
		{"no such minibus", model.RemoveMinibus{Registration: "B9"}, model.CodeNotFound, "expected one of B1, B2"},
		{"no such minibus to take off", model.MinibusOff{Registration: "B9", From: monday}, model.CodeNotFound, "expected one of B1, B2"},
		{"no such project", model.CloseProject{Code: "CT9", From: monday}, model.CodeNotFound, "expected one of CT01, CT02"},
		{"no such project to open",
			model.OpenSession{Session: model.Session{Key: on("CT9", monday, 0)}}, model.CodeNotFound,
			"expected one of CT01, CT02"},
		{"no such project to size", model.SetPlaces{Project: "CT9"}, model.CodeNotFound, "expected one of CT01, CT02"},
		{"no such session",
			model.CloseSession{Key: on("CT01", monday+1, 540)}, model.CodeNotFound,
			"expected one of CT01/2026-11-30/09:00"},
		{"nobody to be off", model.PersonOff{CRN: "X000009"}, model.CodeNotFound, "expected the CRN of one of its 2 people"},
		{"a person off for no time", model.PersonOff{CRN: "X000001"}, model.CodeUsage, "expected a start before the end"},
		{"no such person", model.SetAttendance{CRN: "X000009"}, model.CodeNotFound, "expected the CRN of one of its 2 people"},
		{"no such person to remove", model.RemovePerson{CRN: "X000009"}, model.CodeNotFound, "X000009"},
		{"no such value", model.SetPolicy{Clause: "travel-limit.hours"}, model.CodeNotFound, "which week 2026-W49 does not have; expected one of "},
		{"no such weather area", model.Rain{WeatherArea: "W9", Date: monday}, model.CodeNotFound, "expected one of W1, W2"},
		{"nobody to pin", model.Pin{Appointment: model.Appointment{CRN: "X000009", Event: 1, Session: monKey}}, model.CodeNotFound, "X000009"},
		{"nowhere to pin",
			model.Pin{Appointment: model.Appointment{CRN: "X000001", Event: 1, Session: on("CT01", monday+3, 540)}},
			model.CodeNotFound, "expected one of CT01/2026-11-30/09:00"},
		{"no such event to pin",
			model.Pin{Appointment: model.Appointment{CRN: "X000001", Event: 7, Session: monKey}}, model.CodeNotFound, "found event 7"},
		{"nothing to unpin",
			model.Unpin{CRN: "X000001", Event: 1, Session: monKey}, model.CodeNotFound, "found published appointment of X000001"},
		{"a supervisor who is there",
			model.AddSupervisor{Supervisor: model.Supervisor{Code: "S1"}}, model.CodeConflict, "found supervisor S1 to add"},
		{"a minibus that is there", model.AddMinibus{Minibus: model.Minibus{Registration: "B1"}}, model.CodeConflict, "found minibus B1 to add"},
		{"a minibus with 17 seats",
			model.AddMinibus{Minibus: model.Minibus{Registration: "B3", Team: "T1", Seats: 17}}, model.CodeInvalid,
			"found passenger seats 17; expected 1 to 16"},
		{"a supervisor of no team",
			model.AddSupervisor{Supervisor: model.Supervisor{Code: "S3", Team: "T9"}}, model.CodeInvalid, "found team T9"},
		{"time off of no length", model.SupervisorOff{Code: "S1"}, model.CodeUsage, "expected a start before the end"},
		{"dates the wrong way round",
			model.CloseProject{Code: "CT01", From: monday, To: monday - 1}, model.CodeUsage, "found dates from \"2026-11-30\" to \"2026-11-29\""},
		{"no first date", model.MinibusOff{Registration: "B1"}, model.CodeUsage, "expected a first date"},
		{"a session of another week",
			model.OpenSession{Session: model.Session{Key: on("CT01", monday+7, 540), End: 960}},
			model.CodeUsage, "expected a day of week 2026-W49"},
		{"an attendance above certainty", model.SetAttendance{CRN: "X000001", Permille: 1001}, model.CodeInvalid, "expected 0 to 1000"},
		{"fewer than no places", model.SetPlaces{Project: "CT01", Places: -1}, model.CodeInvalid, "expected 0 to 1000"},
		{"a negative price", model.SetPolicy{Clause: "opening.session", Value: -1}, model.CodeInvalid, "opening.session"},
		{"a value that would overflow",
			model.SetPolicy{Clause: "travel-limit.minutes", Value: math.MaxInt64}, model.CodeInvalid, "travel-limit.minutes"},
		{"a day of no minutes, which divides", model.SetPolicy{Clause: "urgency.day", Value: 0}, model.CodeInvalid, "urgency.day"},
		{"a roster of another week", model.PublishRoster{Roster: &model.Roster{Week: w49.Add(1)}}, model.CodeInvalid, "is of week 2026-W50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := smallWeek().With(c.edit)
			require.Nil(t, got)
			var e *model.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code, e.Message)
			require.Contains(t, e.Message, c.says)
		})
	}
}

func with(t *testing.T, sn *model.Snapshot, edits ...model.Edit) *model.Snapshot {
	t.Helper()
	c, err := sn.With(edits...)
	require.NoError(t, err)
	return c
}

func TestWhatEditsDo(t *testing.T) {
	t.Parallel()
	c := london()
	sn := smallWeek()

	ill := with(t, sn, model.SupervisorOff{Code: "S1", Span: model.Span{Start: c.Instant(monday, 720), End: c.Instant(monday+1, 0)}})
	require.Equal(t, []model.Span{c.Span(monday, 480, 720), c.Span(monday+1, 480, 1080)}, ill.Supervisor("S1").Available)
	require.Equal(t, sn.Supervisor("S2"), ill.Supervisor("S2"))

	shut := with(t, sn, model.CloseProject{Code: "CT01", From: monday, To: monday})
	require.Equal(t, model.Closed, shut.Session(monKey).Bar)
	require.Equal(t, model.Open, shut.Session(tueKey).Bar)
	require.Equal(t, model.Open, with(t, sn, model.CloseProject{Code: "CT01", From: monday + 1}).Session(monKey).Bar)

	open := with(t, sn, model.OpenSession{Session: model.Session{Key: on("CT01", monday+6, 600), End: 900}})
	require.Len(t, open.Sessions, 3)
	require.EqualValues(t, 300, open.Sessions[2].Minutes())
	require.Equal(t, "North", open.Sessions[2].Area)

	pinned := with(t, sn, edits()["Pin"])
	require.Len(t, pinned.Published.Appointments, 2)
	a := &pinned.Published.In(tueKey)[0]
	require.True(t, a.Pinned)
	require.True(t, pinned.Fixed(a))
	require.Equal(t, sn.Session(tueKey).Span, a.Span)
	first := with(t, sn, model.PublishRoster{}, edits()["Pin"])
	require.Equal(t, w49, first.Published.Week)
	require.Len(t, first.Published.Appointments, 1)

	gone := with(t, sn, model.RemovePerson{CRN: "X000002"})
	require.Len(t, gone.People, 1)
	require.Empty(t, gone.KeepApart)
	require.Empty(t, gone.Zones)
	require.Empty(t, gone.Standing)
	require.Empty(t, gone.Published.Appointments)
	require.Len(t, gone.Published.Duties, 1)

	require.EqualValues(t, 60, with(t, sn, edits()["SetPolicy"]).Policy.TravelMaxMinutes)
	require.EqualValues(t, 90, sn.Policy.TravelMaxMinutes)
	require.Equal(t, []model.Outlook{
		{WeatherArea: "W1", Date: monday, RainPermille: 100}, {WeatherArea: "W2", Date: monday, RainPermille: 900},
	},
		with(t, sn, edits()["Rain"]).Outlooks)
}

func TestAMinibusIsOffForTheTimeItWasAndTheTimeItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		from, to         model.Date // recorded
		offFrom, offTo   model.Date // the edit
		wantFrom, wantTo model.Date
	}{
		{"nothing recorded", 0, 0, monday, monday + 1, monday, monday + 1},
		{"until further notice", 0, 0, monday, 0, monday, 0},
		{"recorded long ago", monday - 30, monday - 20, monday, monday + 1, monday, monday + 1},
		{"recorded after the week", monday + 7, monday + 9, monday, monday + 1, monday, monday + 1},
		{"recorded in the week", monday + 3, monday + 4, monday, monday + 1, monday, monday + 4},
		{"recorded until further notice", monday - 2, 0, monday, monday + 1, monday - 2, 0},
		{"recorded without a first day", 0, monday + 2, monday + 4, 0, monday - 7, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn := smallWeek()
			sn.Minibuses[0].OffRoadFrom, sn.Minibuses[0].OffRoadTo = c.from, c.to
			b := with(t, sn, model.MinibusOff{Registration: "B1", From: c.offFrom, To: c.offTo}).Minibus("B1")
			require.Equal(t, c.wantFrom, b.OffRoadFrom)
			require.Equal(t, c.wantTo, b.OffRoadTo)
		})
	}
}

func ExampleSnapshot_With() {
	sn := smallWeek()
	changed, err := sn.With(model.SetPlaces{Project: "CT01", Places: 12})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sn.Project("CT01").Places, "places, then", changed.Project("CT01").Places)
	_, err = sn.With(model.RemoveSupervisor{Code: "S7"})
	fmt.Println(err)
	// Output:
	// 8 places, then 12
	// found supervisor S7, which week 2026-W49 does not have; expected one of S1, S2
}

func TestAnEditOfThePaceChangesJourneysThatAreEstimated(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	here, there := geo.Place{Code: "A", At: geo.Point{Latitude: 52, Longitude: -1.5}}, geo.Place{Code: "B", At: geo.Point{Latitude: 52.1, Longitude: -1.5}}
	before := sn.Travel.Minutes(geo.Car, here, there)
	faster, err := sn.With(model.SetPolicy{Clause: "travel-limit.car-speed", Value: 70_000})
	require.NoError(t, err)
	require.EqualValues(t, 25, before)
	require.EqualValues(t, 13, faster.Travel.Minutes(geo.Car, here, there))
	require.Equal(t, before, sn.Travel.Minutes(geo.Car, here, there), "the week that was edited stays as it was")
}
