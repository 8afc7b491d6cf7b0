package api_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"

	"connectrpc.com/connect"
	"connectrpc.com/grpcreflect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	healthv1 "github.com/communitypayback/payback/api/gen/grpc/health/v1"
	"github.com/communitypayback/payback/api/gen/grpc/health/v1/healthv1connect"
	"github.com/communitypayback/payback/model"
)

func nobody(*http.Request) (model.Principal, error) {
	return model.Principal{}, model.Errorf(model.CodeForbidden, "Sign in first.")
}

func TestHealthIsToldToAnybody(t *testing.T) {
	t.Parallel()
	var ready atomic.Bool
	url := served(t, &fake{}, api.Options{Principal: nobody, Version: "1.2.3", Ready: func(context.Context) error {
		if ready.Load() {
			return nil
		}
		return errors.New("secret")
	}})
	for _, w := range wires() {
		c := healthv1connect.NewHealthClient(w.http(t), url, w.options...)
		for _, up := range []bool{false, true} {
			ready.Store(up)
			want := healthv1.HealthCheckResponse_NOT_SERVING
			if up {
				want = healthv1.HealthCheckResponse_SERVING
			}
			for _, name := range append(api.ServiceNames(), "") {
				ctx, call := connect.NewClientContext(t.Context())
				m, err := c.Check(ctx, &healthv1.HealthCheckRequest{Service: name})
				require.NoError(t, err, w.name)
				require.Equal(t, want, m.GetStatus())
				require.Equal(t, "1.2.3", call.ResponseHeader().Get("Payback-Version"))
				require.Equal(t, "no-store", call.ResponseHeader().Get("Cache-Control"))
			}
			list, err := c.List(t.Context(), &healthv1.HealthListRequest{})
			require.NoError(t, err)
			require.Len(t, list.GetStatuses(), 12)
			ctx, leave := context.WithCancel(t.Context())
			stream, err := c.Watch(ctx, &healthv1.HealthCheckRequest{})
			require.NoError(t, err)
			require.True(t, stream.Receive())
			require.Equal(t, want, stream.Msg().GetStatus())
			leave()
			_ = stream.Close()
		}
		_, err := c.Check(t.Context(), &healthv1.HealthCheckRequest{Service: "payback.v1.NoService"})
		refusal, reason, _ := told(t, err)
		require.Equal(t, connect.CodeNotFound, refusal.Code())
		require.Equal(t, "UNKNOWN_REFERENCE", reason)
	}
}

func TestReflectionTellsWhatThereIs(t *testing.T) {
	t.Parallel()
	url := served(t, &fake{}, api.Options{Principal: nobody})
	client := grpcreflect.NewClient(wire{version: 2}.http(t), url, connect.WithGRPC())
	stream := client.NewStream(t.Context())
	names, err := stream.ListServices()
	require.NoError(t, err)
	require.Len(t, names, 11)
	for _, name := range names {
		files, err := stream.FileContainingSymbol(name)
		require.NoError(t, err, name)
		require.NotEmpty(t, files)
	}
	_, err = stream.Close()
	require.NoError(t, err)
}
