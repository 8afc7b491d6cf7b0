package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/solver/constraints"
)

var week = model.Week{Year: 2026, Number: 49}

// office is the service on a record.
type office struct {
	*scheduler.Service
	store  *sqlitestore.Store
	file   string
	who    model.Principal
	region string
	keys   int
}

func open(ctx context.Context, dir string) (*office, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	calendar, err := scheduler.NewCalendar(profile.Zone, week.Monday(), week.Monday())
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	store, err := sqlitestore.Open(ctx, filepath.Join(dir, "payback.db"))
	if err != nil {
		return nil, err
	}
	return &office{store: store, file: filepath.Join(dir, "payback.db"), who: model.Principal{Name: "benchmark", Roles: model.Roles(), Regions: []string{model.AllRegions}},
		Service: &scheduler.Service{Record: store, Policy: profile, Constraints: constraints.All, AsOf: calendar.Instant(week.Monday()-4, 540),
			Runs: &scheduler.Runs{Search: child.Search(child.Limits{Memory: 6 << 30}, self, childArgument), AtOnce: 1, Waiting: 4, Workers: 2}}}, nil
}

func (s *office) close(ctx context.Context) error {
	return errors.Join(s.Runs.Close(ctx), s.store.Close())
}

func (s *office) key() scheduler.Command {
	s.keys++
	return scheduler.Command{Key: fmt.Sprint("k", s.keys)}
}

// importing measures files being read, compared and written, at first into an empty record and then with a tenth of the
// people changed each time.
func (s *office) importing(ctx context.Context, dir string, o options) error {
	facts, err := instance.Make(instance.Spec{People: o.people, Seed: o.seed, Week: week})
	if err != nil {
		return err
	}
	files := filepath.Join(dir, "region")
	if err := exchange.WriteFacts(files, facts); err != nil {
		return err
	}
	s.region = facts.Region
	var read, preview, write []time.Duration
	for i := range o.times {
		at := time.Now()
		x := exchange.Options{}
		if i > 0 {
			if x.Known, _, err = s.Facts(ctx, s.who, s.region); err != nil {
				return err
			}
		}
		f, _, err := exchange.Read(files, x)
		if err != nil {
			return err
		}
		read = append(read, time.Since(at))
		for j := i % 10; i > 0 && j < len(f.People); j += 10 {
			f.People[j].Requirements[0].Completed += int32(i) //nolint:gosec // a few minutes more
		}
		q := scheduler.ImportRequest{Facts: f}
		at = time.Now()
		p, err := s.Preview(ctx, s.who, s.region, q)
		if err != nil {
			return err
		}
		preview = append(preview, time.Since(at))
		q.Base = p.Base
		at = time.Now()
		if _, err := s.Import(ctx, s.who, s.region, q, s.key()); err != nil {
			return err
		}
		write = append(write, time.Since(at))
	}
	fmt.Printf("%d people: reading the files %s, preview %s, import %s\n", o.people, spread(read), spread(preview), spread(write))
	return nil
}

// publishing measures a plan becoming what is published: frozen afresh, checked against every rule, and written.
func (s *office) publishing(ctx context.Context, o options) error {
	var publish []time.Duration
	for i := range o.times {
		d, err := s.CreatePlan(ctx, s.who, s.region, scheduler.RunRequest{Week: week, Seed: o.seed + uint64(i), Rounds: 1}, s.key()) //nolint:gosec // small
		if err != nil {
			return err
		}
		if d, err = s.WaitPlan(ctx, s.who, s.region, d.ID); err != nil || !d.Usable() {
			return errors.Join(err, errors.New(d.Failure))
		}
		at := time.Now()
		if _, err := s.PublishPlan(ctx, s.who, s.region, scheduler.PublishPlan{Draft: d.ID}, s.key()); err != nil {
			return err
		}
		publish = append(publish, time.Since(at))
	}
	fmt.Printf("%d people: publish %s\n", o.people, spread(publish))
	size, err := s.size()
	if err == nil {
		fmt.Printf("record after %d imports, plans and publications: %.1f MB\n", o.times, float64(size)/(1<<20))
	}
	return err
}

// size gives the bytes of the record, with what is not merged into its file yet.
func (s *office) size() (int64, error) {
	names, err := filepath.Glob(s.file + "*")
	sum := int64(0)
	for _, name := range names {
		at, bad := os.Stat(name)
		if bad != nil {
			return 0, bad
		}
		sum += at.Size()
	}
	return sum, err
}

// spread gives the median and the worst of some times.
func spread(all []time.Duration) string {
	slices.Sort(all)
	return fmt.Sprintf("%d ms (worst of %d: %d ms)", all[len(all)/2].Milliseconds(), len(all), all[len(all)-1].Milliseconds())
}
