package child

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Serve is the child: it reads one request from in, searches with search until it is done or in ends, and writes replies to
// out. An error is for requests and streams that cannot be used; what a search refuses goes to the parent.
func Serve(ctx context.Context, in io.Reader, out io.Writer, search scheduler.Search, constraints []*solver.Constraint) error {
	from := json.NewDecoder(bufio.NewReader(in))
	var q request
	if err := from.Decode(&q); err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	if q.Memory > 0 {
		debug.SetMemoryLimit(q.Memory / 10 * 9) // work harder at collecting before the limit is met
		if err := limitMemory(q.Memory); err != nil {
			return fmt.Errorf("limit the memory: %w", err)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		var more json.RawMessage
		_ = from.Decode(&more) // nothing follows a request; the stream ends when the parent has had enough
		cancel()
	}()
	to := &replies{out: json.NewEncoder(out)}
	res, err := search(ctx, scheduler.PlanRequest{
		Snapshot: q.Snapshot, Constraints: constraints, Seed: q.Seed, Workers: q.Workers, Rounds: q.Rounds, CutAt: q.CutAt,
		Time: q.Time, Start: q.Start, Warm: q.Warm, Needs: q.Needs, Recheck: q.Recheck, OnProgress: func(p solver.Progress) { to.write(reply{Progress: &p}) },
	})
	switch {
	case err != nil && ctx.Err() != nil && faultOf(err) == nil:
		to.write(reply{Error: &refusal{Code: model.CodeTooLate, Message: "It was stopped before there was any plan."}})
	case err != nil:
		to.write(reply{Error: refused(err)})
	default:
		to.write(reply{Result: res})
	}
	return to.err
}

func refused(err error) *refusal {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return &refusal{e.Code, e.Message, faultOf(err)}
	}
	return &refusal{Code: model.CodeInternal, Message: err.Error()}
}

// faultOf gives the fault of the program behind an error, or nil.
func faultOf(err error) *scheduler.FaultError {
	f, _ := errors.AsType[*scheduler.FaultError](err)
	return f
}

// toError gives the error back on the parent's side.
func (r *refusal) toError() error {
	e := &model.Error{Code: r.Code, Message: r.Message}
	if r.Fault != nil && r.Fault.Found != nil {
		e.Err = r.Fault
	}
	return e
}

// replies writes lines, also from several goroutines, and remembers the first error.
type replies struct {
	mu  sync.Mutex
	out *json.Encoder
	err error
}

func (r *replies) write(x reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = r.out.Encode(x)
	}
}
