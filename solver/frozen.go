package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// frozenTrips gives, by session, the trips that were published and can no longer change: people were told those stops and
// times. Sessions that start later, or whose trips name a stop or driver that is not known, have none.
func (p *Problem) frozenTrips() []*tripPlan {
	out := make([]*tripPlan, p.NumSessions())
	was := p.Snapshot.Published
	if was == nil {
		return out
	}
	for t := range out {
		if x := p.Session(SessionIx(t)); x.Span.Start < p.Snapshot.FrozenUntil {
			out[t] = p.publishedTrip(SessionIx(t), was)
		}
	}
	return out
}

// publishedTrip turns the published trips of a session into a plan, or nil.
func (p *Problem) publishedTrip(t SessionIx, was *model.Roster) *tripPlan {
	var (
		key   = p.Session(t).Key
		trips = was.TripsOf(key)
		x     = &tripPlan{}
		stops []model.StopCode
	)
	if len(trips) == 0 {
		return nil
	}
	for _, s := range trips[0].Stops {
		i, ok := slices.BinarySearchFunc(p.Snapshot.Stops, s.Stop, func(x model.Stop, c model.StopCode) int { return compare(x.Code, c) })
		if !ok {
			return nil
		}
		x.stops, x.at = append(x.stops, int16(i)), append(x.at, s.At)
		stops = append(stops, s.Stop)
	}
	for i := range stops {
		x.back = append(x.back, model.DropOff(p.Snapshot, key, stops, i))
	}
	for _, d := range was.DutiesOf(key) {
		a, ok := p.SupervisorIx(d.Supervisor)
		if !ok {
			return nil
		}
		x.sups = append(x.sups, a)
	}
	for _, trip := range trips {
		b, ok := p.MinibusIx(trip.Minibus)
		driver, known := p.SupervisorIx(trip.Driver)
		if !ok {
			return nil
		}
		if !known {
			driver = -1
		}
		x.buses, x.drivers = append(x.buses, b), append(x.drivers, driver)
		x.leaves, x.returns = append(x.leaves, trip.Leaves), append(x.returns, trip.Returns)
		x.metres = append(x.metres, model.TripMetres(p.Snapshot, key, p.Minibus(b), stops))
	}
	for _, m := range was.In(key) {
		a, ok := p.PersonIx(m.CRN)
		if !ok || !p.Rides(a, p.project[t]) {
			continue
		}
		stop := slices.Index(stops, m.PickUp)
		if stop < 0 {
			return nil
		}
		x.riders, x.stopOf = append(x.riders, a), append(x.stopOf, int8(stop))
	}
	return x
}
