package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/api/gen/payback/v1/paybackv1connect"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// reading measures GetRoster and ListSessions over HTTP, in peace and while a search has both processors.
func (s *office) reading(ctx context.Context, o options) error {
	handler, err := api.Handler(s.Service, api.Options{Principal: func(*http.Request) (model.Principal, error) { return s.who, nil }, Catalogue: constraints.All})
	if err != nil {
		return err
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	if err := s.readFor(ctx, server, o, "in peace"); err != nil {
		return err
	}
	long := time.Duration(o.seconds+10) * time.Second
	d, err := s.CreatePlan(ctx, s.who, s.region, scheduler.RunRequest{Week: week, Seed: o.seed, Time: long}, s.key())
	if err != nil {
		return err
	}
	time.Sleep(3 * time.Second) // until the search has compiled the week and both processors are busy
	if err := s.readFor(ctx, server, o, "while a search has both processors"); err != nil {
		return err
	}
	_, err = s.StopPlan(ctx, s.who, s.region, d.ID)
	return err
}

func (s *office) readFor(ctx context.Context, server *httptest.Server, o options, when string) error {
	client := paybackv1connect.NewRosterServiceClient(server.Client(), server.URL)
	calls := []struct {
		name string
		do   func() error
	}{
		{"ListSessions", func() error {
			_, err := client.ListSessions(ctx, &paybackv1.ListSessionsRequest{Region: s.region, Week: week.String(), PageSize: 200})
			return err
		}},
		{"GetRoster", func() error {
			_, err := client.GetRoster(ctx, &paybackv1.GetRosterRequest{Region: s.region, Week: week.String()})
			return err
		}},
	}
	took := make([][]time.Duration, len(calls))
	var (
		mu    sync.Mutex
		all   sync.WaitGroup
		first error
	)
	each := time.Second * time.Duration(o.clients) / time.Duration(o.rate)
	for c := range o.clients {
		all.Go(func() {
			start := time.Now().Add(each * time.Duration(c) / time.Duration(o.clients))
			for i := 0; time.Duration(i)*each < time.Duration(o.seconds)*time.Second; i++ {
				due := start.Add(time.Duration(i) * each)
				time.Sleep(time.Until(due))
				k := (i + c) % len(calls)
				err := calls[k].do()
				mu.Lock()
				took[k] = append(took[k], time.Since(due))
				first = errors.Join(first, err)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for k, call := range calls {
		slices.Sort(took[k])
		n := len(took[k])
		fmt.Printf("%s %s: p50 %.1f ms, p99 %.1f ms, worst %.1f ms of %d\n", call.name, when, ms(took[k][n/2]), ms(took[k][n*99/100]), ms(took[k][n-1]), n)
	}
	return first
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
