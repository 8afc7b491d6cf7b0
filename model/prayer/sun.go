package prayer

import (
	"math"

	"github.com/communitypayback/payback/model/geo"
)

const (
	rad = math.Pi / 180

	minutesADay     = 1440
	degreesAMinute  = 360.0 / minutesADay // how fast the hour angle of the sun grows, to a part in a thousand
	daysTo2000      = 10957.5             // from 1970-01-01 00:00 to J2000.0, 2000-01-01 12:00
	horizonAltitude = -50.0 / 60          // of the centre of the sun when its upper edge is seen there: 34' of air, 16' of disc
)

// sun gives the declination of the sun and its hour angle at Greenwich, in degrees, at a minute from 1970 (Meeus, chapters 25 and
// 12). Dynamical time is taken to be UTC: the minute between them moves the sun by a thousandth of a degree.
func sun(minute float64) (declination, hourAngle float64) {
	d := minute/minutesADay - daysTo2000
	t := d / 36525

	mean := 280.46646 + t*(36000.76983+t*0.0003032)
	anomaly := (357.52911 + t*(35999.05029-t*0.0001537)) * rad
	centre := (1.914602-t*(0.004817+t*0.000014))*math.Sin(anomaly) +
		(0.019993-t*0.000101)*math.Sin(2*anomaly) + 0.000289*math.Sin(3*anomaly)
	node := (125.04 - 1934.136*t) * rad
	nutation := -0.00478 * math.Sin(node)
	longitude := (mean + centre - 0.00569 + nutation) * rad // apparent
	obliquity := (23.4392911 - 0.0130042*t + 0.00256*math.Cos(node)) * rad

	sin, cos := math.Sincos(longitude)
	rightAscension := math.Atan2(math.Cos(obliquity)*sin, cos)
	sidereal := 280.46061837 + 360.98564736629*d + 0.000387933*t*t + nutation*math.Cos(obliquity)
	return math.Asin(math.Sin(obliquity)*sin) / rad, sidereal - rightAscension/rad
}

// turn brings an angle to between -180 and 180 degrees.
func turn(degrees float64) float64 { return math.Remainder(degrees, 360) }

// noonNear gives the moment nearest to a minute at which the sun crosses the meridian of a place.
func noonNear(at geo.Point, minute float64) float64 {
	for range 2 { // the sun gains or loses half a minute a day at most, so the first step is seconds off and the second exact
		_, h := sun(minute)
		minute -= turn(h+at.Longitude) / degreesAMinute
	}
	return minute
}

// reach gives the moment at which the sun stands at an altitude, before or after a noon, or NaN if it does not on that side of
// it. It is a fixed-point iteration: the hour angle at which the sun would stand there is computed with the declination of the
// last guess. A cosine out of range is taken as its limit meanwhile, and only the place where the iteration rests decides,
// because the sun may not get there with the declination of noon and yet do so in the evening.
func reach(at geo.Point, noon, altitude float64, after bool) float64 {
	side := -1.0
	if after {
		side = 1
	}
	sin, cos := math.Sincos(at.Latitude * rad)
	minute := noon
	for range 30 {
		declination, h := sun(minute)
		sinD, cosD := math.Sincos(declination * rad)
		c := (math.Sin(altitude*rad) - sin*sinD) / (cos * cosD)
		turned := (minute - noon) * degreesAMinute
		turned += turn(h + at.Longitude - turned)
		step := (side*math.Acos(max(-1, min(1, c)))/rad - turned) / degreesAMinute
		minute += step
		if math.Abs(step) < 1e-4 {
			if c < -1 || c > 1 {
				break
			}
			return minute
		}
	}
	return math.NaN()
}

// shadowAltitude gives the altitude at which shadows are longer than at noon by a number of heights, or NaN if the sun gives none
// at noon. The shadow of noon is that of noon itself, not of the hour of the prayer.
func shadowAltitude(at geo.Point, noon, heights float64) float64 {
	declination, _ := sun(noon)
	fromZenith := math.Abs(at.Latitude - declination)
	if fromZenith >= 90 {
		return math.NaN()
	}
	return math.Atan(1/(heights+math.Tan(fromZenith*rad))) / rad
}
