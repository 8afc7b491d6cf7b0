package feed

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// Way is the answer to how long a journey takes. The zero Way is none.
type Way struct {
	Known   bool
	Minutes int32
	Metres  int32 // 0: not told
}

// cell is a position to a thousandth of a degree, which is about a hundred metres. It is all that is asked with and kept.
type cell struct{ lat, lon int32 }

const perDegree = 1000

func cellOf(p geo.Point) cell {
	return cell{int32(math.Round(p.Latitude * perDegree)), int32(math.Round(p.Longitude * perDegree))}
}

func (c cell) point() geo.Point {
	return geo.Point{Latitude: float64(c.lat) / perDegree, Longitude: float64(c.lon) / perDegree}
}

func (c cell) compare(o cell) int {
	return cmp.Or(cmp.Compare(c.lat, o.lat), cmp.Compare(c.lon, o.lon))
}

// asked is a question that a cache may have the answer to.
type asked struct {
	mode     geo.Mode
	from, to cell
}

func (a asked) compare(o asked) int {
	return cmp.Or(cmp.Compare(a.mode, o.mode), a.from.compare(o.from), a.to.compare(o.to))
}

// answer is a way, and the day on which it was asked for.
type answer struct {
	way Way
	on  model.Date
}

// Cache keeps what services answered in a file of its own, by mode and rounded positions and by nothing else. It is for one
// goroutine.
type Cache struct {
	path  string
	known map[asked]answer // looked up, and sorted before it is written
	dirty bool
}

// cacheHead is the first line of the file; another one is of another version.
const cacheHead = "payback journeys 1"

// OpenCache reads the cache in a file, which need not be there yet. What is not a cache of this version is left unread, and the
// next Save puts a new one in its place.
func OpenCache(path string) (*Cache, error) {
	c := &Cache{path: path, known: map[asked]answer{}}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, &model.Error{Code: model.CodeUnavailable, Message: path + " cannot be read. Remove it, or see that you may read it.", Err: err}
	}
	defer func() { _ = f.Close() }() // read only
	lines := bufio.NewScanner(f)
	for first := true; lines.Scan(); first = false {
		if first && lines.Text() != cacheHead {
			break
		}
		if q, a, ok := readAnswer(lines.Text()); ok {
			c.known[q] = a
		}
	}
	return c, nil
}

// Find gives an answer that was asked for on a day or later.
func (c *Cache) find(q asked, since model.Date) (Way, bool) {
	a, ok := c.known[q]
	return a.way, ok && a.on >= since
}

func (c *Cache) keep(q asked, w Way, on model.Date) {
	c.known[q], c.dirty = answer{w, on}, true
}

// Save writes the cache for the eyes of whoever runs the program alone, whole or not at all, if anything was added.
func (c *Cache) Save() error {
	if !c.dirty {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(c.path), "."+filepath.Base(c.path)+"-*") // rights 0600
	if err != nil {
		return c.notWritten(err)
	}
	w := bufio.NewWriter(f)
	_, err = fmt.Fprintln(w, cacheHead)
	for _, q := range slices.SortedFunc(maps.Keys(c.known), asked.compare) {
		if err == nil {
			_, err = fmt.Fprintln(w, writeAnswer(q, c.known[q]))
		}
	}
	err = errors.Join(err, w.Flush(), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), c.path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return c.notWritten(err)
	}
	c.dirty = false
	return nil
}

func (c *Cache) notWritten(err error) error {
	return &model.Error{Code: model.CodeUnavailable, Message: c.path + " cannot be written. See that its folder may be written to and has room.", Err: err}
}

// writeAnswer gives a line: mode, four halves of positions, minutes, metres and day. Minutes are a dash where there was no answer.
func writeAnswer(q asked, a answer) string {
	minutes := "-"
	if a.way.Known {
		minutes = strconv.Itoa(int(a.way.Minutes))
	}
	return fmt.Sprintf("%d %d %d %d %d %s %d %v", q.mode, q.from.lat, q.from.lon, q.to.lat, q.to.lon, minutes, a.way.Metres, a.on)
}

func readAnswer(line string) (q asked, a answer, ok bool) {
	cells := strings.Fields(line)
	if len(cells) != 8 {
		return q, a, false
	}
	var n [7]int32
	for i := range n {
		if i == 5 && cells[i] == "-" {
			continue
		}
		x, err := strconv.ParseInt(cells[i], 10, 32)
		if err != nil {
			return q, a, false
		}
		n[i] = int32(x)
	}
	on, err := model.ParseDate(cells[7])
	if err != nil || n[0] < 0 || n[0] >= int32(geo.Modes) || n[5] < 0 || n[5] > maxMinutes || n[6] < 0 || n[6] > maxMetres {
		return q, a, false
	}
	q = asked{geo.Mode(n[0]), cell{n[1], n[2]}, cell{n[3], n[4]}}
	return q, answer{Way{cells[5] != "-", n[5], n[6]}, on}, true
}
