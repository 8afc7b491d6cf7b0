package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/communitypayback/payback/scheduler"
)

// workCommand does what is due on a record without serving it.
type workCommand struct {
	recordFlags
	queueFlags
	inboxFlags
	Policy  string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Workers int    `default:"2" placeholder:"2" help:"How many processors a search uses; the answer does not depend on it."`
}

// Run works until the context ends.
func (c *workCommand) Run(ctx context.Context, m *Main) error {
	profile, err := loadPolicy(c.Policy)
	if err != nil {
		return err
	}
	d, err := c.make(ctx, m, profile)
	if err != nil {
		return err
	}
	d.Runs.Workers = c.Workers
	unqueue, err := c.queues(m, d, &c.recordFlags, true)
	if err != nil {
		return errors.Join(err, d.close(ctx))
	}
	cron, err := m.nightly(ctx, d, c.arrivals(m, &c.recordFlags, profile))
	if err != nil {
		return errors.Join(err, unqueue(ctx), d.close(ctx))
	}
	m.progress.stop()
	taken := "searches that were left behind are taken up"
	if d.Engine != nil {
		taken = "searches that the queue gives are made"
	}
	fmt.Fprintf(m.Stdout, "Nights of %s are done at %s by the clocks of %s, and %s. Ctrl-C ends it.\n", c.data(m), nightTime(profile, m.Now()), profile.Zone, taken)
	<-ctx.Done()
	return errors.Join(unqueue(ctx), cron.Close(), d.close(ctx))
}

// nightly starts the timers of a record. They end with the context.
func (m *Main) nightly(ctx context.Context, d *desk, inbox scheduler.Inbox) (*scheduler.Cron, error) {
	cron := &scheduler.Cron{Office: d.Service, Inbox: inbox, Failed: func(_ string, err error) { m.fault(err.Error(), false) },
		Done: func(region string, n *scheduler.Night) { // and no word of what is in the report, which is about people
			d.counts.nights.WithLabelValues(string(n.State)).Inc()
			look := ""
			if n.Bad() {
				look = ", and somebody should look"
			}
			fmt.Fprintf(m.Stderr, "The night %s of %s is %s%s: %s night show %s --region %s\n", n.Name, region, n.State, look, m.Program, n.Name, quoted(region))
		}}
	return cron, cron.Start(ctx)
}
