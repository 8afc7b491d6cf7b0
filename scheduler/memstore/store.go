package memstore

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Store is a record in memory. The zero Store is empty and ready.
type Store struct {
	mu      sync.RWMutex
	regions map[string]*state
}

var (
	_ scheduler.Record = (*Store)(nil)
	_ scheduler.Lister = (*transaction)(nil)
)

// View implements [scheduler.Record].
func (s *Store) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	now := s.regions[region]
	s.mu.RUnlock()
	return look(&transaction{state: now})
}

// Update implements [scheduler.Record].
func (s *Store) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	tx := &transaction{state: s.regions[region].clone()}
	if err := change(tx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.regions == nil {
		s.regions = map[string]*state{}
	}
	s.regions[region] = tx.state
	return nil
}

// Regions implements [scheduler.Record].
func (s *Store) Regions(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []string
	for region, now := range s.regions {
		if len(now.entries) > 0 {
			out = append(out, region)
		}
	}
	slices.Sort(out)
	return out, nil
}

// key names the versions of one entry.
type key struct {
	kind scheduler.Kind
	name string
}

// state is a region at one moment; it does not change once a store holds it. A nil state is an empty region.
type state struct {
	entries map[key][][]byte
	content map[model.Digest][]byte
}

// clone shares the bytes, which nobody changes, and the room behind no slice.
func (s *state) clone() *state {
	c := &state{entries: map[key][][]byte{}, content: map[model.Digest][]byte{}}
	if s != nil {
		for k, all := range s.entries {
			c.entries[k] = slices.Clip(all)
		}
		maps.Copy(c.content, s.content)
	}
	return c
}

// transaction reads a state, and writes to one that is nobody else's.
type transaction struct{ *state }

func (t *transaction) versions(kind scheduler.Kind, name string) [][]byte {
	if t.state == nil {
		return nil
	}
	return t.entries[key{kind, name}]
}

// Last implements [scheduler.Reader].
func (t *transaction) Last(kind scheduler.Kind, name string) (int, error) {
	return len(t.versions(kind, name)), nil
}

// Entry implements [scheduler.Reader].
func (t *transaction) Entry(kind scheduler.Kind, name string, version int) ([]byte, error) {
	all := t.versions(kind, name)
	if version < 1 || version > len(all) {
		return nil, scheduler.Missing(kind, name, version)
	}
	return slices.Clone(all[version-1]), nil
}

// Entries implements [scheduler.Reader].
func (t *transaction) Entries(kind scheduler.Kind, name string, after, limit int) ([][]byte, error) {
	all := t.versions(kind, name)
	all = all[min(max(after, 0), len(all)):]
	var out [][]byte
	for _, e := range all[:min(max(limit, 0), len(all))] {
		out = append(out, slices.Clone(e))
	}
	return out, nil
}

// Names implements [scheduler.Reader].
func (t *transaction) Names(kind scheduler.Kind) ([]string, error) {
	if t.state == nil {
		return nil, nil
	}
	var out []string
	for k := range t.entries {
		if k.kind == kind {
			out = append(out, k.name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Content implements [scheduler.Reader].
func (t *transaction) Content(digest model.Digest) ([]byte, error) {
	if t.state != nil {
		if c, ok := t.content[digest]; ok {
			return slices.Clone(c), nil
		}
	}
	return nil, scheduler.Missing("content", digest.Short(), 1)
}

// Add implements [scheduler.Writer].
func (t *transaction) Add(kind scheduler.Kind, name string, base int, entry []byte) error {
	k := key{kind, name}
	if n := len(t.entries[k]); n != base {
		return scheduler.Stale(kind, name, base, n)
	}
	t.entries[k] = append(t.entries[k], slices.Clone(entry))
	return nil
}

// Keep implements [scheduler.Writer].
func (t *transaction) Keep(content []byte) (model.Digest, error) {
	d := scheduler.ContentDigest(content)
	if _, ok := t.content[d]; !ok {
		t.content[d] = slices.Clone(content)
	}
	return d, nil
}

// Kinds implements [scheduler.Lister].
func (t *transaction) Kinds() ([]scheduler.Kind, error) {
	var out []scheduler.Kind
	if t.state != nil {
		for k := range t.entries {
			out = append(out, k.kind)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Contents implements [scheduler.Lister].
func (t *transaction) Contents() ([]model.Digest, error) {
	var out []model.Digest
	if t.state != nil {
		out = slices.AppendSeq(out, maps.Keys(t.content))
	}
	slices.SortFunc(out, func(a, b model.Digest) int { return slices.Compare(a[:], b[:]) })
	return out, nil
}
