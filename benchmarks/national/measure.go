package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// The days of the nights: regions come in on the Thursday, and both nights plan from the coming Monday on.
const firstNight, nights = -3, 2

// measure writes the country into a record of its own, which is removed at the end, and plans it in one night, or by the policy in two.
func measure(ctx context.Context, c night) (all []measured, err error) {
	dir, err := os.MkdirTemp("", "payback-national-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	where := filepath.Join(dir, "record", "payback.db")
	if c.Redis {
		address, end, err := startRedis(ctx, dir)
		if err != nil {
			return nil, err
		}
		defer end()
		where = address
	}
	store, err := openRecord(ctx, where)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	monday := midnight(firstWeek.Monday())
	s, err := openOffice(store, c.Minutes, func() time.Time { return monday.AddDate(0, 0, firstNight-1) }, 1, true)
	if err != nil {
		return nil, err
	}
	if err := writeRegions(ctx, s, c.Regions, c.People, c.Seed); err != nil {
		return nil, err
	}
	for i := range nights {
		date := firstWeek.Monday() + firstNight + model.Date(i)
		o := order{Where: where, Ahead: time.Until(midnight(date).Add(3 * time.Hour)), Date: date, Minutes: c.Minutes, Rounds: c.Rounds, Each: c.Each, Seed: c.Seed}
		m, err := c.plan(ctx, o, i > 0)
		if err != nil {
			return nil, err
		}
		m.Night = i + 1
		if m.Results, err = c.tell(ctx, s, date); err != nil {
			return nil, err
		}
		m.Record = sizeOf(where)
		all = append(all, *m)
		if c.Rounds > 0 {
			break // one shows how the cost grows
		}
		s.Now = clock(o.Ahead)
		if err := c.publish(ctx, s, m.Results); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// sizeOf gives the kilobytes of a record in a file, with what is not merged into it yet; 0: it is elsewhere.
func sizeOf(where string) (sum int64) {
	names, _ := filepath.Glob(where + "*") // which only fails for patterns
	for _, name := range names {
		if at, err := os.Stat(name); err == nil {
			sum += at.Size() >> 10
		}
	}
	return sum
}

// midnight gives the begin of a day in winter, when clocks in London show universal time.
func midnight(d model.Date) time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// plan has the worker processes do a night, while another process asks if there is anything to ask about.
func (c night) plan(ctx context.Context, o order, asking bool) (*measured, error) {
	m := &measured{night: c}
	began := time.Now()
	var all []*process
	for range c.Processes {
		p, err := start(ctx, workerArgument, o)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	var asker *process
	if asking {
		var err error
		if asker, err = start(ctx, askerArgument, o); err != nil {
			return nil, err
		}
	}
	var bad []error
	for _, p := range all {
		var u used
		bad = append(bad, p.end(&u))
		m.CPU += u.CPU
		m.Memory += u.Memory
	}
	m.Wall = time.Since(began).Seconds()
	if asker != nil {
		bad = append(bad, asker.end(&m.Asked))
	}
	return m, errors.Join(bad...)
}

// tell gathers what came of a night.
func (c night) tell(ctx context.Context, s *scheduler.Service, date model.Date) (all []region, err error) {
	for i := range c.Regions {
		name := regionNumber(i)
		n, err := s.Night(ctx, everybody(), name, date.String())
		if err != nil {
			return nil, err
		}
		x := region{Name: name, State: string(n.State), Seconds: n.Ended.Sub(n.Began).Seconds()}
		for k := range n.Weeks {
			w := &n.Weeks[k]
			if k == 0 {
				x.People = w.Workable
			}
			y := week{Week: w.Week.String(), Placed: w.Placed, Broken: w.Broken, Value: w.Value, Gap: w.Gap, Failure: w.Failure}
			if w.Draft != "" {
				d, err := s.Draft(ctx, everybody(), name, w.Draft)
				if err != nil {
					return nil, err
				}
				y.Limit, y.Rounds = d.Limit.Seconds(), d.Rounds
				if d.Bound != nil {
					y.Bound, y.Placements = d.Bound.Most, d.Bound.Placements(d.Summary.Value)
				}
			}
			x.Weeks = append(x.Weeks, y)
		}
		all = append(all, x)
	}
	return all, nil
}

// publish publishes the plans of the coming week, so that there is something to ask about.
func (c night) publish(ctx context.Context, s *scheduler.Service, all []region) error {
	for _, x := range all {
		drafts, err := s.Drafts(ctx, everybody(), x.Name, firstWeek)
		if err != nil {
			return err
		}
		for i := range drafts {
			if !drafts[i].Usable() {
				continue
			}
			q := scheduler.PublishPlan{Draft: drafts[i].ID, Partial: true} // what does not hold when it rains is left out
			if _, err := s.PublishPlan(ctx, everybody(), x.Name, q, scheduler.Command{Key: "publish " + drafts[i].ID}); err != nil {
				return err
			}
			break
		}
	}
	return nil
}
