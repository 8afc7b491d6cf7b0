package api

import (
	"fmt"
	"slices"

	"google.golang.org/genproto/googleapis/rpc/errdetails"

	"github.com/communitypayback/payback/api/exchange"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

// The most of each that a report tells one by one.
const (
	maxHarms    = 50
	maxProblems = 200
	maxNotices  = 500
)

func dataVersionMessage(v *scheduler.DataVersion) *paybackv1.DataVersion {
	return &paybackv1.DataVersion{Version: count(v.Version), Digest: digestText(v.Content), MadeAt: moment(v.At), MadeBy: v.Who, People: count(v.People)}
}

// reportMessage tells what became of files, each with its problems.
func reportMessage(r *exchange.Report) *paybackv1.ImportReport {
	m := &paybackv1.ImportReport{ProblemCount: count(len(r.Problems))}
	byName := map[string]*paybackv1.FileReport{} // looked up only
	file := func(name, kind string) *paybackv1.FileReport {
		f, ok := byName[name]
		if !ok {
			f = &paybackv1.FileReport{Name: name, Kind: kind}
			byName[name] = f
			m.Files = append(m.Files, f)
		}
		return f
	}
	for _, x := range r.Files {
		f := file(x.Name, x.Kind)
		f.Rows, f.Ready = count(x.Rows), count(x.Ready)
	}
	for _, p := range r.Problems {
		f := file(p.File, p.Kind)
		m.Refused = m.GetRefused() || p.Row == 0
		if f.ProblemCount++; f.GetProblemCount() <= maxProblems {
			f.Problems = append(f.Problems, &paybackv1.Problem{Kind: p.Kind, Column: p.Column, Row: count(p.Row), ColumnLetter: p.ColumnLetter,
				What: p.What, Found: p.Found, Expected: p.Expected, Next: p.Next})
		}
	}
	for _, n := range r.Notices[:min(len(r.Notices), maxNotices)] {
		m.Notices = append(m.Notices, &paybackv1.Notice{File: n.File, Kind: n.Kind, Text: n.Text})
	}
	return m
}

// unreadable refuses files that cannot be read as a whole; nil if there are none.
func unreadable(r *exchange.Report, sent []*paybackv1.DataFile) error {
	e := &fieldsError{}
	for _, p := range r.Problems {
		if p.Row != 0 || len(e.violations) == maxDetails {
			continue
		}
		path := "files"
		if i := slices.IndexFunc(sent, func(f *paybackv1.DataFile) bool { return f.GetName() == p.File }); i >= 0 {
			path = fmt.Sprintf("files[%d]", i)
		}
		words := p.File + ": " + p.What
		if p.Expected != "" {
			words += "; expected " + p.Expected
		}
		e.violations = append(e.violations, &errdetails.BadRequest_FieldViolation{Field: path, Description: words})
	}
	if len(e.violations) == 0 {
		return nil
	}
	return e
}

// unplacedRows gives rows for a file; nobody unplaced gives a file without any.
func unplacedRows(all []scheduler.Unplaced) []exchange.Unplaced {
	out := []exchange.Unplaced{}
	for _, u := range all {
		out = append(out, exchange.Unplaced{CRN: u.CRN, Event: u.Event, NeededMinutes: u.Needed, PlacedMinutes: u.Placed,
			MainObstacle: u.MainObstacle, NearestMiss: u.NearestMiss})
	}
	return out
}
