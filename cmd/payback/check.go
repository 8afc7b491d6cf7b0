package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// checkCommand judges a roster, whoever made it, by the rules in words.
type checkCommand struct {
	Dir string `arg:"" optional:"" help:"A folder with a region's files, or a workbook (.xlsx); or a plan of the record, latest or published. Left out: what the record publishes."`
	regionFlags
	recordFlags
	Wet    bool   `help:"Tell also of the week when it rains, with every group outdoors at its wet site."`
	Roster string `placeholder:"FOLDER" help:"The roster: the folder of a plan, or any with appointments.csv and sessions.csv. Left out: what the region's files publish."`
}

// paid is what a priced rule costs in all, or is worth.
type paid struct {
	Rule  string `json:"rule"`
	Cases int    `json:"cases"`
	Cost  int64  `json:"cost_millipoints"`
}

// judgement is the answer of check.
type judgement struct {
	Region  string     `json:"region"`
	Week    string     `json:"week"`
	Policy  string     `json:"policy"`
	Checked int        `json:"appointments"`
	MustFix []caseLine `json:"must_fix"`
	Waived  []caseLine `json:"waived"`
	Prices  []paid     `json:"prices"`
	Value   int64      `json:"value_millipoints"`

	TurnedAway int32 `json:"turned_away_permille"`
	Together   int32 `json:"turned_away_together_permille"`

	Wet *wetHalf `json:"wet,omitempty"` // with --wet
}

// wetHalf is what check --wet says of the week when it rains.
type wetHalf struct {
	Groups  int        `json:"groups"` // that move
	MustFix []caseLine `json:"must_fix"`
}

// Run judges. What breaks a rule that must hold ends with exit code 7.
func (c *checkCommand) Run(ctx context.Context, m *Main) error {
	if _, err := os.Stat(c.Dir); (c.Dir == "" || err != nil && c.inRecord(c.Dir)) && c.Roster == "" {
		return c.onRecord(ctx, m)
	}
	r, roster, dropped, err := c.read(m)
	if err != nil {
		return err
	}
	m.progress.step("Checking", 0, 0)
	j := judge(r.sn, roster)
	m.progress.stop()
	if err := j.write(m, c.Wet); err != nil {
		return err
	}
	switch {
	case len(j.MustFix) > 0:
		if m.cli.Output == "table" {
			m.next("explain rule " + j.MustFix[0].Rule)
		}
		return ended(exitUnsafe)
	case dropped > 0:
		return model.Errorf(model.CodeInvalid, "%s of the roster could not be judged. Put them right and check again.", count(dropped, "row"))
	}
	return nil
}

// read reads the region and the roster from files, and counts the rows of the roster that could not be taken.
func (c *checkCommand) read(m *Main) (r *region, roster *model.Roster, dropped int, err error) {
	var d defaults
	var plan *planFile
	if c.Roster != "" {
		if _, err := os.Stat(c.Roster); err != nil {
			return nil, nil, 0, &model.Error{Code: model.CodeNotFound, Err: err, Message: "--roster: there is no " + c.Roster + ". Give the folder of a plan, or one with appointments.csv and sessions.csv."}
		}
		if p, err := readPlanFile(c.Roster); err == nil {
			plan, d = p, defaults{week: p.Week, asOf: p.AsOf, policy: p.Policy}
		}
	}
	if r, err = c.load(m, c.Dir, d); err != nil {
		return nil, nil, 0, err
	}
	if plan != nil && plan.Week == r.week.String() && !plan.madeFrom(r) {
		m.hint("The region's files, the policy or the time are not those that %s was made from; it is judged by how they are now.", base(c.Roster))
	}
	roster, dropped, err = c.roster(m, r)
	return r, roster, dropped, err
}

// inRecord reports whether a word names something of the record and no file.
func (c *checkCommand) inRecord(ref string) bool {
	_, published, _ := publishedVersion(ref)
	return published || ref == latestRef || strings.HasPrefix(ref, "p_")
}

// onRecord judges something of the record as the facts and the time are now.
func (c *checkCommand) onRecord(ctx context.Context, m *Main) (err error) {
	if err := c.onlyFiles(); err != nil {
		return err
	}
	d, r, err := c.openAt(ctx, m, &c.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	j, err := d.judged(ctx, c.Dir, r.week)
	if err != nil {
		return err
	}
	if err := j.write(m, c.Wet); err != nil {
		return err
	}
	if slices.ContainsFunc(j.MustFix, func(x caseLine) bool { return !x.Released }) {
		if m.cli.Output == "table" {
			m.next("explain rule " + j.MustFix[0].Rule)
		}
		return ended(exitUnsafe)
	}
	return nil
}

// judged judges what a reference names; empty: what is published.
func (d *desk) judged(ctx context.Context, ref string, week model.Week) (judgement, error) {
	version, published, err := publishedVersion(ref)
	if err != nil {
		return judgement{}, err
	}
	if published || ref == "" {
		w, err := d.Week(ctx, d.who, d.region, week, version)
		if err != nil {
			return judgement{}, err
		}
		return judgementOf(w.Snapshot, w.Roster, scheduler.Judge(w.Snapshot, w.Roster, d.Constraints, w.Published.Releases)), nil
	}
	id, err := d.draftID(ctx, ref, week)
	if err != nil {
		return judgement{}, err
	}
	v, err := d.DraftView(ctx, d.who, d.region, id)
	switch {
	case err != nil:
		return judgement{}, err
	case v.Roster == nil:
		return judgement{}, noRoster(&v.Draft)
	}
	return judgementOf(v.Snapshot, v.Roster, v.Judgement), nil
}

// roster reads what is to be judged, and counts its rows that could not be taken.
func (c *checkCommand) roster(m *Main, r *region) (*model.Roster, int, error) {
	if c.Roster == "" {
		if r.sn.Published == nil {
			return nil, 0, model.Errorf(model.CodeNotFound, "The region's files publish nothing for week %v. Give a roster with --roster, or another week with --week.", r.week)
		}
		return r.sn.Published, 0, nil
	}
	roster, report, err := exchange.ReadRoster(c.Roster, r.sn, exchange.Options{Zone: r.profile.Zone})
	if err != nil {
		return nil, 0, err
	}
	if len(report.Problems) > 0 {
		m.progress.stop()
		if err := report.Write(m.Stderr, tableWidth); err != nil {
			return nil, 0, fmt.Errorf("tell the problems: %w", err)
		}
	}
	return roster, leftOut(report), nil
}

func judge(sn *model.Snapshot, roster *model.Roster) judgement {
	return judgementOf(sn, roster, scheduler.Judge(sn, roster, constraints.All, nil))
}

func judgementOf(sn *model.Snapshot, roster *model.Roster, found scheduler.Judgement) judgement {
	j := judgement{Region: sn.Region, Week: sn.Week.String(), Policy: sn.Policy.Profile, Checked: len(roster.Appointments),
		MustFix: caseLines(found.MustFix), Waived: caseLines(found.Waived), Prices: []paid{}, Value: found.Value,
		Wet: &wetHalf{len(found.Wet.Moved), caseLines(found.Wet.MustFix)}}
	alone, together := sn.AnyTurnedAway(roster)
	j.TurnedAway, j.Together = model.Permille(alone), model.Permille(together)
	for _, p := range found.Prices {
		j.Prices = append(j.Prices, paid{p.Rule, p.Cases, p.Cost})
	}
	return j
}

// write tells the judgement; of the wet half only if that is wanted, except that what it alone breaks is among what must be fixed.
func (j *judgement) write(m *Main, wet bool) error {
	if !wet {
		j.Wet = nil
	}
	switch m.cli.Output {
	case "json":
		return writeJSON(m.Stdout, j)
	case "jsonl", "csv":
		return writeList(m, j.MustFix, caseColumns)
	}
	var b strings.Builder
	n := int64(0)
	for _, x := range j.MustFix {
		n += x.Amount
	}
	fmt.Fprintf(&b, "Week %s of %s: %s, %s must-fix.\n", j.Week, j.Region, count(j.Checked, "appointment"), thousands(n))
	if _, err := fmt.Fprint(m.Stdout, b.String()); err != nil {
		return err
	}
	b.Reset()
	if err := writeCases(m, j.MustFix); err != nil {
		return err
	}
	if len(j.Waived) > 0 {
		fmt.Fprintf(m.Stdout, "Waived, and counted for nothing:\n")
		if err := writeCases(m, j.Waived); err != nil {
			return err
		}
	}
	for _, p := range j.Prices {
		what, amount := "costs", p.Cost
		if amount < 0 {
			what, amount = "is worth", -amount
		}
		fmt.Fprintf(&b, "  %s %s %s points (%s)\n", p.Rule, what, points(amount), count(p.Cases, "case"))
	}
	fmt.Fprintf(&b, "  value in all %s points\n", points(j.Value))
	fmt.Fprintf(&b, "  %s\n", atTheDoor(j.TurnedAway, j.Together))
	if _, err := fmt.Fprint(m.Stdout, b.String()); err != nil || j.Wet == nil {
		return err
	}
	return j.Wet.write(m)
}

// write tells the wet half to people.
func (w *wetHalf) write(m *Main) error {
	verdict := "every rule holds there"
	if len(w.MustFix) > 0 {
		verdict = "these rules are broken there"
	}
	if _, err := fmt.Fprintf(m.Stdout, "\nWhen it rains, %s: %s.\n", count(w.Groups, "group")+" at a wet site", verdict); err != nil {
		return err
	}
	return writeCases(m, w.MustFix)
}

func asText[T ~string](all []T) []string {
	return convert(all, func(x T) string { return string(x) })
}
