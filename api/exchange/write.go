package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/model"
)

// WriteFacts writes every kind that has rows as a CSV file in dir, which it makes if need be. Equal facts give equal
// bytes. Each file replaces an older one whole or not at all; files of kinds without rows are left alone. Wall clocks are
// those of England and Wales; [Options.WriteFacts] takes another zone.
func WriteFacts(dir string, f *model.Facts) error { return Options{}.WriteFacts(dir, f) }

// WriteFacts is the function of that name for the zone of o.
func (o Options) WriteFacts(dir string, f *model.Facts) error {
	r, err := newReader(o)
	if err != nil {
		return err
	}
	w, err := newWriter(dir, r.calendar)
	if err != nil {
		return err
	}
	put(w, teamsTable, f.Teams)
	put(w, projectsTable, f.Projects)
	put(w, slotsTable, f.Slots)
	put(w, supervisorsTable, convert(f.Supervisors, func(s model.Supervisor) supervisorRow { return supervisorRow{supervisor: s} }))
	put(w, shiftsTable, f.Shifts)
	put(w, minibusesTable, f.Minibuses)
	put(w, stopsTable, f.Stops)
	put(w, peopleTable, peopleRows(f))
	put(w, spellsTable, f.Spells)
	put(w, apartTable, f.KeepApart)
	put(w, zonesTable, convert(f.Zones, func(z model.Zone) zoneRow {
		timed := z.Start != z.End
		return zoneRow{zone: z, start: z.Start, end: z.End, hasStart: timed, hasEnd: timed}
	}))
	put(w, standingTable, f.Standing)
	put(w, heldTable, convert(f.Held, func(h model.Held) heldRow { return heldRow{held: h} }))
	put(w, visitsTable, convert(f.History, func(a model.Appointment) visitRow { return visitOf(r.calendar, a) }))
	put(w, holidaysTable, f.Holidays)
	put(w, weatherTable, f.Outlooks)
	put(w, legsTable, f.Legs)
	put(w, kitTable, f.Kit)
	put(w, contactsTable, f.Contacts)
	put(w, reviewsTable, f.Reviews)
	put(w, waiversTable, f.Waivers)
	put(w, costsTable, f.Costs)
	return w.err
}

// peopleRows gives one row for each requirement. Both lists are sorted by CRN.
func peopleRows(f *model.Facts) []personRow {
	var rows []personRow
	names := f.Names
	for i := range f.People {
		p := f.People[i]
		for len(names) > 0 && names[0].CRN < p.CRN {
			names = names[1:]
		}
		row := personRow{person: p}
		if len(names) > 0 && names[0].CRN == p.CRN {
			row.name = names[0]
		}
		for _, n := range p.Requirements {
			row.need = n
			rows = append(rows, row)
		}
	}
	return rows
}

// visitOf gives an appointment with the clocks that go into a file.
func visitOf(c *model.Calendar, a model.Appointment) visitRow {
	v := visitRow{visit: a, offered: a.Minutes()}
	_, v.start = c.Local(a.Span.Start)
	_, v.end = c.Local(a.Span.End)
	if v.end == 0 {
		v.end = 1440
	}
	if a.PickUp != "" && a.PickUpAt != 0 {
		_, v.pickUpAt = c.Local(a.PickUpAt)
		v.hasPickUp = true
	}
	return v
}

func convert[S, T any](in []S, f func(S) T) []T {
	var out []T
	for _, s := range in {
		out = append(out, f(s))
	}
	return out
}

// writer makes files and remembers the first error.
type writer struct {
	keep func(name string, content []byte) error
	scan *scan
	err  error
}

// newWriter gives a writer into a folder, which it makes if need be.
func newWriter(dir string, c *model.Calendar) (*writer, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, notWritten(filepath.Base(dir), err)
	}
	keep := func(name string, content []byte) error { return replace(filepath.Join(dir, name), content) }
	return &writer{keep: keep, scan: &scan{calendar: c}}, nil
}

// put writes a kind if it has rows.
func put[T any](w *writer, t *table[T], rows []T) {
	if len(rows) > 0 {
		putAll(w, t, rows)
	}
}

// putAll writes a kind, with a header alone if it has no rows.
func putAll[T any](w *writer, t *table[T], rows []T) {
	if w.err != nil {
		return
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	cells := make([]string, 0, len(t.columns))
	for _, c := range t.columns {
		cells = append(cells, c.name)
	}
	w.err = out.Write(cells)
	for i := range rows {
		cells = cells[:0]
		for _, c := range t.columns {
			cells = append(cells, cell(c, w.scan, &rows[i]))
		}
		if err := out.Write(cells); err != nil && w.err == nil {
			w.err = err
		}
	}
	out.Flush()
	if w.err == nil {
		w.err = w.keep(t.kind+".csv", b.Bytes())
	}
}

// cell gives the text of one cell, safe to open in a spreadsheet. Numbers are never guarded: a minus is theirs.
func cell[T any](c column[T], s *scan, row *T) string {
	if c.write == nil {
		return ""
	}
	v := c.write(s, row)
	if c.number {
		return v
	}
	return guard(strings.ToValidUTF8(v, "\ufffd"))
}

// replace writes a file beside the old one and then puts it in its place.
func replace(path string, content []byte) error {
	name := filepath.Base(path)
	f, err := os.CreateTemp(filepath.Dir(path), "."+name+"-*")
	if err != nil {
		return notWritten(name, err)
	}
	_, err = f.Write(content)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return notWritten(name, err)
	}
	return nil
}

func notWritten(name string, cause error) error {
	e := model.Errorf(model.CodeUnavailable, "%s could not be written; check that the folder may be written to and has room", name)
	e.Err = fmt.Errorf("write %s: %w", name, cause)
	return e
}
