package exchange

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
)

// kinds are the kinds of file, in the order in which they are read and reported.
var kinds = []string{"teams", "projects", "project_availability", "supervisors", "supervisor_availability", "minibuses", "pick_up_locations",
	"people", "availability", "keep_apart", "exclusion_areas", "allocations", "sessions", "appointments", "non_working_days", "weather", "travel",
	"kit", "contacts", "reviews", "waivers", "costs"}

// Kinds gives the names of the kinds of file that a region may have, without ".csv".
func Kinds() []string { return append([]string(nil), kinds...) }

// Read reads a region from a folder of CSV files or from a workbook, whichever path is. Rows that cannot be taken are told
// in the report; the error, a [model.Error], is for a path that cannot be read at all or is beyond the limits, and then
// facts and report are nil.
func Read(path string, o Options) (*model.Facts, *Report, error) {
	stat, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, nil, notFound(filepath.Base(path), err)
	case stat.IsDir():
		return ReadDir(path, o)
	case strings.EqualFold(filepath.Ext(path), ".xlsx"):
		return ReadWorkbook(path, o)
	}
	return nil, nil, model.Errorf(model.CodeUsage, "%s is neither a folder nor a workbook; expected a folder with the region's CSV files, or an .xlsx workbook", filepath.Base(path))
}

// ReadDir reads a region from the CSV files of a folder, as [Read] does.
func ReadDir(dir string, o Options) (*model.Facts, *Report, error) {
	entries, err := folder(dir)
	if err != nil {
		return nil, nil, err
	}
	return readEntries(entries, o)
}

func readEntries(entries []entry, o Options) (*model.Facts, *Report, error) {
	r, err := newReader(o)
	if err != nil {
		return nil, nil, err
	}
	r.sources = regionFiles(entries, readable, func(file, text string) { r.note(file, "", text) })
	return r.region()
}

// ReadWorkbook reads a region from the sheets of an .xlsx workbook, as [Read] does. Cells are taken as the values they
// hold; formulas are never worked out.
func ReadWorkbook(path string, o Options) (*model.Facts, *Report, error) {
	w, err := openWorkbook(path, filepath.Base(path))
	if err != nil {
		return nil, nil, err
	}
	return readBook(w, o)
}

// readBook reads a region from an open workbook, and closes it.
func readBook(w *workbook, o Options) (*model.Facts, *Report, error) {
	defer w.close()
	r, err := newReader(o)
	if err != nil {
		return nil, nil, err
	}
	r.sources = w.sheets(readable, func(file, text string) { r.note(file, "", text) })
	return r.region()
}

// The years whose clock changes a calendar for files knows. Times outside them are read with the offset that was or will be
// in force at the nearer end.
const firstYear, lastYear = 2000, 2037

func newReader(o Options) (*reader, error) {
	r := &reader{o: o, calendar: o.calendar, states: map[string]*state{}, report: &Report{}}
	if r.calendar == nil {
		c, err := scheduler.NewCalendar(o.zone(), model.NewDate(firstYear, 1, 1), model.NewDate(lastYear, 12, 31))
		if err != nil {
			return nil, err
		}
		r.calendar = &c
	}
	return r, nil
}

// raw is the rows of every kind as understood one by one.
type raw struct {
	teams       []line[model.Team]
	projects    []line[model.Project]
	slots       []line[model.Slot]
	supervisors []line[supervisorRow]
	shifts      []line[model.Shift]
	minibuses   []line[model.Minibus]
	stops       []line[model.Stop]
	people      []line[personRow]
	spells      []line[model.Spell]
	apart       []line[model.Pair]
	zones       []line[zoneRow]
	standing    []line[model.Standing]
	held        []line[heldRow]
	visits      []line[visitRow]
	holidays    []line[model.Holiday]
	outlooks    []line[model.Outlook]
	legs        []line[geo.Leg]
	kit         []line[model.Kit]
	contacts    []line[model.Contact]
	reviews     []line[model.Review]
	waivers     []line[model.Waiver]
	costs       []line[model.Cost]
}

// into loads a kind unless an earlier one failed.
func into[T any](r *reader, err *error, t *table[T], lines *[]line[T]) {
	if *err == nil {
		*lines, *err = load(r, t)
	}
}

// region reads every kind and then checks the rows against one another.
func (r *reader) region() (*model.Facts, *Report, error) {
	if r.o.Gazetteer != "" {
		r.sources[gazetteerKind] = gazetteerFile(r.o.Gazetteer)
	}
	var w raw
	var err error
	into(r, &err, teamsTable, &w.teams)
	into(r, &err, projectsTable, &w.projects)
	into(r, &err, slotsTable, &w.slots)
	into(r, &err, supervisorsTable, &w.supervisors)
	into(r, &err, shiftsTable, &w.shifts)
	into(r, &err, minibusesTable, &w.minibuses)
	into(r, &err, stopsTable, &w.stops)
	into(r, &err, peopleTable, &w.people)
	into(r, &err, spellsTable, &w.spells)
	into(r, &err, apartTable, &w.apart)
	into(r, &err, zonesTable, &w.zones)
	into(r, &err, standingTable, &w.standing)
	into(r, &err, heldTable, &w.held)
	into(r, &err, visitsTable, &w.visits)
	into(r, &err, holidaysTable, &w.holidays)
	into(r, &err, weatherTable, &w.outlooks)
	into(r, &err, legsTable, &w.legs)
	into(r, &err, kitTable, &w.kit)
	into(r, &err, contactsTable, &w.contacts)
	into(r, &err, reviewsTable, &w.reviews)
	into(r, &err, waiversTable, &w.waivers)
	into(r, &err, costsTable, &w.costs)
	if err == nil {
		err = r.postcodes(&w)
	}
	if err != nil {
		return nil, nil, err
	}
	f := &model.Facts{}
	r.places(f, &w)
	r.people(f, &w)
	r.settled(f)
	r.standing(f, &w)
	r.rest(f, &w)
	r.finish(readable)
	return f, r.report, nil
}
