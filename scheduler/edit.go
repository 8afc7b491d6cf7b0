package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// EditKind is a kind of change that a person makes to a draft. The list is closed.
type EditKind string

// The kinds of edit, and the fields that each reads.
const (
	AddPerson    EditKind = "add"      // CRN to To
	RemovePerson EditKind = "remove"   // CRN from From
	MovePerson   EditKind = "move"     // CRN from From to To
	SwapPeople   EditKind = "swap"     // CRN in From and Other in To change places
	Pin          EditKind = "pin"      // CRN in From: once it is published, no plan moves it
	Unpin        EditKind = "unpin"    // CRN in From
	Cancel       EditKind = "cancel"   // everybody and everything from From
	Assign       EditKind = "assign"   // Supervisor or Minibus to To
	Unassign     EditKind = "unassign" // Supervisor or Minibus from From
	Waive        EditKind = "waive"    // Waiver, whose Who is whoever asks
	Release      EditKind = "release"  // Item and Why, for what frozen or pinned parts break; Who is whoever asks
)

// Edit is one change to a draft. Sessions may be given without a start, as -1, where the project has one that day.
type Edit struct {
	Kind       EditKind
	CRN, Other model.CRN
	From, To   model.SessionKey
	Supervisor model.SupervisorCode
	Minibus    model.Registration
	Waiver     model.Waiver
	Item, Why  string
}

// EditRequest asks for edits to a draft, all or none of them.
type EditRequest struct {
	Draft   string
	Version int // the version they are made to
	Edits   []Edit
}

// EditPlan makes edits to a plan, all or none of them, as its next version. The rosters of sessions that they touch get their
// trips worked out again. A plan that was edited may break rules: the judgement says which. It needs a roster manager. A
// version that is not the last gives a [model.Error] with CodeConflict.
func (s *Service) EditPlan(ctx context.Context, who model.Principal, region string, q EditRequest, c Command) (Draft, Judgement, error) {
	if err := may(who, region, editors); err != nil {
		return Draft{}, Judgement{}, err
	}
	if len(q.Edits) == 0 {
		return Draft{}, Judgement{}, model.Errorf(model.CodeUsage, "found no edit; say what is to change")
	}
	request := struct {
		Action string
		EditRequest
	}{"edit", q}
	var made struct {
		Draft     Draft
		Judgement Judgement
	}
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		d, err := lastDraft(w, q.Draft)
		switch {
		case err != nil:
			return deed{}, err
		case q.Version != d.Version:
			return deed{}, Stale(KindDraft, q.Draft, q.Version, d.Version)
		case !d.Usable():
			if d, err = s.standing(w, d); err != nil {
				return deed{}, err
			}
			return deed{}, notUsable(&d)
		}
		sn, _, err := s.freeze(w, d.Week)
		if err != nil {
			return deed{}, err
		}
		was, err := s.rosterOf(w, d.Roster)
		if err != nil {
			return deed{}, err
		}
		e := &editor{sn: sn, roster: was.Clone(), draft: &d, who: who.Name, constraints: s.Constraints}
		if err := e.all(q.Edits); err != nil {
			return deed{}, err
		}
		sn = waiving(sn, d.Waivers)
		d.Version, d.At, d.Who = d.Version+1, s.now(), who.Name
		d.Edits += len(q.Edits)
		if e.state != nil && d.Unplaced != (model.Digest{}) {
			if d.Unplaced, err = keep(w, FindUnplaced(solver.NewExplainer(e.problem, e.roster))); err != nil {
				return deed{}, err
			}
		}
		made.Judgement = s.judge(sn, e.roster, d.Releases)
		done, err := s.keepRoster(w, &d, sn, e.roster, "edit")
		made.Draft = d
		return done, err
	})
	if err != nil {
		return Draft{}, Judgement{}, err
	}
	return made.Draft, made.Judgement, nil
}
