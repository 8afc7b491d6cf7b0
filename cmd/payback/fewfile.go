package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// fewName is the file of a plan that keeps its few prices.
const fewName = "few-prices.json.gz"

const (
	fewFormat = 1
	// largestFew keeps a file that was not written by payback from taking all memory, in bytes after unpacking.
	largestFew = 1 << 26
)

// fewFile keeps the few prices with which the bound of a plan began, so that it can be made again although the plan they are of is gone,
// and those with which it ended.
type fewFile struct {
	Format int              `json:"format"`
	Began  *bound.FewPrices `json:"began,omitempty"` // nil: with first prices
	Ended  *bound.FewPrices `json:"ended"`
}

// writeFew writes the few prices of a plan, if it has any, beside its other files.
func writeFew(dir string, began *bound.FewPrices, res *scheduler.PlanResult) error {
	if res.Few == nil {
		return nil
	}
	return writePacked(dir, fewName, fewFile{Format: fewFormat, Began: began, Ended: res.Few})
}

// readFew gives the few prices of a plan: those with which its bound ended or, where a run is repeated, those with which that began.
func readFew(dir string, cut *solver.CutPoint) (*bound.FewPrices, error) {
	if _, err := readPlanFile(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, fewName)
	f, err := os.Open(path) //nolint:gosec // the folder is the one that was asked for
	if err != nil {
		return nil, &model.Error{Code: model.CodeNotFound, Err: err, Message: fmt.Sprintf(
			"%s holds no %s, so no bound can begin with its prices: an earlier version made it, or it was cut before there was a bound. Leave out --bound-from, or give another plan.", dir, fewName)}
	}
	defer func() { _ = f.Close() }() // it was only read
	damaged := func(err error) (*bound.FewPrices, error) {
		return nil, &model.Error{Code: model.CodeInvalid, Err: err, Message: path + " was not understood; it was changed or cut short. Plan again, or leave out --bound-from."}
	}
	var x fewFile
	if err := readPacked(f, largestFew, &x); err != nil {
		return damaged(err)
	}
	switch {
	case x.Format != fewFormat:
		return nil, model.Errorf(model.CodeInvalid, "%s has format %d; this version of payback reads format %d. Plan again.", path, x.Format, fewFormat)
	case x.Ended == nil:
		return damaged(errors.New("no prices"))
	case cut != nil && x.Began != nil && scheduler.FewName(x.Began) == cut.Warm:
		return x.Began, nil
	}
	return x.Ended, nil
}
