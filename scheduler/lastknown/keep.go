package lastknown

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Keep looks at the record every now and then until the context ends: it takes what is new in force, and finds out when the
// record is lost and when it is back.
func (s *Store) Keep(ctx context.Context) {
	every := s.Every
	if every <= 0 {
		every = 2 * time.Second
	}
	next := time.NewTicker(every)
	defer next.Stop()
	for {
		_ = s.Look(ctx) // how the record stands tells
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		case <-s.sooner():
		}
	}
}

// Look looks at the record once. It gives the error with which that failed; the record is lost then.
func (s *Store) Look(ctx context.Context) error {
	s.looking.Lock()
	defer s.looking.Unlock()
	asked := s.now()
	regions, fresh, err := s.all(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lost = err != nil
	if err == nil {
		s.regions, s.held, s.known = regions, fresh, asked
	}
	return err
}

// gone looks again at a record that did not answer, unless somebody has while this waited for its turn.
func (s *Store) gone(ctx context.Context) bool {
	s.looking.Lock()
	lost := s.Standing().Lost
	s.looking.Unlock()
	return lost || s.Look(ctx) != nil && ctx.Err() == nil
}

// all gives the regions and what is in force in each. A region of which something is damaged is left out: whoever asks for
// it while the record is there is told.
func (s *Store) all(ctx context.Context) ([]string, map[string]*held, error) {
	patience := s.Patience
	if patience <= 0 {
		patience = 1500 * time.Millisecond
	}
	short, stop := context.WithTimeout(ctx, patience)
	defer stop()
	regions, err := s.Record.Regions(short)
	if err != nil {
		return nil, nil, err
	}
	fresh := map[string]*held{}
	for _, region := range regions {
		h, err := s.take(ctx, region) // all of it may be new and large, so the short time is not for this
		switch {
		case err == nil:
			fresh[region] = h
		case unreachable(err), ctx.Err() != nil:
			return nil, nil, err
		}
	}
	return regions, fresh, nil
}

func (s *Store) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// sooner is what hurry tells Keep by.
func (s *Store) sooner() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.soon == nil {
		s.soon = make(chan struct{}, 1)
	}
	return s.soon
}

// hurry asks for a look before it is time.
func (s *Store) hurry() {
	select {
	case s.sooner() <- struct{}{}:
	default:
	}
}

// take gives what is in force in a region. What is at hand already and has not changed is not read again.
func (s *Store) take(ctx context.Context, region string) (*held, error) {
	s.mu.Lock()
	had := s.held[region]
	s.mu.Unlock()
	if had == nil {
		had = &held{}
	}
	h := &held{entries: map[entry]last{}, contents: map[model.Digest]scheduler.Packed{}}
	return h, s.Record.View(ctx, region, func(r scheduler.Reader) error {
		var err error
		if h.audit, err = lastOf(r, entry{scheduler.KindAudit, ""}); err != nil {
			return err
		}
		if h.audit.version > 0 && h.audit.version == had.audit.version && bytes.Equal(h.audit.body, had.audit.body) {
			*h = *had
			return nil
		}
		for _, kind := range kinds {
			names, err := r.Names(kind)
			if err != nil {
				return err
			}
			for _, name := range names {
				if err := h.hold(r, had, entry{kind, name}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func lastOf(r scheduler.Reader, e entry) (last, error) {
	n, err := r.Last(e.kind, e.name)
	if err != nil || n == 0 {
		return last{}, err
	}
	body, err := r.Entry(e.kind, e.name, n)
	return last{n, body}, err
}

// hold takes the last version of an entry, and the content that it names.
func (h *held) hold(r scheduler.Reader, had *held, e entry) error {
	now, err := lastOf(r, e)
	if err != nil {
		return err
	}
	h.entries[e] = now
	var names struct {
		Content model.Digest `json:"content"` // as the office writes it, in large or small letters
	}
	if bad := json.Unmarshal(now.body, &names); bad != nil || names.Content == (model.Digest{}) {
		return nil //nolint:nilerr // an office that reads it will say what is wrong with it
	}
	if p, ok := had.contents[names.Content]; ok {
		h.contents[names.Content] = p
		return nil
	}
	content, err := r.Content(names.Content)
	if err != nil {
		return err
	}
	h.contents[names.Content], err = scheduler.Pack(content)
	return err
}
