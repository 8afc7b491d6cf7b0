package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// gazetteerKind is the one kind of file that is only looked things up in: it may name every postcode of a country, and nothing
// of it is kept but the positions of those that people have.
const gazetteerKind = "gazetteer"

// readable are the kinds that files may be of.
var readable = append(slices.Clone(kinds), gazetteerKind)

// postcodeRow is a row of a gazetteer.
type postcodeRow struct {
	postcode string
	at       geo.Point
}

var gazetteerTable = &table[postcodeRow]{
	kind: gazetteerKind, rows: maxPostcodes, help: "Where postcodes are, for people without a position. The ONS Postcode Directory can be taken as it is, with all its columns. " +
		"Only what people need is kept; a postcode that is not found is a problem of the person's row, and is never guessed from its neighbours.",
	columns: []column[postcodeRow]{
		words("postcode", func(p *postcodeRow) *string { return &p.postcode }).must().also("pcds", "pcd", "pcd2", "pcd7", "pcd8").says("a postcode, with or without a blank", "ZZ99 3WZ"),
		degrees("latitude", 90, func(p *postcodeRow) *float64 { return &p.at.Latitude }, postcodeKnown).must().also("lat", "latitude_wgs84"),
		degrees("longitude", 180, func(p *postcodeRow) *float64 { return &p.at.Longitude }, postcodeKnown).must().also("long", "lon", "lng", "longitude_wgs84"),
	},
}

func postcodeKnown(p *postcodeRow) bool { return p.at.Known() }

// The limits on a gazetteer, which is read line by line and so may be far larger than a region's files.
const (
	maxPostcodes     = 5_000_000
	maxGazetteerLine = 64 << 10
)

// plainPostcode gives the form in which postcodes are compared.
func plainPostcode(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// gazetteer is what was found of the postcodes that were wanted.
type gazetteer struct {
	at      map[string]geo.Point // looked up only
	doubted map[string]bool      // named at two places
}

// postcodes gives positions to people who only have a postcode: what the region knows of the same person at the same postcode,
// and otherwise what the gazetteer says. Where there is a gazetteer, a postcode that it does not have is a problem.
func (r *reader) postcodes(w *raw) error {
	src, given := r.sources[gazetteerKind]
	st := &state{name: gazetteerKind + ".csv", given: given, letters: map[string]string{}, secret: map[string]bool{}, bad: map[int]bool{},
		known: map[string]bool{}, dropped: map[string]bool{}, noted: map[string]bool{}}
	r.states[gazetteerKind] = st
	lived := r.lived()
	wanted := map[string]bool{}
	for i := range w.people {
		p := &w.people[i].row
		if p.person.Home.Known() {
			continue
		}
		if was, ok := lived[p.person.CRN]; ok && was.postcode == plainPostcode(p.name.Postcode) && was.at.Known() {
			p.person.Home = was.at
			continue
		}
		wanted[plainPostcode(p.name.Postcode)] = true
	}
	if !given {
		return nil
	}
	for _, was := range lived {
		if !was.at.Known() {
			wanted[was.postcode] = true
		}
	}
	st.name = src.name
	if src.rows == nil {
		src.rows = src.each
	}
	g, err := r.lookUp(src, st, wanted)
	if err != nil || st.refused {
		return err
	}
	w.people = keep(r, peopleTable, w.people, func(p *personRow) []cellFault { return g.place(p) })
	r.found = g
	return nil
}

// lived gives the postcode and position that the region has of each person with a postcode.
func (r *reader) lived() map[model.CRN]postcodeRow {
	f := r.o.Known
	if f == nil {
		return nil
	}
	out := make(map[model.CRN]postcodeRow, len(f.Names))
	people := f.People
	for _, n := range f.Names { // both are sorted by CRN
		for len(people) > 0 && people[0].CRN < n.CRN {
			people = people[1:]
		}
		if n.Postcode != "" && len(people) > 0 && people[0].CRN == n.CRN {
			out[n.CRN] = postcodeRow{plainPostcode(n.Postcode), people[0].Home}
		}
	}
	return out
}

// place gives a person the position of their postcode, or says why there is none.
func (g *gazetteer) place(p *personRow) []cellFault {
	if p.person.Home.Known() {
		return nil
	}
	code := plainPostcode(p.name.Postcode)
	at, ok := g.at[code]
	switch {
	case ok:
		p.person.Home = at
		return nil
	case g.doubted[code]:
		return []cellFault{{column: "postcode", found: code, fault: fault{what: "postcode is at two places", expected: "one position for it in the gazetteer",
			next: "take one of its rows out of the gazetteer, or give the person's latitude and longitude"}}}
	}
	return []cellFault{{column: "postcode", found: code, fault: fault{what: "postcode not known", expected: "a postcode that the gazetteer has, or latitude and longitude",
		next: "check the postcode, take a newer gazetteer, or give the person's position"}}}
}

// settled adds the people of the region whose postcode was not found until now and is, as rows that were not in the files.
func (r *reader) settled(f *model.Facts) {
	k := r.o.Known
	if r.found == nil || k == nil {
		return
	}
	read := map[model.CRN]bool{}
	for i := range f.People {
		read[f.People[i].CRN] = true
	}
	names := map[model.CRN]model.Name{}
	for _, n := range k.Names {
		names[n.CRN] = n
	}
	for i := range k.People {
		p := k.People[i]
		at, ok := r.found.at[plainPostcode(names[p.CRN].Postcode)]
		if !ok || p.Home.Known() || read[p.CRN] {
			continue
		}
		p.Home = at
		f.People, f.Names = append(f.People, p), append(f.Names, names[p.CRN])
	}
	slices.SortFunc(f.People, func(a, b model.Person) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
	slices.SortFunc(f.Names, func(a, b model.Name) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
}

// lookUp goes through a gazetteer once and keeps what is wanted of it.
func (r *reader) lookUp(src source, st *state, wanted map[string]bool) (*gazetteer, error) {
	g := &gazetteer{at: map[string]geo.Point{}, doubted: map[string]bool{}}
	var columns *gazetteerColumns
	err := src.rows(func(h string) bool { return gazetteerColumn(h) >= 0 }, func(cells []string) error {
		if columns == nil {
			if columns = r.gazetteerHeader(st, cells); st.refused {
				return io.EOF
			}
			return nil
		}
		if st.rows++; st.rows > maxPostcodes {
			return tooManyRows(st.name, maxPostcodes)
		}
		columns.take(g, cells, wanted)
		return nil
	})
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if columns == nil && err == nil && !st.refused {
		st.refused = true
		r.fileProblem(gazetteerKind, "file is empty", "a header row and a row for each postcode", "")
	}
	for code := range g.doubted {
		delete(g.at, code)
	}
	st.ready = len(g.at)
	return g, err
}

// gazetteerColumns says where the cells stand that count.
type gazetteerColumns struct{ at [3]int }

func gazetteerColumn(header string) int {
	return slices.IndexFunc(gazetteerTable.columns, func(c column[postcodeRow]) bool { return c.name == header || slices.Contains(c.aliases, header) })
}

// gazetteerHeader finds the columns; of several that hold postcodes the first counts.
func (r *reader) gazetteerHeader(st *state, cells []string) *gazetteerColumns {
	x := &gazetteerColumns{at: [3]int{-1, -1, -1}}
	for i, cell := range cells {
		if at := gazetteerColumn(headerName(unguard(cell))); at >= 0 && x.at[at] < 0 {
			x.at[at] = i
			st.letters[gazetteerTable.columns[at].name] = columnLetter(i)
		}
	}
	for i, at := range x.at {
		if at < 0 {
			st.refused = true
			c := &gazetteerTable.columns[i]
			next := "add it; the first row of the file must hold the column names"
			if i > 0 {
				next = "eastings and northings are not read; the ONS Postcode Directory has lat and long"
			}
			r.fileProblem(gazetteerKind, "column "+c.name+" is missing", "a column "+c.name+": "+c.help, next)
		}
	}
	return x
}

// take keeps the position of a wanted postcode. A row without one that can be used, such as of a postcode that lies nowhere, is as if
// it were not there.
func (x *gazetteerColumns) take(g *gazetteer, cells []string, wanted map[string]bool) {
	if slices.Max(x.at[:]) >= len(cells) {
		return
	}
	code := plainPostcode(cells[x.at[0]])
	if !wanted[code] {
		return
	}
	var row postcodeRow
	c := &scan{}
	for i := 1; i < 3; i++ {
		v := unguard(strings.TrimSpace(cells[x.at[i]]))
		if v == "" || gazetteerTable.columns[i].read(c, v, &row) != nil {
			return
		}
	}
	if !row.at.Known() {
		return
	}
	if was, again := g.at[code]; again && was != row.at {
		g.doubted[code] = true
		return
	}
	g.at[code] = row.at
}

// streamed goes through the rows of a CSV text line by line, so that its size does not matter. Cells do not go over line ends.
func streamed(name string, in io.Reader, known func(string) bool, row func(cells []string) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxGazetteerLine)
	var delimiter byte
	var cells []string
	for lines.Scan() {
		if delimiter == 0 {
			head := bytes.TrimPrefix(lines.Bytes(), []byte{0xEF, 0xBB, 0xBF})
			if len(bytes.TrimSpace(head)) == 0 {
				continue
			}
			if bytes.IndexByte(head, 0) >= 0 || head[0] >= 0xFE {
				return model.Errorf(model.CodeInvalid, "%s is not a text file in UTF-8; expected CSV. Save it as \"CSV UTF-8\" and try again", name)
			}
			delimiter, _ = sniff(string(head), known)
			cells, _, _ = csvRow(cells[:0], string(head), delimiter)
		} else {
			var bad bool
			if cells, _, bad = csvRow(cells[:0], lines.Text(), delimiter); bad {
				continue
			}
		}
		if err := row(cells); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		e := model.Errorf(model.CodeInvalid, "%s cannot be read to its end; expected lines of at most %d KiB", name, maxGazetteerLine>>10)
		e.Err = err
		return e
	}
	return nil
}

// gazetteerFile is a gazetteer on disk.
func gazetteerFile(path string) source {
	name := filepath.Base(path)
	return source{name: name, rows: func(known func(string) bool, row func([]string) error) error {
		f, err := os.Open(path)
		if err != nil {
			return notFound(name, err)
		}
		defer func() { _ = f.Close() }() // read only
		if s, err := f.Stat(); err != nil || !s.Mode().IsRegular() {
			return notFound(name, fmt.Errorf("not a file: %w", errors.Join(err, os.ErrInvalid)))
		}
		return streamed(name, f, known, row)
	}}
}

// each goes through the rows of a source that is held in memory.
func (s source) each(known func(string) bool, row func(cells []string) error) error {
	var broken error
	records, err := s.open(known, func(string) {}, func(err error) { broken = err })
	if err != nil {
		return err
	}
	for rec := range records {
		if rec.bad || blank(rec.cells) {
			continue
		}
		if err := row(rec.cells); err != nil {
			return err
		}
	}
	return broken
}
