package main

import (
	"context"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/queue"
	"github.com/communitypayback/payback/scheduler/redisstore"
)

// queueFlags say through what searches are handed to other processes.
type queueFlags struct {
	Queue string `placeholder:"PLACE" help:"The Redis through which processes that share a record hand searches to one another, as in redis://127.0.0.1:6379. Left out: PAYBACK_QUEUE, or the one that holds the record. none: searches are found in the record alone."`
}

// The environment variables of a queue that is not where the record is.
const (
	queueVariable                 = "PAYBACK_QUEUE"
	queuePasswordVariable         = "PAYBACK_QUEUE_PASSWORD"          //nolint:gosec // the name of one
	queueSentinelPasswordVariable = "PAYBACK_QUEUE_SENTINEL_PASSWORD" //nolint:gosec // the name of one
	noQueue                       = "none"
)

// open gives the queue of a record; nil: there is none. It need not be within reach.
func (f *queueFlags) open(m *Main, record *recordFlags) (*queue.Queue, error) {
	place, own := f.Queue, true
	if place == "" && record.shared(m) {
		place = m.Env(queueVariable)
	}
	switch {
	case place == noQueue || place == "" && !record.shared(m):
		return nil, nil //nolint:nilnil // there is none
	case !record.shared(m):
		return nil, model.Errorf(model.CodeUsage, "--queue: the record is in a folder; only processes that share a record on Redis have a queue. Give --data the address of a Redis, or leave --queue out.")
	case place == "":
		place, own = record.data(m), false
	}
	address, err := redisstore.ParseAddress(place)
	if err != nil {
		return nil, flagged("--queue", err)
	}
	if address.Cluster && !own {
		m.hint("Take care: the record is in a cluster, and a queue needs one server or a primary behind Sentinels. Name one, as in --queue redis://host:6379. Until then each process makes the plans that it is asked for, and what is left behind is found within a minute.")
		return nil, nil //nolint:nilnil // there is none
	}
	o := redisstore.Options{Address: address}
	password, sentinel := passwordVariable, sentinelPasswordVariable
	if own {
		password, sentinel = queuePasswordVariable, queueSentinelPasswordVariable
	}
	if o.Password, err = m.secret(password); err != nil {
		return nil, err
	}
	if o.SentinelPassword, err = m.secret(sentinel); err != nil {
		return nil, err
	}
	at, err := redisstore.Connect(o)
	if err != nil {
		return nil, flagged("--queue", err)
	}
	q := queue.Open(at, address.Record)
	if q.Reach() != nil {
		m.hint("Take care: the queue cannot be reached. Searches are found in the record within a minute.")
	}
	return q, nil
}

// queues opens the queue of the record and has the desk hand searches to it, and carry out what it gives if it works. What it gives ends
// that, in the course of which searches that are under way are handed back; it is called before the desk is closed.
func (f *queueFlags) queues(m *Main, d *desk, record *recordFlags, works bool) (end func(context.Context) error, err error) {
	q, err := f.open(m, record)
	if q == nil || err != nil {
		return func(context.Context) error { return nil }, err
	}
	d.Engine = q
	if !works {
		d.Runs = nil
		return func(context.Context) error { return q.Close() }, nil
	}
	var away atomic.Bool
	w, err := q.Work(scheduler.Worker{Office: d.Service}, queue.Options{
		AtOnce: d.Runs.AtOnce,
		Failed: func(_ string, err error) { m.fault(err.Error(), false) },
		Away: func(err error) {
			if lost := err != nil; away.Swap(lost) != lost && lost {
				m.fault("The queue cannot be reached. Searches are found in the record within a minute.", false)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		w.Stop()
		err := d.endRuns(ctx)
		w.Close()
		_ = q.Close() // nothing waits for it
		return err
	}, nil
}
