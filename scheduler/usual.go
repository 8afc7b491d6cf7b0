package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// freezeUsualWays sets how far the people of each area are from its projects: the lower median of their own ways to the
// nearest one that is supervised.
func freezeUsualWays(sn *model.Snapshot) {
	sites, ways := map[string][]geo.Place{}, map[string][]int32{} // by area; looked up only
	for i := range sn.Projects {
		at := &sn.Projects[i]
		if team := sn.Team(at.Team); team != nil && at.Supervised() {
			sites[team.Area] = append(sites[team.Area], at.At())
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		team := sn.Team(p.Team)
		if team == nil {
			continue
		}
		nearest := int32(geo.Unreachable)
		for _, site := range sites[team.Area] {
			nearest = min(nearest, sn.Travel.Minutes(p.Mode, p.At(), site))
		}
		if nearest < geo.Unreachable {
			ways[team.Area] = append(ways[team.Area], nearest)
		}
	}
	for _, all := range ways {
		slices.Sort(all)
	}
	for i := range sn.Teams {
		t := &sn.Teams[i]
		t.UsualWay = 0
		if all := ways[t.Area]; len(all) > 0 {
			t.UsualWay = all[(len(all)-1)/2]
		}
	}
}
