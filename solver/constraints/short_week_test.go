package constraints_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// In the planned week of a made-up region some carers begin late, some end early, each for a caring duty; the minutes of
// everybody's week are those of their appointments, and nothing is broken.
func TestShortDaysArePlannedInAMadeUpRegion(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	sn := madeUp(t, instance.Normal, 900, 2)
	for i := range sn.People { // carers first, so that the week has many of them
		sn.People[i].WeeksWaiting = int32(20 * min(1, len(sn.People[i].Caring)))
	}
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	made, err := solver.Solve(context.Background(), p, solver.Options{Seed: 1, Workers: 1, Rounds: 5})
	require.NoError(t, err)
	late, early := 0, 0
	week := map[model.CRN]int32{}
	for i := range made.Roster.Appointments {
		a := &made.Roster.Appointments[i]
		week[a.CRN] += a.Minutes()
		x, s := sn.Person(a.CRN), sn.Session(a.Session)
		if a.Span.Start > s.Span.Start {
			late++
			require.LessOrEqual(t, int32(a.Span.Start-s.Span.Start), sn.Policy.ShortDayMinutes)
			require.NotEmpty(t, x.Caring)
			require.Empty(t, a.PickUp)
		}
		if gone := s.Span.End - a.Span.End; gone > 0 && week[a.CRN] < x.Current(sn.Week).Remaining() {
			early++
			require.LessOrEqual(t, int32(gone), sn.Policy.ShortDayMinutes)
			require.NotEmpty(t, x.Caring)
			require.Empty(t, a.PickUp)
		}
	}
	require.Positive(t, late)
	require.Positive(t, early)
	for crn, minutes := range week {
		require.LessOrEqual(t, minutes, sn.Person(crn).Current(sn.Week).Remaining(), crn)
		require.LessOrEqual(t, minutes, sn.WeekLimit(sn.Person(crn)), crn)
	}
	require.Zero(t, solver.Total(made.Violations, constraints.All).Hard())
}
