package scheduler_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestWhatIsLackingAddsUpToWhoHasNoPlace(t *testing.T) {
	t.Parallel()
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: 300, Seed: 5, Profile: "normal", Week: week})
	require.NoError(t, err)
	sn, res := planned(t, facts)
	x, err := scheduler.Explain(sn, res.Roster, constraints.All, nil)
	require.NoError(t, err)
	l, err := x.Lacking()
	require.NoError(t, err)
	require.Equal(t, scheduler.LackingText(l), scheduler.LackingText(res.Lacking()))

	require.Equal(t, x.Summary.Workable, l.Workable)
	require.Equal(t, x.Summary.Workable-x.Summary.People, l.Without)
	require.NotNil(t, l.All)
	require.GreaterOrEqual(t, l.All.Without, l.All.Lack(), "what is proved of every roster is true of this one")
	none := 0
	for _, c := range l.NoSession {
		none += c.People
	}
	require.Positive(t, none)
	require.Equal(t, l.Without, none+l.All.Lack()+l.Rest())

	text := strings.Join(scheduler.LackingText(l), "\n")
	for i := range facts.People {
		require.NotContains(t, text, string(facts.People[i].CRN))
	}
	require.Contains(t, text, "whatever the roster")
}

func TestAFullGroupIsWhatIsLacking(t *testing.T) {
	t.Parallel()
	_, res := planned(t, small())
	l := res.Lacking()
	require.NotNil(t, l.All)
	require.Equal(t, [4]int{4, 2, 2, 1}, [4]int{l.All.People, l.All.Held, l.All.Without, l.All.Sessions})
	require.Empty(t, l.Few)
	require.Zero(t, l.Rest())
}

func TestAShortageIsSaidInSentences(t *testing.T) {
	t.Parallel()
	saturday := model.Week{Year: 2026, Number: 49}.Monday() + 5
	rule := constraints.Availability
	for _, c := range []struct {
		name string
		of   scheduler.Shortage
		says string
	}{
		{"few who lead on some days",
			scheduler.Shortage{People: 41, Held: 27, Without: 20, Supervisors: []model.SupervisorCode{"S1", "S2"}, Duty: 9, Sessions: 6,
				Only:   scheduler.Only{Dates: []model.Date{saturday, saturday + 1}, Area: "X"},
				Barred: []scheduler.BarredByRule{{Rule: rule, Pairs: 95}, {Rule: constraints.TravelLimit, Pairs: 5}}},
			"At least 14 of 41 people have no place, whatever the roster. They can only come to 6 sessions, all in area X, on Saturday and Sunday. " +
				"These need one of 2 supervisors (S1, S2), with room for at most 27 of them. From other sessions they are kept by availability (95 %). " +
				"A place for all of them takes at least 2 more duties. In this roster 20 of them have no place."},
		{"a room for women",
			scheduler.Shortage{People: 5, Held: 4, Without: 1, Rooms: []model.SessionKey{{Project: "P"}}, Sessions: 1, Only: scheduler.Only{ForWomen: true}},
			"At least 1 of 5 people has no place, whatever the roster. They can only come to 1 session, for women only. There is room for at most 4 of them. " +
				"A place for all of them takes room for 1 more. In this roster 1 of them has no place."},
		{"one minibus",
			scheduler.Shortage{People: 30, Held: 12, Without: 18, Minibuses: []model.Registration{"AB12"}, Duty: 12, Sessions: 3, Only: scheduler.Only{ByMinibus: true}},
			"At least 18 of 30 people have no place, whatever the roster. They can only come to 3 sessions, all reached by minibus. These need minibus AB12, " +
				"with room for at most 12 of them. A place for all of them takes at least 2 more duties. In this roster 18 of them have no place."},
		{"who drives, and rooms",
			scheduler.Shortage{People: 30, Held: 12, Without: 19, Supervisors: []model.SupervisorCode{"S1"}, Driving: true, Duty: 18, Rooms: []model.SessionKey{{Project: "P"}}, Sessions: 3},
			"At least 18 of 30 people have no place, whatever the roster. They can only come to 3 sessions. These hold at most 12 of them: 1 of the sessions by their own room, " +
				"the others through supervisor S1, who may drive a minibus there. A place for all of them takes at least 1 more duty, or room for 18 more, or some of both. " +
				"In this roster 19 of them have no place."},
		{"nobody at all",
			scheduler.Shortage{People: 2, Without: 2, Sessions: 3},
			"No roster has a place for 2 people. They can only come to 3 sessions, and there is nobody who may lead them there, or no minibus to bring them. " +
				"In this roster 2 of them have no place."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.says, scheduler.ShortageText(&c.of))
		})
	}
}

func TestWhoIsLeftOverForOtherReasonsIsToldSo(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"Everybody who could work has a place."}, scheduler.LackingText(&scheduler.Lacking{Workable: 3}))
	require.Equal(t, []string{"1 person has no place in this roster, and no lack of supervisors, minibuses or room alone explains it: it is a matter of what a place is " +
		"worth and costs, or of rules about who comes with whom."}, scheduler.LackingText(&scheduler.Lacking{Workable: 3, Without: 1}))
	require.Equal(t, []string{
		"No session of the week suits 2 people whatever the roster; most are taken away by: availability 2.",
		"So all who have no place in this roster are accounted for.",
	}, scheduler.LackingText(&scheduler.Lacking{Workable: 3, Without: 2, NoSession: []scheduler.ScarceCount{{What: "availability", People: 2}}}))
}
