package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Run is what one solver made of one week: a line of results.jsonl.
type Run struct {
	Case
	Peer     string  `json:"peer"`
	Limit    float64 `json:"limit"`             // seconds it was given
	Version  string  `json:"version,omitempty"` // of the solver
	Settings string  `json:"settings,omitempty"`
	Ended    string  `json:"ended"`           // how it ended, in its own word, or why it failed
	Took     float64 `json:"took"`            // seconds until it ended
	Ready    float64 `json:"ready,omitempty"` // seconds to state and read the model, which are not counted
	MemoryMB int64   `json:"memory_mb,omitempty"`
	Bound    *int64  `json:"bound,omitempty"` // no roster is worth more, in millipoints
	// Certified is our bound of the whole problem, in millipoints, where Bound is of the week that the others are told.
	Certified *int64   `json:"certified,omitempty"`
	Answers   []Answer `json:"answers"`        // in order of time
	Size      string   `json:"size,omitempty"` // of the week
}

// Answer is one roster of a run, judged.
type Answer struct {
	At      float64          `json:"at"`                // seconds
	Claimed int64            `json:"claimed,omitempty"` // its value in the model that the others solve, in millipoints
	Value   int64            `json:"value"`             // by the words
	Broken  int64            `json:"broken,omitempty"`  // cases beyond those that nothing can avoid
	Breaks  map[string]int64 `json:"breaks,omitempty"`  // those, by constraint
	Placed  int              `json:"placed,omitempty"`  // appointments
	// Estimated is the same with ways by minibus by estimate, by the engine: the week that the others were told.
	Estimated *Estimated `json:"estimated,omitempty"`
	Mended    *Mended    `json:"mended,omitempty"` // unless it is legal as it is
}

// Mended is an answer from which those who break rules were taken out.
type Mended struct {
	Value int64 `json:"value"`
	Moved int   `json:"moved"` // appointments taken out or put elsewhere
}

// Estimated is an answer's value in the week with estimated ways, mended if it broke rules there. Legal is false where that failed.
type Estimated struct {
	Value  int64 `json:"value"`
	Legal  bool  `json:"legal"`
	Mended bool  `json:"mended,omitempty"`
}

// measure gives the value of an answer's legal roster, and whether it had to be mended; false: it has none.
type measure func(r *Run, a *Answer) (value int64, mended, legal bool)

// exactly measures by the words, the whole problem, which our search of the week with estimated ways does not answer.
func exactly(r *Run, a *Answer) (value int64, mended, legal bool) {
	if r.Peer == oursEstimated {
		return 0, false, false
	}
	return a.worth()
}

// byEstimate measures in the week that the others were told.
func byEstimate(_ *Run, a *Answer) (value int64, mended, legal bool) {
	if a.Estimated == nil || !a.Estimated.Legal {
		return 0, false, false
	}
	return a.Estimated.Value, a.Estimated.Mended, true
}

// worth gives the value of an answer's legal roster; false: it has none.
func (a *Answer) worth() (value int64, mended, legal bool) {
	switch {
	case a.Broken == 0:
		return a.Value, false, true
	case a.Mended != nil:
		return a.Mended.Value, true, true
	default:
		return 0, false, false
	}
}

// store holds finished runs in a file, a line each.
type store struct {
	path string
	runs []Run
}

// openStore reads what was run before. A last line that was cut short, because the machine stopped, is left out.
func openStore(dir string) (*store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	s := &store{path: filepath.Join(dir, "results.jsonl")}
	file, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	var bad error
	for n := 1; lines.Scan(); n++ {
		if bad != nil {
			return nil, bad
		}
		var r Run
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			bad = fmt.Errorf("%s, line %d: %w; expected the result of a run. Take the line out to have it run again", s.path, n, err)
			continue
		}
		s.runs = append(s.runs, r)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if bad != nil {
		return s, s.rewrite()
	}
	return s, nil
}

// rewrite leaves only whole lines in the file.
func (s *store) rewrite() error {
	all := s.runs
	s.runs = nil
	next := s.path + ".new"
	t := store{path: next}
	for i := range all {
		if err := t.add(&all[i]); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		if err := os.WriteFile(next, nil, 0o600); err != nil {
			return err
		}
	}
	s.runs = all
	return os.Rename(next, s.path)
}

// add writes a finished run.
func (s *store) add(r *Run) error {
	if r.Answers == nil {
		r.Answers = []Answer{}
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(s.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	s.runs = append(s.runs, *r)
	return nil
}

// has reports whether a run is done: ours of just that limit, since it paces itself by it, others' of at least that.
func (s *store) has(c Case, peer string, limit float64) bool {
	for i := range s.runs {
		r := &s.runs[i]
		if r.Case == c && r.Peer == peer && (r.Limit == limit || !pacesItself(peer) && r.Limit > limit) {
			return true
		}
	}
	return false
}
