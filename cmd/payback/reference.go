package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// newKey gives a key that nobody used before.
func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// The words that name a roster of the record; everything else is the ID of a plan.
const (
	latestRef    = "latest"    // the newest plan of the week
	publishedRef = "published" // what is published; with =3, that version
)

// pickFlags say which plan is meant.
type pickFlags struct {
	recordFlags
	Region string `placeholder:"NAME" help:"The region in the record. Left out: the only one there is."`
	Week   string `placeholder:"2026-W49" help:"The week in the record. Left out: next week."`
}

// pick finds a plan: a folder, or something of the record.
func (f *pickFlags) pick(ctx context.Context, m *Main, ref string) (p *planned, err error) {
	if isFolder(ref) || strings.ContainsAny(ref, `/\`) {
		return readPlanned(ref)
	}
	d, week, err := f.openWeek(ctx, m)
	if err != nil {
		if f.missing(m) && ref != "" {
			return readPlanned(ref) // there is no record, so a folder was meant, and that says what is wrong with it
		}
		return nil, err
	}
	defer d.closing(ctx, &err)
	return d.planned(ctx, ref, week)
}

// openWeek opens the record and settles the week.
func (f *pickFlags) openWeek(ctx context.Context, m *Main) (*desk, model.Week, error) {
	week, err := weekOrNext(m, f.Week)
	if err != nil {
		return nil, week, err
	}
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, week, err
	}
	d, err := f.open(ctx, m, profile, f.Region)
	return d, week, err
}

// isFolder reports whether a reference is a folder on the disk, which goes before anything in the record.
func isFolder(ref string) bool {
	at, err := os.Stat(ref)
	return err == nil && at.IsDir()
}

// publishedVersion reads published, published=3 and version=3.
func publishedVersion(ref string) (version int, ok bool, err error) {
	word, number, given := strings.Cut(ref, "=")
	if word != publishedRef && word != "version" {
		return 0, false, nil
	}
	if !given {
		return 0, word == publishedRef, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return 0, true, model.Errorf(model.CodeUsage, "found %q; expected a published version such as %s=3.", ref, publishedRef)
	}
	return n, true, nil
}

// draftID finds the plan that a reference names; empty and latest name the newest of the week.
func (d *desk) draftID(ctx context.Context, ref string, week model.Week) (string, error) {
	if ref != "" && ref != latestRef {
		return ref, nil
	}
	all, err := d.Drafts(ctx, d.who, d.region, week)
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.State != scheduler.Failed {
			return x.ID, nil
		}
	}
	return "", model.Errorf(model.CodeNotFound, "There is no plan of week %v. Make one: payback plan --week %v", week, week)
}

// planned gives a plan or a published roster of the record as if it had been read from a folder.
func (d *desk) planned(ctx context.Context, ref string, week model.Week) (*planned, error) {
	version, published, err := publishedVersion(ref)
	if err != nil {
		return nil, err
	}
	if published {
		w, err := d.Week(ctx, d.who, d.region, week, version)
		if err != nil {
			return nil, err
		}
		left, err := d.leftBy(ctx, &w.Published)
		if err != nil {
			return nil, err
		}
		return inMemory(fmt.Sprintf("version %d", w.Published.Version), w.Snapshot, w.Roster, left)
	}
	id, err := d.draftID(ctx, ref, week)
	if err != nil {
		return nil, err
	}
	v, err := d.DraftView(ctx, d.who, d.region, id)
	if err != nil {
		return nil, err
	}
	if v.Roster == nil {
		return nil, noRoster(&v.Draft)
	}
	return inMemory(id, v.Snapshot, v.Roster, v.Unplaced)
}

// leftBy lists those whom the plan of a published version left over.
func (d *desk) leftBy(ctx context.Context, v *scheduler.RosterVersion) ([]scheduler.Unplaced, error) {
	view, err := d.DraftView(ctx, d.who, d.region, v.Draft)
	if err != nil {
		return nil, err
	}
	return view.Unplaced, nil
}

// noRoster says why there is nothing to look at.
func noRoster(d *scheduler.Draft) error {
	if d.State == scheduler.Failed {
		return model.Errorf(model.CodeTooLate, "Plan %s has no roster: %s", d.ID, d.Failure)
	}
	return model.Errorf(model.CodeConflict, "Plan %s is still being made. Try again when it is done.", d.ID)
}

// inMemory gives a roster as a plan's folder would hold it.
func inMemory(name string, sn *model.Snapshot, roster *model.Roster, unplaced []scheduler.Unplaced) (*planned, error) {
	files, err := exchange.RosterFiles(sn, roster, unplacedRows(unplaced))
	if err != nil {
		return nil, err
	}
	p := &planned{dir: name, calendar: sn.Calendar, asOf: sn.AsOf, roster: roster.Clone()}
	p.Region, p.Week, p.PhoneWithin = sn.Region, sn.Week.String(), sn.Policy.ChangeShortMinutes
	for i := range sn.Projects {
		p.Projects = append(p.Projects, projectName{string(sn.Projects[i].Code), sn.Projects[i].Name})
	}
	for _, f := range files {
		rows, err := rowsOf(f.Content)
		if err != nil {
			return nil, err
		}
		switch f.Name {
		case "sessions.csv":
			p.sessions = rows
		case "unplaced.csv":
			p.unplaced = rows
		}
	}
	return p, nil
}

// unplacedRows gives those not placed as they are written; never nil.
func unplacedRows(all []scheduler.Unplaced) []exchange.Unplaced {
	rows := make([]exchange.Unplaced, len(all))
	for i, u := range all {
		rows[i] = exchange.Unplaced{CRN: u.CRN, Event: u.Event, NeededMinutes: u.Needed, PlacedMinutes: u.Placed,
			MainObstacle: u.MainObstacle, NearestMiss: u.NearestMiss}
	}
	return rows
}

// rowsOf reads CSV by the names of its columns.
func rowsOf(content []byte) ([]map[string]string, error) {
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	all, err := in.ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for i := 1; i < len(all); i++ {
		row := map[string]string{}
		for j, v := range all[i] {
			if j < len(all[0]) {
				row[strings.TrimPrefix(all[0][j], "\ufeff")] = formula(v)
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
