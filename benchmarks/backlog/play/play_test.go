package play_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func small() play.Spec {
	return play.Spec{People: 40, Weeks: 6, Week: model.Week{Year: 2026, Number: 49}, Seed: 1}
}

func TestSixWeeksAreTheSameTwiceAndKeepEveryRule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		way  func() play.Way
		wait int // weeks that nobody may wait longer
	}{
		{"the plan", func() play.Way { return play.Payback{Rounds: 1} }, 4},
		{"first come, first served", func() play.Way { return play.FirstCome() }, 6},
		{"earliest deadline", func() play.Way { return play.EarliestDeadline() }, 6},
		{"standing slots", func() play.Way { return play.NewStanding() }, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rosters := 0
			look := play.Options{OnRoster: func(sn *model.Snapshot, r *model.Roster) {
				rosters++
				require.Zero(t, solver.Total(solver.Check(sn, r, constraints.All), constraints.All).Hard(), "week %v", sn.Week)
				require.NotEmpty(t, r.Appointments, "week %v", sn.Week)
			}}
			got, err := play.Play(t.Context(), small(), c.way(), look)
			require.NoError(t, err)
			require.Equal(t, 6, rosters)
			again, err := play.Play(t.Context(), small(), c.way(), play.Options{})
			require.NoError(t, err)
			require.Equal(t, got, again)

			require.Positive(t, got.Attended)
			require.Greater(t, got.Booked, got.Attended+got.TurnedAway+got.StoodDown, "some did not come")
			require.LessOrEqual(t, got.CreditedMinutes, int64(got.Attended)*480)
			require.LessOrEqual(t, got.LongestWait, c.wait, "nobody is starved")
			other := small()
			other.Seed = 2
			differs, err := play.Play(t.Context(), other, c.way(), play.Options{})
			require.NoError(t, err)
			require.NotEqual(t, got, differs)
		})
	}
}

func TestPlanningAgainEveryNightKeepsWhatIsFrozen(t *testing.T) {
	t.Parallel()
	s := small()
	s.People, s.Weeks = 20, 2
	last := map[model.Week]*model.Roster{}
	got, err := play.Play(t.Context(), s, play.Payback{Rounds: 1}, play.Options{Nightly: true, OnRoster: func(sn *model.Snapshot, r *model.Roster) {
		if was := last[sn.Week]; was != nil {
			for i := range was.Appointments {
				a := &was.Appointments[i]
				if sn.Fixed(a) {
					require.True(t, slices.ContainsFunc(r.Appointments, func(b model.Appointment) bool { return a.Compare(b) == 0 }), "%s at %v", a.CRN, a.Session)
				}
			}
		}
		last[sn.Week] = r
	}})
	require.NoError(t, err)
	require.Len(t, last, 2)
	require.Positive(t, got.Attended)
}

// late tells nobody to come when a week is planned first, and plans as another does after that.
type late struct{ play.Way }

func (l late) Plan(ctx context.Context, p *solver.Problem) (*model.Roster, error) {
	if p.Snapshot.Published == nil {
		return &model.Roster{Region: p.Snapshot.Region, Week: p.Snapshot.Week, From: p.Snapshot.Digest()}, nil
	}
	return l.Way.Plan(ctx, p)
}

func TestWhoeverGetsAPlaceInTheNightHasNotWaited(t *testing.T) {
	t.Parallel()
	s := small()
	s.Weeks = 4
	never, err := play.Play(t.Context(), s, late{play.FirstCome()}, play.Options{})
	require.NoError(t, err)
	require.Equal(t, 4, never.LongestWait)
	require.Zero(t, never.Booked)
	nightly, err := play.Play(t.Context(), s, late{play.NewStanding()}, play.Options{Nightly: true})
	require.NoError(t, err)
	require.Positive(t, nightly.Attended)
	require.Positive(t, nightly.Told, "by the roster that was held")
	require.Less(t, nightly.FirstLate, never.FirstLate)
}

// broken plans as another does, and then leaves every group without a supervisor.
type broken struct{ play.Way }

func (b broken) Plan(ctx context.Context, p *solver.Problem) (*model.Roster, error) {
	r, err := b.Way.Plan(ctx, p)
	if err != nil {
		return nil, err
	}
	r.Duties = nil
	return r, nil
}

func TestARosterThatBreaksARuleDoesNotCount(t *testing.T) {
	t.Parallel()
	_, err := play.Play(t.Context(), small(), broken{play.FirstCome()}, play.Options{})
	require.ErrorContains(t, err, "week 2026-W49: found a roster that breaks rules that must hold: ")
}
