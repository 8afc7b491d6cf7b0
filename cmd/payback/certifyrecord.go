package main

import (
	"context"
	"os"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// certifyRecord checks one plan of the record, or what is published.
type certifyRecord struct {
	recordFlags
	Region      string `placeholder:"NAME" help:"The region in the record. Left out: the only one there is."`
	Policy      string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Week        string `placeholder:"2026-W49" help:"The week. Left out: next week."`
	Plan        string `placeholder:"PLAN" help:"A plan of the record, latest, or published=3. Left out: what is published."`
	Certificate string `placeholder:"FILE" help:"The certificate that was given out, whose prices are added up. Left out: they are made again from what the record keeps."`
	Out         string `placeholder:"FILE" help:"Write the certificate to this file."`
}

// Run checks. A proof that does not hold ends with an error.
func (c *certifyRecord) Run(ctx context.Context, m *Main) (err error) {
	d, r, err := c.openAt(ctx, m, &regionFlags{Policy: c.Policy, Region: c.Region, Week: c.Week})
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	d.AsOf = 0 // nothing here depends on the time
	ref := scheduler.RosterRef{Week: r.week}
	version, published, err := publishedVersion(c.Plan)
	switch {
	case err != nil:
		return err
	case published || c.Plan == "":
		ref.Version = version
	default:
		if ref.Draft, err = d.draftID(ctx, c.Plan, r.week); err != nil {
			return err
		}
	}
	m.progress.step("Checking the roster by the rules, and making its bound again", 0, 0)
	known, err := d.Certificate(ctx, d.who, d.region, ref)
	m.progress.stop()
	if err != nil {
		return err
	}
	proof := &known.Certificate
	if c.Certificate != "" {
		if proof, err = c.given(known); err != nil {
			return err
		}
	}
	week, err := relaxed(known.Snapshot)
	if err != nil {
		return err
	}
	b := proof.Proves(week)
	switch {
	case known.Value > b.Most:
		return model.Errorf(model.CodeInternal, "The roster is worth %d millipoints, more than the %d that the prices allow. Please report this.", known.Value, b.Most)
	case b.Most != proof.Bound:
		return model.Errorf(model.CodeInvalid, "The prices prove %d millipoints, and the certificate says %d: one of them was changed.", b.Most, proof.Bound)
	}
	if c.Out != "" {
		if err := writeProof(c.Out, proof); err != nil {
			return err
		}
	}
	return m.tellCertified(certified{
		Region: d.region, Week: known.Snapshot.Week.String(), Input: proof.Input, MustFix: int(known.MustFix), Value: known.Value, Bound: b.Most,
		Gap: hundredths(b.Gap(known.Value)), Days: tenths(b.Placements(known.Value)), LeftOut: b.LeftOut,
	}, &b)
}

// given reads the certificate that was given out, which must be of this plan.
func (c *certifyRecord) given(known *scheduler.Certified) (*certificate, error) {
	f, err := os.Open(c.Certificate)
	if err != nil {
		return nil, &model.Error{Code: model.CodeNotFound, Err: err, Message: "--certificate: " + c.Certificate + " cannot be read."}
	}
	proof, err := readCertificate(f)
	switch {
	case err != nil:
		return nil, err
	case proof.Input != known.Input:
		return nil, model.Errorf(model.CodeInvalid, "The certificate is for other facts: found input %.6s, and this plan was made from %.6s. Give the plan that it is of.", proof.Input, known.Input)
	case proof.Value != known.Value:
		return nil, model.Errorf(model.CodeInvalid, "The roster is worth %d millipoints, and the certificate says %d: one of them was changed.", known.Value, proof.Value)
	}
	return proof, nil
}

// writeProof writes a certificate to a file, for its owner alone.
func writeProof(path string, proof *certificate) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // the file is the one that was asked for
	if err != nil {
		return &model.Error{Code: model.CodeUsage, Err: err, Message: "--out: " + path + " cannot be written."}
	}
	if err := proof.Write(f); err != nil {
		_ = f.Close() // the first error tells
		return err
	}
	return f.Close()
}
