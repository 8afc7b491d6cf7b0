package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// prays makes somebody ask for daily prayer.
func prays(c model.CRN) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { person(sn, c).Prayer = model.DailyPrayer }
}

// rests gives a session breaks, as pairs of minutes after midnight of its day.
func rests(p model.ProjectCode, day int, clocks ...model.Clock) part {
	return func(_ *model.Snapshot, r *model.Roster) {
		b := model.Breaks{Session: key(p, day)}
		for i := 0; i < len(clocks); i += 2 {
			b.Spans = append(b.Spans, model.Span{Start: at(day, clocks[i]), End: at(day, clocks[i+1])})
		}
		r.Breaks = append(r.Breaks, b)
	}
}

// until gives the sessions of the week an end, and their appointments with it.
func until(p part, end model.Clock) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		p(sn, r)
		for i := range r.Appointments {
			r.Appointments[i].Span.End = at(int(r.Appointments[i].Session.Date-monday), end)
		}
	}
}

func ends(end model.Clock) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			s.End, s.Span.End = end%1440, s.Span.Start+model.Instant(end-s.Key.Start)
		}
	}
}

// begins makes the sessions of Monday's group run at other times.
func begins(from, to model.Clock) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		s := sn.Session(key(group, mon))
		s.Key.Start, s.End, s.Span = from, to%1440, model.Span{Start: at(mon, from), End: at(mon, to)}
		sortSessions(sn)
	}
}

// restsFrom is rests for a session that begins at another time.
func restsFrom(from model.Clock, clocks ...model.Clock) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		rests(group, mon, clocks...)(sn, r)
		r.Breaks[len(r.Breaks)-1].Session.Start = from
	}
}

// changedWet is rainsTo for the session of the group that begins at another time.
func changedWet(from model.Clock, host model.ProjectCode) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		rainsTo(group, mon, host)(sn, r)
		r.WetPlans[len(r.WetPlans)-1].Session.Start = from
	}
}

// In the town of the cases, on the Monday, the own times of prayers are by model/prayer: fajr 05:48 to 07:50 (348 to 470 minutes after
// midnight), dhuhr 11:55 to 13:41 (715 to 821), asr to 15:59 (959), maghrib to 17:56 (1076), isha to the next fajr at 05:49 (1789). The reference
// times in model/prayer/testdata bear them out. Sessions run from 540 to 960.
func TestPrayerBreaks(t *testing.T) {
	home := func(minutes int32) func(*model.Snapshot) { // the way home
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("CT01", "A000001", geo.Walk, minutes)) }
	}
	short := func(end model.Clock) part { return changed(goes(group, mon, ann), endsAt(end)) }
	asOf := func(clock model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.AsOf, sn.FrozenUntil = at(mon, clock), at(mon, clock) }
	}
	wetWay := func(out, back int32) func(*model.Snapshot) { // to a wet site where noon is until 819 and the afternoon's until 957
		return func(sn *model.Snapshot) {
			sn.Project(alone).Site = geo.Point{Latitude: 52.5, Longitude: -1.5}
			sn.Travel = legs(leg("A000001", "IP01", geo.Walk, out), leg("IP01", "A000001", geo.Walk, back))
		}
	}
	wet := wetWay(0, 0)
	rides := func(minutes int32) func(*model.Snapshot) { // home from the stop
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("ST01", "A000001", geo.Walk, minutes)) }
	}
	rainyRide := func(minutes int32) func(*model.Snapshot) { // from the wet site to the stop
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("IP01", "ST01", geo.Car, minutes)) }
	}
	carriedTo := func(end model.Clock) []part {
		return []part{changed(pickedUp(carried, mon, ann, stop1, 540), endsAt(end)), runs(carried, mon, bus1, sup1, stop1)}
	}
	nowhere := func(sn *model.Snapshot) { person(sn, ann).Home = geo.Point{} } // no way is known, so every prayer is due
	keepsOrBreaks(t, constraints.PrayerBreaks, []clause{
		{"lunch, and nobody asked for prayer", nil, []part{goes(group, mon, ann), rests(group, mon, 730, 760)}, 0},
		{"six hours without a break", ends(900), []part{until(goes(group, mon, ann), 900)}, 0},
		{"a minute more than six hours without a break", ends(901), []part{until(goes(group, mon, ann), 901)}, 1},
		{"a break after six hours", nil, []part{goes(group, mon, ann), rests(group, mon, 900, 910)}, 0},
		{"a break after six hours and a minute", nil, []part{goes(group, mon, ann), rests(group, mon, 901, 911)}, 1},
		{"six hours after the break", nil, []part{goes(group, mon, ann), rests(group, mon, 590, 600)}, 0},
		{"six hours and a minute after the break", nil, []part{goes(group, mon, ann), rests(group, mon, 589, 599)}, 1},
		{"six hours between two breaks", ends(1000), []part{until(goes(group, mon, ann), 1000), rests(group, mon, 580, 590, 950, 960)}, 0},
		{"six hours and a minute between two breaks", ends(1000), []part{until(goes(group, mon, ann), 1000), rests(group, mon, 580, 590, 951, 961)}, 1},
		{"breaks from the first minute to the last", nil, []part{goes(group, mon, ann), rests(group, mon, 540, 550, 730, 760, 950, 960)}, 0},
		{"a break before the session", nil, []part{goes(group, mon, ann), rests(group, mon, 539, 550, 730, 760)}, 1},
		{"a break after the session", nil, []part{goes(group, mon, ann), rests(group, mon, 730, 760, 950, 961)}, 1},
		{"breaks that touch", nil, []part{goes(group, mon, ann), rests(group, mon, 730, 760, 760, 770)}, 0},
		{"six hours after the second of two breaks that touch", nil, []part{goes(group, mon, ann), rests(group, mon, 580, 590, 590, 600)}, 0},
		{"breaks that overlap", nil, []part{goes(group, mon, ann), rests(group, mon, 730, 760, 759, 770)}, 1},
		{"two breaks at one time", nil, []part{goes(group, mon, ann), rests(group, mon, 730, 760, 730, 760)}, 1},
		{"a break of no time", nil, []part{goes(group, mon, ann), rests(group, mon, 700, 700, 730, 760)}, 1},
		{"several reasons are one case of a session", nil, []part{goes(group, mon, ann), rests(group, mon, 500, 510, 950, 970)}, 1},
		{"breaks of a session without people are nobody's", nil, []part{rests(group, mon, 500, 510)}, 0},
		{"another session's breaks do not serve", nil, []part{goes(group, mon, ann), rests(group, tue, 730, 760)}, 1},

		{"a break for each of noon and afternoon", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 730, 760, 880, 890)}, 0},
		{"none for noon", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 880, 890)}, 1},
		{"none for the afternoon", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 730, 760)}, 1},
		{"none at all, for two", both(prays(ann), prays(bob)), []part{goes(group, mon, ann, bob, cat)}, 5},
		{"ten minutes of a break within the time of noon", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 700, 725, 880, 890)}, 0},
		{"nine minutes of a break within it", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 700, 724, 880, 890)}, 1},
		{"ten minutes in its end", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 811, 830, 880, 890)}, 0},
		{"nine minutes in its end", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 812, 830, 880, 890)}, 1},
		{"five minutes twice are not ten", prays(ann), []part{goes(group, mon, ann), rests(group, mon, 710, 720, 816, 830, 880, 890)}, 1},
		{"a longer overlap asked for", both(prays(ann), func(sn *model.Snapshot) { sn.Policy.PrayerOverlapMinutes = 15 }),
			[]part{goes(group, mon, ann), rests(group, mon, 730, 745, 880, 894)}, 1},
		{"the afternoon by the Hanafi rule is later", both(prays(ann), func(sn *model.Snapshot) { sn.Policy.PrayerAsr = 1 }),
			[]part{goes(group, mon, ann), rests(group, mon, 730, 760, 830, 840)}, 1},

		{"29 minutes of noon lie after coming home", prays(ann), []part{short(792), rests(group, mon, 600, 610)}, 1},
		{"30 minutes lie after coming home", prays(ann), []part{short(791), rests(group, mon, 600, 610)}, 0},
		{"29 minutes lie after the way home", both(prays(ann), home(60)), []part{short(732), rests(group, mon, 600, 610)}, 1},
		{"30 minutes lie after the way home", both(prays(ann), home(60)), []part{short(731), rests(group, mon, 600, 610)}, 0},
		{"less of it may lie outside", all(prays(ann), func(sn *model.Snapshot) { sn.Policy.PrayerOutsideMinutes = 29 }), []part{short(792), rests(group, mon, 600, 610)}, 0},
		{"a break while they are there", prays(ann), []part{short(792), rests(group, mon, 782, 800)}, 0},
		{"a break of which they miss a minute", prays(ann), []part{short(792), rests(group, mon, 783, 800)}, 1},
		{"five minutes of it before they leave, all in a break", both(prays(ann), home(100)), []part{short(720), rests(group, mon, 715, 725)}, 0},
		{"five minutes of it before they leave, four in a break", both(prays(ann), home(100)), []part{short(720), rests(group, mon, 716, 725)}, 1},
		{"it begins when they leave", both(prays(ann), home(110)), []part{short(715), rests(group, mon, 600, 610)}, 0},

		{"one break for noon at the site and at the wet site", both(prays(ann), wet),
			[]part{goes(group, mon, ann), rainsTo(group, mon, alone), rests(group, mon, 809, 819, 880, 890)}, 0},
		{"a break too late for the wet site", both(prays(ann), wet),
			[]part{goes(group, mon, ann), rainsTo(group, mon, alone), rests(group, mon, 810, 820, 880, 890)}, 1},
		{"the same break without a wet site", both(prays(ann), wet), []part{goes(group, mon, ann), rests(group, mon, 810, 820, 880, 890)}, 0},
		{"a break too early for the afternoon of the site", both(prays(ann), wet),
			[]part{goes(group, mon, ann), rainsTo(group, mon, alone), rests(group, mon, 730, 760, 820, 830)}, 1},
		{"none at either is one case of a prayer", both(prays(ann), wet),
			[]part{goes(group, mon, ann), rainsTo(group, mon, alone), rests(group, mon, 880, 890)}, 1},

		{"30 minutes of noon after the way home from the wet site", both(prays(ann), wetWay(0, 28)), []part{short(761), rainsTo(group, mon, alone), rests(group, mon, 600, 610)}, 0},
		{"29 minutes after the way home from the wet site", both(prays(ann), wetWay(0, 29)), []part{short(761), rainsTo(group, mon, alone), rests(group, mon, 600, 610)}, 1},
		{"30 minutes of dawn before the way to the wet site", all(prays(ann), wetWay(41, 0), begins(419, 500)),
			[]part{moved(goes(group, mon, ann), 419, 500), changedWet(419, alone)}, 0},
		{"29 minutes of dawn before the way to the wet site", all(prays(ann), wetWay(42, 0), begins(419, 500)),
			[]part{moved(goes(group, mon, ann), 419, 500), changedWet(419, alone)}, 1},

		{"who rides is there until the minibus leaves", prays(ann), append(carriedTo(700), rests(carried, mon, 730, 760, 880, 890)), 0},
		{"and needs the afternoon's break", prays(ann), append(carriedTo(700), rests(carried, mon, 730, 760)), 1},
		{"a minute of sunset before the minibus leaves, 29 at home", both(prays(ann), rides(87)), append(carriedTo(960), rests(carried, mon, 730, 760, 880, 890)), 1},
		{"that minute in a break", both(prays(ann), rides(87)), append(carriedTo(960), rests(carried, mon, 730, 760, 880, 890, 959, 960)), 0},
		{"a minute of sunset before the minibus leaves, 30 at home", both(prays(ann), rides(86)), append(carriedTo(960), rests(carried, mon, 730, 760, 880, 890)), 0},

		{"29 minutes of sunset at home after the ride from the wet site", both(prays(ann), rainyRide(87)),
			append(carriedTo(960), rainsTo(carried, mon, alone), rests(carried, mon, 730, 760, 880, 890)), 1},
		{"30 minutes of it", both(prays(ann), rainyRide(86)), append(carriedTo(960), rainsTo(carried, mon, alone), rests(carried, mon, 730, 760, 880, 890)), 0},

		{"the night before reaches into the morning", all(prays(ann), nowhere, begins(60, 120)), []part{moved(goes(group, mon, ann), 60, 120)}, 1},
		{"a break in the night", all(prays(ann), nowhere, begins(60, 120)), []part{moved(goes(group, mon, ann), 60, 120), restsFrom(60, 60, 70)}, 0},
		{"a session into the next morning, without dawn", all(prays(ann), begins(1380, 1440+440)),
			[]part{moved(goes(group, mon, ann), 1380, 1440+440), restsFrom(1380, 1600, 1610)}, 0},
		{"a session into the next morning, with most of dawn", all(prays(ann), begins(1380, 1440+442)),
			[]part{moved(goes(group, mon, ann), 1380, 1440+442), restsFrom(1380, 1600, 1610)}, 1},

		{"a session that has begun and has no breaks", both(prays(ann), asOf(541)), []part{goes(group, mon, ann)}, 0},
		{"a session that begins now and has no breaks", both(prays(ann), asOf(540)), []part{goes(group, mon, ann)}, 3},
		{"a session that has begun and has the wrong breaks", both(prays(ann), asOf(541)), []part{goes(group, mon, ann), rests(group, mon, 600, 610)}, 2},
		{"a session that is not known", prays(ann), []part{moved(goes(group, mon, ann), 541, 960)}, 0},
		{"a person who is not known", nil, []part{goes(group, mon, "Z999999"), rests(group, mon, 730, 760)}, 0},
		{"a site that is not known has no sun", both(prays(ann), func(sn *model.Snapshot) { sn.Project(group).Site = geo.Point{} }),
			[]part{goes(group, mon, ann), rests(group, mon, 600, 610)}, 0},
	})
}

func TestPrayerBreaksSayWhichPrayerAndWhy(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	prays(ann)(sn)
	said := func(parts ...part) (all []string) {
		for _, v := range solver.Check(sn, roster(sn, parts...), []*solver.Constraint{constraints.PrayerBreaks}) {
			all = append(all, constraints.PrayerBreaks.Explain(sn, v))
		}
		return all
	}
	require.Equal(t, []string{
		"A000001 at CT01 on 2026-11-30 at 09:00 has no break for a prayer that is due, dhuhr from 11:55 to 13:41 by the sun of CT01: found 4 minutes of it in a break; expected 10.",
	}, said(goes(group, mon, ann), rests(group, mon, 700, 719, 880, 890)))
	require.Equal(t, []string{
		"The breaks of CT01 on 2026-12-01 at 09:00 do not fit the working day: found 420 minutes of work without a break, from 09:00 to 16:00; expected at most 360.",
	}, said(goes(group, tue, bob)))
	require.Equal(t, []string{
		"The breaks of CT01 on 2026-12-01 at 09:00 do not fit the working day: found a break from 08:00 to 08:10, which does not lie within the session.",
	}, said(goes(group, tue, bob), rests(group, tue, 480, 490)))
	require.Equal(t, []string{
		"The breaks of CT01 on 2026-12-01 at 09:00 do not fit the working day: found breaks from 12:00 and from 12:10 that overlap.",
	}, said(goes(group, tue, bob), rests(group, tue, 720, 740, 730, 740)))
}
