package scheduler

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// Kinds gives the kinds of file that facts come from, as files are named without .csv.
func Kinds() []string {
	return []string{"teams", "projects", "project_availability", "supervisors", "supervisor_availability", "minibuses", "pick_up_locations",
		"people", "availability", "keep_apart", "exclusion_areas", "allocations", "sessions", "appointments", "non_working_days", "weather",
		"travel", "kit", "contacts", "reviews", "waivers", "costs"}
}

// merge gives the facts of a region after new ones were taken in, and counts what that changes by kind of file. Neither
// of the given facts is changed; was may be nil.
//
// A row replaces the one of the same key. What stands from week to week has no key of its own: whoever the new rows name
// has just those afterwards (availability, shifts, slots, standing slots). Nothing else is removed, unless its kind is
// declared complete: rows that keep people apart or away from places, reviews and waivers are their own key and are only
// ever added.
func merge(was, is *model.Facts, complete []string) (*model.Facts, []KindChange) {
	if was == nil {
		was = &model.Facts{}
	}
	m := &merger{complete: complete}
	f := &model.Facts{
		Region:      is.Region,
		Teams:       byKey(m, "teams", was.Teams, is.Teams, func(a, b model.Team) int { return cmp.Compare(a.Code, b.Code) }),
		Projects:    byKey(m, "projects", was.Projects, is.Projects, func(a, b model.Project) int { return cmp.Compare(a.Code, b.Code) }),
		Slots:       byOwner(m, "project_availability", was.Slots, is.Slots, func(s model.Slot) model.ProjectCode { return s.Project }),
		Supervisors: byKey(m, "supervisors", was.Supervisors, is.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) }),
		Shifts:      byOwner(m, "supervisor_availability", was.Shifts, is.Shifts, func(s model.Shift) model.SupervisorCode { return s.Supervisor }),
		Minibuses:   byKey(m, "minibuses", was.Minibuses, is.Minibuses, func(a, b model.Minibus) int { return cmp.Compare(a.Registration, b.Registration) }),
		Stops:       byKey(m, "pick_up_locations", was.Stops, is.Stops, func(a, b model.Stop) int { return cmp.Compare(a.Code, b.Code) }),
	}
	f.People, f.Names = m.people(was, is)
	f.Spells = byOwner(m, "availability", was.Spells, is.Spells, func(s model.Spell) model.CRN { return s.CRN })
	f.KeepApart = byKey(m, "keep_apart", was.KeepApart, is.KeepApart, func(a, b model.Pair) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	f.Zones = byKey(m, "exclusion_areas", was.Zones, is.Zones, compareZones)
	f.Standing = byOwner(m, "allocations", was.Standing, is.Standing, func(s model.Standing) model.CRN { return s.CRN })
	f.Held = byKey(m, "sessions", was.Held, is.Held, func(a, b model.Held) int { return a.Session.Compare(b.Session) })
	f.History = byKey(m, "appointments", was.History, is.History, model.Appointment.Compare)
	f.Holidays = byKey(m, "non_working_days", was.Holidays, is.Holidays, func(a, b model.Holiday) int { return cmp.Compare(a.Date, b.Date) })
	f.Outlooks = byKey(m, "weather", was.Outlooks, is.Outlooks, func(a, b model.Outlook) int {
		return cmp.Or(cmp.Compare(a.WeatherArea, b.WeatherArea), cmp.Compare(a.Date, b.Date))
	})
	f.Legs = m.legs(was, is, f)
	f.Kit = byKey(m, "kit", was.Kit, is.Kit, func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) })
	f.Contacts = byKey(m, "contacts", was.Contacts, is.Contacts, func(a, b model.Contact) int { return cmp.Compare(a.CRN, b.CRN) })
	f.Reviews = byKey(m, "reviews", was.Reviews, is.Reviews, func(a, b model.Review) int {
		return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.DoneOn, b.DoneOn))
	})
	f.Waivers = byKey(m, "waivers", was.Waivers, is.Waivers, compareWaivers)
	f.Costs = byKey(m, "costs", was.Costs, is.Costs, func(a, b model.Cost) int { return cmp.Compare(a.Lever, b.Lever) })
	f.Doubtful = m.doubtful(was, is)
	return f, m.counts
}

// legs merges journeys. Those of an end that has moved go, unless they are given anew.
func (m *merger) legs(was, is, merged *model.Facts) []geo.Leg {
	old, gone := stillTrue(was, is, merged)
	before := len(m.counts)
	legs := byKey(m, "travel", old, is.Legs, func(a, b geo.Leg) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Mode, b.Mode))
	})
	if len(m.counts) == before {
		m.count(KindChange{Kind: "travel", Removed: gone})
	} else {
		m.counts[before].Removed += gone
	}
	return legs
}

// merger counts while it merges.
type merger struct {
	complete []string
	counts   []KindChange
}

func (m *merger) whole(kind string) bool { return slices.Contains(m.complete, kind) }

func (m *merger) count(c KindChange) {
	if c.New+c.Changed+c.Same+c.Removed > 0 {
		m.counts = append(m.counts, c)
	}
}

// byKey merges rows that have a key of their own.
func byKey[T any](m *merger, kind string, was, is []T, key func(a, b T) int) []T {
	c := KindChange{Kind: kind}
	was, is = sorted(was, key), sorted(is, key)
	var out []T
	for len(was)+len(is) > 0 {
		switch side := side(was, is, key); {
		case side < 0 && m.whole(kind):
			c.Removed++
			was = was[1:]
		case side < 0:
			out, was = append(out, was[0]), was[1:]
		case side > 0:
			c.New++
			out, is = append(out, is[0]), is[1:]
		default:
			if reflect.DeepEqual(was[0], is[0]) {
				c.Same++
			} else {
				c.Changed++
			}
			out, was, is = append(out, is[0]), was[1:], is[1:]
		}
	}
	m.count(c)
	return out
}

// side says which list has the row that comes first: negative the old, positive the new, 0 both.
func side[T any](was, is []T, key func(a, b T) int) int {
	switch {
	case len(is) == 0:
		return -1
	case len(was) == 0:
		return 1
	default:
		return key(was[0], is[0])
	}
}

// byOwner merges rows that belong to somebody or something: of an owner whom the new rows name, only these remain, in the
// order in which they were written.
func byOwner[T any, O cmp.Ordered](m *merger, kind string, was, is []T, owner func(T) O) []T {
	c := KindChange{Kind: kind}
	var out []T
	compare := func(a, b T) int { return cmp.Compare(owner(a), owner(b)) }
	was, is = sorted(was, compare), sorted(is, compare)
	for len(was)+len(is) > 0 {
		side := side(was, is, compare)
		old, fresh := []T(nil), []T(nil)
		if side <= 0 {
			old, was = owned(was, owner)
		}
		if side >= 0 {
			fresh, is = owned(is, owner)
		}
		switch {
		case side < 0 && m.whole(kind):
			c.Removed += len(old)
		case side < 0:
			out = append(out, old...)
		default:
			out = append(out, fresh...)
			same := inBoth(old, fresh)
			c.Same += same
			c.Changed += min(len(fresh), len(old)) - same
			c.New += max(0, len(fresh)-len(old))
			c.Removed += max(0, len(old)-len(fresh))
		}
	}
	m.count(c)
	return out
}

// inBoth counts the rows that two lists share, each as often as both have it.
func inBoth[T any](a, b []T) int {
	left, n := slices.Clone(a), 0
	for _, x := range b {
		if i := slices.IndexFunc(left, func(y T) bool { return reflect.DeepEqual(x, y) }); i >= 0 {
			left, n = slices.Delete(left, i, i+1), n+1
		}
	}
	return n
}

// owned cuts the rows of the first owner off.
func owned[T any, O comparable](all []T, owner func(T) O) (its, rest []T) {
	n := 1
	for n < len(all) && owner(all[n]) == owner(all[0]) {
		n++
	}
	return all[:n], all[n:]
}

// people merges people by CRN and their requirements by event; names go with their person. It counts requirements, which
// are the rows of people.csv.
func (m *merger) people(was, is *model.Facts) ([]model.Person, []model.Name) {
	c := KindChange{Kind: "people"}
	names := byKey(&merger{complete: m.complete}, "people", was.Names, is.Names, func(a, b model.Name) int { return cmp.Compare(a.CRN, b.CRN) })
	var out []model.Person
	byCRN := func(a, b model.Person) int { return cmp.Compare(a.CRN, b.CRN) }
	old, fresh := sorted(was.People, byCRN), sorted(is.People, byCRN)
	for len(old)+len(fresh) > 0 {
		switch side := side(old, fresh, byCRN); {
		case side < 0 && m.whole("people"):
			c.Removed += len(old[0].Requirements)
			old = old[1:]
		case side < 0:
			out, old = append(out, old[0]), old[1:]
		case side > 0:
			c.New += len(fresh[0].Requirements)
			out, fresh = append(out, fresh[0]), fresh[1:]
		default:
			out = append(out, m.person(&c, &old[0], &fresh[0], sameName(was, is, fresh[0].CRN)))
			old, fresh = old[1:], fresh[1:]
		}
	}
	m.count(c)
	return out, names
}

// person merges the requirements of one person. Where something about the person changed, all their rows have.
func (m *merger) person(c *KindChange, was, is *model.Person, sameName bool) model.Person {
	one := merger{complete: m.complete}
	p := *is
	p.Requirements = byKey(&one, "people", was.Requirements, is.Requirements, func(a, b model.Requirement) int { return cmp.Compare(a.Event, b.Event) })
	a, b := *was, *is
	a.Requirements, b.Requirements = nil, nil
	for _, x := range one.counts {
		if !sameName || !reflect.DeepEqual(a, b) {
			x.Changed, x.Same = x.Changed+x.Same, 0
		}
		c.New, c.Changed, c.Same, c.Removed = c.New+x.New, c.Changed+x.Changed, c.Same+x.Same, c.Removed+x.Removed
	}
	return p
}

func sameName(was, is *model.Facts, crn model.CRN) bool { return nameOf(was, crn) == nameOf(is, crn) }

func nameOf(f *model.Facts, crn model.CRN) model.Name {
	i, ok := slices.BinarySearchFunc(f.Names, crn, func(n model.Name, c model.CRN) int { return cmp.Compare(n.CRN, c) })
	if !ok {
		return model.Name{CRN: crn}
	}
	return f.Names[i]
}

// doubtful keeps a doubt until rows of the same kind that can be read name the person, or the kind is complete: a file
// about other people mends nothing.
func (m *merger) doubtful(was, is *model.Facts) []model.Doubt {
	named := map[model.Doubt]bool{} // looked up only
	for _, s := range is.Spells {
		named[model.Doubt{CRN: s.CRN, Kind: "availability"}] = true
	}
	for _, z := range is.Zones {
		named[model.Doubt{CRN: z.CRN, Kind: "exclusion_areas"}] = true
	}
	for _, p := range is.KeepApart {
		named[model.Doubt{CRN: p.A, Kind: "keep_apart"}] = true
		named[model.Doubt{CRN: p.B, Kind: "keep_apart"}] = true
	}
	out := slices.Clone(is.Doubtful)
	for _, d := range was.Doubtful {
		if !named[d] && !m.whole(d.Kind) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, model.Doubt.Compare)
	return slices.Compact(out)
}
