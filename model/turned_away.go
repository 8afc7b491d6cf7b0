package model

import "slices"

// PlacesIn gives how many places a session has: those of the site, or what its supervisors may lead if that is less.
func (s *Snapshot) PlacesIn(r *Roster, at *Project, k SessionKey) int32 {
	if !at.Supervised() {
		return at.Places
	}
	return min(at.Places, s.Policy.PeoplePerSupervisor*s.leaders(r, k))
}

// leaders counts the supervisors of a session who are known, each once.
func (s *Snapshot) leaders(r *Roster, k SessionKey) (n int32) {
	duties := r.DutiesOf(k)
	for i, d := range duties {
		if s.Supervisor(d.Supervisor) != nil && (i == 0 || duties[i-1].Supervisor != d.Supervisor) {
			n++
		}
	}
	return n
}

// SeatsIn gives how many seats the minibuses of a session have for passengers who are not supervisors.
func (s *Snapshot) SeatsIn(r *Roster, k SessionKey) int32 {
	var seats, buses int32
	for _, t := range r.TripsOf(k) {
		if m := s.Minibus(t.Minibus); m != nil {
			seats, buses = seats+m.Seats, buses+1
		}
	}
	return max(0, seats-max(0, s.leaders(r, k)-buses))
}

// TurnedAway gives the chance that somebody is turned away from a session of a roster: that more come than there are places
// for or, if it is likelier, more riders than seats. A shift in permille moves the chance of everybody but those who count as
// certain to come. It is in parts of Sure.
func (s *Snapshot) TurnedAway(r *Roster, k SessionKey, shift int32) int64 {
	at := s.Project(k.Project)
	if at == nil {
		return 0
	}
	in := r.In(k)
	riding := slices.DeleteFunc(slices.Clone(in), func(a Appointment) bool {
		p := s.Person(a.CRN)
		return p == nil || !s.Rides(p, at, s.Travel.Minutes(p.Mode, p.At(), at.At()))
	})
	over := NewArrivals(shifted(s.Booked(in), shift)).Over(s.PlacesIn(r, at, k))
	if len(riding) == 0 {
		return over
	}
	riders := s.Booked(riding)
	j := 0
	for i := range riding {
		if i == 0 || riding[i].CRN != riding[i-1].CRN {
			riders[j].Places = s.Person(riding[i].CRN).Needs() // risk takes no seat
			j++
		}
	}
	return max(over, NewArrivals(shifted(riders, shift)).Over(s.SeatsIn(r, k)))
}

// shifted moves chances by so many permille, as far as they go.
func shifted(all []Arrival, by int32) []Arrival {
	for i := range all {
		if all[i].Permille < 1000 {
			all[i].Permille = min(max(all[i].Permille+by, 0), 1000)
		}
	}
	return all
}

// AnyTurnedAway gives the chance that somebody is turned away in a roster's week: if everybody comes or not by themselves, and
// if they do not. In the second case each day is a good or a bad one for all its sessions, with equal chance, and everybody is
// so much likelier or unlikelier to come as the policy says. Both are in parts of Sure.
func (s *Snapshot) AnyTurnedAway(r *Roster) (alone, together int64) {
	keep := [2]int64{Sure, Sure} // that nobody is
	stress := s.Policy.StressPermille
	all := r.Sessions()
	for i := 0; i < len(all); {
		good, bad, day := int64(Sure), int64(Sure), all[i].Date
		for ; i < len(all) && all[i].Date == day; i++ {
			keep[0] = keep[0] * (Sure - s.TurnedAway(r, all[i], 0)) / Sure
			good = good * (Sure - s.TurnedAway(r, all[i], stress)) / Sure
			bad = bad * (Sure - s.TurnedAway(r, all[i], -stress)) / Sure
		}
		keep[1] = keep[1] * ((good + bad) / 2) / Sure
	}
	return Sure - keep[0], Sure - keep[1]
}

// Permille gives a part of Sure as a whole number of permille, rounded to the nearest.
func Permille(part int64) int32 { return int32((part*1000 + Sure/2) / Sure) }
