package model

// Sure is certainty in the fixed point in which chances of arrivals are worked out.
const Sure = 1 << 30

// Arrival is somebody who is booked: the chance that they come, in permille, and how many places they take if they do.
type Arrival struct{ Permille, Places int32 }

// Arrivals is how many places are taken by those of some people who come, each by themselves: element w is the chance that
// it is exactly w, in parts of Sure. The elements add up to Sure exactly. It is worked out in whole numbers in the order in
// which people are given, so that equal people in equal order give equal bits everywhere.
type Arrivals []int64

// NewArrivals works the distribution out, a person at a time: of each chance that w places are taken, the part that is
// their own chance moves to w and their places, rounded down.
func NewArrivals(booked []Arrival) Arrivals {
	var places int32
	for _, b := range booked {
		places += b.Places
	}
	f := make(Arrivals, places+1)
	f[0] = Sure
	for _, b := range booked {
		comes := int64(b.Permille) * Sure / 1000
		for w := places - b.Places; w >= 0; w-- {
			moved := f[w] * comes / Sure
			f[w] -= moved
			f[w+b.Places] += moved
		}
	}
	return f
}

// Over gives the chance that more than so many places are taken, in parts of Sure.
func (f Arrivals) Over(places int32) int64 {
	over := int64(Sure)
	for w := int32(0); w <= places && int(w) < len(f); w++ {
		over -= f[w]
	}
	return over
}

// Most gives the places that are taken if everybody comes.
func (f Arrivals) Most() int32 { return int32(len(f) - 1) }

// Enough gives the fewest places that are exceeded with a chance of at most so many permille.
func (f Arrivals) Enough(permille int32) int32 {
	places := int32(0)
	for over := Sure - f[0]; Exceeds(over, permille); over -= f[places] {
		places++
	}
	return places
}

// Exceeds reports whether a chance, in parts of Sure, is more than so many permille.
func Exceeds(part int64, permille int32) bool { return part*1000 > int64(permille)*Sure }

// PlacesTaken gives how many places a person takes at a project: two with a support worker, and under supervision as many as
// the policy says for high risk; the two do not add up.
func (s *Snapshot) PlacesTaken(p *Person, at *Project) int32 {
	if at.Supervised() && p.Risk >= HighRisk {
		return max(p.Needs(), s.Policy.HighRiskWeight)
	}
	return p.Needs()
}

// Booked lists the people of some appointments in their order: how likely they count as coming, and how many places they
// take. Two appointments of a person in one session, one after the other, count once; whoever is not known takes a place for
// certain.
func (s *Snapshot) Booked(appointments []Appointment) []Arrival {
	var out []Arrival
	for i := range appointments {
		a := &appointments[i]
		if i > 0 && appointments[i-1].CRN == a.CRN && appointments[i-1].Session == a.Session {
			continue
		}
		p, t, at := s.Person(a.CRN), s.Session(a.Session), s.Project(a.Session.Project)
		x := Arrival{1000, 1}
		if p != nil && at != nil {
			x.Places = s.PlacesTaken(p, at)
		}
		if p != nil && t != nil {
			x.Permille = s.Counted(p, t)
		}
		out = append(out, x)
	}
	return out
}

// Chance gives a part of Sure as a chance from 0 to 1, for people to read.
func Chance(part int64) float64 { return float64(part) / Sure }
