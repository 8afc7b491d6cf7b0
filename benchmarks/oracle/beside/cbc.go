package beside

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/solver"
)

// Program is the solver that is run: CBC, the package coinor-cbc of Debian.
const Program = "cbc"

// Answer is what the linear solver says of a week.
type Answer struct {
	State  *solver.State // its best assignment; nil: it found none
	Value  int64         // of that assignment, by the engine, in millipoints
	Bound  int64         // no assignment is worth more, in millipoints; equal to Value if Proved
	Proved bool
	Time   time.Duration
	cost   float64 // by the linear solver; less than the engine says where it has not been told what a chance costs
}

// Linear says how the linear solver is run.
type Linear struct {
	Program string        // CBC, or one with its command line
	Limit   time.Duration // for one week
	// Staff, unless nil, holds supervisors and minibuses to where they are in this state: what is left to solve is who
	// goes where.
	Staff *solver.State
}

// Solve writes the week down, has the program solve it, and reads its answer back. Chances have no linear form, so where the
// answer has too many people coming it is cut off, and the rest is solved again until it has not. An answer that breaks
// anything else, or that the engine prices otherwise than the program, is an error: then the rows and the kernels do not say
// the same.
func (l Linear) Solve(ctx context.Context, p *solver.Problem) (*Answer, error) {
	start := time.Now()
	var (
		cuts  []solver.Cut
		bound = int64(math.MaxInt64) // of all runs: each is a relaxation of the next
		tried = map[string]bool{}    // assignments that were cut off
	)
	for {
		left := l.Limit - time.Since(start)
		a, err := l.solve(ctx, p, max(left, time.Second), cuts)
		if err != nil {
			return nil, err
		}
		bound = min(bound, a.Bound)
		a.Time, a.Bound = time.Since(start), bound
		if a.State == nil {
			return a, nil
		}
		if a.State.Crowded() == 0 && math.Abs(a.cost+float64(a.Value)) <= 1 {
			if a.Proved {
				a.Bound = a.Value
			}
			return a, nil
		}
		if left <= 0 || !a.Proved { // what it found is no roster at that price, but none is better than what it may still find
			a.State, a.Value, a.Proved = nil, 0, false
			return a, nil
		}
		who := a.assignment()
		if tried[who] {
			return nil, fmt.Errorf("the linear solver prices its roster at %.1f millipoints, the engine at %d, with %d cases of chance broken; its rows do not say what the kernels say",
				a.cost, -a.Value, a.State.Crowded())
		}
		tried[who] = true
		cuts = append(cuts, p.Cut(a.State))
	}
}

// assignment names who is where.
func (a *Answer) assignment() string {
	var b strings.Builder
	for k := solver.People; k <= solver.Minibuses; k++ {
		for i := range solver.ActorIx(a.State.NumActors(k)) {
			fmt.Fprint(&b, a.State.SessionsOf(a.State.First(k)+i))
		}
	}
	return b.String()
}

// solve is one run of the program.
func (l Linear) solve(ctx context.Context, p *solver.Problem, limit time.Duration, cuts []solver.Cut) (*Answer, error) {
	dir, err := os.MkdirTemp("", "oracle")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	in, out := filepath.Join(dir, "week.lp"), filepath.Join(dir, "week.sol")
	var text bytes.Buffer
	if err := p.WriteLP(&text, cuts...); err != nil {
		return nil, err
	}
	if err := os.WriteFile(in, hold(text.Bytes(), p, l.Staff), 0o600); err != nil {
		return nil, err
	}
	// Costs are whole millipoints, so the search may end once nothing half a millipoint better is left.
	//nolint:gosec // whoever runs this names the solver to run
	report, err := exec.CommandContext(ctx, l.Program, in, "-sec", strconv.Itoa(int(math.Ceil(limit.Seconds()))), "-timeMode", "elapsed",
		"-ratio", "0", "-allow", "0.5", "-solve", "-solution", out).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w\n%s", l.Program, err, tail(report))
	}
	a := &Answer{}
	solution, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("%s wrote no solution: %w\n%s", l.Program, err, tail(report))
	}
	if err := a.read(p, bytes.NewReader(solution), report); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, tail(report))
	}
	return a, nil
}

// hold adds rows that fix the pairs of supervisors and minibuses.
func hold(text []byte, p *solver.Problem, staff *solver.State) []byte {
	if staff == nil {
		return text
	}
	var rows bytes.Buffer
	for a := p.First(solver.Supervisors); a < p.First(solver.Minibuses)+solver.ActorIx(p.NumActors(solver.Minibuses)); a++ {
		for t := range solver.SessionIx(p.NumSessions()) {
			name, value := fmt.Sprintf("x%d_%d", a, t), 0
			if staff.Has(a, t) {
				value = 1
			}
			if bytes.Contains(text, []byte(" "+name+"\n")) || bytes.Contains(text, []byte(" "+name+" ")) {
				fmt.Fprintf(&rows, " held_%s: + 1 %s = %d\n", name, name, value)
			}
		}
	}
	return bytes.Replace(text, []byte("\nBounds\n"), append(append([]byte("\n"), rows.Bytes()...), "Bounds\n"...), 1)
}

// read takes in the file of the solution: a line that says how the run ended and what the solution costs, then a line for
// each column that is not zero.
func (a *Answer) read(p *solver.Problem, solution io.Reader, report []byte) error {
	lines := bufio.NewScanner(solution)
	lines.Scan()
	ended := lines.Text()
	a.Proved = strings.HasPrefix(ended, "Optimal")
	switch {
	case strings.Contains(ended, "nfeasible"):
		return fmt.Errorf("the linear solver says that no roster keeps every rule: %s", ended)
	case strings.Contains(ended, "no integer solution"): // it was stopped before it had one
		a.Bound = bound(report)
		return nil
	}
	at := strings.LastIndex(ended, "objective value ")
	if at < 0 {
		return fmt.Errorf("found %q; expected a line with the objective value", ended)
	}
	cost, err := strconv.ParseFloat(strings.TrimSpace(ended[at+len("objective value "):]), 64)
	if err != nil {
		return fmt.Errorf("read the objective value: %w", err)
	}
	s := p.NewState()
	for lines.Scan() {
		if err := join(s, strings.Fields(lines.Text())); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	score := s.Settle()
	switch {
	case score.Hard()-s.Crowded() != p.Unavoidable():
		return fmt.Errorf("the linear solver's roster breaks %d cases beside chances, %d of them whatever it does; its rows do not say what the kernels say", score.Hard()-s.Crowded(), p.Unavoidable())
	case cost+float64(score.Value()) > 1: // less it may be: see Solve
		return fmt.Errorf("the linear solver prices its roster at %.1f millipoints, the engine at %d; its rows do not say what the kernels say", cost, -score.Value())
	}
	a.State, a.Value, a.cost, a.Bound = s, score.Value(), cost, int64(math.Round(-cost))
	if !a.Proved {
		a.Bound = bound(report)
	}
	return nil
}

// join reads a line such as "12 x3_7 1 0": number, column, value, reduced cost; "**" before a column that is a little out.
func join(s *solver.State, words []string) error {
	if len(words) > 0 && words[0] == "**" {
		words = words[1:]
	}
	if len(words) < 3 || !strings.HasPrefix(words[1], "x") {
		return nil
	}
	actor, session, _ := strings.Cut(words[1][1:], "_")
	a, err1 := strconv.Atoi(actor)
	t, err2 := strconv.Atoi(session)
	value, err3 := strconv.ParseFloat(words[2], 64)
	if err1 != nil || err2 != nil || err3 != nil {
		return fmt.Errorf("found %q; expected a column and its value", strings.Join(words, " "))
	}
	if value > 0.5 {
		s.Join(solver.ActorIx(a), solver.SessionIx(t))
	}
	return nil
}

// bound reads the best bound out of the report of a run that was stopped, as a value; without one, nothing is known.
func bound(report []byte) int64 {
	for line := range strings.Lines(string(report)) {
		if _, rest, ok := strings.Cut(line, "Lower bound:"); ok {
			if x, err := strconv.ParseFloat(strings.TrimSpace(rest), 64); err == nil {
				return int64(math.Ceil(-x))
			}
		}
	}
	return math.MaxInt64
}

// tail gives the end of a report.
func tail(report []byte) string {
	const most = 2000
	if len(report) > most {
		report = report[len(report)-most:]
	}
	return string(report)
}
