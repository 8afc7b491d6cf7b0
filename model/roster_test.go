package model_test

import (
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
)

// fullRoster has several of everything, in order.
func fullRoster() *model.Roster {
	span := model.Span{Start: 10, End: 20}
	return &model.Roster{
		Region: "Mercia", Week: w49,
		Appointments: []model.Appointment{
			{CRN: "X000001", Event: 1, Session: monKey, Span: span}, {CRN: "X000001", Event: 2, Session: monKey, Span: span},
			{CRN: "X000002", Event: 1, Session: monKey, Span: span}, {CRN: "X000001", Event: 1, Session: tueKey, Span: span},
		},
		Duties: []model.Duty{{Session: monKey, Supervisor: "S1"}, {Session: monKey, Supervisor: "S2"}, {Session: tueKey, Supervisor: "S1"}},
		Trips: []model.Trip{
			{Session: monKey, Minibus: "B1", Stops: []model.StopTime{{Stop: "P2", At: 5}, {Stop: "P1", At: 7}}}, {Session: monKey, Minibus: "B2"},
			{Session: tueKey, Minibus: "B1"},
		},
		WetPlans: []model.WetPlan{{Session: monKey, Host: "CT02"}, {Session: tueKey, Host: "CT01"}},
		Breaks:   []model.Breaks{{Session: monKey, Spans: []model.Span{span}}, {Session: tueKey}},
	}
}

func TestSortGivesOneOrderWhateverTheOrderWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, random := fullRoster(), rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		random.Shuffle(len(r.Appointments), func(i, j int) { r.Appointments[i], r.Appointments[j] = r.Appointments[j], r.Appointments[i] })
		random.Shuffle(len(r.Duties), func(i, j int) { r.Duties[i], r.Duties[j] = r.Duties[j], r.Duties[i] })
		random.Shuffle(len(r.Trips), func(i, j int) { r.Trips[i], r.Trips[j] = r.Trips[j], r.Trips[i] })
		random.Shuffle(len(r.WetPlans), func(i, j int) { r.WetPlans[i], r.WetPlans[j] = r.WetPlans[j], r.WetPlans[i] })
		random.Shuffle(len(r.Breaks), func(i, j int) { r.Breaks[i], r.Breaks[j] = r.Breaks[j], r.Breaks[i] })
		r.Sort()
		require.Equal(t, fullRoster(), r)
		require.Equal(t, fullRoster().Digest(), r.Digest())
	})
}

func TestACloneIsEqualAndSharesNothing(t *testing.T) {
	t.Parallel()
	r := fullRoster()
	c := r.Clone()
	require.Equal(t, r, c)
	c.Appointments[0].Pinned = true
	c.Duties[0].Supervisor = "S9"
	c.Trips[0].Stops[0].At = 0
	c.Trips[1].Driver = "S9"
	c.WetPlans[0].Host = "CT99"
	c.Breaks[0].Spans[0].End = 0
	require.Equal(t, fullRoster(), r)
}

func TestWhatASessionHas(t *testing.T) {
	t.Parallel()
	r := fullRoster()
	require.Equal(t, r.Appointments[:3], r.In(monKey))
	require.Equal(t, r.Appointments[3:], r.In(tueKey))
	require.Equal(t, r.Duties[:2], r.DutiesOf(monKey))
	require.Equal(t, r.Trips[2:], r.TripsOf(tueKey))
	nowhere := model.SessionKey{Project: "CT01", Date: monday + 1, Start: 540}
	require.Empty(t, r.In(nowhere))
	require.Empty(t, r.DutiesOf(nowhere))
	require.Equal(t, []model.SessionKey{monKey, tueKey}, r.Sessions())
	require.Empty(t, (&model.Roster{}).Sessions())
	for _, r := range []model.Roster{
		{Duties: []model.Duty{{Session: monKey}}}, {Trips: []model.Trip{{Session: monKey}}},
		{WetPlans: []model.WetPlan{{Session: monKey}}}, {Breaks: []model.Breaks{{Session: monKey}}},
	} {
		require.Equal(t, []model.SessionKey{monKey}, r.Sessions())
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	for code, want := range map[model.Outcome]struct {
		presence model.Presence
		offered  bool
	}{
		"":     {model.NoRecord, true},
		"ATTC": {model.Came, true}, "AFTC": {model.Came, true}, "AFDA": {model.Came, true}, "ATSH": {model.Came, true},
		"ATCH": {model.Came, true}, "ATSS": {model.Came, true}, "ATFI": {model.Came, true},
		"AAME": {model.Missed, false}, "AAEM": {model.Missed, false}, "AAFC": {model.Missed, false}, "AACL": {model.Missed, false},
		"AARC": {model.Missed, false}, "CO05": {model.Missed, false}, "UACP": {model.Missed, true},
		"AASD": {model.NoRecord, false}, "RSSR": {model.NoRecord, false}, "RSOF": {model.NoRecord, false},
	} {
		require.True(t, code.Known(), code)
		require.Equal(t, want.presence, code.Presence(), code)
		require.Equal(t, want.offered, code.Offered(), code)
	}
	require.False(t, model.Outcome("WXYZ").Known())
	require.Equal(t, model.NoRecord, model.Outcome("WXYZ").Presence())
}

func TestADigestTellsEveryChangeApart(t *testing.T) {
	t.Parallel()
	seen := map[model.Digest]string{smallWeek().Digest(): "the week itself"}
	for name, change := range map[string]func(*model.Snapshot){
		"a minute of time":    func(s *model.Snapshot) { s.AsOf++ },
		"a person's minutes":  func(s *model.Snapshot) { s.People[0].Requirements[0].Completed++ },
		"a person's free end": func(s *model.Snapshot) { s.People[1].Free[0].End-- },
		"a position":          func(s *model.Snapshot) { s.People[0].Home.Latitude += 0.00001 },
		"a policy value":      func(s *model.Snapshot) { s.Policy.DutyPrice++ },
		"a rule off":          func(s *model.Snapshot) { s.Policy.Off = append(s.Policy.Off, "travel-limit") },
		"a journey":           func(s *model.Snapshot) { s.Travel.Legs[0].Minutes++ },
		"a published pin":     func(s *model.Snapshot) { s.Published.Appointments[0].Pinned = true },
		"no published roster": func(s *model.Snapshot) { s.Published = nil },
		"a roster before":     func(s *model.Snapshot) { s.Before = &model.Roster{Week: w49.Add(-1)} },
		"a waiver":            func(s *model.Snapshot) { s.Waivers = []model.Waiver{{Rule: "group-minimum"}} },
		"a session's bar":     func(s *model.Snapshot) { s.Sessions[0].Bar = model.Closed },
	} {
		sn := smallWeek()
		change(sn)
		require.NotContains(t, seen, sn.Digest(), name)
		seen[sn.Digest()] = name
	}
}

func TestADigestIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	d := smallWeek().Digest()
	raw, err := json.Marshal(d)
	require.NoError(t, err)
	require.JSONEq(t, `"`+d.String()+`"`, string(raw))
	var back model.Digest
	require.NoError(t, json.Unmarshal(raw, &back))
	require.Equal(t, d, back)
	require.Len(t, d.String(), 64)
	require.Equal(t, d.String()[:6], d.Short())
	require.Error(t, json.Unmarshal([]byte(`"`+strings.Repeat("x", 64)+`"`), &back))
	for _, n := range []int{0, 6, 62, 66, 128} {
		require.ErrorContains(t, json.Unmarshal([]byte(`"`+strings.Repeat("a", n)+`"`), &back), "expected 64")
	}
}

// Anybody can check a digest with common tools: it is the SHA-256 of the value's JSON and a line feed.
func TestADigestIsTheHashOfTheJSON(t *testing.T) {
	t.Parallel()
	var roster any = fullRoster()
	raw, err := json.Marshal(roster)
	require.NoError(t, err)
	require.Equal(t, model.Digest(sha256.Sum256(append(raw, '\n'))), fullRoster().Digest())
	require.NotEqual(t, fullRoster().Digest(), (&model.Roster{}).Digest())
}
