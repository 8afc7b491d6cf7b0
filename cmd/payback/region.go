package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// regionFlags say which region's files are read, and as they stood when.
type regionFlags struct {
	Week     string   `placeholder:"2026-W49" help:"The week. Left out: the week after the one of --as-of."`
	AsOf     string   `placeholder:"2026-11-26T12:00" help:"The time that counts as now, by the clocks of the policy. Left out: now."`
	Policy   string   `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Region   string   `placeholder:"NAME" help:"The region's name. Left out: the one in teams.csv."`
	Complete []string `placeholder:"KIND" help:"Kinds of file, such as people, of which every row must be readable, or nothing is done."`
	Report   string   `placeholder:"FILE" help:"Write every problem of the files to this CSV file."`

	Gazetteer string `placeholder:"FILE" help:"A CSV file that gives postcodes their positions, such as the ONS Postcode Directory. Left out: gazetteer.csv among the files."`
}

// region is a region's files as read and frozen for one week.
type region struct {
	facts   *model.Facts
	report  *exchange.Report
	profile *policy.Profile
	week    model.Week
	asOf    model.Instant
	sn      *model.Snapshot
	found   []scheduler.Finding
}

// defaults are what an earlier plan settled, for flags that are left out; empty: nothing.
type defaults struct{ week, asOf, policy string }

// moment works out the policy, the week and the time that counts as now, for files: of a past week, as it stood then.
func (f *regionFlags) moment(m *Main, d defaults) (*region, error) {
	r, err := f.present(m, d)
	if err == nil && f.AsOf+d.asOf == "" && f.Week+d.week != "" {
		err = r.reopen(m)
	}
	return r, err
}

// present works out the same, with the clock for what counts as now unless another time is given.
func (f *regionFlags) present(m *Main, d defaults) (*region, error) {
	r := &region{}
	var err error
	name := f.Policy
	if d.policy != "" && name == policy.Default {
		name = d.policy
	}
	if r.profile, err = loadPolicy(name); err != nil {
		return nil, err
	}
	asOf := f.AsOf
	if asOf == "" {
		asOf = d.asOf
	}
	if r.asOf, err = readAsOf(m, r.profile, asOf); err != nil {
		return nil, err
	}
	week := f.Week
	if week == "" {
		week = d.week
	}
	if week == "" {
		c, err := calendarAt(r.profile, r.asOf)
		if err != nil {
			return nil, err
		}
		today, _ := c.Local(r.asOf)
		r.week = model.WeekOf(today).Add(1)
		return r, nil
	}
	if r.week, err = model.ParseWeek(week); err != nil {
		return nil, model.Errorf(model.CodeUsage, "--week: %s.", err)
	}
	return r, nil
}

// reopen goes back to the Thursday before a week of which nothing is open any more, since nothing else could be meant by
// a past week without a time that counts as now.
func (r *region) reopen(m *Main) error {
	monday := r.week.Monday()
	c, err := scheduler.NewCalendar(r.profile.Zone, monday, monday+6)
	if err != nil {
		return err
	}
	cutoff := model.Clock(r.profile.On(monday.String()).FreezeCutoffMinutes)
	if over := c.Instant(monday+7, 0); r.asOf < over && scheduler.FrozenUntil(c, nil, r.asOf, cutoff) < over {
		return nil
	}
	r.asOf = thursday(c, r.week)
	m.hint("All of week %v is over or frozen by now, so it is taken as it stood at %s. Give --as-of for another time.", r.week, written(c, r.asOf))
	return nil
}

// load reads a folder or a workbook and freezes the week. Problems of the files are told on standard error; those of a
// whole file, or of a kind declared complete, stop everything.
func (f *regionFlags) load(m *Main, path string, d defaults) (*region, error) {
	if path == "" {
		return nil, noRegion(m)
	}
	r, err := f.moment(m, d)
	if err != nil {
		return nil, err
	}
	for _, k := range f.Complete {
		if err := choice("--complete", k, exchange.Kinds()); err != nil {
			return nil, err
		}
	}
	m.progress.step("Reading "+filepath.Base(path), 0, 0)
	r.facts, r.report, err = exchange.Read(path, exchange.Options{Complete: f.Complete, Region: f.Region, Zone: r.profile.Zone, Gazetteer: f.Gazetteer,
		Orders: r.profile.On(r.week.Monday().String()).Orders()})
	if err != nil {
		return nil, err
	}
	if f.Region != "" {
		r.facts.Region = f.Region
	}
	if err := f.tellProblems(m, r.report); err != nil {
		return nil, err
	}
	m.progress.step(fmt.Sprintf("Freezing week %v", r.week), 0, 0)
	if r.sn, r.found, err = scheduler.Freeze(r.facts, r.profile, r.week, r.asOf); err != nil {
		return nil, err
	}
	return r, nil
}

// onlyFiles refuses flags that are about reading files, where the record is used.
func (f *regionFlags) onlyFiles() error {
	var name string
	switch {
	case len(f.Complete) > 0:
		name = "--complete"
	case f.Report != "":
		name = "--report"
	case f.Gazetteer != "":
		name = "--gazetteer"
	default:
		return nil
	}
	return model.Errorf(model.CodeUsage, "%s is about files, and none are read here: the record is used. Give a folder, or leave it out.", name)
}

func noRegion(m *Main) error {
	return model.Errorf(model.CodeUsage, "Which region? Give the folder with its files, or a workbook. To make one up: %s generate --people 300 --out region", m.Program)
}

// protective are the kinds whose rows keep people safe from one another.
var protective = []string{"keep_apart", "exclusion_areas", "availability"}

// necessary are the kinds without a row of which a week holds nothing at all.
var necessary = []string{"people", "projects", "project_availability"}

// tellReport tells what the files have of problems and notices, and writes the problems to a file if one is named.
func (m *Main) tellReport(r *exchange.Report, problems string) error {
	if len(r.Problems) > 0 {
		m.progress.stop()
		if err := r.Write(m.Stderr, tableWidth); err != nil {
			return fmt.Errorf("tell the problems: %w", err)
		}
		fmt.Fprintln(m.Stderr)
	} else if m.cli.Verbose {
		m.progress.stop()
		if err := r.Write(m.Stderr, tableWidth); err != nil {
			return fmt.Errorf("tell the notices: %w", err)
		}
	} else if n := len(r.Notices); n > 0 {
		m.hint("%s about the files; -v shows them.", count(n, "notice"))
	}
	if problems == "" {
		return nil
	}
	return writeProblems(problems, r)
}

// wholeFiles names the files that could not be taken at all.
func wholeFiles(r *exchange.Report) []string {
	var whole []string
	for _, p := range r.Problems {
		if p.Row == 0 {
			whole = append(whole, p.File)
		}
	}
	return slices.Compact(whole)
}

// warnProtective says which rows left out protect people.
func warnProtective(m *Main, r *exchange.Report) {
	for _, k := range protective {
		rows := map[int]bool{}
		for _, p := range r.Problems {
			if p.Kind == k {
				rows[p.Row] = true
			}
		}
		if n := len(rows); n > 0 {
			fmt.Fprintf(m.Stderr, "Take care: %s of %s.csv left out, where every row protects people. Until that is put right, whoever such a row names is given no place.\n", count(n, "row"), k)
		}
	}
}

// tellProblems says what could not be read, and whether that stops everything.
func (f *regionFlags) tellProblems(m *Main, r *exchange.Report) error {
	if err := m.tellReport(r, f.Report); err != nil {
		return err
	}
	if whole := wholeFiles(r); len(whole) > 0 {
		return model.Errorf(model.CodeInvalid, "Nothing was written: %s could not be taken as a whole. Put that right and run the same command again.",
			strings.Join(whole, ", "))
	}
	for _, file := range r.Files {
		if file.Ready == 0 && slices.Contains(necessary, file.Kind) {
			return model.Errorf(model.CodeInvalid, "Nothing was written: %s has no row that can be used, and without one there is nothing to plan. Put that right and run the same command again.", file.Name)
		}
	}
	if left := leftOut(r); left > 0 {
		fmt.Fprintf(m.Stderr, "%s left out; everything else counts.\n", count(left, "row"))
	}
	warnProtective(m, r)
	return nil
}

// leftOut counts the rows that were not taken.
func leftOut(r *exchange.Report) int {
	type at struct {
		file string
		row  int
	}
	seen := map[at]bool{}
	for _, p := range r.Problems {
		if p.Row > 0 {
			seen[at{p.File, p.Row}] = true
		}
	}
	return len(seen)
}

func writeProblems(path string, r *exchange.Report) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return &model.Error{Code: model.CodeUsage, Message: "--report: " + path + " cannot be written. Choose another file.", Err: err}
	}
	if err := exchange.WriteProblems(file, r); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

// loadPolicy reads an embedded profile by name, or a file of one.
func loadPolicy(name string) (*policy.Profile, error) {
	if slices.Contains(policy.Names(), name) {
		return policy.Load(name)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, &model.Error{Code: model.CodeNotFound, Err: err, Message: fmt.Sprintf(
			"--policy: found no profile and no file %q; expected %s, or a file.%s", name, strings.Join(policy.Names(), ", "), meant(name, policy.Names()))}
	}
	p, err := policy.Parse(raw)
	if err != nil {
		return nil, &model.Error{Code: model.CodeInvalid, Message: filepath.Base(name) + ": " + err.Error() + ".", Err: err}
	}
	return p, nil
}

// calendarAt gives a calendar good for the weeks around an instant.
func calendarAt(p *policy.Profile, at model.Instant) (model.Calendar, error) {
	d := model.Date(at / (24 * 60))
	return scheduler.NewCalendar(p.Zone, d-30, d+30)
}

// readAsOf reads the time that counts as now; empty: now.
func readAsOf(m *Main, p *policy.Profile, s string) (model.Instant, error) {
	if s == "" {
		return model.Instant(m.Now().Unix() / 60), nil
	}
	bad := model.Errorf(model.CodeUsage, "--as-of: found %q; expected a date and a time such as 2026-11-26T12:00.", s)
	day, clock := s, "00:00"
	if i := strings.IndexAny(s, "T "); i >= 0 {
		day, clock = s[:i], s[i+1:]
	}
	d, err := model.ParseDate(day)
	if err != nil {
		return 0, bad
	}
	at, err := model.ParseClock(clock)
	if err != nil {
		return 0, bad
	}
	c, err := scheduler.NewCalendar(p.Zone, d, d)
	if err != nil {
		return 0, err
	}
	return c.Instant(d, at), nil
}

// written gives an instant as --as-of takes it.
func written(c model.Calendar, at model.Instant) string {
	d, clock := c.Local(at)
	return d.String() + "T" + clock.String()
}

// thursday gives the time at which a week is usually planned: nine o'clock on the Thursday before.
func thursday(c model.Calendar, w model.Week) model.Instant {
	return c.Instant(w.Monday()-4, model.Clock(9*time.Hour/time.Minute))
}
