package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// longestWay bounds the minutes of one way that are priced, so that missing positions cannot swamp a score.
const longestWay = 600

// Settle works out the trips of every session that changed since the last call, adds what they cost beyond the estimates
// of Delta, and gives the exact score. It is part of the journal, so Undo takes it back too.
func (s *State) Settle() Score {
	for _, t := range s.dirty.list {
		s.settleSession(SessionIx(t))
	}
	s.dirty.clear()
	for _, i := range s.dirtyDuty.list {
		s.setPart(opDuty, s.dutyPart, i, s.dutyCases(s.first[Supervisors]+ActorIx(i)))
	}
	s.dirtyDuty.clear()
	for _, i := range s.dirtyBus.list {
		s.setPart(opBus, s.busPart, i, s.busCases(s.first[Minibuses]+ActorIx(i)))
	}
	s.dirtyBus.clear()
	for _, i := range s.dirtyPair.list {
		s.setPart(opPair, s.apartPart, i, s.pairCases(s.apart.pairs[i]))
	}
	s.dirtyPair.clear()
	s.settleWet()
	return s.Score()
}

// Estimate reports whether any session waits to be settled.
func (s *State) Estimate() bool {
	return len(s.dirty.list)+len(s.dirtyDuty.list)+len(s.dirtyBus.list)+len(s.dirtyPair.list)+len(s.dirtyWet.list) > 0
}

// setPart records the broken cases of one supervisor, minibus or pair.
func (s *State) setPart(o op, parts []int64, i int32, cases int64) {
	if parts[i] == cases {
		return
	}
	s.journal = append(s.journal, entry{op: o, index: i, old: Score{parts[i]}})
	s.settled[Hard] += cases - parts[i]
	parts[i] = cases
}

// settleSession plans a session's trips anew if its members changed.
func (s *State) settleSession(t SessionIx) {
	var (
		old    = s.plans[t]
		buses  = s.members[Minibuses][t]
		sups   = s.members[Supervisors][t]
		riders = s.scratch.ridersOf(s, t)
		plan   *tripPlan
		part   Score
	)
	if len(buses) == 0 && old == nil || len(buses) > 0 && old.serves(riders, buses, sups) {
		return
	}
	if fixed := s.fixed[t]; fixed.serves(riders, buses, sups) {
		plan = fixed
		part = s.planCost(t, plan)
	} else if len(buses) > 0 {
		plan = s.scratch.planTrip(t, riders, buses, sups)
		part = s.planCost(t, plan)
	}
	s.journal = append(s.journal, entry{op: opPlan, index: int32(t), old: s.planPart[t], plan: old})
	s.settled = s.settled.Add(part).Sub(s.planPart[t])
	s.plans[t], s.planPart[t] = plan, part
	s.watchWet(t)
	s.concern(old)
	s.concern(plan)
}

// concern marks what depends on a plan.
func (s *State) concern(x *tripPlan) {
	if x == nil {
		return
	}
	for _, a := range x.sups {
		s.dirtyDuty.add(int32(a - s.first[Supervisors]))
	}
	for _, a := range x.buses {
		s.dirtyBus.add(int32(a - s.first[Minibuses]))
	}
	if s.apart.enemies == nil || !s.settle.on[ApartAtStops] {
		return
	}
	for _, a := range x.riders {
		for _, e := range s.apart.enemies[a] {
			s.dirtyPair.add(e.pair)
		}
	}
}

// unsettle takes one settling step back.
func (s *State) unsettle(e entry) {
	switch e.op {
	case opPlan:
		s.settled = s.settled.Add(e.old).Sub(s.planPart[e.index])
		s.plans[e.index], s.planPart[e.index] = e.plan, e.old
		s.dirty.add(e.index)
	case opDuty:
		s.settled[Hard] += e.old[Hard] - s.dutyPart[e.index]
		s.dutyPart[e.index] = e.old[Hard]
		s.dirtyDuty.add(e.index)
	case opBus:
		s.settled[Hard] += e.old[Hard] - s.busPart[e.index]
		s.busPart[e.index] = e.old[Hard]
		s.dirtyBus.add(e.index)
	case opPair:
		s.settled[Hard] += e.old[Hard] - s.apartPart[e.index]
		s.apartPart[e.index] = e.old[Hard]
		s.dirtyPair.add(e.index)
	case opFace:
		s.faces[e.index] = s.faceLog[len(s.faceLog)-1]
		s.faceLog = s.faceLog[:len(s.faceLog)-1]
		s.dirtyWet.add(e.index)
	case opHost:
		s.putHost(SessionIx(e.index), int8(e.old[0]))
	}
}

// way gives a rider's exact minutes out and home.
func (s *State) way(t SessionIx, x *tripPlan, rider int) (out, back int32) {
	var (
		a    = x.riders[rider]
		i    = x.stopOf[rider]
		span = s.Session(t).Span
	)
	if i < 0 {
		return s.RideOut(a, s.project[t]), s.RideBack(a, s.project[t])
	}
	for _, n := range s.near[a] {
		if n.stop == x.stops[i] {
			return int32(n.out) + int32(span.Start-x.at[i]), int32(n.back) + int32(x.back[i]-span.End)
		}
	}
	// Only a published plan sends a rider to a stop that is not near them.
	p, stop := s.Person(a), &s.Snapshot.Stops[x.stops[i]]
	out = s.Snapshot.Travel.Minutes(p.Mode, p.At(), stop.Place()) + int32(span.Start-x.at[i])
	back = s.Snapshot.Travel.Minutes(p.Mode, stop.Place(), p.At()) + int32(x.back[i]-span.End)
	return out, back
}

// planCost prices a plan beyond what Delta estimated: riders too long on the way or not free for it, their minutes and
// the road.
func (s *State) planCost(t SessionIx, x *tripPlan) (sum Score) {
	var (
		on    = &s.settle.on
		price = &s.settle.price
		k     = s.project[t]
	)
	for i, a := range x.riders {
		out, _ := s.way(t, x, i)
		estimate := s.RideOut(a, k)
		sum[Hard] += s.rideCases(t, x, i)
		if on[RideMinutes] {
			sum[Soft] += price[RideMinutes] * int64(min(out, longestWay)-min(estimate, longestWay))
		}
	}
	if on[DrivenKilometres] {
		for i, b := range x.buses {
			sum[Soft] += price[DrivenKilometres]*int64(x.metres[i])/1000 - price[DrivenKilometres]*int64(s.DepotMetres(b, k))/1000
		}
	}
	return sum
}

// rideCases counts what a rider's exact way breaks that the estimate does not: too long, not within their free time, or by a
// stop where they may not be.
func (s *State) rideCases(t SessionIx, x *tripPlan, rider int) (cases int64) {
	var (
		a              = x.riders[rider]
		person         = s.Person(a)
		span           = s.Session(t).Span
		out, back      = s.way(t, x, rider)
		estimate, home = s.RideOut(a, s.project[t]), s.RideBack(a, s.project[t])
	)
	if limit := s.Snapshot.TravelLimit(person); s.settle.on[RideWithinLimit] && out > limit && estimate <= limit {
		cases++
	}
	if s.settle.on[RideWithinFree] && !model.Covered(person.Free, around(span, out, back)) &&
		model.Covered(person.Free, around(span, estimate, home)) {
		cases++
	}
	if i := x.stopOf[rider]; s.settle.on[CallsAllowed] && i >= 0 && s.calledWhereBarred(a, t, x, int(i)) {
		cases++
	}
	return cases
}

// around widens a span by the way there and back.
func around(s model.Span, out, back int32) model.Span {
	return model.Span{Start: s.Start - model.Instant(out), End: s.End + model.Instant(back)}
}

// duty gives a supervisor's exact span on a session, and where it begins and ends, as a node.
func (s *State) duty(a ActorIx, t SessionIx) (span model.Span, node int, drives bool) {
	if i := s.plans[t].driven(a); i >= 0 {
		return model.Span{Start: s.plans[t].leaves[i], End: s.plans[t].returns[i]}, s.depot(s.plans[t].buses[i]), true
	}
	return s.Session(t).Span, s.site(t), false
}

// dutyCases counts what a supervisor's exact duties break that the session's own times do not.
func (s *State) dutyCases(a ActorIx) (cases int64) {
	var (
		k           = s.Supervisor(a)
		on          = &s.settle.on
		rest        = s.Snapshot.Policy.RestMinutes
		exact, book int32
		joined      = s.joined[a]
	)
	broken := func(part SettlePart, exact, static bool) {
		if on[part] && exact && !static {
			cases++
		}
	}
	for i, t := range joined {
		static := s.Session(t).Span
		span, node, drives := s.duty(a, t)
		exact, book = exact+span.Minutes(), book+static.Minutes()
		if drives {
			broken(DriverWithinShift, !model.Covered(k.Available, span), !model.Covered(k.Available, static))
			broken(DriverRest, s.restlessBy(a, t, span), s.restlessBy(a, t, static))
		}
		for _, u := range joined[i+1:] {
			next := s.Session(u).Span
			nextSpan, nextNode, _ := s.duty(a, u)
			if s.Session(t).Key.Date != s.Session(u).Key.Date {
				broken(DriverRest, int32(nextSpan.Start-span.End) < rest, int32(next.Start-static.End) < rest)
			}
			broken(DriverOnePlace, span.End+model.Instant(s.drive(node, nextNode)) > nextSpan.Start,
				static.End+model.Instant(s.drive(s.site(t), s.site(u))) > next.Start)
		}
	}
	broken(DriverWithinWeek, exact > k.WeekMinutes, book > k.WeekMinutes)
	return cases
}

// restlessBy reports whether a span leaves too little rest to a duty of a neighbouring week on another day.
func (s *State) restlessBy(a ActorIx, t SessionIx, span model.Span) bool {
	rest := model.Instant(s.Snapshot.Policy.RestMinutes)
	for _, n := range s.neighbours[a-s.first[Supervisors]] {
		if n.date != s.Session(t).Key.Date && span.Start < n.span.End+rest && n.span.Start < span.End+rest {
			return true
		}
	}
	return false
}

// busCases counts the pairs of trips of one minibus that overlap although the sessions do not.
func (s *State) busCases(a ActorIx) (cases int64) {
	if !s.settle.on[MinibusOnePlace] {
		return 0
	}
	trip := func(t SessionIx) model.Span {
		x := s.plans[t]
		i := slices.Index(x.buses, a)
		return model.Span{Start: x.leaves[i], End: x.returns[i]}
	}
	joined := s.joined[a]
	for i, t := range joined {
		for _, u := range joined[i+1:] {
			if !s.Session(t).Span.Overlaps(s.Session(u).Span) && trip(t).Overlaps(trip(u)) {
				cases++
			}
		}
	}
	return cases
}

// pairCases counts the appointments of two people kept apart that call at one stop too close in time.
func (s *State) pairCases(pair [2]ActorIx) (cases int64) {
	gap := model.Instant(s.Snapshot.Policy.StopGapMinutes)
	for _, t := range s.joined[pair[0]] {
		for _, u := range s.joined[pair[1]] {
			if s.apart.meets(s.Problem, t, u) {
				continue
			}
			x, y := s.plans[t], s.plans[u]
			i, j := x.stopIndex(pair[0]), y.stopIndex(pair[1])
			if i < 0 || j < 0 || x.stops[i] != y.stops[j] {
				continue
			}
			if apartBy(x.at[i], y.at[j]) < gap || apartBy(x.back[i], y.back[j]) < gap {
				cases++
			}
		}
	}
	return cases
}

func apartBy(a, b model.Instant) model.Instant { return max(a-b, b-a) }

// stopIndex gives where a rider gets on, as an index into the plan's stops, or -1.
func (x *tripPlan) stopIndex(a ActorIx) int {
	if x == nil {
		return -1
	}
	if i, ok := slices.BinarySearch(x.riders, a); ok {
		return int(x.stopOf[i])
	}
	return -1
}

// ridersOf lists the riders of a session; the slice is the router's own.
func (r *router) ridersOf(s *State, t SessionIx) []ActorIx {
	r.aboard = r.aboard[:0]
	for _, a := range s.members[People][t] {
		if s.Rides(a, s.project[t]) {
			r.aboard = append(r.aboard, a)
		}
	}
	return r.aboard
}
