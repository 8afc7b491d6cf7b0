package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// errStale says that somebody else changed what a change had read. errBarred says that a commit did not take place, and
// never will.
var (
	errStale  = errors.New("somebody else changed the region meanwhile")
	errBarred = errors.New("the commit did not take place")
)

// mostBarred is how many commits may come to nothing, one after the other, before an update gives up.
const mostBarred = 3

// Update implements [scheduler.Record]. It returns nil once Redis, and as many replicas as are declared, have acknowledged the
// change. Where somebody else changes what it reads meanwhile, change is called again with the latest state. An error with
// CodeUnavailable that says that the outcome is not known means just that: the change may have been kept.
func (s *Store) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	leave, err := s.enter(ctx, region)
	if err != nil {
		return err
	}
	defer leave()
	turn := turn{store: s, key: s.root.of(region).turn(), id: rand.Text()}
	defer turn.leave(ctx)
	barred := 0
	for attempt := 0; ; attempt++ {
		if err := turn.await(ctx, attempt); err != nil {
			return err
		}
		err := s.try(ctx, region, fmt.Sprint(turn.id, attempt), change)
		if errors.Is(err, errBarred) {
			if barred++; barred == mostBarred {
				return &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The record could not be written: the connection to Redis breaks again and again. Nothing was changed."}
			}
			continue
		}
		if !errors.Is(err, errStale) {
			return err
		}
	}
}

// try makes a change on the latest state and commits it.
func (s *Store) try(ctx context.Context, region, id string, change func(scheduler.Writer) error) error {
	at, err := s.sequence(ctx, region)
	if err != nil {
		return err
	}
	tx := s.transaction(ctx, region, at)
	if err := change(tx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.commit(ctx, region, id, tx)
}

// commit keeps what a transaction collected. From here on the request may end: the outcome is wanted all the same.
func (s *Store) commit(ctx context.Context, region, id string, tx *transaction) error {
	if len(tx.order) == 0 && len(tx.digests) == 0 && s.address.Replicas == 0 {
		return nil // it only looked, and what it saw was one state
	}
	keys, args, err := tx.commitArguments(id)
	if err != nil {
		return err
	}
	late := context.WithoutCancel(ctx)
	if err := s.list(late, region, tx); err != nil {
		return err
	}
	var said []any
	have, err := s.onPrimary(late, region, func(p redis.Pipeliner) *redis.Cmd { return commitScript.Eval(late, p, keys, args...) },
		func(c *redis.Cmd) (err error) {
			said, err = c.Slice()
			return err
		})
	switch {
	case err == nil:
	case answered(err) != "":
		return s.moved(late, err)
	default:
		return s.settled(ctx, region, id, err)
	}
	switch said[0] {
	case "stale":
		return errStale
	case "barred":
		return errBarred
	}
	return s.enough(have)
}

// enough refuses what too few replicas have.
func (s *Store) enough(have int64) error {
	if want := int64(s.address.Replicas); have < want {
		return unsafe(have, want)
	}
	return nil
}

// list puts a region on the list of those that may have an entry, before it has the first.
func (s *Store) list(ctx context.Context, region string, tx *transaction) error {
	if tx.at > 0 || len(tx.order) == 0 {
		return nil
	}
	return unavailable("be written", s.commits.SAdd(ctx, s.root.regions(), region).Err())
}

// onPrimary sends one script to the node that holds a region, and asks on the same connection how many replicas have what
// it wrote. Nothing is sent twice.
func (s *Store) onPrimary(ctx context.Context, region string, send func(redis.Pipeliner) *redis.Cmd, read func(*redis.Cmd) error) (int64, error) {
	var on redis.Cmdable = s.commits
	if cluster, ok := s.commits.(*redis.ClusterClient); ok {
		node, err := cluster.MasterForKey(ctx, s.root.of(region).sequence())
		if err != nil {
			return 0, unavailable("be written", err)
		}
		on = node
	}
	p := on.Pipeline()
	done := send(p)
	wait := redis.NewCmdResult(int64(0), nil)
	if n := s.address.Replicas; n > 0 {
		wait = p.Do(ctx, "wait", n, (s.timeout / 2).Milliseconds())
	}
	_, _ = p.Exec(ctx) // each answer has its own error
	if err := done.Err(); err != nil {
		return 0, err
	}
	if err := read(done); err != nil {
		return 0, err
	}
	have, err := wait.Int64()
	if err != nil {
		return 0, fmt.Errorf("ask the replicas: %v", err) //nolint:errorlint // the script was carried out, so it is no refusal
	}
	return have, nil
}

// moved words a refusal. In a cluster the region may be on another node now, which is found out for the next time.
func (s *Store) moved(ctx context.Context, err error) error {
	if cluster, ok := s.commits.(*redis.ClusterClient); ok {
		cluster.ReloadState(ctx)
	}
	return unavailable("be written", err)
}

// settled finds out what became of a commit whose answer was lost: nil if it took place, errBarred if it did not and never
// will.
func (s *Store) settled(ctx context.Context, region, id string, lost error) error {
	late, stop := context.WithTimeout(context.WithoutCancel(ctx), s.settle)
	defer stop()
	k := s.root.of(region)
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		var took int
		have, err := s.onPrimary(late, region,
			func(p redis.Pipeliner) *redis.Cmd {
				return settleScript.Eval(late, p, []string{k.sequence(), k.commits(), k.barrier()}, id)
			},
			func(c *redis.Cmd) (err error) {
				took, err = c.Int()
				return err
			})
		switch {
		case err == nil && took == 1:
			return s.enough(have)
		case err == nil:
			return errBarred
		}
		select {
		case <-late.Done():
			return unknown(errors.Join(lost, err))
		case <-ctx.Done():
			return unknown(errors.Join(lost, ctx.Err()))
		case <-time.After(pause):
		}
	}
}
