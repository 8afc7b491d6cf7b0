package bound

import (
	_ "embed"
	"fmt"
	"strings"
)

// The limits of the usual chance take seconds to work out, so they are kept in a table, which a test works out anew.

//go:embed tails.csv
var tailTable string

const (
	tableEps   = 50 // permille, the chance that the table is for
	tableStep  = 50 // permille between the least chances it is for
	tableFrom  = 50
	tableTo    = 500
	tableRooms = 16 // the largest room in it
	usualMean  = 0.6
	quickRooms = 6 // the largest room that is worked out on the spot for other chances
)

// tableRow is one line: an inequality for groups of n in a room.
type tableRow struct {
	least, room, n int32
	limit
}

func (r tableRow) String() string {
	return fmt.Sprintf("%d,%d,%d,%d,%d", r.least, r.room, r.n, r.beta, r.bound)
}

// readTable parses the table.
func readTable() ([]tableRow, error) {
	var rows []tableRow
	for line := range strings.Lines(tailTable) {
		var r tableRow
		if _, err := fmt.Sscanf(line, "%d,%d,%d,%d,%d", &r.least, &r.room, &r.n, &r.beta, &r.bound); err != nil {
			return nil, fmt.Errorf("tails.csv: found %q: %w", strings.TrimSpace(line), err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// chances knows the limits of all rooms for one chance of too many.
type chances struct {
	eps   int64 // permille
	least int32 // permille
	rows  []tableRow
	known map[[2]int32]limits // by room and most; looked up only
}

// newChances prepares limits for people who come with at least a chance of least permille. Beyond what is worked out or in the
// table, groups are limited by their size alone, which is weaker and as true.
func newChances(eps int64, least int32) (*chances, error) {
	c := &chances{eps: eps, least: min(least/tableStep*tableStep, tableTo), known: map[[2]int32]limits{}}
	if eps != tableEps {
		return c, nil
	}
	rows, err := readTable()
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.least == c.least {
			c.rows = append(c.rows, r)
		}
	}
	return c, nil
}

// limits gives what a room allows to groups of at most most people.
func (c *chances) limits(room, most int32) limits {
	if l, ok := c.known[[2]int32{room, most}]; ok {
		return l
	}
	l := c.find(room, most)
	c.known[[2]int32{room, most}] = l
	return l
}

func (c *chances) find(room, most int32) limits {
	l := limits{room: room}
	for _, r := range c.rows {
		if r.room == room && r.n <= most {
			l.of = append(l.of, r.limit)
		}
	}
	switch {
	case len(l.of) > 0 || most <= room || c.least <= 0:
	case room <= quickRooms:
		x := tails{eps: float64(c.eps)/1000 + 1e-6, least: float64(c.least) / 1000, mean: usualMean}
		return x.limits(room, most)
	}
	if n := room + int32(len(l.of)); n < most && (n == room || l.of[len(l.of)-1].bound >= 0) {
		for ; n < most; n++ { // limited by size alone
			l.of = append(l.of, limit{bound: int64(most) * one})
		}
	}
	return l
}

// largest gives the most people that a room can allow, at most most.
func (c *chances) largest(room, most int32) int32 {
	l := c.limits(room, most)
	for i := range l.of {
		if l.of[i].bound < 0 {
			return room + int32(i)
		}
	}
	return max(min(most, room), room+int32(len(l.of)))
}
