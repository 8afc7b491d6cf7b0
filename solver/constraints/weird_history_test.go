package constraints_test

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/prayer"
)

// ties draws who must not meet, what is waived, and ways that are no estimate.
func (w *weird) ties() {
	sn := w.sn
	for range w.between(1, 8) {
		a, b := pick(w, sn.People...).CRN, pick(w, sn.People...).CRN
		if w.one(9) {
			b = "Z999999"
		}
		if a != b {
			sn.KeepApart = append(sn.KeepApart, model.Pair{A: min(a, b), B: max(a, b)})
		}
	}
	slices.SortFunc(sn.KeepApart, func(a, b model.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	sn.KeepApart = slices.Compact(sn.KeepApart)
	for range w.between(0, 6) {
		sn.Zones = append(sn.Zones, w.zone())
	}
	slices.SortStableFunc(sn.Zones, func(a, b model.Zone) int { return cmp.Compare(a.CRN, b.CRN) })
	if w.one(2) {
		sn.Waivers = []model.Waiver{{Rule: "group-minimum", Subject: string(pick(w, sn.Projects...).Code), Until: sn.Week.Monday() + model.Date(w.between(0, 6))}}
	}
	w.ways()
}

// zone is where somebody may not be: a circle or a project, always or at some times.
func (w *weird) zone() model.Zone {
	z := model.Zone{CRN: pick(w, w.sn.People...).CRN, From: w.day(4), To: w.day(4), Metres: int32(w.between(0, 12000))}
	if w.one(3) {
		z.Project = pick(w, w.sn.Projects...).Code
	}
	for !z.Centre.Known() && z.Project == "" {
		z.Centre = w.near(20)
		if len(w.sn.Stops) > 0 && w.one(2) {
			z.Centre, z.Metres = pick(w, w.sn.Stops...).At, int32(w.between(0, 500))
		}
	}
	if w.one(2) {
		z.Days = uint8(w.IntN(1 << 7))
	}
	if !w.one(3) {
		z.Start, z.End = model.Clock(w.minutes(0, 1425)), model.Clock(w.minutes(0, 1440))
	}
	return z
}

// ways draws journeys that are no estimate: all of them in a coarse week, some in others.
func (w *weird) ways() {
	sn := w.sn
	sn.Travel = &geo.Matrix{}
	if !w.coarse && w.one(2) {
		return
	}
	var ends, homes []string
	for i := range sn.Projects {
		ends = append(ends, string(sn.Projects[i].Code))
	}
	for i := range sn.Stops {
		ends = append(ends, string(sn.Stops[i].Code))
	}
	for i := range sn.Minibuses {
		ends = append(ends, string(sn.Minibuses[i].Registration))
	}
	for i := range sn.People {
		homes = append(homes, string(sn.People[i].CRN))
	}
	for i := range sn.Supervisors {
		homes = append(homes, string(sn.Supervisors[i].Code))
	}
	longest := pick(w, 45, 90)
	var all []geo.Leg
	for _, from := range append(homes, ends...) {
		for _, to := range append(ends, homes...) {
			for mode := range geo.Modes {
				known := slices.Contains(ends, from) || slices.Contains(ends, to)
				if from != to && known && (w.coarse || w.one(20)) {
					all = append(all, geo.Leg{From: from, To: to, Mode: mode, Minutes: int32(w.minutes(0, longest)), Metres: int32(w.between(0, 60000))})
				}
			}
		}
	}
	sn.Travel = geo.NewMatrix(all)
}

// history draws what was published, and the duties of the weeks before and after.
func (w *weird) history() {
	sn := w.sn
	if w.one(3) {
		return
	}
	r := &model.Roster{Region: sn.Region, Week: sn.Week}
	for range w.between(0, 14) {
		r.Appointments = append(r.Appointments, w.appointment())
	}
	for range w.between(0, 5) {
		r.Duties = append(r.Duties, model.Duty{Session: pick(w, sn.Sessions...).Key, Supervisor: pick(w, append(codes(sn), "K9")...)})
	}
	for range w.between(0, 3) {
		r.Trips = append(r.Trips, model.Trip{Session: pick(w, sn.Sessions...).Key, Minibus: pick(w, append(registrations(sn), "B9")...)})
	}
	for range w.between(0, 6) {
		r.WetPlans = append(r.WetPlans, model.WetPlan{Session: pick(w, sn.Sessions...).Key, Host: pick(w, sn.Projects...).Code})
	}
	tidy(r)
	sn.Published = r
	sn.Before, sn.After = w.neighbour(-1), w.neighbour(1)
}

// appointment is one that was published, of somebody known or not.
func (w *weird) appointment() model.Appointment {
	s, p := pick(w, w.sn.Sessions...), pick(w, w.sn.People...)
	a := model.Appointment{CRN: p.CRN, Event: pick(w, p.Requirements...).Event, Session: s.Key, Span: s.Span, Pinned: w.one(3)}
	if w.one(12) {
		a.CRN = "Z999999"
	}
	if w.one(12) {
		a.Session.Project = "P9"
	}
	if w.one(3) {
		a.Span.End = a.Span.Start + 1 + model.Instant(a.Minutes()/2)
	}
	return a
}

// neighbour is the roster of a week beside this one, with duties near it.
func (w *weird) neighbour(weeks int) *model.Roster {
	sn := w.sn
	r := &model.Roster{Region: sn.Region, Week: sn.Week.Add(weeks)}
	day := r.Week.Monday() // of the week after; the Sunday of the week before
	if weeks < 0 {
		day += 6
	}
	for range w.between(0, 3) {
		k := model.SessionKey{Project: pick(w, sn.Projects...).Code, Date: day, Start: model.Clock(60 * w.between(0, 23))}
		if w.dense {
			k.Start = model.Clock(30 * w.between(30, 47)) // late on the Sunday before
			if weeks > 0 {
				k.Start = model.Clock(30 * w.between(0, 20))
			}
		}
		at := sn.Calendar.Instant(k.Date, k.Start)
		d := model.Duty{Session: k, Supervisor: pick(w, append(codes(sn), "K9")...)}
		r.Duties = append(r.Duties, d)
		switch w.IntN(3) {
		case 0:
			r.Trips = append(r.Trips, model.Trip{Session: k, Minibus: "B0", Driver: d.Supervisor, Leaves: at - 45, Returns: at + w.minutes(60, 420)})
		case 1:
			r.Appointments = append(r.Appointments, model.Appointment{CRN: "Z999998", Event: 1, Session: k, Span: model.Span{Start: at, End: at + w.minutes(60, 420)}})
		}
	}
	tidy(r)
	return r
}

// prayers draws who asks for prayer, and what breaks and times of prayer are like.
func (w *weird) prayers() {
	for i := range w.sn.People {
		w.sn.People[i].Prayer = pick(w, model.NoPrayer, model.DailyPrayer, model.DailyAndFridayPrayer)
	}
	b := w.sn.Policy
	b.PrayerMethod, b.PrayerAsr, b.PrayerHighLatitude = int32(w.IntN(int(prayer.Methods))), int32(w.IntN(int(prayer.Shadows))), int32(w.IntN(int(prayer.HighLatitudes)))
	b.PrayerOutsideMinutes = int32(pick(w, 0, 30, 30, 90, 300))
	b.PrayerOverlapMinutes = int32(pick(w, 1, 10, 10, 25))
	b.PrayerMarginMinutes = int32(pick(w, 0, 2, 2, 20))
	b.BreakShortMinutes = int32(pick(w, 1, 10, 10, 30))
	b.BreakLunchMinutes = int32(pick(w, 5, 30, 30, 60))
	b.BreakLunchShift = int32(pick(w, 0, 60, 60, 200))
	b.BreakWorkMinutes = int32(pick(w, 60, 120, 240, 360, 360))
}
