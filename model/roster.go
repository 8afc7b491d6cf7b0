package model

import (
	"cmp"
	"slices"
)

// Roster is who goes where in one region and week. Its slices are sorted and free of duplicates, so equal rosters have
// equal bytes. It is a value to be read; edit a clone.
type Roster struct {
	Region  string
	Week    Week
	Version int    // 0: never stored
	From    Digest // the snapshot it was planned from

	Appointments []Appointment // by session, then CRN and event
	Duties       []Duty        // by session, then supervisor
	Trips        []Trip        // by session, then minibus
	WetPlans     []WetPlan     // by session
	Breaks       []Breaks      // by session
}

// Appointment is one person in one session. Start and End lie within the session: the last appointment of a requirement
// ends early when fewer minutes remain.
type Appointment struct {
	CRN        CRN
	Event      int32
	Session    SessionKey
	Span       Span
	PickUp     StopCode // empty: comes by their own means
	PickUpAt   Instant  // meaningful with PickUp
	Supervisor SupervisorCode
	Pinned     bool    // a person decided it; the solver may not move it
	Outcome    Outcome // empty until attendance is recorded
	Credited   int32   // minutes, once there is an outcome
	Penalty    int32   // minutes, once there is an outcome
}

// Minutes gives the minutes offered.
func (a *Appointment) Minutes() int32 { return a.Span.Minutes() }

// Duty is one supervisor on one session.
type Duty struct {
	Session    SessionKey
	Supervisor SupervisorCode
}

// Trip is one minibus serving one session: out along the stops to the site, and back the other way round. The minibuses
// of one session travel together and call at the same stops.
type Trip struct {
	Session SessionKey
	Minibus Registration
	Driver  SupervisorCode
	Leaves  Instant // the depot, outward
	Stops   []StopTime
	Returns Instant // to the depot
}

// StopTime is a call at a pick-up stop.
type StopTime struct {
	Stop StopCode
	At   Instant // outward
}

// WetPlan is the indoor place a weather-exposed session moves to when it rains.
type WetPlan struct {
	Session SessionKey
	Host    ProjectCode
}

// Breaks are the break times of a session.
type Breaks struct {
	Session SessionKey
	Spans   []Span
}

// Compare orders appointments by session, person and requirement.
func (a Appointment) Compare(b Appointment) int {
	return cmp.Or(a.Session.Compare(b.Session), cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event))
}

// Compare orders duties by session and supervisor.
func (d Duty) Compare(o Duty) int {
	return cmp.Or(d.Session.Compare(o.Session), cmp.Compare(d.Supervisor, o.Supervisor))
}

// Compare orders trips by session and minibus.
func (t Trip) Compare(o Trip) int {
	return cmp.Or(t.Session.Compare(o.Session), cmp.Compare(t.Minibus, o.Minibus))
}

// Sort puts every part in its order. Writers of rosters call it once, at the end.
func (r *Roster) Sort() {
	slices.SortFunc(r.Appointments, Appointment.Compare)
	slices.SortFunc(r.Duties, Duty.Compare)
	slices.SortFunc(r.Trips, Trip.Compare)
	slices.SortFunc(r.WetPlans, func(a, b WetPlan) int { return a.Session.Compare(b.Session) })
	slices.SortFunc(r.Breaks, func(a, b Breaks) int { return a.Session.Compare(b.Session) })
}

// Clone gives a roster that shares nothing with r.
func (r *Roster) Clone() *Roster {
	c := *r
	c.Appointments = slices.Clone(r.Appointments)
	c.Duties = slices.Clone(r.Duties)
	c.Trips = slices.Clone(r.Trips)
	for i := range c.Trips {
		c.Trips[i].Stops = slices.Clone(c.Trips[i].Stops)
	}
	c.WetPlans = slices.Clone(r.WetPlans)
	c.Breaks = slices.Clone(r.Breaks)
	for i := range c.Breaks {
		c.Breaks[i].Spans = slices.Clone(c.Breaks[i].Spans)
	}
	return &c
}

// bySession gives the run of a session in a slice sorted by session.
func bySession[T any](all []T, k SessionKey, key func(T) SessionKey) []T {
	lo, _ := slices.BinarySearchFunc(all, k, func(x T, k SessionKey) int { return key(x).Compare(k) })
	hi := lo
	for hi < len(all) && key(all[hi]) == k {
		hi++
	}
	return all[lo:hi]
}

// In gives the appointments of a session.
func (r *Roster) In(k SessionKey) []Appointment {
	return bySession(r.Appointments, k, func(a Appointment) SessionKey { return a.Session })
}

// DutiesOf gives the duties of a session.
func (r *Roster) DutiesOf(k SessionKey) []Duty {
	return bySession(r.Duties, k, func(d Duty) SessionKey { return d.Session })
}

// TripsOf gives the trips of a session.
func (r *Roster) TripsOf(k SessionKey) []Trip {
	return bySession(r.Trips, k, func(t Trip) SessionKey { return t.Session })
}

// Sessions gives the sessions that anything in the roster refers to, in order.
func (r *Roster) Sessions() []SessionKey {
	var keys []SessionKey
	for _, a := range r.Appointments {
		keys = append(keys, a.Session)
	}
	for _, d := range r.Duties {
		keys = append(keys, d.Session)
	}
	for _, t := range r.Trips {
		keys = append(keys, t.Session)
	}
	for _, p := range r.WetPlans {
		keys = append(keys, p.Session)
	}
	for _, b := range r.Breaks {
		keys = append(keys, b.Session)
	}
	slices.SortFunc(keys, SessionKey.Compare)
	return slices.Compact(keys)
}

// Outcome is a contact outcome code of NDelius; empty while attendance is not recorded.
type Outcome string

// Presence says what an outcome means for someone's attendance record.
type Presence uint8

// The presences. Losses caused by the service count as neither.
const (
	NoRecord Presence = iota // not recorded, or caused by the service: RSSR, AASD, RSOF
	Came                     // attended, also if sent home
	Missed                   // absent, for an accepted reason or not
)

var outcomes = []struct {
	code     Outcome
	presence Presence
	offered  bool // counts as an offer of a place (rules.md section 3: not excused absences and stand-downs)
}{
	{"ATTC", Came, true}, {"AFTC", Came, true}, {"AFDA", Came, true}, {"ATSH", Came, true}, {"ATCH", Came, true},
	{"ATSS", Came, true}, {"ATFI", Came, true},
	{"AAME", Missed, false}, {"AAEM", Missed, false}, {"AAFC", Missed, false}, {"AACL", Missed, false},
	{"AARC", Missed, false}, {"CO05", Missed, false}, {"UACP", Missed, true},
	{"AASD", NoRecord, false}, {"RSSR", NoRecord, false}, {"RSOF", NoRecord, false},
}

// Known reports whether the code is on the closed list of rules.md section 8.
func (o Outcome) Known() bool {
	return o == "" || slices.ContainsFunc(outcomes, func(x struct {
		code     Outcome
		presence Presence
		offered  bool
	}) bool {
		return x.code == o
	})
}

// Presence gives what the outcome says of attendance.
func (o Outcome) Presence() Presence {
	for _, x := range outcomes {
		if x.code == o {
			return x.presence
		}
	}
	return NoRecord
}

// Offered reports whether the appointment counts as a place offered: an outcome of an excused absence or a stand-down
// does not, an unexplained miss and a future appointment do.
func (o Outcome) Offered() bool {
	for _, x := range outcomes {
		if x.code == o {
			return x.offered
		}
	}
	return true
}
