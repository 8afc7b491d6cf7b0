package scheduler

import (
	"slices"
	"sync"

	"github.com/communitypayback/payback/model"
)

// cache remembers what contents of the record mean. Content never changes, so nothing here grows stale; what it gives is
// shared and only read. The zero cache is empty and ready.
type cache struct {
	making sync.Mutex // held while one value is made, so that many who ask at once do not all make it

	mu   sync.Mutex // guards what follows
	all  map[model.Digest]any
	used []model.Digest // the longest unused first
}

// How many values are remembered.
const (
	keptContents = 64 // a year of weeks and some drafts
	keptViews    = 8  // each has a snapshot of its own, and is of one minute
)

// look gives the value of a digest, which is made if it is not known. At most so many are remembered.
func look[T any](c *cache, most int, digest model.Digest, work func() (*T, error)) (*T, error) {
	if x, ok := c.get(digest).(*T); ok {
		return x, nil
	}
	c.making.Lock()
	defer c.making.Unlock()
	if x, ok := c.get(digest).(*T); ok {
		return x, nil
	}
	x, err := work()
	if err != nil {
		return nil, err
	}
	c.put(most, digest, x)
	return x, nil
}

func (c *cache) get(digest model.Digest) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	x, ok := c.all[digest]
	if ok {
		i := slices.Index(c.used, digest)
		c.used = append(slices.Delete(c.used, i, i+1), digest)
	}
	return x
}

func (c *cache) put(most int, digest model.Digest, x any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = map[model.Digest]any{}
	}
	if _, there := c.all[digest]; !there {
		c.used = append(c.used, digest)
	}
	c.all[digest] = x
	for len(c.used) > most {
		delete(c.all, c.used[0])
		c.used = slices.Delete(c.used, 0, 1)
	}
}

// rosterOf gives the roster kept under a digest, to be read only.
func (s *Service) rosterOf(r Reader, digest model.Digest) (*model.Roster, error) {
	return look(&s.known, keptContents, digest, func() (*model.Roster, error) {
		x := &model.Roster{}
		return x, kept(r, digest, x)
	})
}

// factsOf gives the facts kept under a digest, to be read only.
func (s *Service) factsOf(r Reader, digest model.Digest) (*model.Facts, error) {
	return look(&s.known, keptContents, digest, func() (*model.Facts, error) {
		x := &model.Facts{}
		return x, kept(r, digest, x)
	})
}
