package play

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// Spec says what is played.
type Spec struct {
	People int        // on the register at the start
	Weeks  int        // played
	Week   model.Week // the first
	Seed   uint64     // of the region and of all that happens
	// Arrivals is how many people join in a thousand weeks; 0: as many as in an average region of the size.
	Arrivals int
	// Settings are values of the policy to play with in place of the profile's.
	Settings []model.SetPolicy
}

// order names one requirement of a person.
type order struct {
	who   model.CRN
	event int32
}

// averageArrivals is how many people join in a week for each person on the register, in millionths: 80 for 4,400.
const averageArrivals = 18_182

// region is a made-up region as it stands, and the truth about its people.
type region struct {
	fares *Fares // how women and men fare; nil: nobody asks
	Spec
	chance  chance
	profile *policy.Profile
	facts   *model.Facts // History holds what happened before the rosters below
	truth   instance.Truth
	kin     model.Facts          // as at the start: whom newcomers are like
	told    []*told              // of last week, this one and the next, as far as there are any
	done    map[order]model.Date // when orders were completed or ended, of those that did; looked up only
	joined  int
	due     int // thousandths of people who have not joined yet
}

func newRegion(s Spec) (*region, error) {
	f, truth, err := instance.MakeWithTruth(instance.Spec{People: s.People, Seed: s.Seed, Week: s.Week})
	if err != nil {
		return nil, err
	}
	p, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	if s.Arrivals == 0 {
		s.Arrivals = s.People * averageArrivals / permille
	}
	r := &region{Spec: s, chance: chance(s.Seed), profile: p, facts: f, truth: truth, done: map[order]model.Date{}}
	r.steady()
	r.kin = model.Facts{People: slices.Clone(f.People), Names: slices.Clone(f.Names), Spells: slices.Clone(f.Spells), Zones: slices.Clone(f.Zones)}
	return r, nil
}

// steady leaves out what would change by itself, and whoever has nothing to work.
func (r *region) steady() {
	f := r.facts
	f.Outlooks, f.Standing = nil, nil
	f.Shifts = slices.DeleteFunc(f.Shifts, func(s model.Shift) bool { return s.Leave })
	always := r.Week.Monday() + 3650
	for i := range f.Supervisors {
		f.Supervisors[i].LicenceUntil, f.Supervisors[i].TrainedUntil = always, always
	}
	for i := range f.Projects {
		p := &f.Projects[i]
		p.StartDate, p.EndDate, p.AgreementUntil, p.AssessedUntil = 0, 0, always, always
	}
	for i := range f.Minibuses {
		b := &f.Minibuses[i]
		b.InspectedUntil, b.OffRoadFrom, b.OffRoadTo = always, 0, 0
	}
	for i := range f.People {
		for j := range f.People[i].Requirements {
			q := &f.People[i].Requirements[j]
			if q.Inducted == 0 {
				q.Inducted = max(q.Sentenced, r.Week.Monday()-longest)
			}
			if left(q) == 0 || q.HardEnd != 0 && q.HardEnd < r.Week.Monday() {
				q.Status = model.Complete
			}
		}
	}
	r.dropFinished(r.Week.Monday())
}

// dropFinished takes whoever had nothing left to work before a day out of the files.
func (r *region) dropFinished(before model.Date) {
	f := r.facts
	gone := map[model.CRN]bool{} // looked up only
	f.People = slices.DeleteFunc(f.People, func(p model.Person) bool {
		gone[p.CRN] = !slices.ContainsFunc(p.Requirements, func(q model.Requirement) bool {
			return q.Status == model.Active || r.done[order{p.CRN, q.Event}] >= before
		})
		return gone[p.CRN]
	})
	of := func(c model.CRN) bool { return gone[c] }
	f.Names = slices.DeleteFunc(f.Names, func(x model.Name) bool { return of(x.CRN) })
	f.Spells = slices.DeleteFunc(f.Spells, func(x model.Spell) bool { return of(x.CRN) })
	f.Zones = slices.DeleteFunc(f.Zones, func(x model.Zone) bool { return of(x.CRN) })
	f.KeepApart = slices.DeleteFunc(f.KeepApart, func(x model.Pair) bool { return of(x.A) || of(x.B) })
	f.History = slices.DeleteFunc(f.History, func(x model.Appointment) bool { return of(x.CRN) })
	f.Contacts, f.Reviews = nil, nil
}

// join adds the people who are sentenced in the week that begins on a day. Each is like somebody of the region at the start in
// where they live, when they are free and what they can do, and has an order and a chance of coming of their own.
func (r *region) join(monday model.Date) {
	f := r.facts
	for r.due += r.Arrivals; r.due >= permille; r.due -= permille {
		d := r.chance.of("joins", fmt.Sprint(r.joined), 0)
		like := r.kin.People[d.IntN(len(r.kin.People))]
		n := instance.NewNewcomer(d)
		p := like
		p.CRN = model.CRN(fmt.Sprintf("Y%06d", r.joined))
		r.joined++
		p.Attended, p.Missed = 0, 0
		q := model.Requirement{Event: 1, Order: n.Order, Status: model.Active, Required: n.Required, Sentenced: monday + model.Date(d.IntN(sentencing))}
		q.Inducted = q.Sentenced + 1 + model.Date(d.IntN(longest))
		q.Target = q.Sentenced.AddMonths(int(r.profile.On(monday.String()).OrderMonths))
		if n.HardEndMonths > 0 {
			q.HardEnd = max(q.Target, q.Sentenced.AddMonths(n.HardEndMonths))
		}
		p.Requirements = []model.Requirement{q}
		r.truth[p.CRN] = n.Comes
		f.People = append(f.People, p)
		r.copyRows(like.CRN, p.CRN)
	}
	slices.SortFunc(f.People, func(a, b model.Person) int { return cmp.Compare(a.CRN, b.CRN) })
}

// copyRows gives a newcomer the rows of the person they are like. Whom they may not meet is left out.
func (r *region) copyRows(from, to model.CRN) {
	for _, x := range r.kin.Names {
		if x.CRN == from {
			x.CRN = to
			r.facts.Names = append(r.facts.Names, x)
		}
	}
	for _, x := range r.kin.Spells {
		if x.CRN == from {
			x.CRN = to
			r.facts.Spells = append(r.facts.Spells, x)
		}
	}
	for _, x := range r.kin.Zones {
		if x.CRN == from {
			x.CRN = to
			r.facts.Zones = append(r.facts.Zones, x)
		}
	}
}

// left gives the minutes still to be worked.
func left(q *model.Requirement) int32 { return max(0, q.Required+q.Adjustment-q.Completed) }
