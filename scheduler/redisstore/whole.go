package redisstore

import (
	"context"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

var _ scheduler.Lister = (*transaction)(nil)

// Kinds implements [scheduler.Lister]. It leaps from one kind to the next by the order of names.
func (t *transaction) Kinds() ([]scheduler.Kind, error) {
	var out []scheduler.Kind
	for from := "-"; ; {
		next, err := t.client.ZRangeByLex(t.ctx, t.keys.names(), &redis.ZRangeBy{Min: from, Max: "+", Count: 1}).Result()
		if err != nil {
			return nil, unavailable("be read", err)
		}
		if len(next) == 0 {
			return out, nil
		}
		e, _, ok := namedBy(next[0])
		if !ok {
			return nil, scheduler.Damaged("the list of names")
		}
		names, err := t.Names(e.kind)
		if err != nil {
			return nil, err
		}
		if len(names) > 0 {
			out = append(out, e.kind)
		}
		from = "(" + string(e.kind) + "\x01"
	}
}

// Contents implements [scheduler.Lister].
func (t *transaction) Contents() ([]model.Digest, error) {
	members, err := t.client.ZRangeByScore(t.ctx, t.keys.contents(), &redis.ZRangeBy{Min: "0", Max: strconv.FormatInt(t.at, 10)}).Result()
	if err != nil {
		return nil, unavailable("be read", err)
	}
	out := slices.Clone(t.digests)
	for _, text := range members {
		var d model.Digest
		if copy(d[:], text) != len(d) {
			return nil, scheduler.Damaged("the list of content")
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b model.Digest) int { return slices.Compare(a[:], b[:]) })
	return out, nil
}

// Verify reads everything in the record and holds it against the digests it was stored with, and against the lists of what
// there is. Damage gives a [model.Error] with CodeInternal.
func (s *Store) Verify(ctx context.Context) error {
	regions, err := s.reads.SMembers(ctx, s.root.regions()).Result()
	if err != nil {
		return unavailable("be verified", err)
	}
	for _, region := range regions {
		at, err := s.sequence(ctx, region)
		if err != nil {
			return err
		}
		err = scheduler.Whole(s.transaction(ctx, region, at), func(model.Digest, []byte) error { return nil },
			func(scheduler.Kind, string, int, []byte) error { return nil })
		if err != nil {
			return err
		}
	}
	return nil
}
