package beside_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/oracle/beside"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// What a witness says no roster can do, the best roster for that does not do: as many of its people as any roster could place are
// placed by the linear solver, which is told nothing of witnesses, and they are no more than the witness holds.
func TestNoRosterPlacesMoreThanAWitnessHolds(t *testing.T) {
	t.Parallel()
	lookCBC(t)
	weeks, people := 24, 4 // with more people the chances take long to be sorted out
	if os.Getenv("PAYBACK_LONG") != "" {
		weeks, people = 60, 10
	}
	judged, exact, led := 0, 0, 0
	for i, w := range beside.Weeks(1, weeks, 24) {
		w.People = 18 + 4*(i%5)
		p, err := w.Compile()
		require.NoError(t, err)
		p, err = solver.CompileEstimated(lean(p.Snapshot, i), p.Constraints())
		require.NoError(t, err)
		r, err := p.Relaxed()
		require.NoError(t, err)
		all, list := bound.Witnesses(p, r, 3)
		if all == nil {
			continue
		}
		for _, x := range append([]bound.Proved{*all}, list...) {
			if len(x.People) > people {
				continue
			}
			most, ok := mostPlaced(t, p, x.People)
			if !ok {
				continue
			}
			require.LessOrEqual(t, most, x.Held, "seed %d", w.Seed)
			judged++
			if len(x.Staff) > 0 {
				led++
			}
			if most == x.Held {
				exact++
			}
		}
	}
	t.Log(judged, exact, led)
	require.Positive(t, judged)
	require.Positive(t, led)
	require.Positive(t, exact, "some witnesses say all there is to say")
}

// lean makes a week scarce in one of some ways.
func lean(sn *model.Snapshot, way int) *model.Snapshot {
	x := *sn
	x.Supervisors, x.Projects, x.Minibuses = slices.Clone(sn.Supervisors), slices.Clone(sn.Projects), slices.Clone(sn.Minibuses)
	switch way % 3 {
	case 0: // two lead, two people each, on one day
		x.Supervisors = x.Supervisors[:min(2, len(x.Supervisors))]
		for i := range x.Supervisors {
			x.Supervisors[i].WeekMinutes = min(x.Supervisors[i].WeekMinutes, 500)
		}
		book := *sn.Policy
		book.PeoplePerSupervisor = 2
		x.Policy = &book
	case 1: // sites are small, and who leads works two days
		for i := range x.Projects {
			x.Projects[i].Places = min(x.Projects[i].Places, 2)
		}
		for i := range x.Supervisors {
			x.Supervisors[i].WeekMinutes = min(x.Supervisors[i].WeekMinutes, 1000)
		}
	default: // nobody can come but by minibus, and there is one
		for i := range x.Projects {
			if x.Projects[i].Kind == model.Group {
				x.Projects[i].Transport = model.ByMinibus
			}
		}
		x.Minibuses = x.Minibuses[:min(1, len(x.Minibuses))]
	}
	return &x
}

// mostPlaced gives how many of some people any roster places at most. False: the chances were not sorted out in some tries.
func mostPlaced(t *testing.T, p *solver.Problem, people []solver.ActorIx) (int, bool) {
	t.Helper()
	var cuts []solver.Cut
	for range 12 {
		var text bytes.Buffer
		require.NoError(t, p.WriteLP(&text, cuts...))
		s := p.NewState()
		for _, line := range solved(t, placing(t, p, text.String(), people)) {
			words := strings.Fields(line)
			if len(words) < 3 || !strings.HasPrefix(words[1], "x") {
				continue
			}
			actor, session, _ := strings.Cut(words[1][1:], "_")
			a, err := strconv.Atoi(actor)
			require.NoError(t, err)
			x, err := strconv.Atoi(session)
			require.NoError(t, err)
			if value, err := strconv.ParseFloat(words[2], 64); err == nil && value > 0.5 {
				s.Join(solver.ActorIx(a), solver.SessionIx(x))
			}
		}
		if s.Settle(); s.Crowded() > 0 {
			cuts = append(cuts, p.Cut(s))
			continue
		}
		require.Equal(t, p.Unavoidable(), s.Score().Hard())
		n := 0
		for _, a := range people {
			if len(s.SessionsOf(a)) > 0 {
				n++
			}
		}
		return n, true
	}
	return 0, false
}

// placing gives a program another objective: as many as can be of some people who have any session.
func placing(t *testing.T, p *solver.Problem, text string, people []solver.ActorIx) string {
	t.Helper()
	head, rest, ok := strings.Cut(text, "Subject To\n")
	require.True(t, ok)
	head, _, ok = strings.Cut(head, " cost:")
	require.True(t, ok)
	rows, rest, ok := strings.Cut(rest, "Bounds\n")
	require.True(t, ok)
	var cost, placed, bounds strings.Builder
	for _, a := range people {
		fmt.Fprintf(&cost, "\n - 1 y%d", a)
		fmt.Fprintf(&placed, " placed_%d:\n + 1 y%d", a, a)
		for x := range solver.SessionIx(p.NumSessions()) {
			if name := fmt.Sprintf("x%d_%d", a, x); strings.Contains(text, " "+name+"\n") || strings.Contains(text, " "+name+" ") {
				fmt.Fprintf(&placed, "\n - 1 %s", name)
			}
		}
		placed.WriteString("\n <= 0\n")
		fmt.Fprintf(&bounds, " 0 <= y%d <= 1\n", a)
	}
	return head + " cost:" + cost.String() + "\nSubject To\n" + rows + placed.String() + "Bounds\n" + bounds.String() + rest
}

// solved gives the lines of the linear solver's best answer.
func solved(t *testing.T, text string) []string {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "week.lp"), filepath.Join(t.TempDir(), "week.sol")
	require.NoError(t, os.WriteFile(in, []byte(text), 0o600))
	report, err := exec.CommandContext(t.Context(), "cbc", in, "-sec", "20", "-timeMode", "elapsed", "-ratio", "0", "-allow", "0.5", "-solve", "-solution", out).CombinedOutput()
	require.NoError(t, err, "%s", report)
	solution, err := os.ReadFile(out)
	require.NoError(t, err)
	lines := strings.Split(string(solution), "\n")
	require.True(t, strings.HasPrefix(lines[0], "Optimal"), "%s", lines[0])
	return lines[1:]
}
