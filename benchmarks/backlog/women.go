package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
)

// fare is how women and men fared in one run.
type fare struct {
	way  string
	seed uint64
	play.Fares
}

// fareWays are the ways that are compared: the plan, and what most offices do.
var fareWays = []string{ours, fcfs}

// playFares reads how women and men fared in the runs that were made, and makes those that are missing. None without a file.
func (p *plan) playFares(ctx context.Context) ([]fare, error) {
	if p.women == "" {
		return nil, nil
	}
	all, err := readFares(p.women)
	if err != nil {
		return nil, err
	}
	for s := range p.equal {
		for _, way := range fareWays {
			seed := uint64(1 + s) //nolint:gosec // seeds are small
			known := slices.ContainsFunc(all, func(x fare) bool { return x.way == way && x.seed == seed })
			if known || p.runs == 0 || ctx.Err() != nil {
				continue
			}
			x := fare{way: way, seed: seed}
			j := job{way: way, constants: policyOwn, seed: seed, rounds: p.rounds}
			if _, err := play.Play(ctx, play.Spec{People: p.people, Weeks: p.weeks, Week: firstWeek, Seed: seed}, wayOf(j), play.Options{Fares: &x.Fares}); err != nil {
				if ctx.Err() != nil {
					return all, nil //nolint:nilerr // what was made is told
				}
				return nil, fmt.Errorf("%v: %w", j, err)
			}
			if err := addFare(p.women, &x, len(all) == 0); err != nil {
				return nil, err
			}
			all = append(all, x)
			fmt.Fprintf(os.Stderr, "%v: women %d and men %d on time\n", j, x.Women.OnTime, x.Men.OnTime)
		}
	}
	return all, nil
}

// fareLine writes a run as a row: women, then men.
func fareLine(x *fare) []string {
	out := []string{x.way, strconv.FormatUint(x.seed, 10)}
	for _, of := range []play.Fare{x.Women, x.Men} {
		for _, v := range reflect.ValueOf(of).Fields() {
			out = append(out, strconv.FormatInt(v.Int(), 10))
		}
	}
	return out
}

// addFare adds a row to the file, and its header first.
func addFare(file string, x *fare, first bool) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644) //nolint:gosec // results are for everybody
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if first {
		head := []string{"way", "seed"}
		for _, who := range []string{"women_", "men_"} {
			for v := range reflect.TypeFor[play.Fare]().Fields() {
				head = append(head, who+v.Tag.Get("json"))
			}
		}
		_ = w.Write(head) // its error is kept
	}
	_ = w.Write(fareLine(x))
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

// readFares reads the rows that there are; a file that is not there yet holds none.
func readFares(file string) ([]fare, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(f).ReadAll()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	var all []fare
	for i, line := range lines {
		if i == 0 {
			continue
		}
		var x fare
		if want := len(fareLine(&x)); len(line) != want {
			return nil, fmt.Errorf("%s, line %d: found %d columns; expected %d; take the line out, or name another file", file, i+1, len(line), want)
		}
		x.way = line[0]
		x.seed, err = strconv.ParseUint(line[1], 10, 64)
		at := 2
		for _, of := range []*play.Fare{&x.Women, &x.Men} {
			for _, v := range reflect.ValueOf(of).Elem().Fields() {
				number, bad := strconv.ParseInt(line[at], 10, 64)
				err = errors.Join(err, bad)
				v.SetInt(number)
				at++
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, i+1, err)
		}
		all = append(all, x)
	}
	return all, nil
}

// writeFares compares how women and men fare, summed over the seeds that all ways were played with.
func writeFares(w io.Writer, people int, all []fare) {
	var seeds []uint64
	for _, x := range all {
		if x.way == ours && slices.ContainsFunc(all, func(y fare) bool { return y.way == fcfs && y.seed == x.seed }) {
			seeds = append(seeds, x.seed)
		}
	}
	if len(seeds) == 0 {
		return
	}
	fmt.Fprintf(w, "\n## Women and men\n\nOf %d seeds held out, summed; a year of %d people each. Orders that came to an end are those completed and those that ended with work left.\n\n", len(seeds), people)
	fmt.Fprintln(w, "| | payback: women | payback: men | first come: women | first come: men |\n|---|--:|--:|--:|--:|")
	var groups []play.Fare
	for _, way := range fareWays {
		var women, men play.Fare
		for _, x := range all {
			if x.way == way && slices.Contains(seeds, x.seed) {
				sum(&women, &x.Women)
				sum(&men, &x.Men)
			}
		}
		groups = append(groups, women, men)
	}
	share := func(a, b int) string { return fmt.Sprintf("%.1f %%", 100*float64(a)/float64(max(1, b))) }
	for _, m := range []struct {
		name string
		of   func(*play.Fare) string
	}{
		{"people", func(x *play.Fare) string { return strconv.Itoa(x.People) }},
		{"completed on time, of orders that came to an end", func(x *play.Fare) string { return share(x.OnTime, x.OnTime+x.Late+x.Ended) }},
		{"completed on time, of people", func(x *play.Fare) string { return share(x.OnTime, x.People) }},
		{"without a place, of weeks in which some session suited", func(x *play.Fare) string { return share(x.Without, x.Weeks) }},
		{"longest wait, weeks", func(x *play.Fare) string { return strconv.Itoa(x.LongestWait) }},
		{"waited over 13 weeks, of people", func(x *play.Fare) string { return share(x.LongWaits, x.People) }},
		{"hours lost at ends, for 100 people", func(x *play.Fare) string {
			return fmt.Sprintf("%.1f", float64(x.LostMinutes)/60*100/float64(max(1, x.People)))
		}},
	} {
		fmt.Fprintf(w, "| %s |", m.name)
		for i := range groups {
			fmt.Fprintf(w, " %s |", m.of(&groups[i]))
		}
		fmt.Fprintln(w)
	}
}

// sum adds a run; the longest wait is the longest of all.
func sum(to, x *play.Fare) {
	longest := max(to.LongestWait, x.LongestWait)
	a, b := reflect.ValueOf(to).Elem(), reflect.ValueOf(x).Elem()
	for i := range a.NumField() {
		a.Field(i).SetInt(a.Field(i).Int() + b.Field(i).Int())
	}
	to.LongestWait = longest
}
