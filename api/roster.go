package api

import (
	"context"
	"slices"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// rosterServer answers RosterService.
type rosterServer struct{ *server }

// GetRoster implements the RPC.
func (s rosterServer) GetRoster(ctx context.Context, q *paybackv1.GetRosterRequest) (*paybackv1.GetRosterResponse, error) {
	v, err := s.week(ctx, q.GetRegion(), q.GetWeek(), int(q.GetVersion()))
	if err != nil {
		return nil, err
	}
	m := &paybackv1.GetRosterResponse{Roster: RosterMessage(v.Snapshot, v.Roster), AsOf: instantMoment(v.Snapshot.AsOf)}
	m.Roster.Version = count(v.Published.Version)
	m.MustFix = violationMessages(v.Snapshot, mustFix(v.Violations, s.Catalogue), s.Catalogue)
	return m, nil
}

// GetSession implements the RPC.
func (s rosterServer) GetSession(ctx context.Context, q *paybackv1.GetSessionRequest) (*paybackv1.GetSessionResponse, error) {
	key, err := sessionKey("session", q.GetSession())
	if err != nil {
		return nil, err
	}
	v, err := s.week(ctx, q.GetRegion(), model.WeekOf(key.Date).String(), int(q.GetVersion()))
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(v.Roster.Sessions(), func(k model.SessionKey) bool {
		return k.Project != key.Project || k.Date != key.Date || key.Start >= 0 && k.Start != key.Start
	})
	switch {
	case len(found) == 0:
		return nil, model.Errorf(model.CodeNotFound, "found no such session in what is published for week %v", v.Snapshot.Week)
	case len(found) > 1:
		return nil, badField("session", "expected the start too, as the project has several sessions that day")
	}
	key = found[0]
	w := wall{&v.Snapshot.Calendar}
	broken := slices.DeleteFunc(mustFix(v.Violations, s.Catalogue), func(x solver.Violation) bool { return !slices.Contains(x.Sessions, key) })
	m := &paybackv1.GetSessionResponse{Session: w.session(v, key, len(broken)), Version: count(v.Published.Version),
		MustFix: violationMessages(v.Snapshot, broken, s.Catalogue)}
	for _, a := range v.Roster.In(key) {
		m.Appointments = append(m.Appointments, w.appointment(&a))
	}
	for _, t := range v.Roster.TripsOf(key) {
		m.Trips = append(m.Trips, w.trip(&t))
	}
	if i := slices.IndexFunc(v.Roster.Breaks, func(b model.Breaks) bool { return b.Session == key }); i >= 0 {
		m.BreakPlan = w.breaks(&v.Roster.Breaks[i])
	}
	return m, nil
}

// ListSessions implements the RPC.
func (s rosterServer) ListSessions(ctx context.Context, q *paybackv1.ListSessionsRequest) (*paybackv1.ListSessionsResponse, error) {
	var day model.Date
	if q.GetDate() != "" {
		var err error
		if day, err = dateField("date", q.GetDate()); err != nil {
			return nil, err
		}
	}
	at, v, err := s.listed(ctx, q, q.GetVersion())
	if err != nil {
		return nil, err
	}
	keys := slices.DeleteFunc(v.Roster.Sessions(), func(k model.SessionKey) bool {
		return day != 0 && k.Date != day || q.GetProjectCode() != "" && string(k.Project) != q.GetProjectCode()
	})
	broken := map[model.SessionKey]int{} // looked up only
	for _, x := range mustFix(v.Violations, s.Catalogue) {
		for _, k := range x.Sessions {
			broken[k]++
		}
	}
	page, next, more := pageOf(keys, at, q.GetPageSize())
	m := &paybackv1.ListSessionsResponse{Version: count(v.Published.Version), NextPageToken: nextToken(next, more, q)}
	for _, k := range page {
		m.Sessions = append(m.Sessions, wall{&v.Snapshot.Calendar}.session(v, k, broken[k]))
	}
	if q.GetIncludeTotalSize() {
		m.TotalSize = count(len(keys))
	}
	return m, nil
}

// ListAppointments implements the RPC.
func (s rosterServer) ListAppointments(ctx context.Context, q *paybackv1.ListAppointmentsRequest) (*paybackv1.ListAppointmentsResponse, error) {
	key, err := sessionKey("session", q.GetSession())
	if err != nil {
		return nil, err
	}
	at, v, err := s.listed(ctx, q, q.GetVersion())
	if err != nil {
		return nil, err
	}
	all := v.Roster.Appointments
	if q.GetSession() != "" {
		all = v.Roster.In(key)
	}
	if q.GetCrn() != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(a model.Appointment) bool { return string(a.CRN) != q.GetCrn() })
	}
	page, next, more := pageOf(all, at, q.GetPageSize())
	m := &paybackv1.ListAppointmentsResponse{Version: count(v.Published.Version), NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Appointments = append(m.Appointments, wall{&v.Snapshot.Calendar}.appointment(&page[i]))
	}
	if q.GetIncludeTotalSize() {
		m.TotalSize = count(len(all))
	}
	return m, nil
}

// ListRosterVersions implements the RPC.
func (s rosterServer) ListRosterVersions(ctx context.Context, q *paybackv1.ListRosterVersionsRequest) (*paybackv1.ListRosterVersionsResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	week, err := weekField("week", q.GetWeek())
	if err != nil {
		return nil, err
	}
	all, err := s.office.Versions(ctx, who(ctx), region, week)
	if err != nil {
		return nil, err
	}
	if at.version > 0 { // what was published since the first page stays out
		all = slices.DeleteFunc(slices.Clone(all), func(v scheduler.RosterVersion) bool { return uint64(v.Version) > at.version })
	} else if len(all) > 0 {
		at.version = uint64(all[0].Version)
	}
	page, next, more := pageOf(all, at, q.GetPageSize())
	m := &paybackv1.ListRosterVersionsResponse{NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Versions = append(m.Versions, versionMessage(&page[i]))
	}
	return m, nil
}

// listing is a request for a page of what is published for a week.
type listing interface {
	pagedRequest
	GetRegion() string
	GetWeek() string
}

// listed gives what a page is cut from: on later pages the version that the first one read.
func (s rosterServer) listed(ctx context.Context, q listing, version int32) (cursor, *scheduler.WeekView, error) {
	at, err := cursorOf(q)
	if err != nil {
		return at, nil, err
	}
	if at.version > 0 {
		version = int32(at.version)
	}
	v, err := s.week(ctx, q.GetRegion(), q.GetWeek(), int(version))
	if err != nil {
		return at, nil, err
	}
	at.version = uint64(v.Published.Version)
	return at, v, nil
}

func (s rosterServer) week(ctx context.Context, region, week string, version int) (*scheduler.WeekView, error) {
	w, err := weekField("week", week)
	if err != nil {
		return nil, err
	}
	if region, err = s.region(ctx, region); err != nil {
		return nil, err
	}
	return s.office.Week(ctx, who(ctx), region, w, version)
}

// session tells one session of a week.
func (w wall) session(v *scheduler.WeekView, k model.SessionKey, broken int) *paybackv1.Session {
	m := &paybackv1.Session{
		Session: k.String(), ProjectCode: string(k.Project), Date: k.Date.String(), StartTime: k.Start.String(),
		Booked: count(len(v.Roster.In(k))), MustFix: count(broken),
	}
	if at := v.Snapshot.Project(k.Project); at != nil {
		m.Places = scheduler.PlacesIn(v.Snapshot, v.Roster, at, k)
		m.ChanceOverPermille = model.Permille(model.NewArrivals(v.Snapshot.Booked(v.Roster.In(k))).Over(m.GetPlaces()))
	}
	var last model.Instant
	for _, a := range v.Roster.In(k) {
		last = max(last, a.Span.End)
	}
	if x := v.Snapshot.Session(k); x != nil {
		m.EndTime = x.End.String()
	} else if last != 0 {
		m.EndTime = w.clock(last, true)
	}
	for _, d := range v.Roster.DutiesOf(k) {
		m.SupervisorOfficerCodes = append(m.SupervisorOfficerCodes, string(d.Supervisor))
	}
	for _, t := range v.Roster.TripsOf(k) {
		m.Minibuses = append(m.Minibuses, string(t.Minibus))
	}
	if i := slices.IndexFunc(v.Roster.WetPlans, func(p model.WetPlan) bool { return p.Session == k }); i >= 0 {
		m.WetProjectCode = string(v.Roster.WetPlans[i].Host)
	}
	return m
}
