package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// peer is a solver that is not ours.
type peer interface {
	run(ctx context.Context, w *week, limit time.Duration) (*Run, error)
}

// peerNames lists who can be compared, in the order of the table.
var peerNames = []string{ours, oursEstimated, "cpsat", "highs", "timefold"}

// newPeer installs what a solver needs below a folder.
//
//nolint:ireturn // which solver it is, is the point
func newPeer(ctx context.Context, name, dir string) (peer, error) {
	switch name {
	case "cpsat", "highs":
		interpreter, folder, err := python(ctx, dir)
		if err != nil {
			return nil, err
		}
		return &linearPeer{name: name, python: interpreter, script: filepath.Join(folder, name+".py"), cpsat: name == "cpsat", dir: dir}, nil
	case "timefold":
		return newTimefold(ctx, dir)
	default:
		return nil, fmt.Errorf("nobody is called %q", name)
	}
}

// measure gives what a run's answers are measured by first of all.
func (r *Run) measure() measure {
	if r.Peer == oursEstimated {
		return byEstimate
	}
	return exactly
}

// line says in a line what came of a run.
func (r *Run) line() string {
	best, found := r.best(r.Limit, r.measure())
	if !found {
		return fmt.Sprintf("no legal roster of %d answers; %s", len(r.Answers), r.Ended)
	}
	return fmt.Sprintf("value %.1f at %.1f s, %d answers; %s after %.1f s, %d MB", float64(best.value)/1000, best.at, len(r.Answers), r.Ended, r.Took, r.MemoryMB)
}

// reading is the best legal roster that a run had by some time.
type reading struct {
	value  int64
	at     float64
	mended bool
}

// best reads a run off: the best legal roster it had by so many seconds.
func (r *Run) best(by float64, of measure) (best reading, found bool) {
	const late = 0.5 // what a limit may be overrun by, for a run is cut between two steps
	for i := range r.Answers {
		a := &r.Answers[i]
		value, mended, legal := of(r, a)
		if legal && a.At <= by+late && (!found || value > best.value) {
			best, found = reading{value, a.At, mended}, true
		}
	}
	return best, found
}
