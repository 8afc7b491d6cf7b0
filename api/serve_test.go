package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/api/exchange"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/api/gen/payback/v1/paybackv1connect"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/solver/constraints"
)

// newOffice is an office on an empty record, on the Thursday before the week.
func newOffice(t *testing.T) *scheduler.Service {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	runs := &scheduler.Runs{Search: scheduler.Plan, AtOnce: 1, Waiting: 4}
	t.Cleanup(func() { require.NoError(t, runs.Close(context.Background())) })
	return &scheduler.Service{Record: &memstore.Store{}, Policy: p, Constraints: constraints.All, Runs: runs,
		Now: func() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }}
}

// everybody may do everything everywhere.
func everybody(*http.Request) (model.Principal, error) {
	return model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{model.AllRegions}}, nil
}

// served gives the address of an office that is served with both versions of HTTP.
func served(t *testing.T, office api.Office, o api.Options) string {
	t.Helper()
	return servedFor(t, office, o, 0)
}

// servedFor is served with a time in which an answer must be written.
func servedFor(t *testing.T, office api.Office, o api.Options, timeout time.Duration) string {
	t.Helper()
	if o.Principal == nil {
		o.Principal = everybody
	}
	if o.Catalogue == nil {
		o.Catalogue = constraints.All
	}
	h, err := api.Handler(office, o)
	require.NoError(t, err)
	s := httptest.NewUnstartedServer(api.Local(h))
	s.Config.Protocols = protocols(true, true)
	s.Config.WriteTimeout = timeout
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

func protocols(one, two bool) *http.Protocols {
	p := &http.Protocols{}
	p.SetHTTP1(one)
	p.SetUnencryptedHTTP2(two)
	return p
}

// wire is a way of talking to the service.
type wire struct {
	name    string
	version int // of HTTP
	options []connect.ClientOption
}

func wires() []wire {
	return []wire{
		{"Connect", 1, nil},
		{"Connect with JSON", 1, []connect.ClientOption{connect.WithProtoJSON()}},
		{"Connect over HTTP/2", 2, nil},
		{"gRPC", 2, []connect.ClientOption{connect.WithGRPC()}},
		{"gRPC-Web", 1, []connect.ClientOption{connect.WithGRPCWeb()}},
	}
}

// clients are what a caller has.
type clients struct {
	rosters paybackv1connect.RosterServiceClient
	plans   paybackv1connect.PlanServiceClient
	data    paybackv1connect.DataServiceClient

	explain paybackv1connect.ExplainServiceClient
	nights  paybackv1connect.NightServiceClient
	runs    paybackv1connect.RunServiceClient
	backlog paybackv1connect.BacklogServiceClient
}

func (w wire) http(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{Protocols: protocols(w.version == 1, w.version == 2)}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

func (w wire) clients(t *testing.T, url string) clients {
	t.Helper()
	h := w.http(t)
	return clients{
		paybackv1connect.NewRosterServiceClient(h, url, w.options...),
		paybackv1connect.NewPlanServiceClient(h, url, w.options...),
		paybackv1connect.NewDataServiceClient(h, url, w.options...),
		paybackv1connect.NewExplainServiceClient(h, url, w.options...),
		paybackv1connect.NewNightServiceClient(h, url, w.options...),
		paybackv1connect.NewRunServiceClient(h, url, w.options...),
		paybackv1connect.NewBacklogServiceClient(h, url, w.options...),
	}
}

// regionFiles are the files of a small made-up region, made once.
var regionFiles = sync.OnceValues(func() ([]*paybackv1.DataFile, error) {
	f, err := instance.Make(instance.Spec{People: 40, Seed: 3, Week: week})
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "api")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := exchange.WriteFacts(dir, f); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []*paybackv1.DataFile
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, &paybackv1.DataFile{Name: e.Name(), Content: raw})
	}
	return out, nil
})

func files(t *testing.T) []*paybackv1.DataFile {
	t.Helper()
	all, err := regionFiles()
	require.NoError(t, err)
	return all
}

// uuid gives a request ID that is made from a number.
func uuid(n byte) string {
	const digits = "0123456789abcdef"
	return "00000000-0000-4000-8000-0000000000" + string([]byte{digits[n>>4], digits[n&15]})
}
