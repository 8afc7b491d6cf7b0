// Package geo knows points, distances and travel times. Its floats end here: what leaves it is whole minutes and metres.
package geo

import "math"

// Point is a position in degrees, WGS 84. The zero Point means "not known": nobody lives in the Gulf of Guinea.
type Point struct{ Latitude, Longitude float64 }

// Known reports whether the position was given.
func (p Point) Known() bool { return p != Point{} }

// Mode is how somebody travels by themselves.
type Mode uint8

// The modes of travel. A minibus keeps the pace of a car.
const (
	Walk Mode = iota
	Bus
	Car
	Modes // how many there are
)

// String gives the word used in files.
func (m Mode) String() string { return [...]string{"walk", "bus", "car", "?"}[min(m, Modes)] }

const earthMetres = 6371008.8 // mean radius, IUGG

// Metres gives the great-circle distance by the haversine formula, which stays accurate for near points.
func Metres(a, b Point) float64 {
	const rad = math.Pi / 180
	dLat, dLon := (b.Latitude-a.Latitude)*rad/2, (b.Longitude-a.Longitude)*rad/2
	s, t := math.Sin(dLat), math.Sin(dLon)
	h := s*s + math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*t*t
	return 2 * earthMetres * math.Asin(math.Sqrt(min(1, h)))
}

// Within reports whether two known points lie at most so many metres apart.
func Within(metres int32, a, b Point) bool { return Metres(a, b) <= float64(metres) }
