package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRain(t *testing.T) {
	outdoor := func(permille int32) func(*model.Snapshot) {
		return both(outdoors(0, group, carried, alone), rains(permille, 0))
	}
	own := siteOf(group, func(p *model.Project) { p.WeatherArea = "W2" })
	// A day that is sure to be moved indoors costs 30 points.
	keepsOrBreaks(t, constraints.Rain, []clause{
		{"a sure rain", outdoor(1000), []part{goes(group, mon, ann, bob)}, 30_000},
		{"an even chance", outdoor(500), []part{goes(group, mon, ann)}, 15_000},
		{"no chance", outdoor(0), []part{goes(group, mon, ann)}, 0},
		{"two groups", outdoor(500), []part{goes(group, mon, ann), goes(carried, mon, bob)}, 30_000},
		{"a day without a forecast", outdoor(1000), []part{goes(group, tue, ann)}, 0},
		{"the project's own weather area", both(outdoor(1000), own), []part{goes(group, mon, ann)}, 0},
		{"a group indoors", rains(1000, 0), []part{goes(group, mon, ann)}, 0},
		{"a sheltered group", both(rains(1000, 0), siteOf(group, func(p *model.Project) { p.Exposure = model.Sheltered })), []part{goes(group, mon, ann)}, 0},
		{"an individual placement outdoors", outdoor(1000), []part{goes(alone, mon, ann)}, 0},
		{"a session without people", outdoor(1000), []part{leads(group, mon, sup1)}, 0},
	})
}
