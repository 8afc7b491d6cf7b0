package main

import (
	"path/filepath"

	"github.com/communitypayback/payback/benchmarks/kept"
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

// store holds finished runs.
type store struct{ *kept.File[Run] }

// openStore reads what was run before.
func openStore(dir string) (*store, error) {
	f, err := kept.Open[Run](filepath.Join(dir, "results.jsonl"))
	return &store{f}, err
}

// add keeps a finished run.
func (s *store) add(r *Run) error {
	if r.Answers == nil {
		r.Answers = []Answer{}
	}
	return s.Add(r)
}

// has reports whether a run is done: ours of just that limit, since it paces itself by it, others' of at least that.
func (s *store) has(c Case, peer string, limit float64) bool {
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.Case == c && r.Peer == peer && (r.Limit == limit || !pacesItself(peer) && r.Limit > limit) {
			return true
		}
	}
	return false
}
