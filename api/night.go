package api

import (
	"context"
	"math"
	"time"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

// nightServer answers NightService.
type nightServer struct{ *server }

// ListNights implements the RPC.
func (s nightServer) ListNights(ctx context.Context, q *paybackv1.ListNightsRequest) (*paybackv1.ListNightsResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	all, err := s.office.Nights(ctx, who(ctx), region, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	page, next, more := latest(all, at, q.GetPageSize())
	m := &paybackv1.ListNightsResponse{NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Nights = append(m.Nights, nightMessage(&page[i]))
	}
	return m, nil
}

// GetNight implements the RPC.
func (s nightServer) GetNight(ctx context.Context, q *paybackv1.GetNightRequest) (*paybackv1.GetNightResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	n, err := s.office.Night(ctx, who(ctx), region, q.GetNight())
	if err != nil {
		return nil, err
	}
	return &paybackv1.GetNightResponse{Night: nightMessage(&n)}, nil
}

// StartNight implements the RPC.
func (s nightServer) StartNight(ctx context.Context, q *paybackv1.StartNightRequest) (*paybackv1.StartNightResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	n, err := s.office.StartNight(ctx, who(ctx), region, scheduler.NightRequest{
		Again: q.GetAgain(), Rounds: int(q.GetRounds()), Time: time.Duration(q.GetTimeLimitSeconds()) * time.Second, Inbox: s.Inbox,
	})
	if err != nil {
		return nil, err
	}
	return &paybackv1.StartNightResponse{Night: nightMessage(&n)}, nil
}

// latest gives a page of a list that grows at its front. A cursor holds how many there were when the first page was given.
func latest[T any](all []T, at cursor, size int32) ([]T, cursor, bool) {
	if at.version == 0 {
		at.version = uint64(len(all))
	}
	return pageOf(all[max(0, len(all)-int(min(at.version, math.MaxInt32))):], at, size)
}
