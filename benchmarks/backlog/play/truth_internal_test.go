package play

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// first plans the first week of a region and plays it. Truth changes what is true of its people first; nil: nothing.
func first(t *testing.T, truth func(c model.CRN, was int32) int32) (*model.Snapshot, *model.Roster, *Measures) {
	t.Helper()
	r, err := newRegion(Spec{People: 40, Weeks: 2, Week: model.Week{Year: 2026, Number: 49}, Seed: 5})
	require.NoError(t, err)
	if truth != nil {
		for c, was := range r.truth {
			r.truth[c] = truth(c, was)
		}
	}
	g := &game{region: r, log: newLog(), way: FirstCome()}
	monday := r.Week.Monday()
	require.NoError(t, g.plan(t.Context(), r.Week, monday-4))
	planned := g.told[0].roster.Clone()
	for d := monday - 4; d < monday+7; d++ {
		r.happen(d, g.Measures)
	}
	return g.told[0].snapshot, planned, g.Measures
}

func TestWhoPlansIsNotToldHowLikelyPeopleCome(t *testing.T) {
	t.Parallel()
	sn, roster, was := first(t, nil)
	hardly, same, none := first(t, func(model.CRN, int32) int32 { return 0 })
	require.Equal(t, sn.Digest(), hardly.Digest(), "all that a plan may look at is the same")
	require.Equal(t, roster, same)
	require.Less(t, none.Attended, was.Attended/2, "what happens is not")

	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	again, err := FirstCome().Plan(t.Context(), p)
	require.NoError(t, err)
	require.Equal(t, roster.Appointments, again.Appointments, "a roster follows from its snapshot alone")
}

func TestAWeekIsLearnedFromOnceItIsRecorded(t *testing.T) {
	t.Parallel()
	estimate := func(truth int32) int64 {
		r, err := newRegion(Spec{People: 40, Weeks: 3, Week: model.Week{Year: 2026, Number: 49}, Seed: 5})
		require.NoError(t, err)
		for c := range r.truth {
			r.truth[c] = truth
		}
		g := &game{region: r, log: newLog(), way: FirstCome()}
		for day := r.Week.Monday() - 4; day < r.Week.Monday()+14; day++ {
			if (day-r.Week.Monday()+4)%7 == 0 {
				require.NoError(t, g.plan(t.Context(), model.WeekOf(day+4), day))
			}
			r.happen(day, g.Measures)
		}
		sum := int64(0)
		for _, p := range g.told[len(g.told)-1].snapshot.People {
			sum += int64(p.Attendance)
		}
		return sum
	}
	require.Greater(t, estimate(970), estimate(0))
}

func TestSupervisorsAreAwayOnSixDaysInAHundred(t *testing.T) {
	t.Parallel()
	away, known := 0, 0
	const days = 20_000
	for d := range model.Date(days) {
		if chance(7).ill("F001", 20_000+d, 20_000+d) {
			away++
		}
		if chance(7).ill("F001", 20_000+d, 20_000+d-1) {
			known++
		}
	}
	require.InDelta(t, 0.06*days, away, 0.01*days)
	require.Less(t, known, away, "nobody knows the day before of an illness that begins today")
	require.Positive(t, known)
}

func TestThoseWhoJoinAreLikeTheOthersAndHaveAnOrderOfTheirOwn(t *testing.T) {
	t.Parallel()
	r, err := newRegion(Spec{People: 40, Weeks: 2, Week: model.Week{Year: 2026, Number: 49}, Seed: 5, Arrivals: 30_500})
	require.NoError(t, err)
	before := len(r.facts.People)
	monday := r.Week.Monday()
	r.join(monday)
	r.join(monday + 7)
	require.Len(t, r.facts.People, before+61)
	seen := map[int32]bool{}
	for _, p := range r.facts.People {
		if p.CRN[0] != 'Y' {
			continue
		}
		q := p.Requirements[0]
		seen[q.Required] = true
		require.True(t, p.CRN.Valid())
		require.GreaterOrEqual(t, q.Sentenced, monday)
		require.Greater(t, q.Inducted, q.Sentenced)
		require.Equal(t, q.Sentenced.AddMonths(12), q.Target)
		require.True(t, q.HardEnd == 0 || q.HardEnd >= q.Target)
		require.Zero(t, q.Completed)
		require.Contains(t, r.truth, p.CRN)
	}
	require.Greater(t, len(seen), 10)
	_, err = r.freeze(r.Week.Add(1), monday+3, noon)
	require.NoError(t, err)
}
