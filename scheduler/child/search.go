package child

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Limits are what a child may use.
type Limits struct {
	Memory int64         // bytes; 0: no limit
	Grace  time.Duration // for an answer once the context ended or the time is up; less than a second means a second
}

// Search gives a search that runs the given command, which must end up in [Serve]. A child that gives no answer in time is
// killed. What goes wrong in it gives a [model.Error] with CodeInternal, or CodeTooLate for one that had to be killed; what it
// refuses comes through as it is.
func Search(limits Limits, name string, args ...string) scheduler.Search {
	return func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		grace := max(limits.Grace, time.Second)
		// The child is killed by this context, and only asked to stop by the caller's.
		hard, kill := context.WithCancel(context.WithoutCancel(ctx))
		defer kill()
		p, err := start(hard, limits, &q, name, args...)
		if err != nil {
			return nil, err
		}
		defer func() { // one that lingers after its answer is ended too
			late := time.AfterFunc(grace, kill)
			_ = p.wait()
			late.Stop()
		}()
		if q.Time > 0 {
			late := time.AfterFunc(q.Time+grace, kill)
			defer late.Stop()
		}
		answered := make(chan struct{})
		defer close(answered)
		go func() {
			select {
			case <-ctx.Done():
				_ = p.in.Close()
				select {
				case <-time.After(grace):
					kill()
				case <-answered:
				}
			case <-answered:
			}
		}()
		res, err := p.answer(&q)
		if err != nil && hard.Err() != nil {
			return nil, model.Errorf(model.CodeTooLate, "The search gave no answer in time and was ended. Nothing was saved.")
		}
		if err != nil {
			return nil, err
		}
		if err := scheduler.Judged(&q, res); err != nil {
			return nil, err
		}
		return res, nil
	}
}

// process is a child under way.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

func start(ctx context.Context, limits Limits, q *scheduler.PlanRequest, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the command is the program's own
	apart(cmd)
	cmd.WaitDelay = time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("reach the search: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("reach the search: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The search could not be started. Nothing was changed; try again."}
	}
	yields(cmd)
	body, err := json.Marshal(request{Snapshot: q.Snapshot, Seed: q.Seed, Workers: q.Workers, Rounds: q.Rounds, CutAt: q.CutAt,
		Time: q.Time, Start: q.Start, Warm: q.Warm, Needs: q.Needs, Recheck: q.Recheck, Memory: limits.Memory})
	if err != nil {
		return nil, fmt.Errorf("write the request: %w", err)
	}
	go func() { _, _ = in.Write(body) }() // a child that does not read it gives no answer either
	return &process{cmd: cmd, in: in, out: json.NewDecoder(bufio.NewReader(out))}, nil
}

// answer reads what the child says until its result.
func (p *process) answer(q *scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	for {
		var r reply
		if err := p.out.Decode(&r); err != nil {
			return nil, &model.Error{Code: model.CodeInternal, Err: errors.Join(err, p.wait()),
				Message: "The search ended without an answer. Nothing was saved; plan again, and report it if that happens again."}
		}
		switch {
		case r.Progress != nil:
			if q.OnProgress != nil {
				q.OnProgress(*r.Progress)
			}
		case r.Result != nil && r.Result.Roster != nil:
			return r.Result, nil
		case r.Error != nil:
			return nil, r.Error.toError()
		}
	}
}

// wait lets the child go: its stream is closed, and what is left of it is collected. It may be called more than once.
func (p *process) wait() error {
	_ = p.in.Close()
	if p.cmd.ProcessState != nil {
		return nil
	}
	return p.cmd.Wait()
}
