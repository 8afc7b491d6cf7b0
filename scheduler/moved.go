package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// positions gives where the ends of journeys are, by their codes.
func positions(f *model.Facts) map[string]geo.Point {
	at := make(map[string]geo.Point, len(f.People)+len(f.Projects)+len(f.Stops)+len(f.Minibuses)+len(f.Supervisors))
	for i := range f.People {
		at[string(f.People[i].CRN)] = f.People[i].Home
	}
	for i := range f.Projects {
		at[string(f.Projects[i].Code)] = f.Projects[i].Site
	}
	for i := range f.Stops {
		at[string(f.Stops[i].Code)] = f.Stops[i].At
	}
	for i := range f.Minibuses {
		at[string(f.Minibuses[i].Registration)] = f.Minibuses[i].Depot
	}
	for i := range f.Supervisors {
		at[string(f.Supervisors[i].Code)] = f.Supervisors[i].Home
	}
	return at
}

// findJourneys speaks of people without a journey of their own where others have some.
func (f *findings) findJourneys(sn *model.Snapshot) {
	if len(sn.Travel.Legs) == 0 {
		return
	}
	ends := make(map[string]bool, len(sn.People)) // looked up only
	for _, l := range sn.Travel.Legs {
		ends[l.From], ends[l.To] = true, true
	}
	some, none := 0, 0
	for i := range sn.People {
		switch p := &sn.People[i]; {
		case p.Current(sn.Week) == nil:
		case ends[string(p.CRN)]:
			some++
		default:
			none++
		}
	}
	if some > 0 && none > 0 {
		f.addf(FindingEstimated, "travel", "%d people have no journey in travel.csv although %d have; theirs are estimates.", none, some)
	}
}

// stillTrue gives the journeys of which neither end has moved, and those that new facts give in their place, which are
// counted as changed. A journey from where somebody used to live is worse than an estimate.
func stillTrue(was, is *model.Facts, merged *model.Facts) (legs []geo.Leg, gone int) {
	if len(was.Legs) == 0 {
		return was.Legs, 0
	}
	old, now := positions(was), positions(merged)
	moved := func(code string) bool {
		p, known := old[code]
		return known && p.Known() && p != now[code]
	}
	given := geo.NewMatrix(slices.Clone(is.Legs))
	for _, l := range was.Legs {
		if (moved(l.From) || moved(l.To)) && !given.Has(l) {
			gone++
			continue
		}
		legs = append(legs, l)
	}
	return legs, gone
}
