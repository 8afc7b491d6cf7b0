package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// KeepApart keeps people who must not meet from meeting. One case: one appointment of one and one of the other that meet.
var KeepApart = &solver.Constraint{
	ID:    "keep-apart",
	Title: "People who must not meet do not meet",
	Doc: "Co-defendants, family, rival groups and victims' associates are never in one session, at one site or wet site at overlapping times, or at one pick-up stop within the " +
		"gap the policy sets, on the way out or home. Who is in one minibus is in one session.",
	Clauses:    []policy.ClauseID{"keep-apart", "keep-apart.stop-gap"},
	Level:      solver.Hard,
	Unit:       "meetings",
	Violations: meetings,
	Lower:      lowerKeepApart,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s must not meet, but do so %s: %s.", who(v), v.Why, whither(v))
	},
}

func meetings(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		if len(sn.KeepApart) == 0 {
			return
		}
		of := make(map[model.CRN][]*model.Appointment) // looked up only
		for i := range r.Appointments {
			c := r.Appointments[i].CRN
			of[c] = append(of[c], &r.Appointments[i])
		}
		for _, pair := range sn.KeepApart {
			for _, a := range of[pair.A] {
				for _, b := range of[pair.B] {
					where := meetingPlace(sn, r, a, b)
					if where == "" {
						continue
					}
					v := here(a)
					v.People, v.Why = append(v.People, b.CRN), where
					if b.Session != a.Session {
						v.Sessions = append(v.Sessions, b.Session)
					}
					report(v)
				}
			}
		}
	})
}

// meetingPlace says where two appointments meet; empty: nowhere.
func meetingPlace(sn *model.Snapshot, r *model.Roster, a, b *model.Appointment) string {
	if a.Session == b.Session {
		return "in one session"
	}
	if a.Session.Project == b.Session.Project && timeOf(sn, a).Overlaps(timeOf(sn, b)) {
		return "at one site at the same time"
	}
	if x, y := whenWet(sn, r, a), whenWet(sn, r, b); x == y && timeOf(sn, a).Overlaps(timeOf(sn, b)) {
		return fmt.Sprintf("at wet site %s at the same time", x)
	}
	if a.PickUp == "" || a.PickUp != b.PickUp {
		return ""
	}
	mine, theirs := r.TripsOf(a.Session), r.TripsOf(b.Session)
	if len(mine) == 0 || len(theirs) == 0 {
		return ""
	}
	gap := sn.Policy.StopGapMinutes
	if minutesApart(a.PickUpAt, b.PickUpAt) < gap {
		return fmt.Sprintf("when picked up at stop %s", a.PickUp)
	}
	x, called := dropAt(sn, mine, a)
	y, calledToo := dropAt(sn, theirs, b)
	if called && calledToo && minutesApart(x, y) < gap {
		return fmt.Sprintf("when brought back to stop %s", a.PickUp)
	}
	return ""
}

// whenWet gives where an appointment takes place when it rains.
func whenWet(sn *model.Snapshot, r *model.Roster, a *model.Appointment) model.ProjectCode {
	if wet := wetSite(sn, r, a.Session); wet != nil {
		return wet.Code
	}
	return a.Session.Project
}

// timeOf gives the time of an appointment's session, or its own if the session is not known.
func timeOf(sn *model.Snapshot, a *model.Appointment) model.Span {
	if s := sn.Session(a.Session); s != nil {
		return s.Span
	}
	return a.Span
}

func minutesApart(a, b model.Instant) int32 { return int32(max(a, b) - min(a, b)) }

func lowerKeepApart(b *solver.Builder) {
	var pairs [][2]solver.ActorIx
	for _, p := range b.Snapshot.KeepApart {
		x, known := b.PersonIx(p.A)
		if y, too := b.PersonIx(p.B); known && too {
			pairs = append(pairs, [2]solver.ActorIx{x, y})
		}
	}
	b.Apart(pairs, func(t, u solver.SessionIx) bool {
		return b.ProjectIx(t) == b.ProjectIx(u) && b.Session(t).Span.Overlaps(b.Session(u).Span)
	})
	b.Settle(solver.ApartAtStops, solver.NoPrice)
}
