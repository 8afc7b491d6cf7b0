package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
)

// KindBacklog is how the backlog of a region stood, night by night: one name, empty; a version for each day it was noted.
const KindBacklog Kind = "backlog"

// BacklogDay is how the backlog of a region stood on a day: numbers, and nobody's name.
type BacklogDay struct {
	AsOf        model.Date
	LeftMinutes int64
	Counts      BandCounts
	AtHardEnd   int
	Due         int // things due or overdue
	Overdue     int
}

// dayOf sums a backlog up.
func dayOf(b *Backlog) BacklogDay {
	d := BacklogDay{AsOf: b.AsOf, LeftMinutes: b.LeftMinutes, Counts: b.Counts, AtHardEnd: b.AtHardEnd}
	for i := range b.Due {
		switch b.Due[i].State {
		case DueOverdue:
			d.Overdue++
			d.Due++
		case DueNow:
			d.Due++
		case DueLater, DueDone, DueNot:
		}
	}
	return d
}

// KeepBacklog notes how the backlog of a region stands today. A day that is noted again keeps both; [Service.BacklogSeries] tells
// the later. It needs a roster manager or a planner.
func (s *Service) KeepBacklog(ctx context.Context, who model.Principal, region string, c Command) (BacklogDay, error) {
	var day BacklogDay
	if err := may(who, region, planners); err != nil {
		return day, err
	}
	b, err := s.Backlog(ctx, who, region)
	if err != nil {
		return day, err
	}
	err = s.change(ctx, who, region, c, "keep-backlog", &day, func(w Writer) (deed, error) {
		day = dayOf(b)
		n, err := w.Last(KindBacklog, "")
		if err != nil {
			return deed{}, err
		}
		content, err := keep(w, day)
		if err != nil {
			return deed{}, err
		}
		return deed{action: "keep-backlog", subject: day.AsOf.String(), version: n + 1, content: content}, addEntry(w, KindBacklog, "", n, day)
	})
	return day, err
}

// BacklogSeries tells how the backlog of a region stood on each day on which it was noted, the earliest first. It needs any role.
func (s *Service) BacklogSeries(ctx context.Context, who model.Principal, region string) ([]BacklogDay, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []BacklogDay
	err := s.Record.View(ctx, region, func(r Reader) error {
		last, err := r.Last(KindBacklog, "")
		if err != nil || last == 0 {
			return err
		}
		all, err := r.Entries(KindBacklog, "", 0, last)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, body := range all {
			var d BacklogDay
			if !decode(body, &d) {
				return Damaged("an entry of the kind backlog")
			}
			if n := len(out); n > 0 && out[n-1].AsOf == d.AsOf {
				out = out[:n-1]
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
