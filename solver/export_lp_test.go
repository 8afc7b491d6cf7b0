package solver_test

import (
	"math"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"
)

// linear is a program read back from the LP format, with a solver of its own that is good for one thing: completing an
// assignment of the pairs. It knows nothing of how the program was made.
type linear struct {
	index map[string]int
	names []string
	cost  []float64
	low   []float64
	high  []float64
	whole []bool
	rows  []linearRow
}

type linearRow struct {
	columns []int
	factors []float64
	exact   bool
	rhs     float64
}

func (l *linear) column(name string) int {
	i, ok := l.index[name]
	if !ok {
		i = len(l.names)
		l.index[name] = i
		l.names = append(l.names, name)
		l.cost, l.low, l.high, l.whole = append(l.cost, 0), append(l.low, 0), append(l.high, math.Inf(1)), append(l.whole, false)
	}
	return i
}

// readLP reads as much of the format as is written.
func readLP(t require.TestingT, text string) *linear {
	l := &linear{index: map[string]int{}}
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return x
	}
	section := ""
	var r *linearRow // being read; the objective first
	objective := &linearRow{}
	for line := range strings.Lines(text) {
		require.LessOrEqual(t, len(line), 300, "some readers take no longer lines")
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "\\"):
			continue
		case line == "Min", line == "Subject To", line == "Bounds", line == "Binaries", line == "End":
			section, r = line, objective
			continue
		}
		words := strings.Fields(line)
		switch section {
		case "Min", "Subject To":
			for i := 0; i < len(words); i++ {
				switch w := words[i]; {
				case strings.HasSuffix(w, ":") && section == "Min":
				case strings.HasSuffix(w, ":"):
					l.rows = append(l.rows, linearRow{})
					r = &l.rows[len(l.rows)-1]
				case w == "+" || w == "-":
					f := number(words[i+1])
					if w == "-" {
						f = -f
					}
					c := l.column(words[i+2])
					require.NotContains(t, r.columns, c, "some readers take a column once a row")
					r.columns, r.factors = append(r.columns, c), append(r.factors, f)
					i += 2
				default:
					require.Contains(t, []string{"<=", "="}, w)
					r.exact, r.rhs = w == "=", number(words[i+1])
					i++
				}
			}
		case "Bounds":
			if len(words) == 3 {
				c := l.column(words[0])
				l.low[c] = number(words[2])
				l.high[c] = l.low[c]
				continue
			}
			require.Len(t, words, 5)
			c := l.column(words[2])
			l.low[c], l.high[c] = number(words[0]), number(words[4])
		case "Binaries":
			for _, w := range words {
				c, known := l.index[w]
				require.True(t, known, "%s stands in no row", w)
				l.whole[c], l.low[c], l.high[c] = true, max(0, l.low[c]), min(1, l.high[c])
			}
		}
	}
	require.Equal(t, "End", section)
	for i, c := range objective.columns {
		l.cost[c] = objective.factors[i]
	}
	return l
}

const tiny = 1e-7

// best completes some columns to the cheapest solution; false: none.
func (l *linear) best(fixed map[string]float64) (float64, bool) {
	low, high := append([]float64(nil), l.low...), append([]float64(nil), l.high...)
	for name, x := range fixed {
		c, known := l.index[name]
		if !known {
			if x != 0 {
				return 0, false
			}
			continue
		}
		if x < low[c] || high[c] < x {
			return 0, false
		}
		low[c], high[c] = x, x
	}
	return l.complete(low, high)
}

// complete tightens the bounds by every row, then tries both values of a whole column that is still open, then fills what
// is open in a row with its cheapest column.
func (l *linear) complete(low, high []float64) (float64, bool) {
	if !l.tighten(low, high) {
		return 0, false
	}
	for c := range l.names {
		if !l.whole[c] || high[c]-low[c] < tiny {
			continue
		}
		best, found, bound := 0.0, false, l.bound(low, high)
		for _, x := range []float64{0, 1} {
			lo, hi := append([]float64(nil), low...), append([]float64(nil), high...)
			lo[c], hi[c] = x, x
			if cost, ok := l.complete(lo, hi); ok && (!found || cost < best) {
				best, found = cost, true
			}
			if found && best <= bound+tiny {
				break
			}
		}
		return best, found
	}
	cheapest, rate := -1, 0.0
	for i := range l.rows {
		r := &l.rows[i]
		for k, c := range r.columns {
			if high[c]-low[c] > tiny {
				if x := l.cost[c] / math.Abs(r.factors[k]); r.exact && (cheapest < 0 || x < rate) {
					cheapest, rate = c, x
				}
			}
		}
	}
	if cheapest >= 0 {
		low[cheapest] = high[cheapest]
		return l.complete(low, high)
	}
	sum := 0.0
	for c, x := range l.cost {
		sum += x * low[c]
	}
	return sum, true
}

// bound gives the least that the columns can cost.
func (l *linear) bound(low, high []float64) (sum float64) {
	for c, x := range l.cost {
		sum += min(x*low[c], x*high[c])
	}
	return sum
}

func (l *linear) tighten(low, high []float64) bool {
	for changed := true; changed; {
		changed = false
		for i := range l.rows {
			r := &l.rows[i]
			for _, sign := range []float64{1, -1} {
				if sign < 0 && !r.exact {
					break
				}
				least := 0.0
				for k, c := range r.columns {
					least += min(sign*r.factors[k]*low[c], sign*r.factors[k]*high[c])
				}
				room := sign*r.rhs - least
				if room < -tiny {
					return false
				}
				for k, c := range r.columns {
					f := sign * r.factors[k]
					reach := room / math.Abs(f)
					switch {
					case reach >= high[c]-low[c]-tiny:
					case f > 0:
						high[c], changed = l.down(c, low[c]+reach), true
					default:
						low[c], changed = l.up(c, high[c]-reach), true
					}
					if low[c] > high[c] {
						if low[c] > high[c]+tiny {
							return false
						}
						low[c] = high[c]
					}
				}
			}
		}
	}
	return true
}

func (l *linear) down(c int, x float64) float64 {
	if l.whole[c] {
		return math.Floor(x + tiny)
	}
	return x
}

func (l *linear) up(c int, x float64) float64 {
	if l.whole[c] {
		return math.Ceil(x - tiny)
	}
	return x
}
