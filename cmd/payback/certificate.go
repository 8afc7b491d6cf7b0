package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// certificateName is the file of a plan that proves its bound.
const certificateName = scheduler.CertificateName

const (
	certificateFormat = scheduler.CertificateFormat
	// largestCertificate keeps a file that was not written by payback from taking all memory, in bytes after unpacking.
	largestCertificate = 1 << 30
)

// certificate proves that no roster of a week is worth more than a bound.
type certificate = scheduler.Certificate

// writeCertificate writes the proof of a plan's bound, if it has one, beside its other files.
func writeCertificate(dir string, r *region, res *scheduler.PlanResult) error {
	if res.Bound == nil || res.Bound.Prices == nil {
		return nil
	}
	return writePacked(dir, certificateName, certificate{
		Format: certificateFormat, Input: r.sn.Digest().String(), Roster: res.Roster.Digest().String(), Value: res.Score.Value(),
		Bound: res.Bound.Most, Prices: res.Bound.Prices,
	})
}

// openCertificate opens the proof of a plan's bound.
func openCertificate(dir string) (*os.File, error) {
	f, err := os.Open(filepath.Join(dir, certificateName)) //nolint:gosec // the folder is the one that was asked for
	if err != nil {
		return nil, &model.Error{Code: model.CodeNotFound, Err: err, Message: fmt.Sprintf(
			"%s holds no %s, so nothing proves how good the plan is. Give the folder of a plan that payback plan made from files.", dir, certificateName)}
	}
	return f, nil
}

// readCertificate reads it, and closes the file.
func readCertificate(f *os.File) (*certificate, error) {
	defer func() { _ = f.Close() }() // it was only read
	damaged := func(err error) (*certificate, error) {
		return nil, &model.Error{Code: model.CodeInvalid, Err: err, Message: f.Name() + " was not understood; it was changed or cut short. Plan again."}
	}
	var c certificate
	if err := readPacked(f, largestCertificate, &c); err != nil {
		return damaged(err)
	}
	switch {
	case c.Format != certificateFormat:
		return nil, model.Errorf(model.CodeInvalid, "%s has format %d; this version of payback reads format %d. Plan again.", f.Name(), c.Format, certificateFormat)
	case c.Prices == nil:
		return damaged(errors.New("no prices"))
	}
	return &c, nil
}
