package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
)

// StartNight begins the night of a region as RunNight does, and goes on with it while the process lives: it gives the report as the night
// is begun, and Night tells how far it is. What goes wrong later is in that report. It needs a roster manager or a planner.
func (s *Service) StartNight(ctx context.Context, who model.Principal, region string, q NightRequest) (Night, error) { //nolint:contextcheck // the night outlives the request that it came with
	if err := may(who, region, planners); err != nil {
		return Night{}, err
	}
	life, done := context.Background(), func() {}
	if s.Runs != nil {
		var err error
		if life, done, err = s.Runs.aside(); err != nil {
			return Night{}, err
		}
	}
	n, name, err := s.beginNight(ctx, who, region, q)
	if err != nil || n == nil {
		done()
		if err != nil {
			return Night{}, err
		}
		return s.dropNight(ctx, region, nightly+name) // it was begun too often
	}
	go func() {
		defer done()
		_, _ = n.carry(life, name, who.Name) // the report says what went wrong
	}()
	return s.Night(ctx, who, region, name)
}

// aside lets something be done beside the searches, in a context that Close ends. Whoever does it calls what it gives when it is done. It
// gives a [model.Error] after Close.
func (r *Runs) aside() (context.Context, func(), error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, nil, r.refusal()
	}
	if r.life == nil {
		r.life, r.end = context.WithCancel(context.Background())
	}
	r.ended.Add(1)
	return r.life, r.ended.Done, nil
}
