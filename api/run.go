package api

import (
	"context"
	"math"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
)

// runServer answers RunService.
type runServer struct{ *server }

// ListRuns implements the RPC.
func (s runServer) ListRuns(ctx context.Context, q *paybackv1.ListRunsRequest) (*paybackv1.ListRunsResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	all, err := s.office.RunHistory(ctx, who(ctx), region, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	page, next, more := latest(all, at, q.GetPageSize())
	m := &paybackv1.ListRunsResponse{NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Runs = append(m.Runs, runMessage(&page[i]))
	}
	return m, nil
}

// GetRun implements the RPC.
func (s runServer) GetRun(ctx context.Context, q *paybackv1.GetRunRequest) (*paybackv1.GetRunResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	x, err := s.office.Run(ctx, who(ctx), region, q.GetRun())
	if err != nil {
		return nil, err
	}
	return &paybackv1.GetRunResponse{Run: runMessage(&x)}, nil
}

// ReplayRun implements the RPC.
func (s runServer) ReplayRun(ctx context.Context, q *paybackv1.ReplayRunRequest) (*paybackv1.ReplayRunResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	got, err := s.office.Replay(ctx, who(ctx), region, q.GetRun())
	if err != nil {
		return nil, err
	}
	return &paybackv1.ReplayRunResponse{Run: runMessage(&got.Run), Same: got.Same, ResultDigest: digestText(got.Roster), Bytes: int64(got.Bytes), EndedBecause: got.Ended}, nil
}
