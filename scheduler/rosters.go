package scheduler

import (
	"context"
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// RosterVersion is one published roster.
type RosterVersion struct {
	Week     model.Week
	Version  int
	Content  model.Digest
	Facts    int // the data version it was checked against
	Snapshot model.Digest
	At       time.Time
	Who      string
	Reason   string
	Draft    string // the plan it came from
	Releases []model.Release
	Waivers  []model.Waiver
}

// published gives a published roster of a week, the last for version 0; nil if there is none. It is only read.
func (s *Service) published(r Reader, week model.Week, version int) (*model.Roster, RosterVersion, error) {
	var v RosterVersion
	last, err := r.Last(KindRoster, week.String())
	if err != nil || last == 0 && version == 0 {
		return nil, v, err
	}
	if version == 0 {
		version = last
	}
	if err := readEntry(r, KindRoster, week.String(), version, &v); err != nil {
		return nil, v, err
	}
	roster, err := s.rosterOf(r, v.Content)
	return roster, v, err
}

// nothingPublished is the answer where a week has no roster.
func nothingPublished(week model.Week) error {
	return model.Errorf(model.CodeNotFound, "found nothing published for week %v; plan it and publish the plan", week)
}

// Roster gives what is published for a week, in the version that is asked for, 0 for the latest, or a [model.Error] with
// CodeNotFound. The roster is shared and only read. It needs any role.
func (s *Service) Roster(ctx context.Context, who model.Principal, region string, week model.Week, version int) (*model.Roster, RosterVersion, error) {
	var v RosterVersion
	if err := may(who, region, readers); err != nil {
		return nil, v, err
	}
	var roster *model.Roster
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		if roster, v, err = s.published(r, week, version); err == nil && roster == nil {
			err = nothingPublished(week)
		}
		return err
	})
	return roster, v, err
}

// Versions lists what was published for a week, the latest first; none is no error. It needs any role.
func (s *Service) Versions(ctx context.Context, who model.Principal, region string, week model.Week) ([]RosterVersion, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []RosterVersion
	err := s.Record.View(ctx, region, func(r Reader) error {
		if _, _, err := s.currentFacts(r); err != nil {
			return err
		}
		last, err := r.Last(KindRoster, week.String())
		if err != nil {
			return err
		}
		all, err := r.Entries(KindRoster, week.String(), 0, last)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, body := range all {
			var v RosterVersion
			if !decode(body, &v) {
				return Damaged("an entry of the kind roster")
			}
			out = append(out, v)
		}
		slices.Reverse(out)
		return nil
	})
	return out, err
}

// Weeks lists the weeks that have a published roster, in order. It needs any role.
func (s *Service) Weeks(ctx context.Context, who model.Principal, region string) ([]model.Week, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []model.Week
	err := s.Record.View(ctx, region, func(r Reader) error {
		names, err := r.Names(KindRoster)
		out = nil // the record may be looked at anew
		for _, name := range names {
			w, err := model.ParseWeek(name)
			if err != nil {
				return Damaged("the name of a roster")
			}
			out = append(out, w)
		}
		return err
	})
	return out, err
}

// Week gives a published week as people look at it: held against the facts and the clock as they are now. Version 0 is the
// latest. It needs any role.
func (s *Service) Week(ctx context.Context, who model.Principal, region string, week model.Week, version int) (*WeekView, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var view *WeekView
	err := s.Record.View(ctx, region, func(r Reader) error {
		roster, v, err := s.published(r, week, version)
		if err != nil {
			return err
		}
		if roster == nil {
			return nothingPublished(week)
		}
		key, err := s.stand(r, region, v)
		if err != nil {
			return err
		}
		view, err = look(&s.views, keptViews, key, func() (*WeekView, error) {
			sn, _, err := s.freeze(r, week)
			if err != nil {
				return nil, err
			}
			return &WeekView{Snapshot: sn, Roster: withOutcomes(sn, roster), Published: v, Violations: solver.Check(sn, roster, s.Constraints)}, nil
		})
		return err
	})
	return view, err
}

// withOutcomes gives a published roster the outcomes that are recorded since, where it is the one in force.
func withOutcomes(sn *model.Snapshot, roster *model.Roster) *model.Roster {
	if now := sn.Published; now != nil && now.Version == roster.Version {
		return now
	}
	return roster
}

// stand names all that a view of a published week depends on: the record as far as it counts, and the minute.
func (s *Service) stand(r Reader, region string, v RosterVersion) (model.Digest, error) {
	facts, err := r.Last(KindFacts, "")
	if err != nil {
		return model.Digest{}, err
	}
	names, err := r.Names(KindRoster)
	if err != nil {
		return model.Digest{}, err
	}
	parts := struct {
		Region   string
		Version  RosterVersion
		Facts    int
		Rosters  []int
		Names    []string
		At       model.Instant
		Policies string
	}{Region: region, Version: v, Facts: facts, Names: names, At: s.instant(), Policies: s.Policy.Name}
	for _, name := range names {
		n, err := r.Last(KindRoster, name)
		if err != nil {
			return model.Digest{}, err
		}
		parts.Rosters = append(parts.Rosters, n)
	}
	return digestOf(parts)
}
