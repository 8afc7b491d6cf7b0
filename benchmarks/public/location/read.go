package location

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// Layout is how a file is laid out.
type Layout string

// The layouts that are read.
const (
	Formatted Layout = "formatted"
	Pairs     Layout = "pairs"
)

// Instance is one problem. Costs are in thousandths, so that those with a few decimals stay whole.
type Instance struct {
	Name     string
	Capacity []int32   // by facility
	Opening  []int32   // by facility
	Demand   []int32   // by customer
	Cost     [][]int32 // by customer and facility
	// Optimum is the published least cost in thousandths; 0: none is known.
	Optimum int64
}

// maxSize bounds facilities and customers, so that a damaged first line does not ask for all memory.
const maxSize = 100_000

// Read reads an instance.
func Read(name string, r io.Reader, layout Layout) (*Instance, error) {
	if layout != Formatted && layout != Pairs {
		return nil, model.Errorf(model.CodeUsage, "found layout %q; expected %s or %s", layout, Formatted, Pairs)
	}
	w := &words{name: name, lines: bufio.NewScanner(r)}
	w.lines.Buffer(nil, 64<<20)
	facilities, customers := int(w.whole("the number of facilities")), int(w.whole("the number of customers"))
	if w.err == nil && (facilities < 1 || customers < 1 || facilities > maxSize || customers > maxSize || facilities*customers > maxSize*1000) {
		return nil, model.Errorf(model.CodeInvalid, "%s, line 1: found %d facilities and %d customers; expected 1 to %d of each. Is this an instance?", name, facilities, customers, maxSize)
	}
	if w.err != nil {
		return nil, w.err
	}
	in := &Instance{Name: name, Capacity: make([]int32, facilities), Opening: make([]int32, facilities), Demand: make([]int32, customers), Cost: make([][]int32, customers)}
	for i := range in.Cost {
		in.Cost[i] = make([]int32, facilities)
	}
	if layout == Formatted {
		in.readFormatted(w)
	} else {
		in.readPairs(w)
	}
	if w.err == nil {
		w.end()
	}
	if w.err != nil {
		return nil, w.err
	}
	return in, in.check()
}

func (in *Instance) readFormatted(w *words) {
	for i := range in.Capacity {
		in.Capacity[i] = w.whole("a capacity")
	}
	for i := range in.Opening {
		in.Opening[i] = w.cost("an opening cost")
	}
	for i := range in.Demand {
		in.Demand[i] = w.whole("a demand")
	}
	for i := range in.Cost {
		for k := range in.Cost[i] {
			in.Cost[i][k] = w.cost("a cost")
		}
	}
}

func (in *Instance) readPairs(w *words) {
	for i := range in.Capacity {
		in.Capacity[i], in.Opening[i] = w.whole("a capacity"), w.cost("an opening cost")
	}
	for i := range in.Demand {
		in.Demand[i] = w.whole("a demand")
	}
	for k := range in.Capacity {
		for i := range in.Cost {
			in.Cost[i][k] = w.cost("a cost")
		}
	}
}

// check refuses what no solution can serve.
func (in *Instance) check() error {
	most, sum, room := int32(0), int64(0), int64(0)
	for _, d := range in.Demand {
		sum += int64(d)
	}
	for _, c := range in.Capacity {
		most, room = max(most, c), room+int64(c)
	}
	for i, d := range in.Demand {
		if d > most {
			return model.Errorf(model.CodeInvalid, "%s: customer %d has a demand of %d; expected at most %d, the greatest capacity, for one facility serves all of it", in.Name, i+1, d, most)
		}
	}
	if sum > room {
		return model.Errorf(model.CodeInvalid, "%s: found demands of %d in all and capacities of %d; expected at least as much capacity. Is the layout the other one?", in.Name, sum, room)
	}
	return nil
}

// words gives the words of a file as numbers, and remembers the first that is none.
type words struct {
	name  string
	lines *bufio.Scanner
	line  int
	left  []string
	err   error
}

func (w *words) next(what string) (string, bool) {
	for w.err == nil && len(w.left) == 0 {
		if !w.lines.Scan() {
			if w.err = w.lines.Err(); w.err == nil {
				w.err = model.Errorf(model.CodeInvalid, "%s, line %d: found the end; expected %s. Is the file whole, and the layout this one?", w.name, w.line, what)
			}
			return "", false
		}
		w.line++
		w.left = strings.Fields(w.lines.Text())
	}
	if w.err != nil {
		return "", false
	}
	word := w.left[0]
	w.left = w.left[1:]
	return word, true
}

// number reads a number from 0 on, in so many parts of one, that fits.
func (w *words) number(what string, parts float64) int32 {
	word, ok := w.next(what)
	if !ok {
		return 0
	}
	x, err := strconv.ParseFloat(word, 64)
	n := math.Round(x * parts)
	if err != nil || x < 0 || !(n <= math.MaxInt32/4) || math.Abs(n-x*parts) > 1e-3 {
		w.err = model.Errorf(model.CodeInvalid, "%s, line %d: found %q; expected %s, a number from 0 to %d in steps of %g", w.name, w.line, word, what, int64(math.MaxInt32/4/parts), 1/parts)
		return 0
	}
	return int32(n)
}

func (w *words) whole(what string) int32 { return w.number(what, 1) }

func (w *words) cost(what string) int32 { return w.number(what, 1000) }

// end refuses a file that goes on.
func (w *words) end() {
	for len(w.left) == 0 {
		if !w.lines.Scan() {
			w.err = w.lines.Err()
			return
		}
		w.line++
		w.left = strings.Fields(w.lines.Text())
	}
	w.err = model.Errorf(model.CodeInvalid, "%s, line %d: found %q; expected the end. Is the layout the other one?", w.name, w.line, w.left[0])
}

// optima is the file of published optima.
const optima = "os"

// ReadDir reads the instances of a folder, the files p1, p2 and so on, in order of their numbers, with their optima if the
// folder has a file of them.
func ReadDir(dir string, layout Layout) ([]*Instance, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		if n, ok := numberOf(e.Name()); ok && !e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil, model.Errorf(model.CodeInvalid, "found no file p1, p2 or the like in %s; expected a folder of instances", dir)
	}
	slices.Sort(numbers)
	best, err := readOptima(filepath.Join(dir, optima))
	if err != nil {
		return nil, err
	}
	var all []*Instance
	for _, n := range numbers {
		in, err := readFile(filepath.Join(dir, fmt.Sprintf("p%d", n)), layout)
		if err != nil {
			return nil, err
		}
		if n <= len(best) {
			in.Optimum = best[n-1]
		}
		all = append(all, in)
	}
	return all, nil
}

// numberOf gives the number of a file called p and a number.
func numberOf(name string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(name, "p"))
	return n, err == nil && n > 0 && name == fmt.Sprintf("p%d", n)
}

func readFile(path string, layout Layout) (*Instance, error) {
	file, err := os.Open(path) //nolint:gosec // the reader names the folder
	if err != nil {
		return nil, err
	}
	in, err := Read(filepath.Base(path), file, layout)
	return in, errors.Join(err, file.Close())
}

// readOptima reads a cost a line; none, if there is no such file.
func readOptima(path string) ([]int64, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the reader names the folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []int64
	for i, word := range strings.Fields(string(text)) {
		x, err := strconv.ParseFloat(word, 64)
		if err != nil || !(x >= 0 && x < 1e15) {
			return nil, model.Errorf(model.CodeInvalid, "%s: number %d is %q; expected a cost", filepath.Base(path), i+1, word)
		}
		all = append(all, int64(math.Round(x*1000)))
	}
	return all, nil
}
