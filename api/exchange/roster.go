package exchange

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// WriteRoster writes a roster as appointments.csv and sessions.csv in dir, which it makes if need be. The snapshot is the
// one the roster was planned from; the facts may be nil, for nothing of theirs is written now. Times are wall clocks of the
// snapshot's calendar. Equal rosters give equal bytes.
func WriteRoster(dir string, _ *model.Facts, sn *model.Snapshot, r *model.Roster) error {
	w, err := newWriter(dir, &sn.Calendar)
	if err != nil {
		return err
	}
	putRoster(w, sn, r)
	return w.err
}

func putRoster(w *writer, sn *model.Snapshot, r *model.Roster) {
	putAll(w, visitsTable, convert(r.Appointments, func(a model.Appointment) visitRow { return visitOf(&sn.Calendar, a) }))
	putAll(w, heldTable, convert(rosterSessions(r), func(k model.SessionKey) heldRow { return heldOf(sn, r, k) }))
}

// ReadRoster reads a roster of the snapshot's week from the appointments.csv and sessions.csv of a folder, or the sheets of
// a workbook. Rows of other weeks are left out, with a notice. Errors and report are as for [Read].
func ReadRoster(path string, sn *model.Snapshot, o Options) (*model.Roster, *Report, error) {
	o.calendar = &sn.Calendar
	r, err := newReader(o)
	if err != nil {
		return nil, nil, err
	}
	note := func(string, string) {} // other files of the folder are none of a roster's business
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		w, err := openWorkbook(path, filepath.Base(path))
		if err != nil {
			return nil, nil, err
		}
		defer w.close()
		r.sources = w.sheets(kinds, note)
	} else {
		entries, err := folder(path)
		if err != nil {
			return nil, nil, err
		}
		r.sources = regionFiles(entries, kinds, note)
	}
	for _, k := range kinds {
		if k != "appointments" && k != "sessions" {
			delete(r.sources, k)
		}
	}
	if len(r.sources) == 0 {
		return nil, nil, model.Errorf(model.CodeNotFound, "%s holds neither appointments.csv nor sessions.csv; expected the files of a roster", filepath.Base(path))
	}
	var w raw
	into(r, &err, heldTable, &w.held)
	into(r, &err, visitsTable, &w.visits)
	if err != nil {
		return nil, nil, err
	}
	r.know(sn)
	var f model.Facts
	for _, s := range sn.Sessions {
		if s.Bar != model.NotListed {
			f.Slots = append(f.Slots, model.Slot{Project: s.Key.Project, Weekday: int8(s.Key.Date.Weekday()), Start: s.Key.Start, End: s.End, StartDate: s.Key.Date, EndDate: s.Key.Date})
		}
	}
	r.roster(&f, &w)
	r.finish(kinds)
	other := 0
	for _, a := range f.History {
		if !sn.Week.Holds(a.Session.Date) {
			other++
		}
	}
	if other > 0 {
		r.note(r.states["appointments"].name, "appointments", fmt.Sprintf("%s outside week %s: not read", count(other, "row"), sn.Week))
	}
	return sn.RosterFrom(sn.Week, f.History, f.Held), r.report, nil
}

// know takes the codes of a snapshot for those that rows may refer to.
func (r *reader) know(sn *model.Snapshot) {
	add := func(kind string) map[string]bool {
		known := map[string]bool{}
		r.states[kind] = &state{name: "the region", given: true, known: known, dropped: map[string]bool{}}
		return known
	}
	people, projects, supervisors := add("people"), add("projects"), add("supervisors")
	minibuses, stops := add("minibuses"), add("pick_up_locations")
	for _, x := range sn.People {
		people[string(x.CRN)] = true
	}
	for _, x := range sn.Projects {
		projects[string(x.Code)] = true
	}
	for _, x := range sn.Supervisors {
		supervisors[string(x.Code)] = true
	}
	for _, x := range sn.Minibuses {
		minibuses[string(x.Registration)] = true
	}
	for _, x := range sn.Stops {
		stops[string(x.Code)] = true
	}
}

// rosterSessions gives every session that any part of the roster speaks of.
func rosterSessions(r *model.Roster) []model.SessionKey {
	keys := r.Sessions()
	for _, w := range r.WetPlans {
		keys = append(keys, w.Session)
	}
	for _, b := range r.Breaks {
		keys = append(keys, b.Session)
	}
	slices.SortFunc(keys, model.SessionKey.Compare)
	return slices.Compact(keys)
}

// heldOf gives the row of sessions.csv for one session of a roster.
func heldOf(sn *model.Snapshot, r *model.Roster, k model.SessionKey) heldRow {
	h := heldRow{held: model.Held{Session: k, End: sessionEnd(sn, r, k)}}
	trips := slices.Clone(r.TripsOf(k))
	slices.SortStableFunc(trips, func(a, b model.Trip) int { // those with a driver first, so that drivers and registrations pair up
		return cmp.Compare(min(1, len(b.Driver)), min(1, len(a.Driver)))
	})
	var metres int64
	for i, t := range trips {
		h.held.Minibuses = append(h.held.Minibuses, t.Minibus)
		if t.Driver != "" {
			h.held.Supervisors = append(h.held.Supervisors, t.Driver)
		}
		var codes []model.StopCode
		for _, s := range t.Stops {
			codes = append(codes, s.Stop)
			if i == 0 {
				_, at := sn.Calendar.Local(s.At)
				h.held.Stops = append(h.held.Stops, model.HeldStop{Stop: s.Stop, At: at})
			}
		}
		if bus := sn.Minibus(t.Minibus); bus != nil {
			metres += int64(model.TripMetres(sn, k, bus, codes))
		}
	}
	for _, d := range r.DutiesOf(k) {
		if !slices.Contains(h.held.Supervisors, d.Supervisor) {
			h.held.Supervisors = append(h.held.Supervisors, d.Supervisor)
		}
	}
	if i := slices.IndexFunc(r.WetPlans, func(w model.WetPlan) bool { return w.Session == k }); i >= 0 {
		h.held.Host = r.WetPlans[i].Host
	}
	if i := slices.IndexFunc(r.Breaks, func(b model.Breaks) bool { return b.Session == k }); i >= 0 {
		for _, s := range r.Breaks[i].Spans {
			_, start := sn.Calendar.Local(s.Start)
			_, end := sn.Calendar.Local(s.End)
			h.held.Breaks = append(h.held.Breaks, [2]model.Clock{start, end})
		}
	}
	if len(trips) > 0 {
		h.kilometres = strconv.FormatFloat(float64((metres+50)/100)/10, 'f', 1, 64)
	}
	h.tally(sn, r.In(k))
	return h
}

// sessionEnd gives the wall clock at which a session ends: as the snapshot has it, or when its last appointment ends.
func sessionEnd(sn *model.Snapshot, r *model.Roster, k model.SessionKey) model.Clock {
	if s := sn.Session(k); s != nil {
		return s.End
	}
	var last model.Instant
	for _, a := range r.In(k) {
		last = max(last, a.Span.End)
	}
	if last == 0 {
		return 1440
	}
	if _, at := sn.Calendar.Local(last); at != 0 {
		return at
	}
	return 1440
}

// tally works out the columns about numbers and chances. Chances are those by which the rule on places
// judges.
func (h *heldRow) tally(sn *model.Snapshot, booked []model.Appointment) {
	project := sn.Project(h.held.Session.Project)
	if project == nil {
		return
	}
	places := project.Places
	if project.Supervised() {
		known := slices.DeleteFunc(slices.Clone(h.held.Supervisors), func(c model.SupervisorCode) bool { return sn.Supervisor(c) == nil })
		places = min(places, sn.Policy.PeoplePerSupervisor*int32(len(known)))
	}
	riders := false
	expected := 0
	for _, a := range booked {
		riders = riders || a.PickUp != ""
		p := sn.Person(a.CRN)
		if p == nil {
			continue
		}
		comes := p.Attendance
		if t := sn.Session(a.Session); t != nil {
			comes = sn.Comes(p, t)
		}
		expected += int(comes)
	}
	h.places = strconv.Itoa(int(places))
	h.booked = strconv.Itoa(len(booked))
	h.expected = strconv.FormatFloat(float64((expected+5)/10)/100, 'f', 2, 64)
	h.chance = strconv.FormatFloat(model.Chance(model.NewArrivals(sn.Booked(booked)).Over(places)), 'f', 6, 64)
	if riders {
		seats := int32(0)
		for _, c := range h.held.Minibuses {
			if bus := sn.Minibus(c); bus != nil {
				seats += bus.Seats
			}
		}
		seats -= int32(max(0, len(h.held.Supervisors)-len(h.held.Minibuses)))
		h.seats = strconv.Itoa(int(max(0, seats)))
	}
	h.explanation = sentence(project, len(booked), h)
}

// sentence tells a session in plain words.
func sentence(p *model.Project, booked int, h *heldRow) string {
	var b strings.Builder
	b.WriteString(count2(booked, "person", "people") + " booked")
	if p.Supervised() {
		fmt.Fprintf(&b, " for %s places, about %s expected to come", h.places, h.expected)
	}
	if n := len(h.held.Supervisors); n > 0 {
		b.WriteString("; " + count2(n, "supervisor", "supervisors"))
	}
	if n := len(h.held.Minibuses); n > 0 {
		b.WriteString("; " + count2(n, "minibus", "minibuses"))
	}
	if h.held.Host != "" {
		fmt.Fprintf(&b, "; moves to %s if it rains", h.held.Host)
	}
	return b.String() + "."
}

func count2(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
