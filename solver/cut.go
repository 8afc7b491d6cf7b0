package solver

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// CutPoint is the point of its work at which a run was cut, whatever cut it. A run that is told to stop there gives the same
// roster. Work is counted, not timed: what a clock decides is only which point it is.
type CutPoint struct {
	Rounds int   // done as wholes
	Moves  []int // by part of the week: moves made in the round after them; nil: none
	Guided int   // steps of the bound whose hints guided the construction
	// Warm names the few prices with which that bound began, in small letters and digits; empty: it began with first prices.
	Warm  string
	Built []int // by start: steps made of constructions that were cut before the first round; nil: they were finished
	// Greedy is one more than the steps made of the greedy roster, where that was cut; 0: it was finished.
	Greedy int
}

// String writes a cut as ParseCutPoint reads it: 12 after twelve rounds, 12+340,335,0,0 within the round after them, b57,12 after 57 steps
// of the construction of one start and 12 of the other, and each of them as in g200:12 if 200 steps of a bound guided the construction, or g200w0b1f:12 if that began with
// the few prices of the name 0b1f. In front of all that stands f30: if the greedy roster was cut after 30 steps.
func (c CutPoint) String() string {
	var text []byte
	if c.Greedy > 0 {
		text = append(strconv.AppendInt(append(text, 'f'), int64(c.Greedy-1), 10), ':')
	}
	if c.Guided > 0 {
		text = strconv.AppendInt(append(text, 'g'), int64(c.Guided), 10)
		if c.Warm != "" {
			text = append(append(text, 'w'), c.Warm...)
		}
		text = append(text, ':')
	}
	for i, n := range c.Built {
		text = strconv.AppendInt(append(text, "b,"[min(i, 1)]), int64(n), 10)
	}
	if c.Built != nil {
		return string(text)
	}
	text = strconv.AppendInt(text, int64(c.Rounds), 10)
	for i, n := range c.Moves {
		text = strconv.AppendInt(append(text, "+,"[min(i, 1)]), int64(n), 10)
	}
	return string(text)
}

// ParseCutPoint reads a cut.
func ParseCutPoint(text string) (CutPoint, error) {
	wrong := func() (CutPoint, error) {
		return CutPoint{}, model.Errorf(model.CodeUsage, "found %q as where a plan was cut; expected rounds such as 12, rounds and moves such as 12+340,335 or steps of "+
			"construction such as b57, each after the steps of a bound as in g200:12, as plan.json has them", text)
	}
	number := func(s string) (int, bool) {
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= 0 && s[0] != '+'
	}
	var c CutPoint
	var ok bool
	if greedy, rest, some := strings.Cut(text, ":"); some && strings.HasPrefix(greedy, "f") {
		if c.Greedy, ok = number(greedy[1:]); !ok || c.Greedy == math.MaxInt {
			return wrong()
		}
		c.Greedy, text = c.Greedy+1, rest
	}
	if guided, rest, some := strings.Cut(text, ":"); some {
		count, marked := strings.CutPrefix(guided, "g")
		count, name, warm := strings.Cut(count, "w")
		if c.Guided, ok = number(count); !ok || !marked || c.Guided == 0 || warm && !isName(name) {
			return wrong()
		}
		c.Warm, text = name, rest
	}
	numbers := func(s string) (list []int, ok bool) {
		for s := range strings.SplitSeq(s, ",") {
			n, ok := number(s)
			if !ok {
				return nil, false
			}
			list = append(list, n)
		}
		return list, true
	}
	if built, some := strings.CutPrefix(text, "b"); some {
		if c.Built, ok = numbers(built); !ok {
			return wrong()
		}
		return c, nil
	}
	rounds, moves, inside := strings.Cut(text, "+")
	if c.Rounds, ok = number(rounds); !ok {
		return wrong()
	}
	if !inside {
		return c, nil
	}
	if c.Moves, ok = numbers(moves); !ok {
		return wrong()
	}
	return c, nil
}

// isName reports whether a text can name few prices in a cut.
func isName(text string) bool {
	return text != "" && strings.Trim(text, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// MarshalText writes a cut for files.
func (c CutPoint) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (c *CutPoint) UnmarshalText(text []byte) error {
	got, err := ParseCutPoint(string(text))
	if err != nil {
		return err
	}
	*c = got
	return nil
}

// ration says how much of a piece of work may still be done: until a flag is raised, and no more than so many steps.
type ration struct {
	halt *atomic.Bool // nil: nobody raises it
	most int          // negative: no limit
	done int
	cut  bool // more was asked for than was given
}

func newRation(halt *atomic.Bool) ration { return ration{halt: halt, most: -1} }

// more takes one step out of the ration. False: there is none left.
func (r *ration) more() bool {
	if r.none() {
		return false
	}
	r.done++
	return true
}

// none reports whether nothing of the ration is left, and notes that it was cut if so.
func (r *ration) none() bool {
	r.cut = r.cut || r.most >= 0 && r.done >= r.most || r.halt != nil && r.halt.Load()
	return r.cut
}
