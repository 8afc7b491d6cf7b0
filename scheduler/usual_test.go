package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

func TestTheUsualWayOfAnArea(t *testing.T) {
	t.Parallel()
	f := region()
	f.Teams = append(f.Teams, model.Team{Code: "T2", Area: "North"}, model.Team{Code: "T3", Area: "South"})
	f.Projects = append(f.Projects,
		model.Project{Code: "CT02", Kind: model.Group, Team: "T2", Site: town, Places: 8},
		model.Project{Code: "CT03", Kind: model.Group, Team: "T3", Site: town, Places: 8},
		model.Project{Code: "IP01", Kind: model.Individual, Team: "T1", Site: town, Places: 8})
	f.People = nil
	for crn, ways := range map[model.CRN][4]int32{ // to CT01, CT02, CT03, IP01
		"X000001": {30, 70, 1, 1}, "X000002": {80, 50, 1, 1}, "X000003": {20, 90, 1, 1}, "X000004": {40, 41, 1, 1},
	} {
		f.People = append(f.People, person(crn))
		for i, project := range []string{"CT01", "CT02", "CT03", "IP01"} {
			f.Legs = append(f.Legs, geo.Leg{From: string(crn), To: project, Mode: geo.Bus, Minutes: ways[i]})
		}
	}
	lost := person("X000005")
	lost.Home = geo.Point{}
	f.People = append(f.People, lost)
	sn, _ := freeze(t, f)
	require.EqualValues(t, 30, sn.Team("T1").UsualWay, "of 20, 30, 40 and 50 the lower middle")
	require.EqualValues(t, 30, sn.Team("T2").UsualWay, "teams of one area share it")
	require.Zero(t, sn.Team("T3").UsualWay, "an area without people")
}
