package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// auditCommand reads who did what.
type auditCommand struct {
	List   auditListCommand   `cmd:"" help:"List who did what, when and why."`
	Verify auditVerifyCommand `cmd:"" help:"Prove that nothing in the audit or the record was changed, removed or put in between."`
}

type auditFlags struct {
	recordFlags
	Region string `placeholder:"NAME" help:"The region in the record. Left out: the only one there is."`
}

func (f *auditFlags) desk(ctx context.Context, m *Main) (*desk, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	return f.open(ctx, m, profile, f.Region)
}

type auditListCommand struct {
	auditFlags
	After int `placeholder:"N" help:"Only entries after this number."`
	Limit int `default:"50" placeholder:"50" help:"At most so many, the latest unless --after is given."`
}

// deedLine is an audit entry as it is listed.
type deedLine struct {
	Sequence int    `json:"sequence"`
	At       string `json:"at"`
	Who      string `json:"who"`
	Action   string `json:"action"`
	Subject  string `json:"subject"`
	Version  int    `json:"version"`
	Reason   string `json:"reason"`
	Content  string `json:"content"`

	when string
}

// Run lists.
func (c *auditListCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	after := c.After
	if after == 0 {
		n, _, err := d.VerifyAudit(ctx, d.who, d.region)
		if err != nil {
			return err
		}
		after = max(0, n-c.Limit)
	}
	all, err := d.Audit(ctx, d.who, d.region, after, c.Limit)
	if err != nil {
		return err
	}
	return writeList(m, convert(all, func(e scheduler.AuditEntry) deedLine {
		return deedLine{Sequence: e.Sequence, At: e.At.UTC().Format("2006-01-02T15:04:05Z"), Who: e.Who, Action: e.Action, Subject: e.Subject,
			Version: e.Version, Reason: e.Reason, Content: e.Content.String(), when: clockOf(e.At, policy.Default)}
	}), deedColumns)
}

var deedColumns = []column[deedLine]{
	{name: "sequence", right: true, cell: func(d deedLine) string { return fmt.Sprint(d.Sequence) }},
	{name: "at", cell: func(d deedLine) string { return d.At }, table: func(d deedLine) string { return d.when }},
	{name: "who", cell: func(d deedLine) string { return d.Who }},
	{name: "action", cell: func(d deedLine) string { return d.Action }},
	{name: "subject", cell: func(d deedLine) string { return d.Subject }},
	{name: "version", right: true, cell: func(d deedLine) string { return fmt.Sprint(d.Version) }},
	{name: "reason", cell: func(d deedLine) string { return d.Reason }},
	{name: "content", hide: true, cell: func(d deedLine) string { return d.Content }},
}

type auditVerifyCommand struct {
	auditFlags
	Known []string `placeholder:"N:HASH" help:"An entry that was kept elsewhere, as an earlier verify printed it: proves that it is still there and none was cut off."`
}

// verified is the answer of audit verify.
type verified struct {
	Region  string `json:"region"`
	Entries int    `json:"entries"`
	Head    string `json:"head"`
}

// Run verifies.
func (c *auditVerifyCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	known, err := heads(c.Known)
	if err != nil {
		return err
	}
	n, head, err := d.VerifyAudit(ctx, d.who, d.region, known...)
	if err != nil {
		return wrong(err)
	}
	return writeOne(m, verified{d.region, n, head.String()}, func(v verified) error {
		_, err := fmt.Fprintf(m.Stdout, "The audit of %s holds: %s. Keep what follows elsewhere; with it, none can be cut off unseen:\n  --known %d:%s\n",
			v.Region, plural(v.Entries, "entry", "entries"), v.Entries, v.Head)
		return err
	})
}

// heads reads entries that were kept elsewhere.
func heads(all []string) ([]scheduler.AuditHead, error) {
	var out []scheduler.AuditHead
	for _, s := range all {
		number, hash, _ := strings.Cut(s, ":")
		n, bad := strconv.Atoi(number)
		h := scheduler.AuditHead{Count: n}
		if bad != nil || n < 1 || h.Last.UnmarshalText([]byte(hash)) != nil {
			return nil, model.Errorf(model.CodeUsage, "--known: found %q; expected a number and a hash, as an earlier payback audit verify printed them.", s)
		}
		out = append(out, h)
	}
	return out, nil
}

// wrong tells damage as what it is: not a fault of the program, but of the record.
func wrong(err error) error {
	var e *model.Error
	if errors.As(err, &e) && e.Code == model.CodeInternal {
		return &model.Error{Code: model.CodeInvalid, Message: e.Message, Err: e.Err}
	}
	return err
}
