package model

import "github.com/communitypayback/payback/model/geo"

// TripTimes gives the trip of one minibus to a candidate session of the snapshot: from its depot along the stops, in
// order, to arrive exactly when the session starts; from the end of the session back along the stops in reverse order to
// the depot. At each call it waits boarding minutes. Legs take a car's time in the direction driven, so an unknown
// position makes the trip [geo.Unreachable] long. Driver is left empty. A session or project that the snapshot lacks gives
// a trip without times.
//
// Minibuses of one session call at the same stops at the same times and differ only in the leg to their depots.
func TripTimes(sn *Snapshot, key SessionKey, bus *Minibus, stops []StopCode, boarding int32) Trip {
	s := sn.Session(key)
	if s == nil {
		return Trip{Session: key, Minibus: bus.Registration}
	}
	return TripOver(sn, key, s.Span, bus, stops, boarding)
}

// TripOver is [TripTimes] for a session that need not be a candidate of the snapshot, whose true span is given: one of the
// week before, say.
func TripOver(sn *Snapshot, key SessionKey, span Span, bus *Minibus, stops []StopCode, boarding int32) Trip {
	t := Trip{Session: key, Minibus: bus.Registration}
	project := sn.Project(key.Project)
	if project == nil {
		return t
	}
	if len(stops) > 0 {
		t.Stops = make([]StopTime, len(stops))
	}
	at, now := project.At(), span.Start
	for i := len(stops) - 1; i >= 0; i-- {
		stop := sn.stopPlace(stops[i])
		now -= Instant(sn.Travel.Minutes(geo.Car, stop, at) + boarding)
		t.Stops[i] = StopTime{Stop: stops[i], At: now}
		at = stop
	}
	t.Leaves = now - Instant(sn.Travel.Minutes(geo.Car, bus.At(), at))

	now, at = dropOff(sn, project.At(), span.End, stops, 0, boarding)
	if len(stops) > 0 {
		now += Instant(boarding)
	}
	t.Returns = now + Instant(sn.Travel.Minutes(geo.Car, at, bus.At()))
	return t
}

// DropOff gives when the minibuses of a candidate session call at its stop i (in the order driven out) on the way back,
// with the policy's boarding minutes at each call. A session that the snapshot lacks gives 0.
func DropOff(sn *Snapshot, key SessionKey, stops []StopCode, i int) Instant {
	s, project := sn.Session(key), sn.Project(key.Project)
	if s == nil || project == nil {
		return 0
	}
	at, _ := dropOff(sn, project.At(), s.Span.End, stops, i, sn.Policy.BoardingMinutes)
	return at
}

// TripMetres gives the distance by road of one minibus's trip, out and back. Legs between unknown positions count 0.
func TripMetres(sn *Snapshot, key SessionKey, bus *Minibus, stops []StopCode) int32 {
	project := sn.Project(key.Project)
	if project == nil {
		return 0
	}
	way := []geo.Place{bus.At()}
	for _, c := range stops {
		way = append(way, sn.stopPlace(c))
	}
	way = append(way, project.At())
	var metres int32
	for i := 1; i < len(way); i++ {
		metres += sn.Travel.RoadMetres(way[i-1], way[i]) + sn.Travel.RoadMetres(way[i], way[i-1])
	}
	return metres
}

// dropOff gives when and where the return way has come to stop i; without stops it is still at the site.
func dropOff(sn *Snapshot, site geo.Place, end Instant, stops []StopCode, i int, boarding int32) (Instant, geo.Place) {
	now, at := end, site
	for j := len(stops) - 1; j >= i; j-- {
		stop := sn.stopPlace(stops[j])
		now += Instant(sn.Travel.Minutes(geo.Car, at, stop))
		if j > i {
			now += Instant(boarding)
		}
		at = stop
	}
	return now, at
}

// stopPlace gives a stop as the end of a journey; one that the snapshot lacks has no position, but may have legs.
func (s *Snapshot) stopPlace(c StopCode) geo.Place {
	if stop := s.Stop(c); stop != nil {
		return stop.Place()
	}
	return geo.Place{Code: string(c)}
}
