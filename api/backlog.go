package api

import (
	"context"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
)

// backlogServer answers BacklogService.
type backlogServer struct{ *server }

// GetBacklog implements the RPC.
func (s backlogServer) GetBacklog(ctx context.Context, q *paybackv1.GetBacklogRequest) (*paybackv1.GetBacklogResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	b, err := s.office.Backlog(ctx, who(ctx), region)
	if err != nil {
		return nil, err
	}
	return backlogMessage(b, q.GetIncludePeople(), q.GetIncludeDue()), nil
}

// ListBacklogDays implements the RPC.
func (s backlogServer) ListBacklogDays(ctx context.Context, q *paybackv1.ListBacklogDaysRequest) (*paybackv1.ListBacklogDaysResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	all, err := s.office.BacklogSeries(ctx, who(ctx), region)
	if err != nil {
		return nil, err
	}
	page, next, more := pageOf(all, at, q.GetPageSize())
	m := &paybackv1.ListBacklogDaysResponse{NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Days = append(m.Days, backlogDayMessage(&page[i]))
	}
	return m, nil
}
