package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// publishCommand makes a plan of the record what people are told.
type publishCommand struct {
	Plan string `arg:"" optional:"" help:"The plan. Left out: the newest of the week."`
	recordFlags
	Region       string `placeholder:"NAME" help:"The region in the record. Left out: the only one there is."`
	Week         string `placeholder:"2026-W49" help:"The week, where no plan is named. Left out: next week."`
	AsOf         string `placeholder:"2026-11-26T12:00" help:"The time that counts as now, by the clocks of the policy. Left out: now."`
	Policy       string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Reason       string `placeholder:"TEXT" help:"Why, for the audit."`
	AllowPartial bool   `help:"If not all of the plan holds any more, publish what does."`
	Yes          bool   `help:"Do not ask. Nothing is asked today; scripts may give it for later."`
}

// publication is the answer of publish.
type publication struct {
	Region  string `json:"region"`
	Week    string `json:"week"`
	Version int    `json:"version"`
	Plan    string `json:"plan"`
	Changes int    `json:"changes"`
	LeftOut int    `json:"changes_left_out"`
	Phone   int    `json:"people_to_phone"`
}

// staleness is why nothing was published.
type staleness struct {
	Region   string     `json:"region"`
	Week     string     `json:"week"`
	Base     int        `json:"base_version"`
	Current  int        `json:"current_version"`
	Moved    int        `json:"changes_since"`
	Facts    []kindLine `json:"facts_since"`
	Changes  int        `json:"changes"`
	Holding  int        `json:"changes_holding"`
	MustFix  []caseLine `json:"must_fix"`
	Sentence string     `json:"sentence"`
}

// Run publishes.
func (c *publishCommand) Run(ctx context.Context, m *Main) (err error) {
	d, r, err := c.openAt(ctx, m, &regionFlags{Week: c.Week, AsOf: c.AsOf, Policy: c.Policy, Region: c.Region})
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	id, err := d.draftID(ctx, c.Plan, r.week)
	if err != nil {
		return err
	}
	changes, err := d.PlanChanges(ctx, d.who, d.region, id)
	if err != nil {
		return err
	}
	m.progress.step("Checking and publishing", 0, 0)
	made, err := d.PublishPlan(ctx, d.who, d.region, scheduler.PublishPlan{Draft: id, Partial: c.AllowPartial}, m.command(c.Reason))
	m.progress.stop()
	if stale, ok := errors.AsType[*scheduler.StaleError](err); ok {
		return c.tellStale(m, d.region, id, stale)
	}
	if err != nil {
		return err
	}
	x := publication{Region: d.region, Week: made.Week.String(), Version: made.Version, Plan: id, Changes: made.Changes, LeftOut: made.LeftOut}
	if made.LeftOut == 0 {
		if x.Phone, err = toPhone(r, made.Week, changes); err != nil {
			return err
		}
	}
	if err := writeOne(m, x, func(x publication) error {
		text := fmt.Sprintf("Published week %s of %s as version %d: %s.\n", x.Week, x.Region, x.Version, count(x.Changes, "change"))
		if x.LeftOut > 0 {
			text += fmt.Sprintf("  %s of the plan did not hold any more and were left out.\n", count(x.LeftOut, "change"))
		}
		if x.Phone > 0 {
			text += fmt.Sprintf("  %s to tell at short notice, by phone: payback diff %s --against version=%d%s\n", plural(x.Phone, "person", "people"), x.Plan,
				max(1, x.Version-1), weekFlag(made.Week))
		}
		_, err := io.WriteString(m.Stdout, text)
		return err
	}); err != nil {
		return err
	}
	m.next("show published"+weekFlag(made.Week)+c.again(), "export roster published"+weekFlag(made.Week)+c.again()+" --out "+quoted(strings.ToLower(made.Week.String()[5:])))
	return nil
}

// toPhone counts the people whose week changes so soon that they are told by phone.
func toPhone(r *region, week model.Week, all []scheduler.Difference) (int, error) {
	c, err := scheduler.NewCalendar(r.profile.Zone, week.Monday(), week.Monday()+6)
	if err != nil {
		return 0, err
	}
	book := r.profile.On(week.Monday().String())
	soon := func(k model.SessionKey) bool {
		return k.Project != "" && int64(c.Instant(k.Date, k.Start)-r.asOf) < int64(book.ChangeShortMinutes)
	}
	n := 0
	for _, d := range all {
		if d.Part == scheduler.OfPerson && (soon(d.Now) || soon(d.Was)) {
			n++
		}
	}
	return n, nil
}

// tellStale says why a plan was not published, what changed since it was made, and what of it still holds.
func (c *publishCommand) tellStale(m *Main, region, id string, e *scheduler.StaleError) error {
	x := staleness{Region: region, Week: e.Week.String(), Base: e.Base, Current: e.Published.Version, Moved: len(e.Moved),
		Facts: []kindLine{}, Changes: len(e.Changes), Holding: len(e.Holding), MustFix: caseLines(e.Broken), Sentence: e.Error()}
	for _, k := range e.Facts {
		x.Facts = append(x.Facts, kindLine{k.Kind, k.New, k.Changed, k.Same, k.Removed})
	}
	if err := writeOne(m, x, func(staleness) error { return c.words(m, id, e, x) }); err != nil {
		return err
	}
	again := c.again() + weekFlag(e.Week)
	m.next("plan"+again, "publish "+id+again+" --allow-partial")
	return ended(exitCode(e.Err.Code))
}

func (c *publishCommand) words(m *Main, id string, e *scheduler.StaleError, x staleness) error {
	var b strings.Builder
	if x.Current != x.Base {
		from := fmt.Sprintf("version %d", x.Base)
		if x.Base == 0 {
			from = "nothing published"
		}
		fmt.Fprintf(&b, "Plan %s is out of date. It was made from %s.\n", id, from)
		since := fmt.Sprintf("Version %d was published at %s by %s.", x.Current, clockOf(e.Published.At, c.Policy), e.Published.Who)
		fmt.Fprintf(&b, "  %s\n", strings.Join(wrap(since, tableWidth-2), "\n    "))
	} else {
		fmt.Fprintf(&b, "Not published: %s must-fix.\n", count(len(x.MustFix), "case"))
	}
	var since []string
	if len(e.Moved) > 0 {
		since = append(since, changes(e.Moved))
	}
	for _, k := range x.Facts {
		since = append(since, fmt.Sprintf("%s: %d new, %d changed, %d removed", k.Kind, k.New, k.Changed, k.Removed))
	}
	if len(since) == 0 {
		since = append(since, "nothing")
	}
	for i, line := range wrap("Since then: "+strings.Join(since, "; ")+".", tableWidth-2) {
		fmt.Fprintf(&b, "  %s%s\n", strings.Repeat("  ", min(i, 1)), line)
	}
	fmt.Fprintf(&b, "  %d of your %s still hold.\n", x.Holding, count(x.Changes, "change"))
	if _, err := io.WriteString(m.Stdout, b.String()); err != nil {
		return err
	}
	return writeCases(m, x.MustFix)
}

// policyZone gives the time zone of a policy, the default one where it cannot be read.
func policyZone(name string) string {
	if p, err := loadPolicy(name); err == nil {
		return p.Zone
	}
	p, err := policy.Load(policy.Default)
	if err != nil {
		return "UTC"
	}
	return p.Zone
}
