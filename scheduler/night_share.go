package scheduler

import (
	"context"
	"time"
)

// mostUsed is how much more than its part of a night a region that is done may have cost the others, in percent of that part.
const mostUsed = 200

// nightPart is what a region has of a night.
type nightPart struct {
	people int           // 0: it has no facts, and so no night
	over   bool          // its night is
	took   time.Duration // that
}

// share finds how long the night may take from now.
func (n *night) share(ctx context.Context) error {
	share, err := n.s.nightShare(ctx, n.region, n.held.seen().Name)
	n.time.until = n.s.now().Add(share)
	return err
}

// nightShare gives how long the night of a region may take, of the time that the policy gives to one process for all regions.
func (s *Service) nightShare(ctx context.Context, region, name string) (time.Duration, error) {
	regions, err := s.Record.Regions(ctx)
	if err != nil {
		return 0, err
	}
	var own nightPart
	var others []nightPart
	for _, at := range regions {
		x, err := s.nightPart(ctx, at, name)
		switch {
		case err != nil:
			return 0, err
		case at == region:
			own = x
		default:
			others = append(others, x)
		}
	}
	return shareOf(time.Duration(s.tonight().Minutes)*time.Minute, own, others), nil
}

// nightPart looks how many people a region has, and whether its night of a name is over.
func (s *Service) nightPart(ctx context.Context, region, name string) (nightPart, error) {
	var out nightPart
	err := s.Record.View(ctx, region, func(r Reader) error {
		out = nightPart{} // the record may be looked at anew
		last, err := r.Last(KindFacts, "")
		if last == 0 || err != nil {
			return err
		}
		var v DataVersion
		if err := readEntry(r, KindFacts, "", last, &v); err != nil {
			return err
		}
		x, err := lastRun(r, name)
		out = nightPart{people: max(1, v.People), over: x.Version > 0 && x.State.Over(), took: x.At.Sub(x.Asked)}
		return err
	})
	return out, err
}

// shareOf gives a region the part of what is left that it has of the people of regions whose nights are not over. What is under way
// elsewhere counts as not begun: so two processes take half as long, and plan as well.
func shareOf(total time.Duration, own nightPart, others []nightPart) time.Duration {
	people, waiting := own.people, own.people
	for _, x := range others {
		people += x.people
		if !x.over {
			waiting += x.people
		}
	}
	part := func(of time.Duration, some, all int) time.Duration {
		return time.Duration(float64(of) * float64(some) / float64(max(1, all)))
	}
	left := total
	for _, x := range others {
		if x.over {
			left -= min(x.took, part(total*mostUsed/100, x.people, people))
		}
	}
	return part(max(0, left), own.people, waiting)
}
