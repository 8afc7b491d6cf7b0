package model

import (
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// Pace gives how a policy estimates journeys.
func Pace(b *policy.Book) geo.Pace {
	return geo.Pace{
		DetourPercent: [geo.Modes]int32{geo.Walk: b.WalkDetourPercent, geo.Bus: b.RoadDetourPercent, geo.Car: b.RoadDetourPercent},
		MetresAnHour:  [geo.Modes]int32{geo.Walk: b.WalkMetresAnHour, geo.Bus: b.BusMetresAnHour, geo.Car: b.CarMetresAnHour},
	}
}
