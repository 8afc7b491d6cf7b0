package faults

import (
	"context"
	"errors"
	"time"

	"github.com/communitypayback/payback/scheduler"
)

// Keeper has searches made, and keeps a report of every fault that one of them finds in the program. Its fields are set before it is
// first used. It may be used by several goroutines.
type Keeper struct {
	Make    scheduler.Search // makes them
	Folder  string           // of reports
	Program string           // the version of the program
	Now     func() time.Time
	// Ended is told how a search ended, as it is handed on; nil: nobody is told.
	Ended func(*scheduler.PlanResult, error)
	// Kept is told of a fault, and of the folder of its report: an empty one if there are enough of them already. The error says why
	// there is no report. Nil: nobody is told.
	Kept func(f *scheduler.FaultError, folder string, err error)
}

// Search is a [scheduler.Search]: what it gives is what Make gave.
func (k *Keeper) Search(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	res, err := k.Make(ctx, q)
	if k.Ended != nil {
		k.Ended(res, err)
	}
	f, _ := errors.AsType[*scheduler.FaultError](err)
	if res != nil && f == nil {
		f = res.Fault
	}
	if f != nil && f.Found != nil {
		folder, bad := newReport(k.Program, &q, f).write(k.Folder, k.Now())
		if k.Kept != nil {
			k.Kept(f, folder, bad)
		}
	}
	return res, err
}
