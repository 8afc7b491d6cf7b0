package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// checkCommand judges a roster, whoever made it, by the rules in words.
type checkCommand struct {
	Dir string `arg:"" optional:"" help:"The folder with the region's files, or a workbook (.xlsx)."`
	regionFlags
	Roster string `placeholder:"FOLDER" help:"The roster: the folder of a plan, or any with appointments.csv and sessions.csv. Left out: what the region's files publish."`
}

// broken is one case of a rule that must hold.
type broken struct {
	Rule        string   `json:"rule"`
	Amount      int64    `json:"amount"`
	Unit        string   `json:"unit"`
	Sessions    []string `json:"sessions"`
	People      []string `json:"crns"`
	Supervisors []string `json:"supervisor_codes"`
	Minibuses   []string `json:"registrations"`
	Sentence    string   `json:"sentence"`
}

// paid is what a priced rule costs in all, or is worth.
type paid struct {
	Rule  string `json:"rule"`
	Cases int    `json:"cases"`
	Cost  int64  `json:"cost_millipoints"`
}

// judgement is the answer of check.
type judgement struct {
	Region  string   `json:"region"`
	Week    string   `json:"week"`
	Policy  string   `json:"policy"`
	Checked int      `json:"appointments"`
	MustFix []broken `json:"must_fix"`
	Prices  []paid   `json:"prices"`
	Value   int64    `json:"value_millipoints"`
}

// Run judges. What breaks a rule that must hold ends with exit code 7.
func (c *checkCommand) Run(m *Main) error {
	var d defaults
	var plan *planFile
	if c.Roster != "" {
		if _, err := os.Stat(c.Roster); err != nil {
			return &model.Error{Code: model.CodeNotFound, Err: err, Message: "--roster: there is no " + c.Roster + ". Give the folder of a plan, or one with appointments.csv and sessions.csv."}
		}
		if p, err := readPlanFile(c.Roster); err == nil {
			plan, d = p, defaults{week: p.Week, asOf: p.AsOf, policy: p.Policy}
		}
	}
	r, err := c.load(m, c.Dir, d)
	if err != nil {
		return err
	}
	if plan != nil && plan.Week == r.week.String() && plan.Input != r.sn.Digest().String() {
		m.hint("The region's files, the policy or the time are not those that %s was made from; it is judged by how they are now.", base(c.Roster))
	}
	roster, dropped, err := c.roster(m, r)
	if err != nil {
		return err
	}
	m.progress.step("Checking", 0, 0)
	j := judge(r.sn, roster)
	m.progress.stop()
	if err := j.write(m); err != nil {
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
	vs := solver.Check(sn, roster, constraints.All)
	j := judgement{Region: sn.Region, Week: sn.Week.String(), Policy: sn.Policy.Profile, Checked: len(roster.Appointments),
		MustFix: []broken{}, Prices: []paid{}, Value: solver.Total(vs, constraints.All).Value()}
	for _, v := range vs {
		c := ruleByID(v.Constraint)
		if c.Level == solver.Soft {
			j.pay(v)
			continue
		}
		j.MustFix = append(j.MustFix, broken{
			Rule: v.Constraint, Amount: v.Amount, Unit: c.Unit, Sentence: c.Explain(sn, v),
			Sessions: convert(v.Sessions, model.SessionKey.String), People: asText(v.People),
			Supervisors: asText(v.Supervisors), Minibuses: asText(v.Minibuses),
		})
	}
	return j
}

func (j *judgement) pay(v solver.Violation) {
	i := slices.IndexFunc(j.Prices, func(p paid) bool { return p.Rule == v.Constraint })
	if i < 0 {
		i = len(j.Prices)
		j.Prices = append(j.Prices, paid{Rule: v.Constraint})
	}
	j.Prices[i].Cases++
	j.Prices[i].Cost += v.Amount
}

func (j *judgement) write(m *Main) error {
	switch m.cli.Output {
	case "json":
		return writeJSON(m.Stdout, j)
	case "jsonl", "csv":
		return writeList(m, j.MustFix, brokenColumns)
	}
	var b strings.Builder
	n := int64(0)
	for _, x := range j.MustFix {
		n += x.Amount
	}
	fmt.Fprintf(&b, "Week %s of %s: %s, %s must-fix.\n", j.Week, j.Region, count(j.Checked, "appointment"), thousands(n))
	rule := ""
	for _, x := range j.MustFix {
		if x.Rule != rule {
			rule = x.Rule
			fmt.Fprintf(&b, "\n  %s – %s\n", x.Rule, ruleByID(x.Rule).Title)
		}
		for i, line := range wrap(x.Sentence, tableWidth-6) {
			fmt.Fprintf(&b, "    %s%s\n", strings.Repeat("  ", min(i, 1)), line)
		}
	}
	if len(j.MustFix) > 0 {
		fmt.Fprintln(&b)
	}
	for _, p := range j.Prices {
		what, amount := "costs", p.Cost
		if amount < 0 {
			what, amount = "is worth", -amount
		}
		fmt.Fprintf(&b, "  %s %s %s points (%s)\n", p.Rule, what, points(amount), count(p.Cases, "case"))
	}
	fmt.Fprintf(&b, "  value in all %s points\n", points(j.Value))
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}

var brokenColumns = []column[broken]{
	{name: "rule", cell: func(b broken) string { return b.Rule }},
	{name: "amount", cell: func(b broken) string { return fmt.Sprint(b.Amount) }},
	{name: "unit", cell: func(b broken) string { return b.Unit }},
	{name: "sessions", cell: func(b broken) string { return strings.Join(b.Sessions, ";") }},
	{name: "crns", cell: func(b broken) string { return strings.Join(b.People, ";") }},
	{name: "supervisor_codes", cell: func(b broken) string { return strings.Join(b.Supervisors, ";") }},
	{name: "registrations", cell: func(b broken) string { return strings.Join(b.Minibuses, ";") }},
	{name: "sentence", cell: func(b broken) string { return b.Sentence }},
}

func asText[T ~string](all []T) []string {
	return convert(all, func(x T) string { return string(x) })
}

// ruleByID gives a constraint of the catalogue, or nil.
func ruleByID(id string) *solver.Constraint {
	for _, c := range constraints.All {
		if c.ID == id {
			return c
		}
	}
	return nil
}
