package redisstore

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

var _ scheduler.Record = (*Store)(nil)

// View implements [scheduler.Record].
func (s *Store) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	at, err := s.sequence(ctx, region)
	if err != nil {
		return err
	}
	return look(s.transaction(ctx, region, at))
}

// Regions implements [scheduler.Record].
func (s *Store) Regions(ctx context.Context) ([]string, error) {
	listed, err := s.reads.SMembers(ctx, s.root.regions()).Result()
	if err != nil {
		return nil, unavailable("be read", err)
	}
	counts := make([]*redis.IntCmd, len(listed)) // a region is listed before its first entry is committed
	_, err = s.reads.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, region := range listed {
			counts[i] = p.ZCard(ctx, s.root.of(region).names())
		}
		return nil
	})
	if err != nil {
		return nil, unavailable("be read", err)
	}
	var out []string
	for i, region := range listed {
		if counts[i].Val() > 0 {
			out = append(out, region)
		}
	}
	slices.Sort(out)
	return out, ctx.Err()
}

// sequence gives how many commits a region has had.
func (s *Store) sequence(ctx context.Context, region string) (int64, error) {
	n, err := s.reads.Get(ctx, s.root.of(region).sequence()).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, ctx.Err()
	}
	return n, unavailable("be read", err)
}

// transaction reads a region as it was at a sequence, and collects what it read and what is to be written.
type transaction struct {
	ctx    context.Context //nolint:containedctx // it lives as long as the call that was given it
	client redis.UniversalClient
	keys   keys
	at     int64

	lengths map[named]int          // of entries that were asked for, without what is added
	listed  map[scheduler.Kind]int // how many names there were, of kinds that were listed
	missing map[model.Digest]bool  // content that was asked for and not there

	added    map[named][][]byte
	order    []named // of added
	contents map[model.Digest][]byte
	digests  []model.Digest // of contents
}

func (s *Store) transaction(ctx context.Context, region string, at int64) *transaction {
	return &transaction{ctx: ctx, client: s.reads, keys: s.root.of(region), at: at,
		lengths: map[named]int{}, listed: map[scheduler.Kind]int{}, missing: map[model.Digest]bool{},
		added: map[named][][]byte{}, contents: map[model.Digest][]byte{}}
}

// Last implements [scheduler.Reader].
func (t *transaction) Last(kind scheduler.Kind, name string) (int, error) {
	e := named{kind, name}
	n, err := t.length(e)
	return n + len(t.added[e]), err
}

// length gives how many versions there were, and remembers that it was asked.
func (t *transaction) length(e named) (int, error) {
	if n, known := t.lengths[e]; known {
		return n, nil
	}
	n, err := lengthScript.Run(t.ctx, t.client, []string{t.keys.entry(e)}, stamp(t.at)).Int()
	if err != nil {
		return 0, unavailable("be read", err)
	}
	t.lengths[e] = n
	return n, nil
}

// Entry implements [scheduler.Reader].
func (t *transaction) Entry(kind scheduler.Kind, name string, version int) ([]byte, error) {
	if version < 1 {
		return nil, scheduler.Missing(kind, name, version)
	}
	all, err := t.Entries(kind, name, version-1, 1)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, scheduler.Missing(kind, name, version)
	}
	return all[0], nil
}

// Entries implements [scheduler.Reader]. Versions never change, so what was found needs no watching; that there were no
// more does.
func (t *transaction) Entries(kind scheduler.Kind, name string, after, limit int) ([][]byte, error) {
	e, after := named{kind, name}, max(after, 0)
	if limit <= 0 {
		return nil, nil
	}
	limit = min(limit, math.MaxInt-after)
	out, err := t.committed(e, after, limit)
	if err != nil || len(out) == limit {
		return out, err
	}
	n, err := t.length(e)
	if err != nil {
		return nil, err
	}
	if after+len(out) < n { // it cannot be shorter than it was
		return nil, scheduler.Damaged("an entry of the kind " + string(kind))
	}
	own := t.added[e]
	own = own[min(max(after-n, 0), len(own)):]
	for _, entry := range own[:min(limit-len(out), len(own))] {
		out = append(out, slices.Clone(entry))
	}
	return out, nil
}

// committed reads versions after one, of those that there were.
func (t *transaction) committed(e named, after, limit int) ([][]byte, error) {
	texts, err := t.client.LRange(t.ctx, t.keys.entry(e), int64(after), int64(after)+int64(limit)-1).Result()
	if err != nil {
		return nil, unavailable("be read", err)
	}
	var out [][]byte
	for _, text := range texts {
		sequence, body, ok := stamped(text)
		if ok && sequence > t.at {
			break
		}
		entry, whole := entryOf(body)
		if !ok || !whole {
			return nil, scheduler.Damaged("an entry of the kind " + string(e.kind))
		}
		out = append(out, entry)
	}
	return out, nil
}

// Names implements [scheduler.Reader].
func (t *transaction) Names(kind scheduler.Kind) ([]string, error) {
	members, err := t.client.ZRangeByLex(t.ctx, t.keys.names(), &redis.ZRangeBy{Min: "[" + string(kind) + "\x00", Max: "(" + string(kind) + "\x01"}).Result()
	if err != nil {
		return nil, unavailable("be read", err)
	}
	var out []string
	for _, member := range members {
		e, sequence, ok := namedBy(member)
		if !ok {
			return nil, scheduler.Damaged("the list of names")
		}
		if sequence <= t.at {
			out = append(out, e.name)
		}
	}
	t.listed[kind] = len(out)
	for _, e := range t.order {
		if e.kind == kind && t.lengths[e] == 0 {
			out = append(out, e.name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Content implements [scheduler.Reader].
func (t *transaction) Content(digest model.Digest) ([]byte, error) {
	if own, ok := t.contents[digest]; ok {
		return slices.Clone(own), nil
	}
	text, err := t.client.Get(t.ctx, t.keys.content(digest)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, unavailable("be read", err)
	}
	sequence, body, ok := stamped(text)
	if err != nil || ok && sequence > t.at {
		t.missing[digest] = true
		return nil, scheduler.Missing("content", digest.Short(), 1)
	}
	content, whole := contentOf(body, digest)
	if !ok || !whole {
		return nil, scheduler.Damaged("content " + digest.Short())
	}
	return content, nil
}

// Add implements [scheduler.Writer].
func (t *transaction) Add(kind scheduler.Kind, name string, base int, entry []byte) error {
	last, err := t.Last(kind, name)
	if err != nil {
		return err
	}
	if last != base {
		return scheduler.Stale(kind, name, base, last)
	}
	e := named{kind, name}
	if len(t.added[e]) == 0 {
		t.order = append(t.order, e)
	}
	t.added[e] = append(t.added[e], slices.Clone(entry))
	return nil
}

// Keep implements [scheduler.Writer].
func (t *transaction) Keep(content []byte) (model.Digest, error) {
	d := scheduler.ContentDigest(content)
	if _, own := t.contents[d]; own {
		return d, nil
	}
	at, err := t.client.ZScore(t.ctx, t.keys.contents(), string(d[:])).Result()
	switch {
	case err == nil && int64(at) <= t.at:
		return d, nil
	case err != nil && !errors.Is(err, redis.Nil):
		return d, unavailable("be read", err)
	}
	t.contents[d] = slices.Clone(content)
	t.digests = append(t.digests, d)
	return d, nil
}

// commitArguments gives the keys and arguments of the script that commits.
func (t *transaction) commitArguments(id string) ([]string, []any, error) {
	keys := []string{t.keys.sequence(), t.keys.commits(), t.keys.names(), t.keys.contents(), t.keys.barrier()}
	args := []any{strconv.FormatInt(t.at, 10), id, len(t.lengths)}
	for e, n := range t.lengths { // in any order: the script does all or nothing
		keys = append(keys, t.keys.entry(e))
		args = append(args, n, e.member(), len(t.added[e]))
		for _, entry := range t.added[e] {
			args = append(args, entryBody(entry))
		}
	}
	args = append(args, len(t.listed))
	for kind, n := range t.listed {
		args = append(args, string(kind), n)
	}
	args = append(args, len(t.missing))
	for d := range t.missing {
		args = append(args, string(d[:]))
	}
	args = append(args, len(t.digests))
	for _, d := range t.digests {
		body, err := contentBody(t.contents[d])
		if err != nil {
			return nil, nil, err
		}
		keys = append(keys, t.keys.content(d))
		args = append(args, string(d[:]), body)
	}
	return keys, args, nil
}
