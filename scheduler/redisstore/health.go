package redisstore

import (
	"context"
	"slices"
)

// Health is what somebody who looks after a record wants to know. It says nothing about people.
type Health struct {
	Address   string
	Primaries int      // one, or those of a cluster
	Versions  []string // of Redis
	Sync      []string // how journals are synced
	Replicas  int      // of the primary that has the fewest
	Declared  int      // how many must have a change
	UsedBytes int64
	MostBytes int64 // 0: no limit but that of the machine
	Regions   int
	Contents  int64
	Commits   int64
	Weak      []string // settings under which an acknowledged change could be lost
}

// Health asks the servers as they are now, without reading what is in the record; for that there is [Store.Verify].
func (s *Store) Health(ctx context.Context) (Health, error) {
	nodes, err := s.nodes(ctx)
	if err != nil {
		return Health{}, err
	}
	h := Health{Address: s.address.String(), Primaries: len(nodes), Declared: s.address.Replicas, Replicas: -1}
	for _, n := range nodes {
		if err := n.usable(); err != nil {
			return Health{}, err
		}
		h.Versions = append(h.Versions, n.Version)
		if h.Replicas < 0 || n.Replicas < h.Replicas {
			h.Replicas = n.Replicas
		}
		how := n.Sync
		if !n.Journal {
			how = "no journal"
		}
		h.Sync = append(h.Sync, how)
		h.UsedBytes, h.MostBytes = h.UsedBytes+n.UsedBytes, h.MostBytes+n.MostBytes
		h.Weak = append(h.Weak, n.weak(s.address.Replicas)...)
	}
	for _, all := range []*[]string{&h.Versions, &h.Sync} {
		slices.Sort(*all)
		*all = slices.Compact(*all)
	}
	return h, s.count(ctx, &h)
}

// count counts what is kept.
func (s *Store) count(ctx context.Context, h *Health) error {
	regions, err := s.Regions(ctx)
	if err != nil {
		return err
	}
	h.Regions = len(regions)
	for _, region := range regions {
		n, err := s.reads.ZCard(ctx, s.root.of(region).contents()).Result()
		if err != nil {
			return unavailable("be looked at", err)
		}
		h.Contents += n
		at, err := s.sequence(ctx, region)
		if err != nil {
			return err
		}
		h.Commits += at
	}
	return nil
}
