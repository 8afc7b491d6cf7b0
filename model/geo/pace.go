package geo

import "math"

// Pace is how journeys are estimated where none is given: the great circle times a detour, at a speed by mode. The zero Pace
// is [Standard].
type Pace struct {
	DetourPercent [Modes]int32
	MetresAnHour  [Modes]int32
}

// Standard is the estimate of data.md, settled reading 6. Weeks that are frozen have their policy's own.
var Standard = Pace{DetourPercent: [Modes]int32{120, 130, 130}, MetresAnHour: [Modes]int32{4_800, 18_000, 35_000}}

// whole takes off what floats add to a whole number, before rounding up.
const whole = 1e-9

// Minutes estimates the time by mode between two known points, rounded up, so that nobody is planned to arrive late. Whoever
// makes no way in an hour never arrives: [Unreachable].
func (p *Pace) Minutes(m Mode, a, b Point) int32 {
	if p.MetresAnHour[m] <= 0 {
		if *p == (Pace{}) {
			return Standard.Minutes(m, a, b)
		}
		return Unreachable
	}
	return int32(min(Unreachable, math.Ceil(p.road(m, a, b)*60/float64(p.MetresAnHour[m])-whole)))
}

// RoadMetres estimates the distance driven between two known points, rounded up.
func (p *Pace) RoadMetres(a, b Point) int32 {
	if *p == (Pace{}) {
		return Standard.RoadMetres(a, b)
	}
	return int32(math.Ceil(p.road(Car, a, b) - whole))
}

func (p *Pace) road(m Mode, a, b Point) float64 {
	return Metres(a, b) * float64(p.DetourPercent[m]) / 100
}
