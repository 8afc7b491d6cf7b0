package model_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
)

// worthCase is a case of rules.md section 3, worked by hand with M 420.
type worthCase struct {
	name                   string
	left                   int32      // R
	target, hardEnd        model.Date // days after the Monday; hardEnd 0: none
	attendance, waiting, x int32      // a, k, X
	first, pace, beyond    int64      // s1, s2, s3
	needed, limit          int32      // N, R+
	booked                 map[int32]int64
}

func TestWorthByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []worthCase{
		{
			name: "39 weeks for 100 hours: N = ceil(6000000 / 23400) = 257, P = 200",
			left: 6000, target: 275, attendance: 600, x: 1680,
			first: 720, pace: 720, beyond: 150, needed: 257, limit: 6300,
			booked: map[int32]int64{0: 0, 1: 720, 257: 185_040, 420: 302_400, 840: 365_400},
		}, {
			name: "past target: N = 420, a day a week",
			left: 6000, target: -1, attendance: 600, x: 1680,
			first: 720, pace: 720, beyond: 150, needed: 420, limit: 6300,
			booked: map[int32]int64{420: 302_400, 840: 365_400, 1680: 491_400, 2100: 554_400},
		}, {
			name: "past target, and the week's own maximum is less than a day: N = 300",
			left: 6000, target: -1, attendance: 600, x: 300,
			first: 720, pace: 720, beyond: 150, needed: 300, limit: 6300,
		}, {
			name: "the target is the Monday itself: one week, not past",
			left: 420, target: 0, attendance: 600, x: 1680,
			first: 720, pace: 720, beyond: 150, needed: 700, limit: 420,
		}, {
			name: "eight weeks waiting pay the first day only: A = 300",
			left: 12_000, target: 140, attendance: 600, waiting: 8, x: 1680,
			first: 900, pace: 720, beyond: 150, needed: 1000, limit: 12_180,
			booked: map[int32]int64{420: 378_000, 1000: 795_600, 1200: 825_600},
		}, {
			name: "six weeks waiting are free",
			left: 12_000, target: 140, attendance: 600, waiting: 6, x: 1680,
			first: 720, pace: 720, beyond: 150, needed: 1000, limit: 12_180,
		}, {
			name: "waiting stops counting at 12,000, after 86 weeks",
			left: 12_000, target: 140, attendance: 600, waiting: 100, x: 1680,
			first: 7920, pace: 720, beyond: 150, needed: 1000, limit: 12_180,
		}, {
			name: "the week's own maximum bounds the pace: N = 840",
			left: 12_000, target: 140, attendance: 600, x: 840,
			first: 720, pace: 720, beyond: 150, needed: 840, limit: 12_180,
		}, {
			name: "a hard end 90 days off adds 500",
			left: 6000, target: 275, hardEnd: 90, attendance: 600, x: 1680,
			first: 1020, pace: 1020, beyond: 150, needed: 257, limit: 6300,
		}, {
			name: "a hard end 91 days off is 13 weeks away and adds nothing yet",
			left: 6000, target: 275, hardEnd: 91, attendance: 600, x: 1680,
			first: 720, pace: 720, beyond: 150, needed: 257, limit: 6300,
		}, {
			name: "hardly ever comes: a = 50, q = 250, pace by 400: N = 385, P = 200",
			left: 6000, target: 275, attendance: 0, x: 1680,
			first: 300, pace: 300, beyond: 62, needed: 385, limit: 6300,
		}, {
			name: "always comes: a = 950, N = 162, P = 200",
			left: 6000, target: 275, attendance: 1000, x: 1680,
			first: 1140, pace: 1140, beyond: 237, needed: 162, limit: 6300,
		}, {
			name: "the last short session keeps its worth: R+ = 420, N = 5, P = 11",
			left: 100, target: 275, attendance: 600, x: 1680,
			first: 606, pace: 606, beyond: 150, needed: 5, limit: 420,
			booked: map[int32]int64{100: 60_600, 420: 254_520, 840: 254_520},
		}, {
			name: "nothing left is worth nothing",
			left: 0, target: 275, attendance: 600, x: 1680,
			first: 600, pace: 600, beyond: 150, needed: 0, limit: 0,
			booked: map[int32]int64{0: 0, 420: 0},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v := worthOf(c)
			require.Equal(t, model.Worth{First: c.first, Pace: c.pace, Beyond: c.beyond, Day: 420, Needed: c.needed, Cap: c.limit}, v)
			for booked, want := range c.booked {
				require.Equal(t, want, v.Of(booked), "%d minutes", booked)
			}
		})
	}
}

func worthOf(c worthCase) model.Worth {
	r := &model.Requirement{Status: model.Active, Required: c.left, Target: monday + c.target}
	if c.hardEnd != 0 {
		r.HardEnd = monday + c.hardEnd
	}
	p := &model.Person{Attendance: c.attendance, WeeksWaiting: c.waiting}
	return model.NewWorth(book(), p, r, w49, c.x)
}

func TestWithoutARequirementNothingIsWorthAnything(t *testing.T) {
	t.Parallel()
	v := model.NewWorth(book(), &model.Person{Attendance: 900, WeeksWaiting: 30}, nil, w49, 1680)
	require.Zero(t, v.Of(420))
}

func anyWorth() *rapid.Generator[worthCase] {
	return rapid.Custom(func(t *rapid.T) worthCase {
		return worthCase{
			left: int32(rapid.IntRange(0, 20_000).Draw(t, "left")), target: model.Date(rapid.IntRange(-400, 800).Draw(t, "target")),
			hardEnd: model.Date(rapid.IntRange(-10, 300).Draw(t, "hard end")), attendance: int32(rapid.IntRange(0, 1000).Draw(t, "attendance")),
			waiting: int32(rapid.IntRange(0, 200).Draw(t, "waiting")), x: int32(rapid.IntRange(0, 1680).Draw(t, "x")),
		}
	})
}

func TestWorthIsConcaveNeverFallsAndIsBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyWorth().Draw(t, "case")
		v := worthOf(c)
		require.Zero(t, v.Of(0))
		last := int64(1) << 40
		for m := int32(0); m < 3000; m += 7 { // every step as long, so that slopes compare
			step := v.Of(m+7) - v.Of(m)
			require.GreaterOrEqual(t, step, int64(0), "at %d", m)
			require.LessOrEqual(t, step, last, "at %d", m)
			last = step
		}
		require.LessOrEqual(t, v.Of(3000), int64(950)*(1000+200+500+12_000)/1000*3000)
		require.Equal(t, v.Of(v.Cap), v.Of(v.Cap+420), "nothing beyond what remains")
	})
}

// A sooner target is worth no less while it is ahead, and once it is past how long ago does not matter. Between the two the pace
// falls to that of those who are late: no hour can be in time any more.
func TestWorthGrowsWithUrgencyAndWaiting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyWorth().Draw(t, "case")
		booked := int32(rapid.IntRange(0, 2000).Draw(t, "booked"))
		sooner, longer := c, c
		sooner.target -= model.Date(rapid.IntRange(0, 300).Draw(t, "sooner"))
		if c.target >= 0 {
			sooner.target = max(0, sooner.target)
		}
		longer.waiting += int32(rapid.IntRange(0, 50).Draw(t, "longer"))
		require.GreaterOrEqual(t, worthOf(sooner).Of(booked), worthOf(c).Of(booked))
		require.GreaterOrEqual(t, worthOf(longer).Of(booked), worthOf(c).Of(booked))
	})
}

func ExampleNewWorth() {
	r := &model.Requirement{Status: model.Active, Required: 6000, Target: monday + 275}
	v := model.NewWorth(book(), &model.Person{Attendance: 600}, r, w49, 1680)
	fmt.Println(v.Of(420), "millipoints for a day,", v.Of(840), "for two")
	// Output: 302400 millipoints for a day, 365400 for two
}
