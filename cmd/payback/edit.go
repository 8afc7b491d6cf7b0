package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// editCommand changes a plan of the record by hand.
type editCommand struct {
	Words []string `arg:"" optional:"" help:"The plan, or latest, and what is to change, as in: p_1f move X123456 CT01/2026-11-30 CT02/2026-12-01. See the list below."`
	pickFlags
	Pin    bool   `help:"Pin whoever is added or moved, so that no later plan moves them."`
	Roster string `placeholder:"FOLDER" help:"Keep the roster of this folder, edited in a spreadsheet, as a new plan instead."`
	Reason string `placeholder:"TEXT" help:"Why: needed to waive and to release, kept in the audit."`
	Until  string `placeholder:"2026-12-31" help:"The last day of a waiver. Left out: the end of the week."`
}

// editForms are the edits, as they are typed.
var editForms = []struct{ words, what string }{
	{"add CRN SESSION", "gives somebody a place"},
	{"remove CRN SESSION", "takes the place away"},
	{"move CRN FROM TO", "from one session to another"},
	{"swap CRN SESSION CRN SESSION", "two people change places"},
	{"pin CRN SESSION", "no plan moves it any more"},
	{"unpin CRN SESSION", "plans may move it again"},
	{"cancel SESSION", "everybody and everything leaves it"},
	{"assign CODE SESSION", "a supervisor or a minibus joins"},
	{"unassign CODE SESSION", "it leaves"},
	{"waive RULE SESSION", "the rule counts for nothing there; needs --reason"},
	{"release CASE", "publish although a fixed part breaks a rule; the case as check names it; needs --reason"},
}

// Help lists the edits.
func (*editCommand) Help() string {
	var b strings.Builder
	b.WriteString("A session is PROJECT/DATE, with /TIME where a project has several that day. The edits:\n\n")
	for _, f := range editForms {
		fmt.Fprintf(&b, "%s – %s\n\n", f.words, f.what)
	}
	return b.String()
}

// edited is the answer of edit.
type edited struct {
	draftLine
	Open []caseLine `json:"must_fix_cases"`
}

// Run edits.
func (c *editCommand) Run(ctx context.Context, m *Main) (err error) {
	if c.Roster != "" {
		return c.keep(ctx, m)
	}
	if len(c.Words) < 2 {
		return model.Errorf(model.CodeUsage, "What is to change? Give a plan and an edit, as in: payback edit latest move X123456 CT01/2026-11-30 CT02/2026-12-01. See: payback help edit")
	}
	d, week, err := c.openWeek(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	id, err := d.draftID(ctx, c.Words[0], week)
	if err != nil {
		return err
	}
	was, err := d.Draft(ctx, d.who, d.region, id)
	if err != nil {
		return err
	}
	sn, _, err := d.Snapshot(ctx, d.who, d.region, was.Week)
	if err != nil {
		return err
	}
	edits, err := c.edits(sn, c.Words[1:])
	if err != nil {
		return err
	}
	made, j, err := d.EditPlan(ctx, d.who, d.region, scheduler.EditRequest{Draft: id, Version: was.Version, Edits: edits}, m.command(c.Reason))
	if err != nil {
		return err
	}
	return d.tellEdited(m, &made, &j, c.again())
}

// keep takes a roster from a folder as a new plan.
func (c *editCommand) keep(ctx context.Context, m *Main) (err error) {
	if len(c.Words) > 0 {
		return model.Errorf(model.CodeUsage, "--roster makes a new plan of a folder, and %q is about an earlier one. Leave out one of the two.", strings.Join(c.Words, " "))
	}
	d, week, err := c.openWeek(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	sn, _, err := d.Snapshot(ctx, d.who, d.region, week)
	if err != nil {
		return err
	}
	roster, report, err := exchange.ReadRoster(c.Roster, sn, exchange.Options{Zone: sn.Calendar.Zone})
	if err != nil {
		return err
	}
	if err := m.tellReport(report, ""); err != nil {
		return err
	}
	if n := leftOut(report); n > 0 {
		return model.Errorf(model.CodeInvalid, "%s of the roster cannot be read, so nothing was kept. Mend them and try again.", count(n, "row"))
	}
	base := 0
	if sn.Published != nil {
		base = sn.Published.Version
	}
	made, err := d.KeepDraft(ctx, d.who, d.region, roster, base, m.command(c.Reason))
	if err != nil {
		return err
	}
	v, err := d.DraftView(ctx, d.who, d.region, made.ID)
	if err != nil {
		return err
	}
	return d.tellEdited(m, &made, &v.Judgement, c.again())
}

// tellEdited tells what the rules say of an edited plan.
func (d *desk) tellEdited(m *Main, made *scheduler.Draft, j *scheduler.Judgement, again string) error {
	x := edited{draftLine: draftOf(d.region, made), Open: caseLines(j.MustFix)}
	if err := writeOne(m, x, func(x edited) error {
		if _, err := fmt.Fprintf(m.Stdout, "Plan %s, version %d, week %s: %s must-fix.\n", x.ID, x.Version, x.Week, thousands(len(x.Open))); err != nil {
			return err
		}
		return writeCases(m, x.Open)
	}); err != nil {
		return err
	}
	m.next("diff "+made.ID+again, "publish "+made.ID+again)
	return nil
}

// edits reads the words of an edit.
func (c *editCommand) edits(sn *model.Snapshot, words []string) ([]scheduler.Edit, error) {
	kind, rest := scheduler.EditKind(words[0]), words[1:]
	var names []string
	for _, f := range editForms {
		verb, form, _ := strings.Cut(f.words, " ")
		names = append(names, verb)
		if verb != words[0] {
			continue
		}
		if n := len(strings.Fields(form)); kind != scheduler.Release && len(rest) != n || len(rest) == 0 {
			return nil, model.Errorf(model.CodeUsage, "found %q; expected %s.", strings.Join(words, " "), f.words)
		}
		return c.read(sn, kind, rest)
	}
	return nil, model.Errorf(model.CodeUsage, "found the edit %q; expected one of %s.%s", words[0], strings.Join(names, ", "), meant(words[0], names))
}

func (c *editCommand) read(sn *model.Snapshot, kind scheduler.EditKind, rest []string) ([]scheduler.Edit, error) {
	x := scheduler.Edit{Kind: kind}
	var err error
	session := func(to *model.SessionKey, word string) {
		k, bad := model.ParseSessionKey(word)
		if bad != nil && err == nil {
			err = model.Errorf(model.CodeUsage, "%s.", bad)
		}
		*to = k
	}
	crn := func(word string) model.CRN {
		n := model.CRN(strings.ToUpper(word))
		if !n.Valid() && err == nil {
			err = model.Errorf(model.CodeUsage, "found %q; expected a CRN, one letter and six digits such as X123456.", word)
		}
		return n
	}
	placed := model.SessionKey{}
	switch kind {
	case scheduler.AddPerson:
		x.CRN = crn(rest[0])
		session(&x.To, rest[1])
		placed = x.To
	case scheduler.MovePerson:
		x.CRN = crn(rest[0])
		session(&x.From, rest[1])
		session(&x.To, rest[2])
		placed = x.To
	case scheduler.SwapPeople:
		x.CRN, x.Other = crn(rest[0]), crn(rest[2])
		session(&x.From, rest[1])
		session(&x.To, rest[3])
	case scheduler.Cancel:
		session(&x.From, rest[0])
	case scheduler.Assign, scheduler.Unassign:
		if sn.Minibus(model.Registration(rest[0])) != nil {
			x.Minibus = model.Registration(rest[0])
		} else {
			x.Supervisor = model.SupervisorCode(rest[0])
		}
		session(&x.From, rest[1])
		x.To = x.From
	case scheduler.Waive:
		x.Waiver = model.Waiver{Rule: rest[0], Session: rest[1], Why: c.Reason}
		if c.Until != "" && err == nil {
			if x.Waiver.Until, err = model.ParseDate(c.Until); err != nil {
				err = model.Errorf(model.CodeUsage, "--until: %s.", err)
			}
		}
	case scheduler.Release:
		x.Item, x.Why = strings.Join(rest, " "), c.Reason
	default: // remove, pin, unpin
		x.CRN = crn(rest[0])
		session(&x.From, rest[1])
	}
	edits := []scheduler.Edit{x}
	if c.Pin {
		if placed.Project == "" {
			return nil, model.Errorf(model.CodeUsage, "--pin goes with add and move. To pin an appointment that is there: payback edit PLAN pin CRN SESSION")
		}
		edits = append(edits, scheduler.Edit{Kind: scheduler.Pin, CRN: x.CRN, From: placed})
	}
	return edits, err
}
