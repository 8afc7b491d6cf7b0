package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// night names a case: a country and how it is planned.
type night struct {
	country
	Seed    uint64 `json:"seed"`
	Redis   bool   `json:"redis"`
	Minutes int    `json:"minutes"` // the night's time; 0: as the policy delivered, or Rounds decide
	Rounds  int    `json:"rounds"`  // of work for each week; 0: the night's time decides
}

func (c night) String() string {
	s := fmt.Sprintf("%d regions of %d people, %d processes", c.Regions, c.People, c.Processes)
	if c.Rounds > 0 {
		s += fmt.Sprintf(", %d rounds a week", c.Rounds)
	}
	if c.Redis {
		s += ", on Redis"
	}
	return s
}

// measured is one night that was measured: a line of national.jsonl.
type measured struct {
	night
	Night   int      `json:"night"` // 1: from nothing; 2: from the plans of the first
	Wall    float64  `json:"wall"`  // seconds, from the start of the worker processes to the end of the last
	CPU     float64  `json:"cpu"`   // seconds of processors, of workers and their searches
	Memory  int64    `json:"memory_mb"`
	Record  int64    `json:"record_kb"` // the size of the file; 0: it is on Redis
	Results []region `json:"results"`
	Asked   []answer `json:"asked,omitempty"`
}

// region is what came of one region.
type region struct {
	Name    string  `json:"name"`
	People  int     `json:"people"` // who could work in the coming week
	Seconds float64 `json:"seconds"`
	State   string  `json:"state"`
	Weeks   []week  `json:"weeks"`
}

// week is what came of one week. Values are millipoints.
type week struct {
	Week       string  `json:"week"`
	Placed     int     `json:"placed"`
	Broken     int64   `json:"broken"`
	Value      int64   `json:"value"`
	Bound      int64   `json:"bound"` // 0: none is known
	Gap        int64   `json:"gap"`   // hundredths of a percent; -1: not known
	Placements int64   `json:"placements"`
	Limit      float64 `json:"limit"` // seconds that it was searched for
	Rounds     int     `json:"rounds"`
	Failure    string  `json:"failure,omitempty"` // why there is no plan
}

// answer is how long one kind of question took, in milliseconds.
type answer struct {
	Question string  `json:"question"`
	Limit    float64 `json:"limit"` // 0: none is set
	Times    int     `json:"times"`
	Middle   float64 `json:"p50"`
	Most     float64 `json:"p99"`
	Longest  float64 `json:"longest"`
}

// store holds what was measured in a file, a line each.
type store struct {
	path   string // empty: nothing is kept
	nights []measured
}

// openStore reads what was measured before. A last line that was cut short, because the machine stopped, is left out.
func openStore(dir string) (*store, error) {
	if dir == "" {
		return &store{}, nil
	}
	if err := os.MkdirAll(dir, 0o750); err != nil { //nolint:gosec // whoever runs the command says where
		return nil, err
	}
	s := &store{path: filepath.Join(dir, "national.jsonl")}
	body, err := os.ReadFile(s.path) //nolint:gosec // likewise
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	whole := bytes.LastIndexByte(body, '\n') + 1
	lines := bufio.NewScanner(bytes.NewReader(body[:whole]))
	lines.Buffer(nil, len(body)+1)
	for n := 1; lines.Scan(); n++ {
		var m measured
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w; expected what was measured of a night. Take the line out to have it measured again", s.path, n, err)
		}
		s.nights = append(s.nights, m)
	}
	if whole < len(body) {
		return s, os.Truncate(s.path, int64(whole))
	}
	return s, lines.Err()
}

// add keeps what was measured.
func (s *store) add(m *measured) error {
	s.nights = append(s.nights, *m)
	if s.path == "" {
		return nil
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(s.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // likewise
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Sync(), file.Close())
}

// has reports whether a case is measured.
func (s *store) has(c night) bool {
	for i := range s.nights {
		if s.nights[i].night == c {
			return true
		}
	}
	return false
}
