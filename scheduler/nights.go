package scheduler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// Nights gives the reports of the latest nights of a region, the latest first. It needs any role.
func (s *Service) Nights(ctx context.Context, who model.Principal, region string, limit int) ([]Night, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []Night
	err := s.Record.View(ctx, region, func(r Reader) error {
		names, err := nightNames(r)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, name := range slices.Backward(names) {
			if len(out) >= limit {
				break
			}
			n, err := nightNamed(r, name)
			if err != nil {
				return err
			}
			out = append(out, n)
		}
		return nil
	})
	return out, err
}

// Night gives the report of one night, by its name, or a [model.Error] with CodeNotFound. It needs any role.
func (s *Service) Night(ctx context.Context, who model.Principal, region, name string) (Night, error) {
	var n Night
	if err := may(who, region, readers); err != nil {
		return n, err
	}
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		n, err = nightNamed(r, nightly+name)
		return err
	})
	return n, err
}

// NightNews is what people are told of nights beside a roster.
type NightNews struct {
	Text string // empty: there has been no night
	Bad  bool   // somebody should look
	Name string // of the night; empty: there has been none
}

// late is how long after it was due a night that nobody has begun is missed.
const late = time.Hour

// NightNews gives what is to be told of the last night: what came of it, or that it has not happened. It needs any role.
func (s *Service) NightNews(ctx context.Context, who model.Principal, region string) (NightNews, error) {
	all, err := s.Nights(ctx, who, region, 1)
	if err != nil || len(all) == 0 {
		return NightNews{}, err
	}
	last := &all[0]
	news := NightNews{Text: last.Headline(), Bad: last.Bad(), Name: last.Name}
	date, at, err := s.lastDue()
	if err != nil {
		return NightNews{}, err
	}
	if date > last.Date && s.now().Sub(time.Unix(int64(at)*60, 0)) > late {
		news.Text = fmt.Sprintf("The night of %s has not happened: no process was there to do it. What was published is still in force. ", day(date)) + news.Text
		news.Bad = true
	}
	return news, nil
}

// nightNames lists the runs of nights, the earliest first.
func nightNames(r Reader) ([]string, error) {
	names, err := r.Names(KindRun)
	return slices.DeleteFunc(names, func(name string) bool { return !isNight(name) }), err
}

func nightNamed(r Reader, name string) (Night, error) {
	x, err := lastRun(r, name)
	if err != nil {
		return Night{}, err
	}
	if x.Version == 0 {
		return Night{}, model.Errorf(model.CodeNotFound, "found no night %q in this region; expected a date such as 2026-12-01 of a night that was begun", strings.TrimPrefix(name, nightly))
	}
	return reportOf(r, x)
}

// reportOf gives the report that a night's run keeps, with the run's own state.
func reportOf(r Reader, x Run) (Night, error) {
	n := Night{Began: x.Asked, Who: x.Who}
	if (x.Night != model.Digest{}) {
		if err := kept(r, x.Night, &n); err != nil {
			return n, err
		}
	}
	n.Name = strings.TrimPrefix(x.Name, nightly)
	n.State, n.Attempts = x.State, x.Attempts
	if x.Failure != "" {
		n.Failure = x.Failure
	}
	date, _, _ := strings.Cut(n.Name, "+")
	var err error
	if n.Date, err = model.ParseDate(date); err != nil {
		return n, Damaged("the name of a night")
	}
	return n, nil
}

// nightBefore gives the last night before one that came to an end; a zero one if there is none.
func (s *Service) nightBefore(r Reader, name string) (Night, error) {
	names, err := nightNames(r)
	if err != nil {
		return Night{}, err
	}
	for _, other := range slices.Backward(names) {
		if other >= name {
			continue
		}
		if n, err := nightNamed(r, other); err != nil || n.State == RunMade || n.State == RunPublished {
			return n, err
		}
	}
	return Night{}, nil
}
