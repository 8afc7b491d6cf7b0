package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// feedFlags say for which region a service outside is asked, and so where its answers go.
type feedFlags struct {
	Dir string `arg:"" optional:"" help:"A folder with a region's files, to which the answers are added. Left out: the record."`
	recordFlags
	Region string `placeholder:"NAME" help:"The region's name. Left out: the one in teams.csv, or the only one in the record."`
	Policy string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	DryRun bool   `help:"Tell what would be asked and of whom, and ask and write nothing."`
}

// feedPlace is a region's facts, and where more of them go.
type feedPlace struct {
	facts   *model.Facts
	profile *policy.Profile
	today   model.Date
	base    int    // data version of the record
	desk    *desk  // nil: the folder
	dir     string // of the region's files
	cache   string // a folder for what services answered
}

// open reads the region's facts.
func (f *feedFlags) open(ctx context.Context, m *Main) (*feedPlace, error) {
	profile, err := loadPolicy(f.Policy)
	if err != nil {
		return nil, err
	}
	p := &feedPlace{profile: profile, dir: f.Dir, cache: f.Dir, today: today(m, profile)}
	if f.Dir != "" {
		return p, p.readFiles(m, f.Region)
	}
	p.cache = f.folder(m)
	if p.desk, err = f.recordFlags.open(ctx, m, profile, f.Region); err != nil {
		return nil, err
	}
	facts, v, err := p.desk.Facts(ctx, p.desk.who, p.desk.region)
	if err != nil {
		return nil, p.close(ctx, err)
	}
	p.facts, p.base = facts, v.Version
	return p, nil
}

// readFiles reads the folder.
func (p *feedPlace) readFiles(m *Main, region string) error {
	if s, err := os.Stat(p.dir); err != nil || !s.IsDir() {
		return &model.Error{Code: model.CodeUsage, Err: err, Message: p.dir + " is not a folder. Answers are added to a folder of CSV files, or to the record."}
	}
	m.progress.step("Reading "+filepath.Base(p.dir), 0, 0)
	defer m.progress.stop()
	facts, report, err := exchange.ReadDir(p.dir, exchange.Options{Region: region, Zone: p.profile.Zone, Orders: p.profile.On(p.today.String()).Orders()})
	if err != nil {
		return err
	}
	if err := m.tellReport(report, ""); err != nil {
		return err
	}
	p.facts = facts
	for _, kind := range []string{"travel", "weather"} { // they would be written anew without the rows that cannot be read
		if slices.ContainsFunc(report.Problems, func(x exchange.Problem) bool { return x.Kind == kind }) {
			return model.Errorf(model.CodeInvalid, "Nothing was asked: %s.csv has rows that cannot be read. Mend them first, so that none is lost.", kind)
		}
	}
	return nil
}

// close closes the record, if it is one, and gives the first error.
func (p *feedPlace) close(ctx context.Context, err error) error {
	if p.desk != nil {
		p.desk.closing(ctx, &err)
	}
	return err
}

// keep adds to the record, or writes files anew, and says where.
func (p *feedPlace) keep(ctx context.Context, m *Main, more *model.Facts, reason string) (string, error) {
	if p.desk == nil {
		if err := (exchange.Options{Zone: p.profile.Zone}).WriteFacts(p.dir, more); err != nil {
			return "", err
		}
		return p.dir, nil
	}
	more.Region = p.desk.region
	v, err := p.desk.Import(ctx, p.desk.who, p.desk.region, scheduler.ImportRequest{Facts: more, Base: p.base}, m.command(reason))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("data version %d of %s", v.Version, p.desk.region), nil
}

// today gives the day by the clocks of a policy.
func today(m *Main, p *policy.Profile) model.Date {
	now := m.Now()
	if c, err := calendarAt(p, model.Instant(now.Unix()/60)); err == nil {
		d, _ := c.Local(model.Instant(now.Unix() / 60))
		return d
	}
	return model.NewDate(now.Year(), now.Month(), now.Day())
}

// warnOpen says that what is asked can be read on the way.
func (m *Main) warnOpen(open bool) {
	if open {
		m.take("Take care: the address begins with http:, so whoever is on the way can read what is asked. Use https: where you can.")
	}
}

// take says something on standard error that people should not miss.
func (m *Main) take(s string) {
	for _, line := range wrap(s, tableWidth) {
		fmt.Fprintln(m.Stderr, line)
	}
}
