package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Part is what a difference is about.
type Part string

// The parts of a roster that people are told about.
const (
	OfPerson     Part = "person"
	OfSupervisor Part = "supervisor"
	OfMinibus    Part = "minibus"
)

// DifferenceKind says how something differs.
type DifferenceKind string

// The kinds of difference.
const (
	Added    DifferenceKind = "added"    // Now is new
	Moved    DifferenceKind = "moved"    // from Was to Now
	Removed  DifferenceKind = "removed"  // Was is gone
	Retimed  DifferenceKind = "retimed"  // same session, other times or another pick-up
	Replaced DifferenceKind = "replaced" // same session, Instead takes over
)

// Difference is one thing that differs between two rosters of a week.
type Difference struct {
	Part    Part
	Kind    DifferenceKind
	Subject string           // CRN, supervisor code or registration
	Event   int32            // of a person
	Now     model.SessionKey // zero if removed
	Was     model.SessionKey // zero if added
	Instead string           // Replaced: the code that takes over
	// Before and After are a person's appointments, where there are any; nil otherwise.
	Before, After *model.Appointment
	// Goes reports whether the session takes place in both rosters; of supervisors and minibuses only.
	Goes bool
}

// At gives the session that the difference is listed under: the new one, or the old one if there is no new one.
func (d *Difference) At() model.SessionKey {
	if d.Kind == Removed {
		return d.Was
	}
	return d.Now
}

// Diff lists what differs between two rosters of one week: people first, then supervisors, then minibuses, each in the
// order of sessions. A person's appointments are compared per requirement: what is in both stays, and of the rest the
// first of each side make a move. Neither roster may be nil.
func Diff(before, after *model.Roster) []Difference {
	out := diffPeople(before, after)
	out = append(out, diffResources(OfSupervisor, duties(before), duties(after), before, after)...)
	return append(out, diffResources(OfMinibus, trips(before), trips(after), before, after)...)
}

// byPerson orders appointments by person, requirement and session.
func byPerson(a, b *model.Appointment) int {
	return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event), a.Session.Compare(b.Session))
}

func diffPeople(before, after *model.Roster) []Difference {
	was, is := appointments(before), appointments(after)
	var out []Difference
	for len(was)+len(is) > 0 {
		var lead *model.Appointment
		if len(was) == 0 || len(is) > 0 && byPerson(is[0], was[0]) < 0 {
			lead = is[0]
		} else {
			lead = was[0]
		}
		var gone, come []*model.Appointment
		same := func(a *model.Appointment) bool { return a.CRN == lead.CRN && a.Event == lead.Event }
		for len(was) > 0 && same(was[0]) || len(is) > 0 && same(is[0]) {
			switch c := next(was, is, same); {
			case c < 0:
				gone, was = append(gone, was[0]), was[1:]
			case c > 0:
				come, is = append(come, is[0]), is[1:]
			default:
				if a, b := was[0], is[0]; a.Span != b.Span || a.PickUp != b.PickUp || a.PickUp != "" && a.PickUpAt != b.PickUpAt {
					out = append(out, Difference{Part: OfPerson, Kind: Retimed, Subject: string(a.CRN), Event: a.Event,
						Now: b.Session, Was: a.Session, Before: a, After: b})
				}
				was, is = was[1:], is[1:]
			}
		}
		out = append(out, pairUp(gone, come)...)
	}
	sortDifferences(out)
	return out
}

// next says which side has the earlier appointment of the person: negative the old, positive the new, 0 for the same session.
func next(was, is []*model.Appointment, same func(*model.Appointment) bool) int {
	switch {
	case len(is) == 0 || !same(is[0]):
		return -1
	case len(was) == 0 || !same(was[0]):
		return 1
	default:
		return was[0].Session.Compare(is[0].Session)
	}
}

// pairUp makes moves of what one person lost and gained.
func pairUp(gone, come []*model.Appointment) []Difference {
	var out []Difference
	for i := range max(len(gone), len(come)) {
		switch {
		case i >= len(come):
			a := gone[i]
			out = append(out, Difference{Part: OfPerson, Kind: Removed, Subject: string(a.CRN), Event: a.Event, Was: a.Session, Before: a})
		case i >= len(gone):
			b := come[i]
			out = append(out, Difference{Part: OfPerson, Kind: Added, Subject: string(b.CRN), Event: b.Event, Now: b.Session, After: b})
		default:
			a, b := gone[i], come[i]
			out = append(out, Difference{Part: OfPerson, Kind: Moved, Subject: string(b.CRN), Event: b.Event,
				Now: b.Session, Was: a.Session, Before: a, After: b})
		}
	}
	return out
}

func appointments(r *model.Roster) []*model.Appointment {
	var out []*model.Appointment
	for i := range r.Appointments {
		out = append(out, &r.Appointments[i])
	}
	slices.SortFunc(out, byPerson)
	return out
}

// use is one supervisor or minibus in one session.
type use struct {
	session model.SessionKey
	code    string
}

func duties(r *model.Roster) []use {
	var out []use
	for _, d := range r.Duties {
		out = append(out, use{d.Session, string(d.Supervisor)})
	}
	return out
}

func trips(r *model.Roster) []use {
	var out []use
	for _, t := range r.Trips {
		out = append(out, use{t.Session, string(t.Minibus)})
	}
	return out
}

// diffResources compares who or what serves each session; the first of each side replace one another.
func diffResources(part Part, was, is []use, before, after *model.Roster) []Difference {
	gone, come := without(was, is), without(is, was)
	var out []Difference
	for len(gone)+len(come) > 0 {
		switch c := first(gone, come); {
		case c < 0:
			out = append(out, Difference{Part: part, Kind: Removed, Subject: gone[0].code, Was: gone[0].session})
			gone = gone[1:]
		case c > 0:
			out = append(out, Difference{Part: part, Kind: Added, Subject: come[0].code, Now: come[0].session})
			come = come[1:]
		default:
			out = append(out, Difference{Part: part, Kind: Replaced, Subject: gone[0].code, Instead: come[0].code,
				Now: come[0].session, Was: gone[0].session})
			gone, come = gone[1:], come[1:]
		}
	}
	for i := range out {
		k := out[i].At()
		out[i].Goes = len(before.In(k)) > 0 && len(after.In(k)) > 0
	}
	sortDifferences(out)
	return out
}

func first(gone, come []use) int {
	switch {
	case len(come) == 0:
		return -1
	case len(gone) == 0:
		return 1
	default:
		return gone[0].session.Compare(come[0].session)
	}
}

// without gives the uses that are not among others; both are sorted by session and code, as rosters are.
func without(all, others []use) []use {
	compare := func(a, b use) int { return cmp.Or(a.session.Compare(b.session), cmp.Compare(a.code, b.code)) }
	var out []use
	for _, u := range all {
		if _, ok := slices.BinarySearchFunc(others, u, compare); !ok {
			out = append(out, u)
		}
	}
	return out
}

func sortDifferences(all []Difference) {
	slices.SortStableFunc(all, func(a, b Difference) int {
		return cmp.Or(a.At().Compare(b.At()), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Event, b.Event))
	})
}
