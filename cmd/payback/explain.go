package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// explainCommand explains one thing.
type explainCommand struct {
	Rule    explainRule    `cmd:"" help:"Explain a rule: what it means, where it comes from, its current values. Without an ID: list all rules."`
	Roster  explainRoster  `cmd:"" help:"Explain a roster: what each price took, and what those want for who have less than they need."`
	Person  explainPerson  `cmd:"" help:"Explain a person's week: why there, why no more, and when they are likely to finish."`
	Session explainSession `cmd:"" help:"Explain a session: who comes, what it costs and gains, and what keeps others out."`
}

// explainRule explains a rule of the catalogue.
type explainRule struct {
	ID     string `arg:"" optional:"" help:"The rule, such as not-the-only-woman."`
	Policy string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	On     string `placeholder:"2026-11-30" help:"The day whose values are shown. Left out: today."`
}

// rule is a rule as it is explained.
type rule struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Level   string   `json:"level"`
	Unit    string   `json:"unit"`
	On      bool     `json:"on"`
	Doc     string   `json:"doc"`
	Clauses []clause `json:"clauses"`
}

// clause is a clause of the policy with its value on the day.
type clause struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Value    int64  `json:"value"`
	Unit     string `json:"unit"`
	Since    string `json:"since"`
	Mark     string `json:"mark"`
	Source   string `json:"source"`
	Waivable bool   `json:"waivable,omitempty"`
}

// Run explains.
func (c *explainRule) Run(m *Main) error {
	profile, err := loadPolicy(c.Policy)
	if err != nil {
		return err
	}
	on, err := c.day(m, profile)
	if err != nil {
		return err
	}
	var rules []rule
	for _, x := range constraints.All {
		r := rule{ID: x.ID, Title: x.Title, Level: x.Level.String(), Unit: x.Unit, Doc: x.Doc, On: profile.On(on).Applies(policy.ClauseID(x.ID))}
		for _, cl := range profile.Clauses {
			if slices.Contains(x.Clauses, cl.ID) || strings.HasPrefix(string(cl.ID), x.ID+".") {
				r.Clauses = append(r.Clauses, clauseOn(cl, on))
			}
		}
		rules = append(rules, r)
	}
	if c.ID == "" {
		return writeList(m, rules, ruleColumns)
	}
	ids := convert(rules, func(r rule) string { return r.ID })
	i := slices.Index(ids, c.ID)
	if i < 0 {
		return model.Errorf(model.CodeNotFound, "No rule %q.%s All rules: %s explain rule", c.ID, meant(c.ID, ids), m.Program)
	}
	return writeOne(m, rules[i], func(r rule) error { return r.write(m, profile, on) })
}

// day gives the day whose values are shown.
func (c *explainRule) day(m *Main, p *policy.Profile) (string, error) {
	if c.On != "" {
		d, err := model.ParseDate(c.On)
		if err != nil {
			return "", model.Errorf(model.CodeUsage, "--on: %s.", err)
		}
		return d.String(), nil
	}
	at := model.Instant(m.Now().Unix() / 60)
	d := model.Date(at / (24 * 60))
	calendar, err := scheduler.NewCalendar(p.Zone, d, d)
	if err != nil {
		return "", err
	}
	today, _ := calendar.Local(at)
	return today.String(), nil
}

func clauseOn(c policy.Clause, day string) clause {
	now := c.ValueOn(day)
	return clause{ID: string(c.ID), Text: c.Text, Value: now.Value, Unit: c.Unit, Since: now.From, Mark: string(c.Mark), Source: c.Source, Waivable: c.Waivable}
}

func (r *rule) write(m *Main, p *policy.Profile, on string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s – %s\n", r.ID, r.Title)
	state := "switched on"
	if !r.On {
		state = "switched off"
	}
	how := fmt.Sprintf("%s; counted in %s; %s in the policy %s", r.Level, r.Unit, state, p.Name)
	for _, line := range slices.Concat(wrap(how, tableWidth), []string{""}, wrap(r.Doc, tableWidth)) {
		fmt.Fprintln(&b, line)
	}
	fmt.Fprintf(&b, "\nWhat the policy says on %s:\n", on)
	for _, c := range r.Clauses {
		value := ""
		if c.Unit != "on" {
			value = fmt.Sprintf(" = %s %s", thousands(c.Value), c.Unit)
		}
		fmt.Fprintf(&b, "\n  %s%s\n", c.ID, value)
		text := c.Text
		if c.Waivable {
			text += " May be waived with a recorded reason."
		}
		for _, line := range wrap(text, tableWidth-4) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
		for _, line := range wrap(fmt.Sprintf("%s, since %s. Source: %s.", marks[c.Mark], c.Since, c.Source), tableWidth-4) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}

// marks say how a value is known.
var marks = map[string]string{
	string(policy.Stated):  "Stated in a published source",
	string(policy.Derived): "Derived from published figures",
	string(policy.Assumed): "Assumed, for a region to confirm",
}

var ruleColumns = []column[rule]{
	{name: "id", cell: func(r rule) string { return r.ID }},
	{name: "level", cell: func(r rule) string { return r.Level }},
	{name: "unit", cell: func(r rule) string { return r.Unit }, hide: true},
	{name: "on", cell: func(r rule) string {
		if r.On {
			return "yes"
		}
		return "no"
	}},
	{name: "title", cell: func(r rule) string { return r.Title }},
}
