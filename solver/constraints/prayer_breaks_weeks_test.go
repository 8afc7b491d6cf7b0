package constraints_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// anySeason is a weird week of any time of the year, as far north as it likes.
func anySeason(seed uint64) *model.Snapshot {
	source := rand.NewPCG(seed, 22)
	random := rand.New(source)
	sn := newWeird(source, &model.Snapshot{Region: "Region", Week: model.Week{Year: 2026, Number: 1 + random.IntN(52)}, Policy: book()}).make()
	north := random.Float64() * 18 // beyond 66 degrees there are days without a sunset
	for i := range sn.Projects {
		if sn.Projects[i].Site.Known() {
			sn.Projects[i].Site.Latitude += north
		}
	}
	return sn
}

func breakCases(sn *model.Snapshot, r *model.Roster) []solver.Violation {
	return solver.Check(sn, r, []*solver.Constraint{constraints.PrayerBreaks})
}

// The engine declares nothing of prayer-breaks, for it writes breaks that serve everybody. The words are held against them in all
// seasons and latitudes, with wet sites, whatever the policy's figures; and they notice when breaks are taken away or moved.
func TestTheBreaksOfTheEngineServeEverybody(t *testing.T) {
	t.Parallel()
	prayed, rested, sessions := 0, 0, 0
	seeds(effort(120, 4000), func(seed uint64) {
		sn := anySeason(seed)
		w := newWalk(t, sn, []*solver.Constraint{constraints.PrayerBreaks}, seed, "breaks")
		for range 4 {
			w.flipSome(8)
			r := w.s.Roster()
			for _, k := range r.Sessions() {
				if w.IntN(2) == 0 {
					r.WetPlans = append(r.WetPlans, model.WetPlan{Session: k, Host: sn.Projects[w.IntN(len(sn.Projects))].Code})
				}
			}
			r.Sort()
			solver.PlanBreaks(sn, r)
			require.Empty(t, breakCases(sn, r), "%s: %+v\n%+v", w.say, r.Appointments, r.Breaks)
			wellMade(t, sn, r)
			sn.AsOf = 0
			bare := r.Clone()
			bare.Breaks = nil
			for _, v := range breakCases(sn, bare) {
				if prayed++; len(v.People) == 0 {
					prayed, rested = prayed-1, rested+1
				}
			}
			for i := range r.Breaks {
				sessions++
				late := r.Clone()
				late.Breaks[i].Spans[0].End = sn.Session(r.Breaks[i].Session).Span.End + 1
				require.NotEmpty(t, breakCases(sn, late), "%s: a break beyond the session", w.say)
			}
		}
	})
	require.True(t, *onlySeed != 0 || min(prayed, rested, sessions) > 50, "found %d prayers and %d days of %d sessions in want of a break", prayed, rested, sessions)
}

// wellMade checks what the words do not ask: breaks are in order and do not touch, and none is shorter than it should be.
func wellMade(t *testing.T, sn *model.Snapshot, r *model.Roster) {
	t.Helper()
	require.True(t, slices.IsSortedFunc(r.Breaks, func(a, b model.Breaks) int { return a.Session.Compare(b.Session) }))
	for _, b := range r.Breaks {
		s := sn.Session(b.Session)
		require.NotEmpty(t, r.In(b.Session))
		for i, x := range b.Spans {
			require.True(t, s.Span.Contains(x), "%v: %v", b.Session, b.Spans)
			require.GreaterOrEqual(t, x.Minutes(), min(s.Minutes(), sn.Policy.BreakShortMinutes))
			require.True(t, i == 0 || x.Start >= b.Spans[i-1].End)
		}
	}
}
