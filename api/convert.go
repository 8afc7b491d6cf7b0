package api

import (
	"math"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
)

// wall turns instants into the dates and times of day that people read.
type wall struct{ *model.Calendar }

// clock gives a time of day; midnight as an end is 24:00.
func (w wall) clock(t model.Instant, end bool) string {
	_, at := w.Local(t)
	if end && at == 0 {
		at = 24 * 60
	}
	return at.String()
}

// RosterMessage gives a roster as other systems read it. The snapshot is the one that it is held against. Neither may be nil;
// the message shares nothing with them.
func RosterMessage(sn *model.Snapshot, r *model.Roster) *paybackv1.Roster {
	w := wall{&sn.Calendar}
	m := &paybackv1.Roster{
		Region: r.Region, Week: r.Week.String(), Version: int32(r.Version), Zone: sn.Calendar.Zone, InputDigest: digestText(r.From),
	}
	if sn.Policy != nil {
		m.Policy = sn.Policy.Profile
	}
	for i := range r.Appointments {
		m.Appointments = append(m.Appointments, w.appointment(&r.Appointments[i]))
	}
	for _, d := range r.Duties {
		m.Duties = append(m.Duties, &paybackv1.Duty{Session: d.Session.String(), SupervisorOfficerCode: string(d.Supervisor)})
	}
	for i := range r.Trips {
		m.Trips = append(m.Trips, w.trip(&r.Trips[i]))
	}
	for _, p := range r.WetPlans {
		m.WetPlans = append(m.WetPlans, &paybackv1.WetPlan{Session: p.Session.String(), HostProjectCode: string(p.Host)})
	}
	for i := range r.Breaks {
		m.BreakPlans = append(m.BreakPlans, w.breaks(&r.Breaks[i]))
	}
	return m
}

func (w wall) appointment(a *model.Appointment) *paybackv1.Appointment {
	date, start := w.Local(a.Span.Start)
	m := &paybackv1.Appointment{
		Crn: string(a.CRN), EventNumber: a.Event, Session: a.Session.String(), ProjectCode: string(a.Session.Project),
		Date: date.String(), StartTime: start.String(), EndTime: w.clock(a.Span.End, true), MinutesOffered: a.Minutes(),
		PickUpLocationCode: string(a.PickUp), SupervisorOfficerCode: string(a.Supervisor), Pinned: a.Pinned,
		ContactOutcomeCode: string(a.Outcome), MinutesCredited: a.Credited, PenaltyMinutes: a.Penalty,
	}
	if a.PickUp != "" {
		m.PickUpTime = w.clock(a.PickUpAt, false)
	}
	return m
}

func (w wall) trip(t *model.Trip) *paybackv1.Trip {
	m := &paybackv1.Trip{
		Session: t.Session.String(), Minibus: string(t.Minibus), DriverOfficerCode: string(t.Driver),
		LeaveTime: w.clock(t.Leaves, false), ReturnTime: w.clock(t.Returns, true),
	}
	for _, s := range t.Stops {
		m.PickUps = append(m.PickUps, &paybackv1.PickUp{PickUpLocationCode: string(s.Stop), PickUpTime: w.clock(s.At, false)})
	}
	return m
}

func (w wall) breaks(b *model.Breaks) *paybackv1.BreakPlan {
	m := &paybackv1.BreakPlan{Session: b.Session.String()}
	for _, s := range b.Spans {
		m.Breaks = append(m.Breaks, &paybackv1.Break{StartTime: w.clock(s.Start, false), EndTime: w.clock(s.End, true)})
	}
	return m
}

// texts turns codes into strings.
func texts[T ~string](codes []T) []string {
	var out []string
	for _, c := range codes {
		out = append(out, string(c))
	}
	return out
}

func sessionTexts(keys []model.SessionKey) []string {
	var out []string
	for _, k := range keys {
		out = append(out, k.String())
	}
	return out
}

// sessionText names a session; none is the empty string.
func sessionText(k model.SessionKey) string {
	if k == (model.SessionKey{}) {
		return ""
	}
	return k.String()
}

// digestText is empty where there is none.
func digestText(d model.Digest) string {
	if d == (model.Digest{}) {
		return ""
	}
	return d.String()
}

// count narrows a number that is small in any real region, and says the most there is where it is not.
func count[T int | int64](n T) int32 {
	return int32(max(math.MinInt32, min(math.MaxInt32, int64(n))))
}

// moment is absent for no time.
func moment(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func instantMoment(t model.Instant) *timestamppb.Timestamp {
	return &timestamppb.Timestamp{Seconds: int64(t) * 60}
}
