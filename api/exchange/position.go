package exchange

import (
	"math"
	"slices"

	"github.com/communitypayback/payback/model/geo"
)

// notGiven marks a position whose cells are empty, which is not the same as 0, 0.
var notGiven = geo.Point{Latitude: math.NaN(), Longitude: math.NaN()}

func given(p geo.Point) bool { return !math.IsNaN(p.Latitude) || !math.IsNaN(p.Longitude) }

// checkPoint looks at the two halves of a position and turns one that was not given into an unknown one.
func checkPoint(p *geo.Point, required bool) []cellFault {
	lat, lon := !math.IsNaN(p.Latitude), !math.IsNaN(p.Longitude)
	switch {
	case !lat && !lon && !required:
		*p = geo.Point{}
		return nil
	case !lat:
		return []cellFault{{column: "latitude", fault: fault{what: "half a position", expected: "a latitude beside the longitude"}}}
	case !lon:
		return []cellFault{{column: "longitude", fault: fault{what: "half a position", expected: "a longitude beside the latitude"}}}
	case !p.Known():
		return []cellFault{{column: "latitude", found: "0, 0", fault: fault{what: "position is 0, 0", expected: "where it is; 0, 0 lies in the sea off Africa",
			next: "leave both cells empty if the position is not known"}}}
	}
	return nil
}

// farMetres is beyond any region; what lies farther from its middle is a slip.
const farMetres = 300_000

// The box in which most of the United Kingdom lies: only a hint when every position of a file is swapped.
var homeBox = [2]geo.Point{{Latitude: 49, Longitude: -9}, {Latitude: 61, Longitude: 2.5}}

// middle is the median position of a region; swapped says that every position seems to be.
type middle struct {
	at    geo.Point
	known bool
}

func middleOf(points []geo.Point) middle {
	var lat, lon []float64
	for _, p := range points {
		if p.Known() {
			lat, lon = append(lat, p.Latitude), append(lon, p.Longitude)
		}
	}
	if len(lat) == 0 {
		return middle{}
	}
	slices.Sort(lat)
	slices.Sort(lon)
	m := geo.Point{Latitude: lat[len(lat)/2], Longitude: lon[len(lon)/2]}
	if turned := swapped(m); !inHomeBox(m) && inHomeBox(turned) {
		m = turned
	}
	return middle{at: m, known: true}
}

func swapped(p geo.Point) geo.Point { return geo.Point{Latitude: p.Longitude, Longitude: p.Latitude} }

func inHomeBox(p geo.Point) bool {
	return p.Latitude >= homeBox[0].Latitude && p.Latitude <= homeBox[1].Latitude && p.Longitude >= homeBox[0].Longitude && p.Longitude <= homeBox[1].Longitude
}

// check tells a position that is far from the rest of the region, and one that would not be if its halves were swapped.
// Where far is allowed, as for an area that somebody may not enter, only swapped halves are told.
func (m middle) check(p geo.Point, far bool) []cellFault {
	if !m.known || !p.Known() || geo.Metres(m.at, p) <= farMetres {
		return nil
	}
	if math.Abs(p.Longitude) <= 90 && geo.Metres(m.at, swapped(p)) <= farMetres {
		return []cellFault{{column: "latitude", fault: fault{what: "latitude and longitude look swapped", expected: "a position near the rest of the region",
			next: "swap the two cells"}}}
	}
	if far {
		return nil
	}
	return []cellFault{{column: "latitude", fault: fault{what: "position is far away", expected: "a position within 300 km of the middle of the region",
		next: "check the position; it may be in the sea"}}}
}
