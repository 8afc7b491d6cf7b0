package beside_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/oracle/beside"
	"github.com/communitypayback/payback/solver"
)

// lookCBC finds the linear solver; the script of continuous integration installs it, so there it must be.
func lookCBC(t *testing.T) {
	t.Helper()
	_, err := exec.LookPath("cbc")
	if err != nil && os.Getenv("CI") == "" && os.Getenv("PAYBACK_CI") == "" {
		t.Skip("CBC is not here (Debian: coinor-cbc), so small weeks were not solved a second way")
	}
	require.NoError(t, err)
}

func TestSmallWeeksAgreeWithTheirProvedOptimum(t *testing.T) {
	t.Parallel()
	lookCBC(t)
	for _, w := range beside.Weeks(1, 3, 10) {
		t.Run(fmt.Sprintf("seed %d, %s", w.Seed, w.Profile), func(t *testing.T) {
			t.Parallel()
			c, err := beside.Compare(t.Context(), w, beside.Options{
				Linear: beside.Linear{Program: "cbc", Limit: time.Minute}, Rounds: 2, Workers: 1, Split: true,
			})
			require.NoError(t, err)
			require.True(t, c.Linear.Proved)
			require.Equal(t, c.Linear.Bound, c.Linear.Value)
			require.Positive(t, c.Linear.Value, "a week in which nobody is worth placing proves nothing")
			require.Less(t, c.Loss(), 0.1)

			// With our staff held the best lies between ours and the best of all.
			require.True(t, c.Held.Proved)
			require.LessOrEqual(t, c.Ours.Score.Value(), c.Held.Value)
			require.LessOrEqual(t, c.Held.Value, c.Linear.Value)
			for x := range solver.SessionIx(c.Problem.NumSessions()) {
				require.Equal(t, c.State.In(solver.Supervisors, x), c.Held.State.In(solver.Supervisors, x))
				require.Equal(t, c.State.In(solver.Minibuses, x), c.Held.State.In(solver.Minibuses, x))
			}
		})
	}
}

// saying makes a program that writes a solution and a report in the manner of CBC, whatever it is asked.
func saying(t *testing.T, solution, report string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	script := "#!/bin/sh\nfor out; do :; done\ncat > \"$out\" <<'END'\n" + solution + "\nEND\ncat <<'END'\n" + report + "\nEND\n"
	require.NoError(t, os.WriteFile(path, []byte(script), 0o700))
	return path
}

func TestAnswersOfTheLinearSolverAreNotTakenOnTrust(t *testing.T) {
	t.Parallel()
	p, err := beside.Weeks(1, 1, 12)[0].Compile()
	require.NoError(t, err)
	crowd := "Optimal - objective value 0.00000000"
	for a := range 12 {
		crowd += fmt.Sprintf("\n %d x%d_0 1 0", a, a)
	}
	for _, c := range []struct{ name, solution, wrong string }{
		{"a price that the engine does not find", "Optimal - objective value -12.00000000", "prices its roster at -12.0 millipoints, the engine at 0"},
		{"a roster that breaks rules", crowd, "its rows do not say what the kernels say"},
		{"a week that cannot be planned", "Infeasible - objective value 0.00000000", "no roster keeps every rule"},
		{"a line that is no answer", "Segmentation fault", "expected a line with the objective value"},
		{"a column that is no pair", "Optimal - objective value 0.0\n 1 xyz 1 0", "expected a column and its value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := beside.Linear{Program: saying(t, c.solution, ""), Limit: time.Second}.Solve(t.Context(), p)
			require.ErrorContains(t, err, c.wrong)
		})
	}
	_, err = beside.Linear{Program: "no-such-solver", Limit: time.Second}.Solve(t.Context(), p)
	require.ErrorContains(t, err, "no-such-solver")
}

func TestARunThatWasStoppedGivesItsBound(t *testing.T) {
	t.Parallel()
	p, err := beside.Weeks(1, 1, 12)[0].Compile()
	require.NoError(t, err)

	stopped := saying(t, "Stopped on time - objective value 0.00000000", "Result - Stopped on time limit\n\nLower bound:                    -4200.25")
	a, err := beside.Linear{Program: stopped, Limit: time.Second}.Solve(t.Context(), p)
	require.NoError(t, err)
	require.False(t, a.Proved)
	require.Equal(t, int64(4201), a.Bound)
	require.Zero(t, a.Value)
	require.NotNil(t, a.State)

	nothing := saying(t, "Stopped on time (no integer solution - continuous used) - objective value -5000.5\n 1 x0_0 0.6 0", "Lower bound: -5000.5")
	a, err = beside.Linear{Program: nothing, Limit: time.Second}.Solve(t.Context(), p)
	require.NoError(t, err)
	require.Nil(t, a.State)
	require.Equal(t, int64(5001), a.Bound)
}

func TestWeeksTakeProfilesInTurn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i, w := range beside.Weeks(6, 5, 20) {
		require.Equal(t, beside.Week{Seed: uint64(6 + i), Profile: w.Profile, People: 20}, w)
		seen[w.Profile] = true
	}
	require.Len(t, seen, 5)
}
