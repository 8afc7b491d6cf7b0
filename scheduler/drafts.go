package scheduler

import (
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
)

// lastDraft gives the last version of a draft, or a [model.Error] with CodeNotFound.
func lastDraft(r Reader, id string) (Draft, error) {
	var d Draft
	n, err := r.Last(KindDraft, id)
	if err != nil {
		return d, err
	}
	if n == 0 {
		return d, model.Errorf(model.CodeNotFound, "found no plan %q in this region; list the plans of a week to see what there is", id)
	}
	return d, readEntry(r, KindDraft, id, n, &d)
}

// notUsable says why a draft cannot be looked at, edited or published yet.
func notUsable(d *Draft) error {
	if d.State == Failed {
		return model.Errorf(model.CodeTooLate, "The plan %s has no roster: %s Plan again.", d.ID, d.Failure)
	}
	return model.Errorf(model.CodeConflict, "The plan %s is still being made; wait for it, or stop it and keep the best so far.", d.ID)
}

// Draft gives the last version of a plan, as far as it has come. It needs any role.
func (s *Service) Draft(ctx context.Context, who model.Principal, region, id string) (Draft, error) {
	var d Draft
	if err := may(who, region, readers); err != nil {
		return d, err
	}
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		if d, err = lastDraft(r, id); err != nil {
			return err
		}
		d, err = s.standing(r, d)
		return err
	})
	if err != nil {
		return Draft{}, err
	}
	return d, nil
}

// standing tells a draft as it stands: how far its run has come, and that one which can no longer end has failed.
func (s *Service) standing(r Reader, d Draft) (Draft, error) {
	if d.State.Over() {
		return d, nil
	}
	if s.Runs != nil {
		if now, live := s.Runs.state(d.ID); live {
			d.State = now
			return d, nil
		}
	}
	x, err := lastRun(r, d.ID)
	if err != nil {
		return d, err
	}
	if x.State == RunRunning {
		d.State = Running
	}
	if s.now().After(d.Deadline) && !s.takesUp(&x, &d) {
		d.State, d.Failure = Failed, noAnswer
	}
	return d, nil
}

// number gives the number of the next draft of the region.
func number(r Reader) (int, error) {
	names, err := r.Names(KindDraft)
	return len(names) + 1, err
}

// Drafts lists the plans of a week, the one touched last first; none is no error. It needs any role.
func (s *Service) Drafts(ctx context.Context, who model.Principal, region string, week model.Week) ([]Draft, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []Draft
	err := s.Record.View(ctx, region, func(r Reader) error {
		names, err := r.Names(KindDraft)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, id := range names {
			d, err := lastDraft(r, id)
			if err != nil {
				return err
			}
			if d.Week != week {
				continue
			}
			if d, err = s.standing(r, d); err != nil {
				return err
			}
			out = append(out, d)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Draft) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Number, a.Number), cmp.Compare(a.ID, b.ID))
	})
	return out, err
}

// DraftView gives a plan with its roster and what the rules say of it as the facts and the clock are now. It needs any role.
func (s *Service) DraftView(ctx context.Context, who model.Principal, region, id string) (*DraftView, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	view := &DraftView{}
	err := s.Record.View(ctx, region, func(r Reader) error {
		d, err := lastDraft(r, id)
		if err != nil {
			return err
		}
		*view = DraftView{} // the record may be looked at anew
		if view.Draft, err = s.standing(r, d); err != nil {
			return err
		}
		if !view.Usable() {
			return nil
		}
		if view.Snapshot, _, err = s.freeze(r, d.Week); err != nil {
			return err
		}
		view.Snapshot = waiving(view.Snapshot, d.Waivers)
		if view.Roster, err = s.rosterOf(r, d.Roster); err != nil {
			return err
		}
		if (d.Unplaced != model.Digest{}) {
			if err := kept(r, d.Unplaced, &view.Unplaced); err != nil {
				return err
			}
			if view.Unplaced == nil {
				view.Unplaced = []Unplaced{} // nobody, which is known
			}
		}
		view.Judgement = s.judge(view.Snapshot, view.Roster, d.Releases)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return view, nil
}

// PlanChanges lists what a plan would change of what is published. It needs any role.
func (s *Service) PlanChanges(ctx context.Context, who model.Principal, region, id string) ([]Difference, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []Difference
	err := s.Record.View(ctx, region, func(r Reader) error {
		p := &publication{}
		var err error
		if p.draft, err = lastDraft(r, id); err != nil {
			return err
		}
		if !p.draft.Usable() {
			d, err := s.standing(r, p.draft)
			if err != nil {
				return err
			}
			return notUsable(&d)
		}
		if p.sn, _, err = s.freeze(r, p.draft.Week); err != nil {
			return err
		}
		if err := s.against(r, p); err != nil {
			return err
		}
		roster, err := s.rosterOf(r, p.draft.Roster)
		if err != nil {
			return err
		}
		out = Diff(p.current, roster)
		return nil
	})
	return out, err
}

// KeepDraft keeps a roster that was made elsewhere, or by hand, as a plan. It may break rules, and says so when it is looked
// at. Base is the published version it was made from, 0 for none. It needs a roster manager.
func (s *Service) KeepDraft(ctx context.Context, who model.Principal, region string, roster *model.Roster, base int, c Command) (Draft, error) {
	if err := may(who, region, editors); err != nil {
		return Draft{}, err
	}
	if roster == nil || roster.Region != region {
		return Draft{}, model.Errorf(model.CodeInvalid, "found no roster of region %q to keep", region)
	}
	request := struct {
		Action string
		Roster *model.Roster
		Base   int
	}{"keep", roster, base}
	return s.keepDraft(ctx, who, region, roster, base, "it was made by hand", c, request)
}

// keepDraft keeps a roster as a plan, which answers a request, and says why its search ended.
func (s *Service) keepDraft(ctx context.Context, who model.Principal, region string, roster *model.Roster, base int, why string, c Command, request any) (Draft, error) {
	var made Draft
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		sn, facts, err := s.freeze(w, roster.Week)
		if err != nil {
			return deed{}, err
		}
		last, err := w.Last(KindRoster, roster.Week.String())
		if err != nil {
			return deed{}, err
		}
		if base < 0 || base > last {
			return deed{}, model.Errorf(model.CodeNotFound, "found a roster that was made from version %d of week %v; the last one published is version %d", base, roster.Week, last)
		}
		r := roster.Clone()
		r.Sort()
		if _, err := sn.With(model.PublishRoster{Roster: r}); err != nil { // its form
			return deed{}, err
		}
		n, err := number(w)
		if err != nil {
			return deed{}, err
		}
		made = Draft{ID: newID(), Number: n, Version: 1, Week: roster.Week, State: Ready, Why: why, Base: base, Facts: facts,
			Snapshot: sn.Digest(), Policy: s.Policy.Name, AsOf: sn.AsOf, Edits: 1, Who: who.Name, At: s.now()}
		return s.keepRoster(w, &made, sn, r, "plan")
	})
	if err != nil {
		return Draft{}, err
	}
	return made, nil
}

// keepRoster writes the next version of a draft with a roster.
func (s *Service) keepRoster(w Writer, d *Draft, sn *model.Snapshot, r *model.Roster, action string) (deed, error) {
	var err error
	if d.Roster, err = keep(w, r); err != nil {
		return deed{}, err
	}
	d.Summary = summaryOf(sn, r, s.Constraints)
	if d.Effects, err = PriceEffects(sn, r, s.Policy, s.Constraints, d.Asked); err != nil {
		return deed{}, err
	}
	return deed{action: action, subject: d.Week.String() + " " + d.ID, version: d.Version, content: d.Roster},
		addEntry(w, KindDraft, d.ID, d.Version-1, d)
}
