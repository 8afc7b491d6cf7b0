package scheduler

import (
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Snapshot freezes a week as the record and the clock stand, with the data version it was frozen from. It needs any role.
func (s *Service) Snapshot(ctx context.Context, who model.Principal, region string, week model.Week) (*model.Snapshot, int, error) {
	if err := may(who, region, readers); err != nil {
		return nil, 0, err
	}
	var sn *model.Snapshot
	var facts int
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		sn, facts, err = s.freeze(r, week)
		return err
	})
	return sn, facts, err
}

// freeze takes the snapshot of a week from the current facts, with the data version it was frozen from.
func (s *Service) freeze(r Reader, week model.Week) (*model.Snapshot, int, error) {
	return s.freezeAfter(r, week, nil)
}

// freezeAfter is freeze as if rosters of other weeks were published that are only planned yet.
func (s *Service) freezeAfter(r Reader, week model.Week, planned []*model.Roster) (*model.Snapshot, int, error) {
	f, v, err := s.currentFacts(r)
	if err != nil {
		return nil, 0, err
	}
	_, sn, err := s.freezeTold(r, f, week, planned...)
	return sn, v.Version, err
}

// freezeFrom takes the snapshot of a week from given facts, with what the record has published in them.
func (s *Service) freezeFrom(r Reader, f *model.Facts, week model.Week) (*model.Snapshot, error) {
	_, sn, err := s.freezeTold(r, f, week)
	return sn, err
}

// freezeTold is freezeFrom that also gives the facts with what the record has published in the place of what the files say
// of those weeks. What the files say of such a week counts for the outcomes it records. Elsewhere they count as they are. Planned
// rosters are in the place of what is published for their weeks.
func (s *Service) freezeTold(r Reader, f *model.Facts, week model.Week, planned ...*model.Roster) (*model.Facts, *model.Snapshot, error) {
	names, err := r.Names(KindRoster)
	if err != nil {
		return nil, nil, err
	}
	told := *f                            // its slices are shared, and are replaced below, never written
	rosters := map[string]*model.Roster{} // looked up only
	var waivers []model.Waiver
	for _, name := range names {
		w, err := model.ParseWeek(name)
		if err != nil {
			return nil, nil, Damaged("the name of a roster")
		}
		was, v, err := s.published(r, w, 0)
		if err != nil {
			return nil, nil, err
		}
		if !slices.ContainsFunc(planned, func(p *model.Roster) bool { return p.Week == w }) {
			rosters[name] = overlay(&told, was)
		}
		if w == week {
			waivers = v.Waivers
		}
	}
	for _, p := range planned {
		rosters[p.Week.String()] = overlay(&told, p)
	}
	told.Waivers = withWaivers(told.Waivers, waivers)
	sn, _, err := Freeze(&told, s.Policy, week, s.instant())
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []struct {
		week model.Week
		to   **model.Roster
	}{{week.Add(-1), &sn.Before}, {week, &sn.Published}, {week.Add(1), &sn.After}} {
		if known := rosters[x.week.String()]; known != nil {
			*x.to = known
		}
	}
	return &told, sn, sn.Validate()
}

// instant gives the minute that counts as now.
func (s *Service) instant() model.Instant {
	if s.AsOf != 0 {
		return s.AsOf
	}
	return model.Instant(s.now().Unix() / 60)
}

// overlay puts a published roster in the place of what the files say of its week, and gives a copy of the roster that has
// the outcomes they record.
func overlay(f *model.Facts, published *model.Roster) *model.Roster {
	r := published.Clone()
	var rest []model.Appointment
	for _, a := range f.History {
		if !r.Week.Holds(a.Session.Date) {
			rest = append(rest, a)
			continue
		}
		i, ok := slices.BinarySearchFunc(r.Appointments, a, model.Appointment.Compare)
		switch {
		case ok:
			r.Appointments[i].Outcome, r.Appointments[i].Credited, r.Appointments[i].Penalty = a.Outcome, a.Credited, a.Penalty
		case a.Outcome != "":
			rest = append(rest, a) // it happened, although it was not planned
		}
	}
	f.History = append(rest, r.Appointments...)
	slices.SortStableFunc(f.History, model.Appointment.Compare)
	f.Held = slices.DeleteFunc(slices.Clone(f.Held), func(h model.Held) bool { return r.Week.Holds(h.Session.Date) })
	return r
}

// withWaivers gives waivers and more of them, sorted, each once.
func withWaivers(all, more []model.Waiver) []model.Waiver {
	if len(more) == 0 {
		return all
	}
	out := slices.Concat(all, more)
	slices.SortFunc(out, compareWaivers)
	return slices.Compact(out)
}
