package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/api/exchange"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// dataServer answers DataService. What files hold stays in memory.
type dataServer struct{ *server }

// CheckImport implements the RPC.
func (s dataServer) CheckImport(ctx context.Context, q *paybackv1.CheckImportRequest) (*paybackv1.CheckImportResponse, error) {
	in, err := s.read(ctx, q)
	if err != nil {
		return nil, err
	}
	report, err := s.check(ctx, in)
	if err != nil {
		return nil, err
	}
	return &paybackv1.CheckImportResponse{Report: report}, nil
}

// ApplyImport implements the RPC.
func (s dataServer) ApplyImport(ctx context.Context, q *paybackv1.ApplyImportRequest) (*paybackv1.ApplyImportResponse, error) {
	in, err := s.read(ctx, q)
	if err != nil {
		return nil, err
	}
	if q.GetValidateOnly() {
		report, err := s.check(ctx, in)
		if err != nil {
			return nil, err
		}
		return &paybackv1.ApplyImportResponse{Report: report}, nil
	}
	if refused := unreadable(in.report, q.GetFiles()); refused != nil {
		return nil, refused
	}
	made, err := s.office.Import(ctx, who(ctx), in.region,
		scheduler.ImportRequest{Facts: in.facts, Base: int(q.GetDataVersion()), Complete: q.GetCompleteKinds()},
		scheduler.Command{Key: q.GetRequestId(), Reason: q.GetReason()})
	if err != nil {
		return nil, err
	}
	m := &paybackv1.ApplyImportResponse{DataVersion: dataVersionMessage(&made), Report: reportMessage(in.report)}
	m.Report.DataVersion, m.Report.Digest, m.Report.Kinds = q.GetDataVersion(), digestText(made.Content), kindMessages(made.Changes)
	return m, nil
}

// Export implements the RPC.
func (s dataServer) Export(ctx context.Context, q *paybackv1.ExportRequest) (*paybackv1.ExportResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	var files []exchange.File
	if p := q.GetPublished(); p != nil {
		week, err := weekField("published.week", p.GetWeek())
		if err != nil {
			return nil, err
		}
		v, err := s.office.Week(ctx, who(ctx), region, week, int(p.GetVersion()))
		if err != nil {
			return nil, err
		}
		files, err = exchange.RosterFiles(v.Snapshot, v.Roster, nil)
		if err != nil {
			return nil, err
		}
	} else {
		v, err := s.office.DraftView(ctx, who(ctx), region, q.GetPlanId())
		if err != nil {
			return nil, err
		}
		if v.Roster == nil {
			return nil, model.Errorf(model.CodeConflict, "found a plan without a roster yet; wait for it, or stop it and keep the best so far")
		}
		files, err = exchange.RosterFiles(v.Snapshot, v.Roster, unplacedRows(v.Unplaced))
		if err != nil {
			return nil, err
		}
	}
	m := &paybackv1.ExportResponse{}
	for _, f := range files {
		m.Files = append(m.Files, &paybackv1.DataFile{Name: f.Name, Content: f.Content})
	}
	return m, nil
}

// incoming is what files were understood as.
type incoming struct {
	region   string
	version  int // of the facts that they were read beside
	facts    *model.Facts
	report   *exchange.Report
	complete []string
}

// filesRequest is a request that brings files.
type filesRequest interface {
	GetRegion() string
	GetFiles() []*paybackv1.DataFile
	GetCompleteKinds() []string
}

// read understands the files of a request; rows may refer to what the region has already.
func (s dataServer) read(ctx context.Context, q filesRequest) (*incoming, error) {
	for i, kind := range q.GetCompleteKinds() {
		if !slices.Contains(exchange.Kinds(), kind) {
			return nil, badField(fmt.Sprintf("complete_kinds[%d]", i), "expected the name of a kind of file, such as people")
		}
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	known, version, err := s.office.Facts(ctx, who(ctx), region)
	if e := (*model.Error)(nil); errors.As(err, &e) && e.Code == model.CodeNotFound {
		known, err = nil, nil // the first import; whether the region is the caller's the office says when it is asked to take it
	}
	if err != nil {
		return nil, err
	}
	var files []exchange.File
	for _, f := range q.GetFiles() {
		files = append(files, exchange.File{Name: f.GetName(), Content: f.GetContent()})
	}
	in := &incoming{region: region, version: version.Version, complete: q.GetCompleteKinds()}
	in.facts, in.report, err = exchange.ReadFiles(files, exchange.Options{Region: region, Zone: s.Zone, Orders: s.Orders, Complete: in.complete, Known: known})
	return in, err
}

// check says what taking the files in would change.
func (s dataServer) check(ctx context.Context, in *incoming) (*paybackv1.ImportReport, error) {
	m := reportMessage(in.report)
	m.DataVersion = count(in.version)
	if m.GetRefused() {
		return m, nil
	}
	p, err := s.office.Preview(ctx, who(ctx), in.region, scheduler.ImportRequest{Facts: in.facts, Complete: in.complete})
	if err != nil {
		return nil, err
	}
	m.DataVersion, m.Digest, m.Kinds = count(p.Base), digestText(p.Digest), kindMessages(p.Kinds)
	for i := range p.Rosters {
		h := &p.Rosters[i]
		m.Weeks = append(m.Weeks, &paybackv1.WeekHarm{Week: h.Week.String(), Version: count(h.Version),
			Broken: caseMessages(h.Broken[:min(len(h.Broken), maxHarms)]), BrokenCount: count(len(h.Broken))})
	}
	return m, nil
}
