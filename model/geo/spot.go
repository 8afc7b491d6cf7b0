package geo

import "math"

// Spot is a place prepared for estimates of many journeys: its position is known as a vector of length one from the middle
// of the earth as well.
type Spot struct {
	Place
	x, y, z float64
	known   bool
}

// NewSpot prepares a place.
func NewSpot(p Place) Spot {
	const rad = math.Pi / 180
	s, known := Spot{Place: p}, p.At.Known()
	if s.known = known; known {
		sin, cos := math.Sincos(p.At.Latitude * rad)
		s.y, s.x = math.Sincos(p.At.Longitude * rad)
		s.x, s.y, s.z = s.x*cos, s.y*cos, sin
	}
	return s
}

const (
	nearby    = 0.02 // half of a chord, in radii of the earth, up to which the series below is exact enough: 255 km
	doubt     = 1e-6 // minutes: far more than a chord and the haversine formula differ by
	doubtRoad = 1e-4 // metres, likewise
)

// metres gives the great-circle distance from the chord between two known spots, by the series of the arc sine. It differs
// from [Metres] by less than a micrometre. False: they are too far from each other.
func (s *Spot) metres(o *Spot) (float64, bool) {
	dx, dy, dz := s.x-o.x, s.y-o.y, s.z-o.z
	q := (dx*dx + dy*dy + dz*dz) / 4
	h := math.Sqrt(q)
	return 2 * earthMetres * h * (1 + q*(1.0/6+q*(3.0/40+q*(5.0/112)))), h <= nearby
}

// MinutesOf is [Matrix.Minutes], quicker: where the chord leaves a doubt to which side a minute is rounded, it is worked out
// the long way.
func (m *Matrix) MinutesOf(mode Mode, from, to *Spot) int32 {
	if m == nil || len(m.Legs) > 0 || !from.known || !to.known || m.Pace.MetresAnHour[mode] <= 0 {
		return m.Minutes(mode, from.Place, to.Place)
	}
	if metres, near := from.metres(to); near {
		minutes := metres*float64(m.Pace.DetourPercent[mode])*60/(100*float64(m.Pace.MetresAnHour[mode])) - whole
		if up := math.Ceil(minutes + doubt); up == math.Ceil(minutes-doubt) {
			return int32(min(Unreachable, up))
		}
	}
	return m.Minutes(mode, from.Place, to.Place)
}

// RoadMetresOf is [Matrix.RoadMetres], quicker in the same way.
func (m *Matrix) RoadMetresOf(from, to *Spot) int32 {
	if m == nil || len(m.Legs) > 0 || !from.known || !to.known || m.Pace.MetresAnHour[Car] <= 0 {
		return m.RoadMetres(from.Place, to.Place)
	}
	if metres, near := from.metres(to); near {
		road := metres*float64(m.Pace.DetourPercent[Car])/100 - whole
		if up := math.Ceil(road + doubtRoad); up == math.Ceil(road-doubtRoad) {
			return int32(up)
		}
	}
	return m.RoadMetres(from.Place, to.Place)
}
