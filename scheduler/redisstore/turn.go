package redisstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/redis/go-redis/v9"
)

// Turns make it likely that a long change comes to its end among many short ones. Nothing goes wrong without them: what is
// committed is decided by what was read.
const (
	turnTime    = 15 * time.Second // after which a turn is over, whatever became of who had it
	turnAfter   = 2                // attempts that were in vain before a turn is taken
	longestWait = 30 * time.Second // for the turns of others
)

// enter waits until no other goroutine of this process changes the region.
func (s *Store) enter(ctx context.Context, region string) (leave func(), err error) {
	s.mu.Lock()
	one, ok := s.queues[region]
	if !ok {
		one = make(chan struct{}, 1)
		s.queues[region] = one
	}
	s.mu.Unlock()
	select {
	case one <- struct{}{}:
		return func() { <-one }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// turn is one update's place among those of all processes.
type turn struct {
	store *Store
	key   string
	id    string
	taken bool
}

// await lets whoever has a turn go first, and takes one once this update has lost too often.
func (t *turn) await(ctx context.Context, attempt int) error {
	for began := time.Now(); time.Since(began) < longestWait && !t.taken; {
		free, err := t.free(ctx, attempt >= turnAfter)
		if free || err != nil {
			return unavailable("be written", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(2+rand.IntN(10)) * time.Millisecond):
		}
	}
	return ctx.Err()
}

// free reports whether nobody else has a turn, and takes it if it is wanted.
func (t *turn) free(ctx context.Context, want bool) (bool, error) {
	if want {
		var err error
		t.taken, err = t.store.commits.SetNX(ctx, t.key, t.id, turnTime).Result()
		return t.taken, err
	}
	err := t.store.reads.Get(ctx, t.key).Err()
	if errors.Is(err, redis.Nil) {
		return true, nil
	}
	return false, err
}

// leave gives a turn back. Nobody waits for it longer than it lasts.
func (t *turn) leave(ctx context.Context) {
	if t.taken {
		_ = leaveScript.Run(context.WithoutCancel(ctx), t.store.commits, []string{t.key}, t.id).Err()
	}
}
