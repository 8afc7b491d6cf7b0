package constraints_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestFairness(t *testing.T) {
	// Up to 25 appointments for a hundred people with work to do each is worth 30 points more, up to 50 each 15; a minute of
	// the usual way gives 200 millipoints back. North has eight such people: two appointments, then two more. South has four.
	north, south := crns('N', 8), crns('S', 4)
	areas := func(more ...func(*model.Snapshot)) func(*model.Snapshot) {
		return all(append([]func(*model.Snapshot){northAndSouth}, more...)...)
	}
	way := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Team("T2").UsualWay = minutes }
	}
	idle := func(people ...model.CRN) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for _, c := range people {
				person(sn, c).Requirements[0].Status = model.Suspended
			}
		}
	}
	keepsOrBreaks(t, constraints.Fairness, []clause{
		{"nobody is placed", areas(), nil, 0},
		{"one", areas(), []part{goes(group, mon, north[0])}, -30_000},
		{"a quarter of the north", areas(), []part{goes(group, mon, north[:2]...)}, -60_000},
		{"one more", areas(), []part{goes(group, mon, north[:3]...)}, -75_000},
		{"half of the north", areas(), []part{goes(group, mon, north[:4]...)}, -90_000},
		{"all of the north", areas(), []part{goes(group, mon, north...)}, -90_000},
		{"the same number, shared", areas(), []part{goes(group, mon, north[:3]...), goes(group, mon, south[0])}, -105_000},
		{"teams of one area count together", areas(), []part{goes(group, mon, south[2], south[3])}, -45_000},
		{"two appointments of one person are two", areas(), []part{goes(group, mon, north[0]), goes(group, tue, north[0])}, -60_000},
		{"shares are rounded down", areas(idle(south[0])), []part{goes(group, mon, south[1:]...)}, -15_000}, // 3 people: 0, then 1
		{"an area where nobody has work to do", areas(idle(south...)), []part{goes(group, mon, south...)}, 0},
		{"a usual way of an hour", areas(way(60), idle(south[:3]...)), []part{goes(group, mon, south[:2]...)}, -24_000},
		{"of ten hours at most", areas(way(601), idle(south[:3]...)), []part{goes(group, mon, south[0])}, -120_000},
		{"of the own team", areas(way(60), idle(south[:3]...)), []part{goes(group, mon, south[3])}, 0},
		{"somebody whom nobody knows", areas(way(60)), []part{goes(group, mon, "Z999999")}, 0},
		{"a region that prices only ways", areas(way(60), func(sn *model.Snapshot) { sn.Policy.FairFirstWorth, sn.Policy.FairSecondWorth = 0, 0 }),
			[]part{goes(group, mon, south[:2]...)}, -24_000},
		{"a region that prices only the second share", areas(func(sn *model.Snapshot) { sn.Policy.FairFirstWorth = 0 }), []part{goes(group, mon, north[:3]...)}, -15_000},
		{"a region that prices no ways", areas(way(60), func(sn *model.Snapshot) { sn.Policy.FairWayMinute = 0 }), []part{goes(group, mon, south[0])}, -30_000},
		{"a second share below the first", areas(func(sn *model.Snapshot) { sn.Policy.FairSecondPercent = 10 }), []part{goes(group, mon, north[:3]...)}, -60_000},
	})
}

// An area is named with what it has, and a person with the way that is usual for them.
func TestFairnessSaysWhatIsWorthHowMuch(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	northAndSouth(sn)
	sn.Team("T1").UsualWay = 60
	require.Equal(t, []string{
		"N000000 to CT01 on 2026-11-30 at 09:00: a way of 60 minutes is usual in their area and is given back: 12.0 points.",
		"Area North has 1 appointment for 8 people with work to do, which is worth 30.0 points more.",
	}, said(sn, constraints.Fairness, goes(group, mon, "N000000")))
}

// crns makes names of so many people that begin with a letter.
func crns(letter rune, n int) (out []model.CRN) {
	for i := range n {
		out = append(out, model.CRN(fmt.Sprintf("%c%06d", letter, i)))
	}
	return out
}

// northAndSouth is an ordinary week with eight people of the north and four of the south, who have two teams there.
func northAndSouth(sn *model.Snapshot) {
	one := *person(sn, ann)
	sn.People = nil
	sn.Teams = []model.Team{{Code: "T1", Area: "North"}, {Code: "T2", Area: "South"}, {Code: "T3", Area: "South"}, {Code: "T4", Area: "West"}}
	add := func(team model.TeamCode, all ...model.CRN) {
		for _, c := range all {
			p := one
			p.CRN, p.Team, p.Requirements = c, team, slices.Clone(one.Requirements)
			sn.People = append(sn.People, p)
		}
	}
	add("T1", crns('N', 8)...)
	south := crns('S', 4)
	add("T2", south[:3]...)
	add("T3", south[3])
}
