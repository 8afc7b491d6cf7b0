package scheduler

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// DataVersion is one state of a region's facts.
type DataVersion struct {
	Version int
	Content model.Digest
	At      time.Time
	Who     string
	People  int          // how many the facts name
	Changes []KindChange // from the version before
}

// ImportRequest asks for facts to be taken into a region. Rows replace those of the same key; rows that the new facts do
// not have stay, unless their kind is declared complete. Availability, shifts, slots and standing slots have no key of
// their own: whoever the new rows name has just those. Rows that keep people apart or away are only ever added.
type ImportRequest struct {
	Facts    *model.Facts
	Base     int      // the data version that was looked at; 0: none
	Complete []string // kinds, as files are named without .csv, that hold everything there is
}

// KindChange counts the rows of one kind of file that a set of facts changes.
type KindChange struct {
	Kind                        string // as the file is named, without .csv
	New, Changed, Same, Removed int
}

// Preview is what an import would do. Nothing was written.
type Preview struct {
	Base    int // the data version it was compared with
	Kinds   []KindChange
	Rosters []RosterHarm // published weeks that would break more rules that must hold than they do now
	Digest  model.Digest // of the facts as they would be
}

// RosterHarm is a published week that facts would break.
type RosterHarm struct {
	Week    model.Week
	Version int
	Broken  []Case // that would be broken, and are not now
}

// Touched counts the rows that would change.
func (p *Preview) Touched() int {
	n := 0
	for _, k := range p.Kinds {
		n += k.New + k.Changed + k.Removed
	}
	return n
}

// Preview says what an import would change, and whom it would harm, and changes nothing. Its Base is the data version to
// import on. It needs a roster manager or an integrator.
func (s *Service) Preview(ctx context.Context, who model.Principal, region string, q ImportRequest) (Preview, error) {
	var p Preview
	if err := s.mayImport(who, region, &q); err != nil {
		return p, err
	}
	err := s.Record.View(ctx, region, func(r Reader) error {
		was, v, err := s.factsIfAny(r)
		if err != nil {
			return err
		}
		is, changes := merge(was, q.Facts, q.Complete)
		if p.Digest, err = digestOf(is); err != nil {
			return err
		}
		p.Base, p.Kinds = v.Version, changes
		if err := s.usable(r, is); err != nil {
			return err
		}
		p.Rosters, err = s.harms(r, was, is)
		return err
	})
	return p, err
}

// Import takes facts into a region. A stale base is a [model.Error] with CodeConflict that names the current version. It
// needs a roster manager or an integrator.
func (s *Service) Import(ctx context.Context, who model.Principal, region string, q ImportRequest, c Command) (DataVersion, error) {
	return s.importFacts(ctx, who, region, q, c, func(Reader) error { return nil })
}

// importFacts is Import by somebody who must pass a check in the same transaction.
func (s *Service) importFacts(ctx context.Context, who model.Principal, region string, q ImportRequest, c Command, check func(Reader) error) (DataVersion, error) {
	var made DataVersion
	if err := s.mayImport(who, region, &q); err != nil {
		return made, err
	}
	request := struct {
		Action string
		ImportRequest
	}{"import", q}
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		if err := check(w); err != nil {
			return deed{}, err
		}
		was, v, err := s.factsIfAny(w)
		if err != nil {
			return deed{}, err
		}
		if v.Version != q.Base {
			return deed{}, Stale(KindFacts, "", q.Base, v.Version)
		}
		is, changes := merge(was, q.Facts, q.Complete)
		if err := s.usable(w, is); err != nil {
			return deed{}, err
		}
		digest, err := keep(w, is)
		if err != nil {
			return deed{}, err
		}
		made = DataVersion{Version: q.Base + 1, Content: digest, At: s.now(), Who: who.Name, People: len(is.People), Changes: changes}
		return deed{action: "import", version: made.Version, content: digest}, addEntry(w, KindFacts, "", q.Base, made)
	})
	if err != nil {
		return DataVersion{}, err
	}
	return made, nil
}

func (s *Service) mayImport(who model.Principal, region string, q *ImportRequest) error {
	if err := may(who, region, importers); err != nil {
		return err
	}
	if q.Facts == nil || q.Facts.Region != region {
		return model.Errorf(model.CodeInvalid, "found facts of another region; expected those of %q", region)
	}
	for _, kind := range q.Complete {
		if !slices.Contains(Kinds(), kind) {
			return model.Errorf(model.CodeUsage, "found the kind of file %q; expected some of %s", kind, strings.Join(Kinds(), ", "))
		}
	}
	return nil
}

// usable refuses facts of which the coming week, or a published one from this week on, cannot be frozen.
func (s *Service) usable(r Reader, f *model.Facts) error {
	weeks, err := s.publishedFrom(r, s.thisWeek())
	if err != nil {
		return err
	}
	if next := s.thisWeek().Add(1); !slices.Contains(weeks, next) {
		weeks = append(weeks, next)
	}
	for _, week := range weeks {
		if _, err := s.freezeFrom(r, f, week); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) thisWeek() model.Week {
	return model.WeekOf(model.Date(s.instant() / (24 * 60)))
}

// publishedFrom lists the weeks from one on that have a published roster.
func (s *Service) publishedFrom(r Reader, first model.Week) ([]model.Week, error) {
	names, err := r.Names(KindRoster)
	if err != nil {
		return nil, err
	}
	var out []model.Week
	for _, name := range names {
		week, err := model.ParseWeek(name)
		if err != nil {
			return nil, Damaged("the name of a roster")
		}
		if week.Monday() >= first.Monday() {
			out = append(out, week)
		}
	}
	return out, nil
}

// harms finds the published weeks, this one and later ones, that new facts would break more than the old ones do.
func (s *Service) harms(r Reader, was, is *model.Facts) ([]RosterHarm, error) {
	if was == nil {
		return nil, nil
	}
	weeks, err := s.publishedFrom(r, s.thisWeek())
	if err != nil {
		return nil, err
	}
	var out []RosterHarm
	for _, week := range weeks {
		h := RosterHarm{Week: week}
		var before []string
		for i, f := range []*model.Facts{was, is} {
			sn, err := s.freezeFrom(r, f, week)
			if err != nil {
				return nil, err
			}
			h.Version = sn.Published.Version
			for _, c := range s.judge(sn, sn.Published, nil).MustFix {
				switch {
				case i == 0:
					before = append(before, c.Item)
				case !slices.Contains(before, c.Item):
					h.Broken = append(h.Broken, c)
				}
			}
		}
		if len(h.Broken) > 0 {
			out = append(out, h)
		}
	}
	return out, nil
}

// Facts gives the current facts and their version, to be read only. A region without any is not found. It needs any role.
func (s *Service) Facts(ctx context.Context, who model.Principal, region string) (*model.Facts, DataVersion, error) {
	if err := may(who, region, readers); err != nil {
		return nil, DataVersion{}, err
	}
	var f *model.Facts
	var v DataVersion
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		f, v, err = s.currentFacts(r)
		return err
	})
	return f, v, err
}

func (s *Service) currentFacts(r Reader) (*model.Facts, DataVersion, error) {
	var v DataVersion
	n, err := r.Last(KindFacts, "")
	if err != nil {
		return nil, v, err
	}
	if n == 0 {
		return nil, v, noRegion()
	}
	if err := readEntry(r, KindFacts, "", n, &v); err != nil {
		return nil, v, err
	}
	f, err := s.factsOf(r, v.Content)
	return f, v, err
}

// factsIfAny gives nil and version 0 for a region without facts.
func (s *Service) factsIfAny(r Reader) (*model.Facts, DataVersion, error) {
	f, v, err := s.currentFacts(r)
	var e *model.Error
	if errors.As(err, &e) && e.Code == model.CodeNotFound {
		return nil, DataVersion{}, nil
	}
	return f, v, err
}
