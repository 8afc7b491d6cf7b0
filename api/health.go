package api

import (
	"context"
	"slices"
	"time"

	"connectrpc.com/connect"

	healthv1 "github.com/communitypayback/payback/api/gen/grpc/health/v1"
	"github.com/communitypayback/payback/api/gen/grpc/health/v1/healthv1connect"
	"github.com/communitypayback/payback/model"
)

// healthServer answers grpc.health.v1.Health, without asking who asks. Every service is as ready as all of them.
type healthServer struct{ *server }

// Check implements the RPC.
func (s healthServer) Check(ctx context.Context, q *healthv1.HealthCheckRequest) (*healthv1.HealthCheckResponse, error) {
	if q.GetService() != "" && !slices.Contains(healthNames(), q.GetService()) {
		return nil, model.Errorf(model.CodeNotFound, "found no such service; reflection lists those there are")
	}
	return s.status(ctx), nil
}

// List implements the RPC.
func (s healthServer) List(ctx context.Context, _ *healthv1.HealthListRequest) (*healthv1.HealthListResponse, error) {
	m := &healthv1.HealthListResponse{Statuses: map[string]*healthv1.HealthCheckResponse{}}
	for _, name := range append(healthNames(), "") {
		m.Statuses[name] = s.status(ctx)
	}
	return m, nil
}

// lookAgain is how often a watcher's service is looked at.
const lookAgain = 5 * time.Second

// Watch implements the RPC.
func (s healthServer) Watch(ctx context.Context, q *healthv1.HealthCheckRequest, to *connect.ServerStream[healthv1.HealthCheckResponse]) error {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		return model.Errorf(model.CodeBusy, "Too many are watching already; ask with Check.")
	}
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	told := healthv1.HealthCheckResponse_UNKNOWN
	for {
		now := &healthv1.HealthCheckResponse{Status: healthv1.HealthCheckResponse_SERVICE_UNKNOWN}
		if q.GetService() == "" || slices.Contains(healthNames(), q.GetService()) {
			now = s.status(ctx)
		}
		if now.GetStatus() != told {
			if err := to.Send(now); err != nil {
				return err
			}
			told = now.GetStatus()
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s healthServer) status(ctx context.Context) *healthv1.HealthCheckResponse {
	m := &healthv1.HealthCheckResponse{Status: healthv1.HealthCheckResponse_SERVING}
	if s.Ready != nil && s.Ready(ctx) != nil {
		m.Status = healthv1.HealthCheckResponse_NOT_SERVING
	}
	return m
}

// healthNames are the services that can be asked about by name.
func healthNames() []string { return append(ServiceNames(), healthv1connect.HealthName) }
