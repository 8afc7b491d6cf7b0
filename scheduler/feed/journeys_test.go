package feed_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler/feed"
)

func TestJourneysAreThoseThatPlansLookAt(t *testing.T) {
	t.Parallel()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	at := func(km float64) geo.Point { return geo.Point{Latitude: 52 + km/111, Longitude: -1.5} }
	work := []model.Requirement{{Status: model.Active, Required: 600}}
	f := &model.Facts{
		People: []model.Person{
			{CRN: "X000001", Home: at(0), Mode: geo.Bus, Requirements: work},
			{CRN: "X000002", Home: at(0), Mode: geo.Walk, Requirements: work},
			{CRN: "X000003", Mode: geo.Car, Requirements: work}, // nobody knows where they live
			{CRN: "X000004", Home: at(0), Requirements: []model.Requirement{{Status: model.Active, Required: 600, Completed: 600}}},
			{CRN: "X000005", Home: at(0), Requirements: []model.Requirement{{Status: model.Suspended, Required: 600}}},
		},
		Projects:    []model.Project{{Code: "P1", Site: at(11)}, {Code: "P2", Site: at(13)}}, // twice the limit on foot is 12 km
		Stops:       []model.Stop{{Code: "S1", At: at(1)}},
		Supervisors: []model.Supervisor{{Code: "K1", Home: at(2)}, {Code: "K2"}},
		Minibuses:   []model.Minibus{{Registration: "B1", Depot: at(5)}},
	}
	var got []string
	for _, j := range feed.Journeys(f, p, today) {
		got = append(got, fmt.Sprintf("%s %s %v", j.From.Code, j.To.Code, j.Mode))
	}
	require.ElementsMatch(t, []string{
		"X000001 P1 bus", "X000001 P2 bus", "X000001 S1 bus",
		"X000002 P1 walk", "X000002 S1 walk",
		"K1 P1 car", "K1 P2 car",
		"P1 P2 car", "P1 S1 car", "P1 B1 car", "P2 P1 car", "P2 S1 car", "P2 B1 car",
		"S1 P1 car", "S1 P2 car", "S1 B1 car", "B1 P1 car", "B1 P2 car", "B1 S1 car",
	}, got)
}
