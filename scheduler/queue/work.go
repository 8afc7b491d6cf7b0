package queue

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/hibiken/asynq"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Options say how a process works for a queue.
type Options struct {
	AtOnce int                            // tasks under way; less than 1 means 1
	Failed func(region string, err error) // told of what went wrong; nil: nobody is
	Away   func(err error)                // told every quarter of a minute how the queue is reached, nil for well; nil: nobody is
}

// Working is a process at work for a queue.
type Working struct{ server *asynq.Server }

// again is how long a task waits that could not be carried out, because the record is away or the process is about to end.
const again = 5 * time.Second

// errAgain is all that the queue is told of such a task.
var errAgain = errors.New("it could not be carried out now")

// Work carries out what the queue gives, until it is closed. A task whose worker dies is given out anew after a minute or two, however
// often: how often a run may kill its workers the ledger counts.
func (q *Queue) Work(w scheduler.Worker, o Options) (*Working, error) {
	queues := map[string]int{}
	for rank, share := range shares {
		queues[q.name(rank)] = share
	}
	s := asynq.NewServer(q.at, asynq.Config{
		Concurrency: max(1, o.AtOnce), Queues: queues, Logger: silent{}, LogLevel: asynq.FatalLevel,
		TaskCheckInterval: 250 * time.Millisecond, DelayedTaskCheckInterval: 2 * time.Second, ShutdownTimeout: 2 * time.Second,
		RetryDelayFunc:  func(int, error, *asynq.Task) time.Duration { return again },
		IsFailure:       func(error) bool { return false },
		HealthCheckFunc: o.Away,
	})
	err := s.Start(asynq.HandlerFunc(func(ctx context.Context, t *asynq.Task) error {
		var p payload
		if err := json.Unmarshal(t.Payload(), &p); err != nil {
			return nil //nolint:nilerr // whoever put it there, it is none of ours
		}
		return carry(ctx, w, p, o.Failed)
	}))
	return &Working{s}, err
}

// carry carries one task out. Only what another time may be better for is given back to the queue; the rest is in the ledger.
func carry(ctx context.Context, w scheduler.Worker, p payload, failed func(string, error)) error {
	err := w.Carry(ctx, scheduler.Task{Region: p.Region, Run: p.Run})
	e, ours := errors.AsType[*model.Error](err)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil, ours && e.Code == model.CodeUnavailable:
		return errAgain
	case failed != nil:
		failed(p.Region, err)
	}
	return nil
}

// Stop takes nothing more from the queue. What is under way goes on.
func (w *Working) Stop() { w.server.Stop() }

// Close ends the work. What has not ended within two seconds is given to others.
func (w *Working) Close() { w.server.Shutdown() }

// silent keeps the library from writing to standard error: what goes wrong is told once, by whoever started the work.
type silent struct{}

// Debug implements the library's logger.
func (silent) Debug(...any) {}

// Info implements the library's logger.
func (silent) Info(...any) {}

// Warn implements the library's logger.
func (silent) Warn(...any) {}

// Error implements the library's logger.
func (silent) Error(...any) {}

// Fatal implements the library's logger.
func (silent) Fatal(...any) {}
