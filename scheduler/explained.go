package scheduler

import (
	"context"
	"sync"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// RosterRef names a roster of the record.
type RosterRef struct {
	Week    model.Week // of what is published; a plan has its own
	Version int        // of what is published; 0: the latest
	Draft   string     // a plan; empty: what is published
}

// Explained is a roster with all that answers why it is as it is, on a snapshot of the facts as they were at one minute. It may
// be used by several goroutines, who take turns.
type Explained struct {
	Snapshot  *model.Snapshot
	Roster    *model.Roster
	Judgement Judgement
	Summary   Summary
	Published RosterVersion // what the record says of it; zero for a plan and for files

	constraints []*solver.Constraint
	found       []solver.Violation

	mu       sync.Mutex // guards what follows
	explains *solver.Explainer
	unplaced []Unplaced // nil: not asked yet
	lacking  *Lacking   // nil: not asked yet
}

// Explain compiles a week and loads a roster of it, to be asked about.
func Explain(sn *model.Snapshot, r *model.Roster, constraints []*solver.Constraint, releases []model.Release) (*Explained, error) {
	p, err := solver.Compile(sn, constraints)
	if err != nil {
		return nil, err
	}
	x := &Explained{Snapshot: sn, Roster: r, Judgement: Judge(sn, r, constraints, releases), constraints: constraints,
		found: solver.Check(sn, r, constraints), explains: solver.NewExplainer(p, r)}
	x.Summary = Summarise(sn, r, x.found, constraints)
	x.explains.Prepare()
	return x, nil
}

// keptExplained is how many rosters are kept ready to be asked about: what is published, and a plan beside it.
const keptExplained = 2

// Explained gives the roster that a reference names, ready to be asked about. It needs any role.
func (s *Service) Explained(ctx context.Context, who model.Principal, region string, ref RosterRef) (*Explained, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var x *Explained
	err := s.Record.View(ctx, region, func(r Reader) error {
		var (
			v      RosterVersion
			roster *model.Roster
			err    error
		)
		if ref.Draft != "" {
			d, err := lastDraft(r, ref.Draft)
			if err != nil {
				return err
			}
			if !d.Usable() {
				if d, err = s.standing(r, d); err != nil {
					return err
				}
				return notUsable(&d)
			}
			v = RosterVersion{Week: d.Week, Version: d.Version, Content: d.Roster, Draft: "plan " + d.ID, Releases: d.Releases, Waivers: d.Waivers}
			if roster, err = s.rosterOf(r, d.Roster); err != nil {
				return err
			}
		} else if roster, v, err = s.published(r, ref.Week, ref.Version); err != nil {
			return err
		}
		if roster == nil {
			return nothingPublished(ref.Week)
		}
		key, err := s.stand(r, region, v)
		if err != nil {
			return err
		}
		x, err = look(&s.explains, keptExplained, key, func() (*Explained, error) {
			sn, _, err := s.freeze(r, v.Week)
			if err != nil {
				return nil, err
			}
			if ref.Draft != "" {
				sn = waiving(sn, v.Waivers)
			} else {
				roster = withOutcomes(sn, roster)
			}
			made, err := Explain(sn, roster, s.Constraints, v.Releases)
			if err == nil && ref.Draft == "" {
				made.Published = v
			}
			return made, err
		})
		return err
	})
	return x, err
}
