package web_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestASessionSaysWhoComesAndHowTheyGetThere(t *testing.T) {
	t.Parallel()
	w := heavy(t)
	for _, trip := range w.Roster.Trips {
		s := web.NewSession(w, constraints.All, trip.Session, "North")
		require.Equal(t, "/weeks/2026-W49?region=North", s.WeekURL)
		require.Len(t, s.Comers, len(w.Roster.In(trip.Session)))
		require.Len(t, s.Trips, len(w.Roster.TripsOf(trip.Session)))
		for i, a := range w.Roster.In(trip.Session) {
			require.Equal(t, string(a.CRN), s.Comers[i].CRN)
			require.Regexp(t, `^\d{1,2}(:\d\d)?[ap]m to \d{1,2}(:\d\d)?[ap]m$`, s.Comers[i].Times)
			if a.PickUp != "" {
				require.Contains(t, s.Comers[i].PickUp, w.Snapshot.Stop(a.PickUp).Description)
			}
		}
		for _, x := range s.Trips {
			require.Len(t, x.Stops, len(trip.Stops))
			for _, c := range x.Stops {
				require.Regexp(t, `\d[ap]m$`, c.Out)
				require.Regexp(t, `\d[ap]m$`, c.Back)
			}
		}
	}
}

// fact gives what a session's page says under a label.
func fact(s *web.Session, label string) string {
	for _, f := range s.Facts {
		if f.Label == label {
			return f.Value
		}
	}
	return ""
}

func TestASessionSaysHowItIsArranged(t *testing.T) {
	t.Parallel()
	w := *typical(t)
	w.Roster = w.Roster.Clone()
	k := outdoors(t)
	span := w.Snapshot.Calendar.Span(k.Date, 735, 765)
	host := w.Snapshot.Projects[4]
	w.Roster.WetPlans = []model.WetPlan{{Session: k, Host: host.Code}}
	w.Roster.Breaks = []model.Breaks{{Session: k, Spans: []model.Span{span}}}
	s := web.NewSession(&w, constraints.All, k, "")
	require.Regexp(t, "^Session at "+regexp.QuoteMeta(w.Snapshot.Project(k.Project).Name)+" on [0-9]{1,2} (November|December) 2026$", s.Title)
	require.Equal(t, "9am to 4pm", fact(s, "Time"))
	require.Equal(t, "Moves to "+host.Name, fact(s, "If wet"))
	require.Equal(t, "12:15pm to 12:45pm", fact(s, "Breaks"))
	require.Regexp(t, "^(Less than 1 in 100|1 in [2-9][0-9]) chance someone is sent home$", fact(s, "Being sent home"), "at most 5 %, as the policy allows")
	people := len(w.Roster.In(k))
	require.Equal(t, strconv.Itoa(people), fact(s, "Booked"))
	hard := len(slices.DeleteFunc(slices.Clone(constraints.All), func(c *solver.Constraint) bool { return c.Level != solver.Hard }))
	require.Equal(t, fmt.Sprintf("%d rules must hold, and all of them do.", hard), s.Kept)
	require.Empty(t, s.Cases)
	require.False(t, s.Frozen)
	require.Nil(t, web.NewSession(&w, constraints.All, model.SessionKey{Project: k.Project, Date: k.Date}, ""), "what is not in the roster")

	bad := web.NewSession(broken(t), constraints.All, k, "")
	require.True(t, bad.Frozen)
	require.Equal(t, "Nobody yet", fact(bad, "Supervisor"))
	require.Equal(t, "No indoor plan", fact(bad, "If wet"))
	require.Equal(t, "No supervisor", bad.Cases[0].Title)
	require.Regexp(t, fmt.Sprintf("(Nov|Dec) at 9am has %d people and no supervisor\\.$", people), bad.Cases[0].Text)
}
