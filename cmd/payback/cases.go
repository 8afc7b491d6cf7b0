package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// caseLine is one broken case of a rule that must hold.
type caseLine struct {
	Rule        string   `json:"rule"`
	Amount      int64    `json:"amount"`
	Unit        string   `json:"unit"`
	Sessions    []string `json:"sessions"`
	People      []string `json:"crns"`
	Supervisors []string `json:"supervisor_codes"`
	Minibuses   []string `json:"registrations"`
	Sentence    string   `json:"sentence"`
	Case        string   `json:"case"` // names it, for a release
	Releasable  bool     `json:"releasable"`
	Released    bool     `json:"released"`

	title string
}

func caseLines(all []scheduler.Case) []caseLine {
	out := []caseLine{}
	for i := range all {
		c := &all[i]
		out = append(out, caseLine{
			Rule: c.Rule, Amount: c.Amount, Unit: c.Unit, Sentence: c.Sentence, Case: c.Item, Releasable: c.Releasable, Released: c.Released,
			Sessions: convert(c.Sessions, model.SessionKey.String), People: asText(c.People),
			Supervisors: asText(c.Supervisors), Minibuses: asText(c.Minibuses), title: c.Title,
		})
	}
	return out
}

// writeCases tells cases to people, by rule.
func writeCases(m *Main, all []caseLine) error {
	var b strings.Builder
	rule := ""
	for _, x := range all {
		if x.Rule != rule {
			rule = x.Rule
			fmt.Fprintf(&b, "\n  %s – %s\n", x.Rule, x.title)
		}
		text := x.Sentence
		switch {
		case x.Released:
			text += " Released."
		case x.Releasable:
			text += " Can be released: " + x.Case
		}
		for i, line := range wrap(text, tableWidth-6) {
			fmt.Fprintf(&b, "    %s%s\n", strings.Repeat("  ", min(i, 1)), line)
		}
	}
	if len(all) > 0 {
		fmt.Fprintln(&b)
	}
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}

var caseColumns = []column[caseLine]{
	{name: "rule", cell: func(b caseLine) string { return b.Rule }},
	{name: "amount", cell: func(b caseLine) string { return fmt.Sprint(b.Amount) }},
	{name: "unit", cell: func(b caseLine) string { return b.Unit }},
	{name: "sessions", cell: func(b caseLine) string { return strings.Join(b.Sessions, ";") }},
	{name: "crns", cell: func(b caseLine) string { return strings.Join(b.People, ";") }},
	{name: "supervisor_codes", cell: func(b caseLine) string { return strings.Join(b.Supervisors, ";") }},
	{name: "registrations", cell: func(b caseLine) string { return strings.Join(b.Minibuses, ";") }},
	{name: "sentence", cell: func(b caseLine) string { return b.Sentence }},
	{name: "case", cell: func(b caseLine) string { return b.Case }},
	{name: "releasable", cell: func(b caseLine) string { return strconv.FormatBool(b.Releasable) }},
	{name: "released", cell: func(b caseLine) string { return strconv.FormatBool(b.Released) }},
}
