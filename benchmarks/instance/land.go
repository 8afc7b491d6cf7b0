package instance

import (
	"cmp"
	"math"
	"slices"

	"github.com/communitypayback/payback/model/geo"
)

// spot is a place on made-up land, in metres east and north of its middle. Positions are only turned into degrees at the
// end, by whole numbers.
type spot struct{ x, y int }

// The middle of the land, in hundred-thousandths of a degree, and what a degree measures there.
const (
	middleLatitude  = 5220000
	middleLongitude = -140000
	degree          = 100000
	metresNorth     = 111195 // of a degree of latitude
	metresEast      = 68458  // of a degree of longitude at 52 degrees
	narrowing       = 1529   // metres that a degree of longitude loses for each degree further north
)

// point gives the position with five decimals, about a metre.
func (s spot) point() geo.Point {
	latitude := middleLatitude + s.y*degree/metresNorth
	east := metresEast - narrowing*(latitude-52*degree)/degree
	longitude := middleLongitude + s.x*degree/east
	return geo.Point{Latitude: float64(latitude) / degree, Longitude: float64(longitude) / degree}
}

// metres gives the straight distance, rounded down. The square root is exact on every machine.
func (s spot) metres(o spot) int {
	dx, dy := s.x-o.x, s.y-o.y
	return int(math.Sqrt(float64(dx*dx + dy*dy)))
}

// away gives a spot at a distance in any direction.
func (d dice) away(from spot, metres int) spot {
	const edge = 10000
	for {
		x, y := d.between(-edge, edge), d.between(-edge, edge)
		r := spot{x, y}.metres(spot{})
		if r >= edge/10 && r <= edge { // within a ring, so that no direction is likelier than another
			return spot{from.x + x*metres/r, from.y + y*metres/r}
		}
	}
}

// centres gives the middles of so many delivery units: a grid filled from the middle outwards, each a little off its
// corner. Few units lie 24 km apart; many lie closer, so that the land stays within the bounds of dry land.
func centres(d dice, n int) []spot {
	apart, off := 24000, 3000
	if n > 16 {
		apart, off = 16500, 700
	}
	half := 1
	for (2*half+1)*(2*half+1) < 2*n {
		half++
	}
	var all []spot
	for y := -half; y <= half; y++ {
		for x := -half; x <= half; x++ {
			all = append(all, spot{x * apart, y * apart})
		}
	}
	slices.SortStableFunc(all, func(a, b spot) int { return cmp.Compare(a.x*a.x+a.y*a.y, b.x*b.x+b.y*b.y) })
	all = all[:n]
	for i := range all {
		all[i].x += d.between(-off, off)
		all[i].y += d.between(-off, off)
	}
	return all
}
