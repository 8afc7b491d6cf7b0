package main

import (
	"context"
	"errors"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/scheduler/lastknown"
	"github.com/communitypayback/payback/solver/constraints"
)

// desk is the office on an open record, as one person on this machine uses it.
type desk struct {
	*scheduler.Service
	store  record
	who    model.Principal
	region string // empty: not settled
	counts *counters
	inbox  scheduler.Inbox  // what may have come in for a night that is begun from a page; nil: nothing
	atHand *lastknown.Store // between the office and a record on Redis; nil: it stands on the record itself
}

// How much a search may use, and how many may be made at once.
const (
	searchMemory  = 6 << 30
	searchGrace   = 20 * time.Second
	searchWaiting = 20
)

// open opens the record that there is.
func (f *recordFlags) open(ctx context.Context, m *Main, profile *policy.Profile, region string) (*desk, error) {
	if f.missing(m) {
		return nil, model.Errorf(model.CodeNotFound, "There is no record in %s. Import a region's files first: %s import FOLDER%s", f.folder(m), m.Program, f.again())
	}
	d, err := f.make(ctx, m, profile)
	if err != nil {
		return nil, err
	}
	if err := d.settle(ctx, region); err != nil {
		return nil, errors.Join(err, d.close(ctx))
	}
	return d, nil
}

// openAt opens the record that there is, with the week and the time that flags settle.
func (f *recordFlags) openAt(ctx context.Context, m *Main, from *regionFlags) (*desk, *region, error) {
	r, err := from.present(m, defaults{})
	if err != nil {
		return nil, nil, err
	}
	d, err := f.open(ctx, m, r.profile, from.Region)
	if err != nil {
		return nil, nil, err
	}
	d.AsOf = r.asOf
	return d, r, nil
}

// make opens the record, which is made if there is none.
func (f *recordFlags) make(ctx context.Context, m *Main, profile *policy.Profile) (*desk, error) {
	store, err := f.openRecord(ctx, m)
	if err != nil {
		return nil, err
	}
	counts := newCounters(f.reports(m))
	s := &scheduler.Service{
		Record: store, Policy: profile, Constraints: constraints.All, Now: m.Now,
		Runs: &scheduler.Runs{Search: m.kept(m.search(), f.reports(m), counts).Search, AtOnce: 1, Waiting: searchWaiting, Workers: 2, Now: m.Now},
	}
	return &desk{Service: s, store: store, who: localUser(), counts: counts}, nil
}

// search gives what carries searches out: this program in a process of its own, unless a test decided otherwise.
func (m *Main) search() scheduler.Search {
	if m.Search != nil {
		return m.Search
	}
	self, err := os.Executable()
	if err != nil {
		return scheduler.Plan // there is no other way, and a plan is worth more than its isolation
	}
	return child.Search(child.Limits{Memory: searchMemory, Grace: searchGrace}, self, ChildCommand)
}

// settle finds the region: the one that is named, or the only one there is.
func (d *desk) settle(ctx context.Context, region string) error {
	all, err := d.Regions(ctx, d.who)
	if err != nil {
		return err
	}
	switch {
	case region != "":
		for _, r := range all {
			if r == region {
				d.region = r
				return nil
			}
		}
		return model.Errorf(model.CodeNotFound, "--region: the record has no region %q.%s It has %s.", region, meant(region, all), orNone(all))
	case len(all) == 0:
		return model.Errorf(model.CodeNotFound, "The record is empty. Import a region's files first.")
	case len(all) > 1:
		return model.Errorf(model.CodeUsage, "The record has %s. Say which with --region.", strings.Join(all, ", "))
	}
	d.region = all[0]
	return nil
}

func orNone(all []string) string {
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

// close stops what is under way and closes the record, also when the context has ended.
func (d *desk) close(ctx context.Context) error {
	return errors.Join(d.endRuns(ctx), d.store.Close())
}

// endRuns stops what is under way and waits until that is recorded, also when the context has ended.
func (d *desk) endRuns(ctx context.Context) error {
	if d.Runs == nil {
		return nil
	}
	late, stop := context.WithTimeout(context.WithoutCancel(ctx), searchGrace+5*time.Second)
	defer stop()
	return d.Runs.Close(late)
}

// closing closes at the end of a function that gives err, and adds what goes wrong.
func (d *desk) closing(ctx context.Context, err *error) {
	if bad := d.close(ctx); bad != nil {
		*err = errors.Join(*err, bad)
	}
}

// command gives the key and the reason of one change.
func (m *Main) command(reason string) scheduler.Command {
	key := m.cli.RequestID
	if key == "" {
		key = newKey()
	}
	return scheduler.Command{Key: key, Reason: reason}
}

// localUser is whoever uses the program on this machine, who may do everything.
func localUser() model.Principal {
	return model.Principal{Name: me(), Roles: model.Roles(), Regions: []string{model.AllRegions}}
}

// me names whoever uses the program on this machine, as the audit shows it.
func me() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "local user"
}
