package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/solver"
)

// linearPeer is a solver that is told a week as rows.
type linearPeer struct {
	name   string
	python string // the program of the virtual environment
	script string
	cpsat  bool // it takes a CpModelProto, not an LP file
	dir    string
}

// stage is one model of a week: nearly right, or relaxed with cuts.
type stage struct {
	cuts  []solver.Cut
	near  bool
	start *solver.State
}

// run solves a week within a limit: first nearly. If that is solved to the end there is time to do it right: a relaxation is
// solved, and again with cuts for the answers that break a chance or are priced too low, until an answer is right.
func (l *linearPeer) run(ctx context.Context, w *week, limit time.Duration) (*Run, error) {
	r := &Run{Case: w.Case, Peer: l.name, Limit: limit.Seconds(), Size: w.exact.String()}
	j := newJudge(w)
	at := stage{near: true, cuts: []solver.Cut{w.estimated.Near()}, start: w.start}
	done := time.Duration(0)
	for left := limit; left >= time.Second; left = limit - done {
		h, order, err := l.solve(ctx, w, &at, left)
		if err != nil {
			return nil, err
		}
		if r.Version == "" {
			r.Version, r.Settings = h.version, h.settings
		}
		r.Ready += h.ready.Seconds()
		r.MemoryMB = max(r.MemoryMB, h.memoryMB)
		r.Ended = h.status
		next, more, err := l.note(r, j, w, h, order, &at, done)
		if err != nil {
			return nil, err
		}
		done += h.took
		r.Took = done.Seconds()
		if !more {
			break
		}
		at = next
	}
	return r, nil
}

// note judges the answers of a stage and says what to solve next, if there is more to solve.
func (l *linearPeer) note(r *Run, j *judge, w *week, h *heard, order []string, at *stage, done time.Duration) (next stage, more bool, err error) {
	next = stage{start: at.start}
	if !at.near {
		next.cuts = at.cuts
	}
	right := false
	for i := range h.answers {
		a := &h.answers[i]
		pairs, err := namesOf(a.Pairs, order)
		if err != nil {
			return next, false, err
		}
		answer, err := j.judge(pairs)
		if err != nil {
			return next, false, err
		}
		answer.At, answer.Claimed = a.At+done.Seconds(), int64(math.Round(-a.Objective))
		r.Answers = append(r.Answers, *answer)
		s := w.estimated.NewState()
		if err := join(s, pairs); err != nil {
			return next, false, err
		}
		score := s.Settle()
		right = s.Crowded() == 0 && math.Abs(a.Objective+float64(score.Value())) <= 1
		if !right {
			next.cuts = append(next.cuts, w.estimated.Cut(s))
		}
		next.start = s
	}
	if !at.near && h.bounded {
		bound := int64(math.Ceil(-h.bound))
		if r.Bound == nil || bound < *r.Bound {
			r.Bound = &bound
		}
	}
	proved := h.status == "OPTIMAL" || h.status == "Optimal"
	return next, proved && (at.near || !right), nil
}

// solve states a stage's model and has it solved. It also gives the names of the model's columns by number.
func (l *linearPeer) solve(ctx context.Context, w *week, at *stage, limit time.Duration) (*heard, []string, error) {
	began := time.Now()
	lp := filepath.Join(l.dir, "week.lp")
	defer func() { _ = os.Remove(lp) }()
	if err := writeTo(lp, func(f *os.File) error { return w.estimated.WriteLP(f, at.cuts...) }); err != nil {
		return nil, nil, err
	}
	debug.FreeOSMemory()
	start := pairNames(at.start)
	seconds := strconv.FormatFloat(limit.Seconds(), 'f', 1, 64)
	model, second := lp, filepath.Join(l.dir, "start.txt")
	var order []string
	if l.cpsat {
		var err error
		if model, order, err = l.convert(lp, start); err != nil {
			return nil, nil, err
		}
		defer func() { _ = os.Remove(model) }()
		second = strconv.Itoa(countPairs(order))
	} else if err := os.WriteFile(second, []byte(strings.Join(start, "\n")), 0o600); err != nil {
		return nil, nil, err
	}
	stated := time.Since(began)
	debug.FreeOSMemory() // what stating a large week took, the solver needs
	h, err := listen(ctx, limit, l.python, l.script, model, second, seconds, strconv.Itoa(cores))
	if err != nil {
		return nil, nil, err
	}
	h.ready += stated
	return h, order, nil
}

// convert makes a CpModelProto of an LP file, its pairs first.
func (l *linearPeer) convert(lp string, start []string) (model string, order []string, err error) {
	file, err := os.Open(lp) //nolint:gosec // we wrote it
	if err != nil {
		return "", nil, err
	}
	program, err := readLP(file)
	if err := file.Close(); err != nil {
		return "", nil, err
	}
	if err != nil {
		return "", nil, err
	}
	program.pairsFirst()
	hint := make(map[string]bool, len(start))
	for _, name := range start {
		hint[name] = true
	}
	model = filepath.Join(l.dir, "week.textproto")
	return model, program.names, writeTo(model, func(f *os.File) error { return program.writeCPSAT(f, hint) })
}

func countPairs(order []string) int {
	n := 0
	for n < len(order) && order[n][0] == 'x' {
		n++
	}
	return n
}

func writeTo(path string, write func(f *os.File) error) error {
	file, err := os.Create(path) //nolint:gosec // in a folder of ours
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

// namesOf reads the pairs of an answer: names, or numbers of columns.
func namesOf(raw json.RawMessage, order []string) ([]string, error) {
	var names []string
	if order == nil {
		err := json.Unmarshal(raw, &names)
		return names, err
	}
	var numbers []int
	if err := json.Unmarshal(raw, &numbers); err != nil {
		return nil, err
	}
	for _, n := range numbers {
		if n < 0 || n >= len(order) {
			return nil, fmt.Errorf("found column %d in an answer; expected 0 to %d", n, len(order)-1)
		}
		names = append(names, order[n])
	}
	return names, nil
}
