package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// tripPlan is how the minibuses of one session run: a pure function of the session's riders, minibuses and supervisors, so
// that equal members always give equal trips. It is never changed once made.
type tripPlan struct {
	riders, buses, sups []ActorIx

	stops   []int16         // in the order of the way out
	at      []model.Instant // by stop, on the way out
	back    []model.Instant // by stop, on the way home
	stopOf  []int8          // by rider: index into stops; -1: there is no stop at all
	drivers []ActorIx       // by minibus; -1: nobody may drive it
	leaves  []model.Instant // by minibus: from its depot
	returns []model.Instant // by minibus: to its depot
	metres  []int32         // by minibus: both ways
}

// serves reports whether the plan was made for these members.
func (x *tripPlan) serves(riders, buses, sups []ActorIx) bool {
	return x != nil && slices.Equal(x.riders, riders) && slices.Equal(x.buses, buses) && slices.Equal(x.sups, sups)
}

// driven gives the minibus that a supervisor drives, as an index, or -1.
func (x *tripPlan) driven(a ActorIx) int {
	if x == nil {
		return -1
	}
	return slices.Index(x.drivers, a)
}

// planTrip chooses the stops, their order and the times of a session with at least one minibus, and who drives. All its
// minibuses travel together and call at the same stops; the way home is the way out reversed.
func (r *router) planTrip(t SessionIx, riders, buses, sups []ActorIx) *tripPlan {
	kept := &r.kept[keepAt(t, riders, buses, sups)]
	if kept.session == t && kept.plan.serves(riders, buses, sups) {
		return kept.plan
	}
	x := &tripPlan{riders: slices.Clone(riders), buses: slices.Clone(buses), sups: slices.Clone(sups)}
	r.chooseStops(t, x)
	r.setTimes(t, x)
	r.chooseDrivers(t, x)
	*kept = keptPlan{t, x}
	return x
}

// keptPlan is a plan that was made lately. What the search tries it often takes back and tries again.
type keptPlan struct {
	session SessionIx
	plan    *tripPlan
}

// keepAt gives where a plan is kept, by its members.
func keepAt(t SessionIx, lists ...[]ActorIx) int {
	h := uint32(t)
	for _, list := range lists {
		h = h*16777619 ^ uint32(len(list))
		for _, a := range list {
			h = (h ^ uint32(a)) * 16777619
		}
	}
	return int(h>>16^h) & (keptPlans - 1)
}

// keptPlans is how many plans are kept, a power of two.
const keptPlans = 1 << 10

// setTimes counts back from the start of the session and on from its end.
func (r *router) setTimes(t SessionIx, x *tripPlan) {
	var (
		p     = r.p
		site  = p.site(t)
		board = model.Instant(p.Snapshot.Policy.BoardingMinutes)
		span  = p.Session(t).Span
		n     = len(x.stops)
	)
	x.at, x.back = make([]model.Instant, n), make([]model.Instant, n)
	now, here := span.Start, site
	for i := n - 1; i >= 0; i-- {
		stop := int(x.stops[i])
		now -= model.Instant(p.drive(stop, here)) + board
		x.at[i], here = now, stop
	}
	later, there := span.End, site
	for i := n - 1; i >= 0; i-- {
		stop := int(x.stops[i])
		later += model.Instant(p.drive(there, stop))
		x.back[i], there = later, stop
		later += board
	}
	for _, b := range x.buses {
		depot := p.depot(b)
		x.leaves = append(x.leaves, now-model.Instant(p.drive(depot, here)))
		x.returns = append(x.returns, later+model.Instant(p.drive(there, depot)))
		x.metres = append(x.metres, r.metres(depot, site, x.stops))
	}
}

// metres measures a minibus's way out and home.
func (r *router) metres(depot, site int, stops []int16) (sum int32) {
	here := depot
	for _, s := range stops {
		sum += r.p.metres(here, int(s))
		here = int(s)
	}
	sum += r.p.metres(here, site)
	here = site
	for _, s := range slices.Backward(stops) {
		sum += r.p.metres(here, int(s))
		here = int(s)
	}
	return sum + r.p.metres(here, depot)
}

// chooseDrivers gives each minibus a driver of its own: as many minibuses driven as can be, then as many drivers within
// their working time, then the first supervisors by code.
func (r *router) chooseDrivers(t SessionIx, x *tripPlan) {
	var (
		p    = r.p
		date = p.Session(t).Key.Date
		best = -1
		pick = make([]ActorIx, len(x.buses))
	)
	var try func(i, worth int)
	try = func(i, worth int) {
		if i == len(x.buses) {
			if worth > best {
				best = worth
				x.drivers = append(x.drivers[:0], pick...)
			}
			return
		}
		bus := p.Minibus(x.buses[i])
		trip := model.Span{Start: x.leaves[i], End: x.returns[i]}
		for _, a := range x.sups {
			k := p.Supervisor(a)
			licence := k.LicenceOn(date)
			if licence == model.NoLicence || bus.NeedsD1() && licence != model.LicenceD1 || slices.Contains(pick[:i], a) {
				continue
			}
			pick[i] = a
			more := 1000
			if model.Covered(k.Available, trip) {
				more++
			}
			try(i+1, worth+more)
		}
		pick[i] = -1
		try(i+1, worth)
	}
	try(0, 0)
}
