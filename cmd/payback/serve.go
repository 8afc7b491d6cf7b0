package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// serveCommand serves pages and the network interface, to this machine alone.
type serveCommand struct {
	recordFlags
	queueFlags
	inboxFlags
	Listen string `default:"127.0.0.1:8080" placeholder:"127.0.0.1:8080" help:"The address to serve at. Only this machine's own addresses are allowed."`
	Policy string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Region string `placeholder:"NAME" help:"The region that pages show first. Left out: the first in the record."`
	Week   string `placeholder:"2026-W49" help:"The week that pages show first. Left out: next week."`

	NoNights bool `help:"Do no nights and take up nothing that was left behind: another process does."`
	NoWork   bool `help:"Make no plans: payback work does, which gets them through the queue. No nights are done either."`
}

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context, m *Main) error {
	profile, err := loadPolicy(c.Policy)
	if err != nil {
		return err
	}
	week, err := weekOrNext(m, c.Week)
	if err != nil {
		return err
	}
	at, err := listen(ctx, c.Listen, false)
	if err != nil {
		return err
	}
	d, err := c.make(ctx, m, profile)
	if err != nil {
		return errors.Join(err, at.Close())
	}
	if err := d.settleFirst(ctx, c.Region); err != nil {
		return errors.Join(err, d.close(ctx), at.Close())
	}
	d.inbox = c.arrivals(m, &c.recordFlags, profile)
	if c.shared(m) {
		defer d.keepAtHand(ctx)()
	}
	unqueue, err := c.queues(m, d, &c.recordFlags, !c.NoWork)
	if err == nil && c.NoWork && d.Engine == nil {
		err = model.Errorf(model.CodeUsage, "--no-work: found no queue through which others get the searches. Give --queue the address of one, or leave --no-work out.")
	}
	if err != nil {
		return errors.Join(err, d.close(ctx), at.Close())
	}
	if c.NoNights || c.NoWork {
		return errors.Join(m.serve(ctx, d, at, week, false), unqueue(ctx), d.close(ctx))
	}
	works, end := context.WithCancel(ctx) // the timers end with the pages, whatever ends those
	defer end()
	cron, err := m.nightly(works, d, d.inbox)
	if err != nil {
		return errors.Join(err, unqueue(ctx), d.close(ctx), at.Close())
	}
	err = m.serve(ctx, d, at, week, false)
	end()
	return errors.Join(err, unqueue(ctx), cron.Close(), d.close(ctx))
}

// settleFirst finds the region that pages show first; a record may have none yet.
func (d *desk) settleFirst(ctx context.Context, region string) error {
	if region != "" {
		return d.settle(ctx, region)
	}
	all, err := d.Regions(ctx, d.who)
	if len(all) > 0 {
		d.region = all[0]
	}
	return err
}

// listen opens an address of this machine. Where another program has the port, any may serve if that is allowed.
func listen(ctx context.Context, address string, other bool) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, model.Errorf(model.CodeUsage, "--listen: found %q; expected an address and a port such as 127.0.0.1:8080.", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, model.Errorf(model.CodeUsage, "--listen: found %q; expected an address of this machine alone, such as 127.0.0.1:%s. Whoever reaches the service may do everything, so it is not opened to others.", host, port)
	}
	var how net.ListenConfig
	l, err := how.Listen(ctx, "tcp", address)
	if err != nil && other {
		l, err = how.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: "--listen: " + address + " cannot be used; another program may have it. Choose another port, as in --listen 127.0.0.1:8081."}
	}
	return l, nil
}

// serve answers requests until the context ends, and then lets those under way end.
func (m *Main) serve(ctx context.Context, d *desk, at net.Listener, week model.Week, sample bool) error {
	handler, err := m.handler(d, week, sample)
	if err != nil {
		return err
	}
	lives, end := context.WithCancel(context.WithoutCancel(ctx)) // of requests: longer than that of ctx
	defer end()
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	s := &http.Server{
		Handler: handler, Protocols: &protocols, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return lives },
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(at) }()
	m.progress.stop()
	fmt.Fprintf(m.Stdout, "Open http://%s/weeks/%v in a browser. Ctrl-C ends it.\n", at.Addr(), week)
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	drain, stop := context.WithTimeout(lives, 5*time.Second)
	defer stop()
	time.AfterFunc(2*time.Second, end) // streams have no end of their own
	if err := s.Shutdown(drain); err != nil {
		return errors.Join(s.Close())
	}
	return nil
}

// shownNights is how many nights a page shows.
const shownNights = 14

// handler puts pages and the network interface behind one address.
func (m *Main) handler(d *desk, week model.Week, sample bool) (http.Handler, error) {
	failed := func(err error) { m.fault(err.Error(), false) }
	services, err := api.Handler(d.Service, api.Options{
		Principal: func(*http.Request) (model.Principal, error) { return d.who, nil },
		Ready: func(ctx context.Context) error {
			all, err := d.Regions(ctx, d.who)
			if err == nil && len(all) == 0 {
				err = errors.New("the record is empty")
			}
			return errors.Join(err, d.reachable())
		},
		Failed: failed, Catalogue: constraints.All, Zone: d.Policy.Zone, Orders: ordersNow(m, d.Policy), Inbox: d.inbox, Version: thisVersion().Version,
	})
	if err != nil {
		return nil, err
	}
	pages := web.Handler(&boards{desk: d}, web.Options{
		Region: d.region, Regions: func(ctx context.Context) ([]string, error) { return d.Regions(ctx, d.who) }, Home: week,
		Catalogue: constraints.All, Version: thisVersion().Version, Sample: sample, Failed: failed, Notice: d.notice,
		Nights: func(ctx context.Context, region string) ([]scheduler.Night, error) {
			return d.Nights(ctx, d.who, region, shownNights)
		}, Zone: d.Policy.Zone,
		Desk: pageDesk{d},
		Backlog: func(ctx context.Context, region string) (*scheduler.Backlog, error) {
			return d.Backlog(ctx, d.who, region)
		},
	})
	counts := d.counts.pages()
	return api.Local(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/metrics" {
			counts.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/payback.v1.") || strings.HasPrefix(r.URL.Path, "/grpc.") {
			d.tellAge(w)
			services.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})), nil
}
