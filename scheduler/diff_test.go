package scheduler_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// at is a session of the week: a project on the n-th day.
func at(project model.ProjectCode, n model.Date) model.SessionKey {
	return model.SessionKey{Project: project, Date: monday + n, Start: 540}
}

// comes is an appointment from nine to four.
func comes(crn model.CRN, k model.SessionKey) model.Appointment {
	start := model.Instant(k.Date)*1440 + 540
	return model.Appointment{CRN: crn, Event: 1, Session: k, Span: model.Span{Start: start, End: start + 420}}
}

func roster(appointments []model.Appointment, duties []model.Duty, trips []model.Trip) *model.Roster {
	r := &model.Roster{Week: week, Appointments: appointments, Duties: duties, Trips: trips}
	r.Sort()
	return r
}

// told gives differences as short words.
func told(all []scheduler.Difference) []string {
	var out []string
	for i := range all {
		d := &all[i]
		s := fmt.Sprintf("%s %s %s", d.Kind, d.Subject, d.At().Project)
		if d.Kind == scheduler.Moved {
			s += " from " + string(d.Was.Project)
		}
		if d.Instead != "" {
			s += " by " + d.Instead
		}
		out = append(out, s)
	}
	return out
}

func TestDifferencesAreToldByPersonSupervisorAndMinibus(t *testing.T) {
	t.Parallel()
	later := comes("X000004", at("CT01", 0))
	later.Span.End -= 60
	stop := comes("X000005", at("CT01", 0))
	stop.PickUp = "P1"
	before := roster(
		[]model.Appointment{
			comes("X000001", at("CT01", 0)), comes("X000002", at("CT01", 0)), comes("X000003", at("CT01", 0)),
			comes("X000004", at("CT01", 0)), comes("X000005", at("CT01", 0)), comes("X000007", at("CT03", 2)),
		},
		[]model.Duty{{Session: at("CT01", 0), Supervisor: "S1"}, {Session: at("CT01", 0), Supervisor: "S2"}, {Session: at("CT03", 2), Supervisor: "S1"}},
		[]model.Trip{{Session: at("CT01", 0), Minibus: "AA"}})
	after := roster(
		[]model.Appointment{
			comes("X000001", at("CT01", 0)), comes("X000002", at("CT02", 1)), later, stop, comes("X000006", at("CT01", 0)),
		},
		[]model.Duty{{Session: at("CT01", 0), Supervisor: "S1"}, {Session: at("CT01", 0), Supervisor: "S3"}, {Session: at("CT02", 1), Supervisor: "S1"}},
		[]model.Trip{{Session: at("CT01", 0), Minibus: "AA"}, {Session: at("CT01", 0), Minibus: "BB"}})
	all := scheduler.Diff(before, after)
	require.Equal(t, []string{
		"removed X000003 CT01", "retimed X000004 CT01", "retimed X000005 CT01", "added X000006 CT01", "moved X000002 CT02 from CT01",
		"removed X000007 CT03",
		"replaced S2 CT01 by S3", "added S1 CT02", "removed S1 CT03",
		"added BB CT01",
	}, told(all))
	for i := range all {
		if d := &all[i]; d.Part != scheduler.OfPerson {
			require.Equal(t, d.At().Project == "CT01", d.Goes, "only CT01 takes place in both")
		}
	}
}

func TestTheSameRosterDiffersInNothingAndWhatComesOneWayGoesTheOther(t *testing.T) {
	t.Parallel()
	draw := func(t *rapid.T, name string) *model.Roster {
		n := rapid.IntRange(0, 12).Draw(t, name)
		seen := map[string]bool{}
		r := &model.Roster{Week: week}
		for i := range n {
			k := at(model.ProjectCode(fmt.Sprintf("CT0%d", rapid.IntRange(1, 3).Draw(t, "project"))), model.Date(rapid.IntRange(0, 2).Draw(t, "day")))
			crn := model.CRN(fmt.Sprintf("X00000%d", rapid.IntRange(1, 4).Draw(t, "person")))
			code := model.SupervisorCode(fmt.Sprintf("S%d", rapid.IntRange(1, 3).Draw(t, "supervisor")))
			if key := fmt.Sprint(crn, k); !seen[key] {
				seen[key] = true
				r.Appointments = append(r.Appointments, comes(crn, k))
			}
			if key := fmt.Sprint(code, k); i%2 == 0 && !seen[key] {
				seen[key] = true
				r.Duties = append(r.Duties, model.Duty{Session: k, Supervisor: code})
			}
		}
		r.Sort()
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "before"), draw(t, "after")
		require.Empty(t, scheduler.Diff(a, a))
		count := map[string]int{}
		for _, d := range scheduler.Diff(a, b) {
			count[string(d.Part)+string(d.Kind)]++
			if d.Part == scheduler.OfPerson {
				require.NotEqual(t, d.Now, d.Was)
			}
		}
		for _, d := range scheduler.Diff(b, a) {
			kind := map[scheduler.DifferenceKind]scheduler.DifferenceKind{scheduler.Added: scheduler.Removed, scheduler.Removed: scheduler.Added}[d.Kind]
			if kind == "" {
				kind = d.Kind
			}
			count[string(d.Part)+string(kind)]--
		}
		for what, n := range count {
			require.Zero(t, n, what)
		}
		net := 0
		for _, d := range scheduler.Diff(a, b) {
			switch {
			case d.Part == scheduler.OfPerson && d.Kind == scheduler.Added:
				net++
			case d.Part == scheduler.OfPerson && d.Kind == scheduler.Removed:
				net--
			}
		}
		require.Equal(t, len(b.Appointments)-len(a.Appointments), net)
	})
}
