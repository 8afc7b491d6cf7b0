package scheduler

import (
	"context"
	"slices"
	"strings"
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
	Releases []model.Release
}

// PublishRequest asks for a roster to become what is published for its week.
type PublishRequest struct {
	Roster   *model.Roster
	Base     int             // the published version it was made from, 0: none
	Releases []model.Release // permissions for what frozen and pinned parts break; the item is what [ReleaseItem] gives
}

// Publish makes a roster what is published. Within the transaction that writes it, it freezes the week afresh from the
// current facts and holds the roster against every rule. It gives a [model.Error]: CodeConflict, naming the current version,
// if somebody published meanwhile, and CodeUnsafe if a rule that must hold is broken; only what frozen and pinned parts break
// by themselves can be released, each case by a named person with a reason. It needs a publisher.
func (s *Service) Publish(ctx context.Context, who model.Principal, region string, q PublishRequest, c Command) (RosterVersion, error) {
	var made RosterVersion
	if err := may(who, region, publishers); err != nil {
		return made, err
	}
	if q.Roster == nil || q.Roster.Region != region {
		return made, model.Errorf(model.CodeInvalid, "found no roster of region %q to publish", region)
	}
	request := struct {
		Action string
		PublishRequest
	}{"publish", q}
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		var err error
		made, err = s.publish(w, who, &q)
		return deed{action: "publish", subject: q.Roster.Week.String(), version: made.Version, content: made.Content}, err
	})
	if err != nil {
		return RosterVersion{}, err
	}
	return made, nil
}

func (s *Service) publish(w Writer, who model.Principal, q *PublishRequest) (RosterVersion, error) {
	week := q.Roster.Week
	last, err := w.Last(KindRoster, week.String())
	if err != nil {
		return RosterVersion{}, err
	}
	if last != q.Base {
		return RosterVersion{}, Stale(KindRoster, week.String(), q.Base, last)
	}
	sn, facts, err := s.freeze(w, week)
	if err != nil {
		return RosterVersion{}, err
	}
	r := q.Roster.Clone()
	r.Sort()
	r.Version = last + 1
	if _, err := sn.With(model.PublishRoster{Roster: r}); err != nil { // its form
		return RosterVersion{}, err
	}
	if err := s.fit(sn, r, q.Releases); err != nil {
		return RosterVersion{}, err
	}
	digest, err := keep(w, r)
	if err != nil {
		return RosterVersion{}, err
	}
	made := RosterVersion{Week: week, Version: r.Version, Content: digest, Facts: facts, Snapshot: sn.Digest(), At: s.now(),
		Who: who.Name, Releases: q.Releases}
	return made, addEntry(w, KindRoster, week.String(), last, made)
}

// fit refuses a roster that breaks a rule that must hold, unless fixed parts alone break it and somebody answers for it.
func (s *Service) fit(sn *model.Snapshot, r *model.Roster, releases []model.Release) error {
	var fixed []string
	for _, v := range s.broken(sn, FixedPart(sn)) {
		fixed = append(fixed, ReleaseItem(v))
	}
	var open []string
	for _, v := range s.broken(sn, r) {
		item := ReleaseItem(v)
		released := slices.ContainsFunc(releases, func(x model.Release) bool { return x.Item == item && x.Who != "" && x.Why != "" })
		if !released || !slices.Contains(fixed, item) {
			open = append(open, item)
		}
	}
	if len(open) == 0 {
		return nil
	}
	const shown = 5
	return model.Errorf(model.CodeUnsafe, "The roster was not published: it breaks %d cases of rules that must hold, such as %s. Mend them, or plan again.",
		len(open), strings.Join(open[:min(shown, len(open))], "; "))
}

func (s *Service) broken(sn *model.Snapshot, r *model.Roster) []solver.Violation {
	level := map[string]solver.Level{} // looked up only
	for _, c := range s.Constraints {
		level[c.ID] = c.Level
	}
	return slices.DeleteFunc(solver.Check(sn, r, s.Constraints), func(v solver.Violation) bool {
		return level[v.Constraint] != solver.Hard || v.Amount <= 0
	})
}

// ReleaseItem names one broken case so that a release can be given for it and for nothing else: the rule and all it is
// about, by codes and CRNs.
func ReleaseItem(v solver.Violation) string {
	parts := []string{v.Constraint}
	for _, x := range v.Sessions {
		parts = append(parts, x.String())
	}
	for _, x := range v.People {
		parts = append(parts, string(x))
	}
	for _, x := range v.Supervisors {
		parts = append(parts, string(x))
	}
	for _, x := range v.Minibuses {
		parts = append(parts, string(x))
	}
	return strings.Join(parts, " ")
}

// Roster gives what is published for a week, or a [model.Error] with CodeNotFound. It needs any role.
func (s *Service) Roster(ctx context.Context, who model.Principal, region string, week model.Week) (*model.Roster, RosterVersion, error) {
	var v RosterVersion
	if err := may(who, region, readers); err != nil {
		return nil, v, err
	}
	var roster *model.Roster
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		if roster, v, err = published(r, week); err == nil && roster == nil {
			err = model.Errorf(model.CodeNotFound, "found nothing published for week %v; plan it and publish the plan", week)
		}
		return err
	})
	return roster, v, err
}

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

// published gives the last published roster of a week, nil if there is none.
func published(r Reader, week model.Week) (*model.Roster, RosterVersion, error) {
	var v RosterVersion
	n, err := r.Last(KindRoster, week.String())
	if n == 0 || err != nil {
		return nil, v, err
	}
	if err := readEntry(r, KindRoster, week.String(), n, &v); err != nil {
		return nil, v, err
	}
	roster := &model.Roster{}
	return roster, v, kept(r, v.Content, roster)
}

// freeze takes the snapshot of a week. Where the record has published a week, that is what was promised; what the files say
// of that week counts for the outcomes it records. Elsewhere the files count as they are.
func (s *Service) freeze(r Reader, week model.Week) (*model.Snapshot, int, error) {
	f, v, err := currentFacts(r)
	if err != nil {
		return nil, 0, err
	}
	names, err := r.Names(KindRoster)
	if err != nil {
		return nil, 0, err
	}
	rosters := map[string]*model.Roster{} // looked up only
	for _, name := range names {
		w, err := model.ParseWeek(name)
		if err != nil {
			return nil, 0, Damaged("the name of a roster")
		}
		if rosters[name], _, err = published(r, w); err != nil {
			return nil, 0, err
		}
		overlay(f, rosters[name])
	}
	sn, _, err := Freeze(f, s.Policy, week, model.Instant(s.now().Unix()/60))
	if err != nil {
		return nil, 0, err
	}
	for _, x := range []struct {
		week model.Week
		to   **model.Roster
	}{{week.Add(-1), &sn.Before}, {week, &sn.Published}, {week.Add(1), &sn.After}} {
		if known := rosters[x.week.String()]; known != nil {
			*x.to = known
		}
	}
	return sn, v.Version, sn.Validate()
}

// overlay puts a published roster in the place of what the files say of its week, and gives it the outcomes they record.
func overlay(f *model.Facts, r *model.Roster) {
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
	f.Held = slices.DeleteFunc(f.Held, func(h model.Held) bool { return r.Week.Holds(h.Session.Date) })
}
