package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strconv"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
)

// outcome is a run that was made.
type outcome struct {
	job
	seconds float64
	play.Measures
}

// store holds the runs that were made, in a CSV file if one is named.
type store struct {
	file string
	rows []outcome
	made map[job]bool // looked up only
}

// keyColumns are the columns before the measures.
var keyColumns = []string{"way", "constants", "seed", "people", "weeks", "rounds", "nightly", "seconds"}

// header gives the names of all columns: those of measures are as in their JSON.
func header() []string {
	out := keyColumns
	for f := range reflect.TypeFor[play.Measures]().Fields() {
		out = append(out, f.Tag.Get("json"))
	}
	return out
}

// openStore reads what there is; a file that is not there yet holds nothing.
func openStore(file string) (*store, error) {
	s := &store{file: file, made: map[job]bool{}}
	if file == "" {
		return s, nil
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(f).ReadAll()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	for i, line := range lines {
		if i == 0 {
			continue
		}
		o, err := parse(line)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w; take the line out, or name another file", file, i+1, err)
		}
		if !s.made[o.job] { // two who play at once may both have made it
			s.rows = append(s.rows, o)
		}
		s.made[o.job] = true
	}
	return s, nil
}

func (s *store) has(j job) bool { return s.made[j] }

// add keeps a run, in the file too before it returns.
func (s *store) add(o outcome) error {
	s.rows = append(s.rows, o)
	s.made[o.job] = true
	if s.file == "" {
		return nil
	}
	f, err := os.OpenFile(s.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644) //nolint:gosec // results are for everybody
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if len(s.rows) == 1 {
		_ = w.Write(header()) // its error is kept
	}
	_ = w.Write(o.line())
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

// line writes a run as a row.
func (o *outcome) line() []string {
	out := []string{o.way, o.constants, strconv.FormatUint(o.seed, 10), strconv.Itoa(o.people), strconv.Itoa(o.weeks), strconv.Itoa(o.rounds),
		strconv.FormatBool(o.nightly), strconv.FormatFloat(o.seconds, 'f', 1, 64)}
	for _, v := range reflect.ValueOf(o.Measures).Fields() {
		out = append(out, strconv.FormatInt(v.Int(), 10))
	}
	return out
}

// parse reads a row.
func parse(line []string) (o outcome, err error) {
	v := reflect.ValueOf(&o.Measures).Elem()
	if want := len(keyColumns) + v.NumField(); len(line) != want {
		return o, fmt.Errorf("found %d columns; expected %d", len(line), want)
	}
	number := func(s string) int64 {
		n, bad := strconv.ParseInt(s, 10, 64)
		err = errors.Join(err, bad)
		return n
	}
	o.way, o.constants, o.seed = line[0], line[1], uint64(number(line[2]))
	o.people, o.weeks, o.rounds = int(number(line[3])), int(number(line[4])), int(number(line[5]))
	o.nightly = line[6] == "true"
	o.seconds, _ = strconv.ParseFloat(line[7], 64)
	for i := range v.NumField() {
		v.Field(i).SetInt(number(line[len(keyColumns)+i]))
	}
	return o, err
}
