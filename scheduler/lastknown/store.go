package lastknown

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Store is a record with what is in force at hand. Its fields are set before it is first used. It may be used by several
// goroutines.
type Store struct {
	Record   scheduler.Record
	Now      func() time.Time // nil: time.Now
	Every    time.Duration    // how often the record is looked at; 0: 2 seconds
	Patience time.Duration    // how long it may take to answer that; 0: 1500 milliseconds

	looking sync.Mutex // held while the record is looked at

	mu      sync.Mutex // guards what follows
	lost    bool
	known   time.Time // when what is at hand was last found to be current; zero: never
	regions []string
	held    map[string]*held
	soon    chan struct{} // asks for a look before it is time
}

var _ scheduler.Record = (*Store)(nil)

// Standing tells how a record stands.
type Standing struct {
	Lost  bool      // it cannot be reached
	Known time.Time // when what is at hand was last found to be current
}

// Standing gives how the record stands.
func (s *Store) Standing() Standing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Standing{s.lost, s.known}
}

// View implements [scheduler.Record]. While the record is lost, look is given what is at hand. It may be called a second time
// where the record is lost while it is looked at.
func (s *Store) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	if !s.Standing().Lost {
		err := s.Record.View(ctx, region, look)
		if !unreachable(err) || !s.gone(ctx) {
			return err
		}
	}
	s.mu.Lock()
	h := s.held[region]
	s.mu.Unlock()
	if h == nil {
		return notAtHand()
	}
	return look(reader{h})
}

// Update implements [scheduler.Record]. While the record is lost it is refused at once.
func (s *Store) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if s.Standing().Lost {
		return model.Errorf(model.CodeUnavailable,
			"The record cannot be reached, so nothing can be changed just now. Nothing was changed; what is published can still be looked at. Try again in a minute.")
	}
	err := s.Record.Update(ctx, region, change)
	if unreachable(err) {
		s.hurry()
	}
	return err
}

// Regions implements [scheduler.Record].
func (s *Store) Regions(ctx context.Context) ([]string, error) {
	if !s.Standing().Lost {
		all, err := s.Record.Regions(ctx)
		if !unreachable(err) || !s.gone(ctx) {
			return all, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.regions), nil
}

// unreachable reports whether an error may mean that the record is lost.
func unreachable(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Code == model.CodeUnavailable
}

func notAtHand() error {
	return model.Errorf(model.CodeUnavailable,
		"The record cannot be reached, and this is not at hand without it; what is published can still be looked at. Try again in a minute.")
}
