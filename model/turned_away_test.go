package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// doors is a week of two days on which the same two people go to one group, which has a place for one of them.
func doors() (*model.Snapshot, *model.Roster) {
	sn := &model.Snapshot{
		Policy:      &policy.Book{HighRiskWeight: 2, AttendanceMost: 1000, PeoplePerSupervisor: 8, StressPermille: 100, TravelMaxMinutes: 90},
		Projects:    []model.Project{{Code: "P1", Kind: model.Group, Places: 1, Transport: model.ByThemselves}},
		Supervisors: []model.Supervisor{{Code: "S1"}, {Code: "S2"}},
		Minibuses:   []model.Minibus{{Registration: "B1", Seats: 1}},
		Travel:      &geo.Matrix{},
		People:      []model.Person{{CRN: "A000001", Attendance: 600, Outcomes: 1}, {CRN: "A000002", Attendance: 500, Outcomes: 1}},
	}
	r := &model.Roster{}
	for _, d := range []model.Date{20000, 20001} {
		k := model.SessionKey{Project: "P1", Date: d, Start: 540}
		sn.Sessions = append(sn.Sessions, model.Session{Key: k})
		r.Duties = append(r.Duties, model.Duty{Session: k, Supervisor: "S1"}, model.Duty{Session: k, Supervisor: "S9"})
		r.Trips = append(r.Trips, model.Trip{Session: k, Minibus: "B1"}, model.Trip{Session: k, Minibus: "B9"})
		for _, c := range []model.CRN{"A000001", "A000002"} {
			r.Appointments = append(r.Appointments, model.Appointment{CRN: c, Session: k})
		}
	}
	r.Sort()
	return sn, r
}

func TestTheChanceThatSomebodyIsTurnedAway(t *testing.T) {
	t.Parallel()
	ridesThere := func(sn *model.Snapshot, _ *model.Roster) {
		sn.Projects[0].Transport, sn.Projects[0].Places = model.ByMinibus, 8
	}
	for _, c := range []struct {
		name            string
		edit            func(sn *model.Snapshot, r *model.Roster)
		session         float64
		alone, together float64
	}{
		// Both come on 30 days in 100; on a good one on 42, on a bad one on 20.
		{"two days with a place too few if both come", nil, .3, 1 - .7*.7, 1 - .69*.69},
		{"enough places", func(sn *model.Snapshot, _ *model.Roster) { sn.Projects[0].Places = 2 }, 0, 0, 0},
		{"who counts as certain is so on every day", func(sn *model.Snapshot, _ *model.Roster) { sn.People[0].Outcomes = 0 }, .5, 1 - .5*.5, 1 - .5*.5},
		{"nobody is likelier than certain", func(sn *model.Snapshot, _ *model.Roster) { sn.Policy.StressPermille = 900 }, .3, 1 - .7*.7, 1 - .5*.5},
		{"supervisors who are not known lead nobody", func(sn *model.Snapshot, _ *model.Roster) {
			sn.Supervisors, sn.Policy.StressPermille = sn.Supervisors[1:], 0
		}, 1 - .4*.5, 1 - .2*.2, 1 - .2*.2},
		{"a seat too few", ridesThere, .3, 1 - .7*.7, 1 - .69*.69},
		{"a high risk takes no seat", func(sn *model.Snapshot, r *model.Roster) {
			ridesThere(sn, r)
			sn.People[0].Risk = model.HighRisk
		}, .3, 1 - .7*.7, 1 - .69*.69},
		{"a support worker does", func(sn *model.Snapshot, r *model.Roster) {
			ridesThere(sn, r)
			sn.People[0].Health = model.SupportWorker
		}, .6, 1 - .4*.4, 1 - .4*.4},
		{"the likelier of the two", func(sn *model.Snapshot, r *model.Roster) {
			ridesThere(sn, r)
			sn.Minibuses[0].Seats, sn.Projects[0].Places = 2, 1
		}, .3, 1 - .7*.7, 1 - .69*.69},
		{"a supervisor beyond the driver takes a seat", func(sn *model.Snapshot, r *model.Roster) {
			ridesThere(sn, r)
			sn.Minibuses[0].Seats = 2
			for _, k := range r.Sessions() {
				r.Duties = append(r.Duties, model.Duty{Session: k, Supervisor: "S2"})
			}
			r.Sort()
		}, .3, 1 - .7*.7, 1 - .69*.69},
		{"a project that is not known has no door", func(_ *model.Snapshot, r *model.Roster) {
			for i := range r.Appointments {
				r.Appointments[i].Session.Project = "P9"
			}
			r.Duties, r.Trips = nil, nil
		}, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn, r := doors()
			if c.edit != nil {
				c.edit(sn, r)
			}
			require.InDelta(t, c.session, model.Chance(sn.TurnedAway(r, r.Sessions()[0], 0)), 1e-6)
			alone, together := sn.AnyTurnedAway(r)
			require.InDelta(t, c.alone, model.Chance(alone), 1e-6)
			require.InDelta(t, c.together, model.Chance(together), 1e-6)
		})
	}
	alone, together := (&model.Snapshot{Policy: &policy.Book{}}).AnyTurnedAway(&model.Roster{})
	require.Zero(t, alone+together, "an empty week turns nobody away")
}

func TestPermilleAreRoundedToTheNearest(t *testing.T) {
	t.Parallel()
	require.Equal(t, int32(0), model.Permille(model.Sure/2001))
	require.Equal(t, int32(1), model.Permille(model.Sure/1999))
	require.Equal(t, int32(1000), model.Permille(model.Sure))
}
