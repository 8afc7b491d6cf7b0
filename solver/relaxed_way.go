package solver

// What an exact trip can cost less than its estimate: nothing, where roads are estimated, for then no way round is shorter than
// straight on, and each leg is rounded up. Measured travel times need not be so, a place that is nowhere is no distance away, and
// a published trip may send a rider to any stop; there nothing but zero is certain.

// straight reports whether every road is an estimate between known places.
func (p *Problem) straight() bool {
	sn := p.Snapshot
	if sn.Travel != nil && len(sn.Travel.Legs) > 0 {
		return false
	}
	for i := range sn.Stops {
		if !sn.Stops[i].Place().At.Known() {
			return false
		}
	}
	for i := range sn.Projects {
		if !sn.Projects[i].At().At.Known() {
			return false
		}
	}
	for i := range sn.Minibuses {
		if !sn.Minibuses[i].At().At.Known() {
			return false
		}
	}
	return true
}

// nearer bounds from above by how much the way of a rider can be cheaper than its estimate.
func (x *relaxing) nearer(a ActorIx, t SessionIx) int64 {
	k := x.project[t]
	if !x.settle.on[RideMinutes] || !x.Rides(a, k) || x.straight && !x.isFixed(a, t) {
		return 0
	}
	return max(0, x.settle.price[RideMinutes]) * int64(min(x.RideOut(a, k), longestWay))
}

// shorter bounds from above by how much the way of a minibus can be cheaper than from its depot to the site and back.
func (x *relaxing) shorter(a ActorIx, t SessionIx) int64 {
	if x.Kind(a) != Minibuses || !x.settle.on[DrivenKilometres] || x.straight && !x.isFixed(a, t) {
		return 0
	}
	return max(0, x.settle.price[DrivenKilometres]) * int64(x.DepotMetres(a, x.project[t])) / 1000
}
