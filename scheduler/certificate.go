package scheduler

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// CertificateName is the name of the file that holds a certificate.
const CertificateName = "certificate.json.gz"

// CertificateFormat is the format of certificates that this version writes.
const CertificateFormat = 1

// Certificate proves that no roster of a week is worth more than a bound, by prices with which anybody can work it out.
type Certificate struct {
	Format int           `json:"format"`
	Input  string        `json:"input"`  // digest of the snapshot
	Roster string        `json:"roster"` // digest of the roster
	Value  int64         `json:"value_millipoints"`
	Bound  int64         `json:"bound_millipoints"`
	Prices *bound.Prices `json:"prices"`
}

// Write writes a certificate as the file of that name holds it.
func (c *Certificate) Write(w io.Writer) error {
	z := gzip.NewWriter(w)
	return errors.Join(json.NewEncoder(z).Encode(c), z.Close())
}

// Proves works out what the prices prove of the week that the certificate is of, as its bound sees it.
func (c *Certificate) Proves(week *solver.Relaxed) Bounded {
	return Bounded{Most: bound.Evaluate(week, c.Prices), LeftOut: week.LeftOut}
}

// Certified is a plan of the record and the proof of how good it is.
type Certified struct {
	Certificate

	Snapshot *model.Snapshot // what the search looked at
	Plan     *model.Roster
	MustFix  int64 // broken cases, which what is frozen or pinned causes alone
	LeftOut  []string
}

// Bounded gives the bound without its prices.
func (c *Certified) Bounded() *Bounded { return &Bounded{Most: c.Bound, LeftOut: c.LeftOut} }

// keptProofs is how many certificates and lists of shadow prices are kept, for whoever asks again.
const keptProofs = 4

// Certificate proves how good a plan of the record is, or a published roster that came of one. The record keeps what the search looked
// at and how far its bound was lowered, so the prices are made again, to the byte; the words judge the roster. A plan that was made by hand, one
// of which the search was cut before there was a bound, or one that breaks more than what is frozen has no proof: that is a [model.Error].
// It takes about as long as the bound of the search did. It needs any role.
func (s *Service) Certificate(ctx context.Context, who model.Principal, region string, ref RosterRef) (*Certified, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var q PlanRequest
	var run Run
	c := &Certified{}
	var content model.Digest
	if err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		id := ref.Draft
		if id == "" {
			var v RosterVersion
			if c.Plan, v, err = s.published(r, ref.Week, ref.Version); err != nil {
				return err
			}
			if c.Plan == nil {
				return nothingPublished(ref.Week)
			}
			id, content = v.Draft, v.Content
		} else {
			d, err := lastDraft(r, id)
			if err != nil {
				return err
			}
			if !d.Usable() {
				if d, err = s.standing(r, d); err != nil {
					return err
				}
				return notUsable(&d)
			}
			content = d.Roster
			if c.Plan, err = s.rosterOf(r, d.Roster); err != nil {
				return err
			}
		}
		if run, err = lastRun(r, id); err != nil {
			return err
		}
		if run.State != RunMade || run.Done.Cut.Guided == 0 {
			return model.Errorf(model.CodeNotFound, "found nothing that proves how good this plan is: no search made it, or its search ended before there was a bound. Plan again, with more time.")
		}
		q, err = s.request(r, &run.Work)
		return err
	}); err != nil {
		return nil, err
	}
	key, err := digestOf(struct {
		Run     string
		Content model.Digest
	}{run.Name, content})
	if err != nil {
		return nil, err
	}
	return look(&s.proofs, keptProofs, key, func() (*Certified, error) {
		c.Snapshot = q.Snapshot
		return c, c.prove(ctx, &q, run.Done.Cut.Guided, s.workers())
	})
}

// workers is how many processors one piece of work may use.
func (s *Service) workers() int {
	if s.Runs == nil {
		return 1
	}
	return max(1, s.Runs.Workers)
}

// prove judges the roster and makes the prices of its bound again.
func (c *Certified) prove(ctx context.Context, q *PlanRequest, steps, workers int) error {
	words := solver.Total(solver.Check(q.Snapshot, c.Plan, q.Constraints), q.Constraints)
	c.MustFix = words.Hard()
	if fixed := solver.Total(solver.Check(q.Snapshot, FixedPart(q.Snapshot), q.Constraints), q.Constraints); words.Hard() > fixed.Hard() {
		return model.Errorf(model.CodeUnsafe, "found a plan that breaks %s of rules that must hold, by the facts of its search; a bound says nothing of it. Mend it, or plan again.", count(int32(words.Hard()), "case"))
	}
	p, err := solver.Compile(q.Snapshot, q.Constraints)
	if err != nil {
		return err
	}
	b, err := bound.NewFrom(p, workers, q.Warm)
	if err != nil {
		return err
	}
	for b.Steps() < steps && b.Step(ctx, 0) {
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	most, ok := b.Bound()
	if !ok || most < words.Value() {
		return model.Errorf(model.CodeInternal, "A plan is worth more than its bound. Please report this.")
	}
	c.Certificate = Certificate{Format: CertificateFormat, Input: q.Snapshot.Digest().String(), Roster: c.Plan.Digest().String(), Value: words.Value(), Bound: most, Prices: b.Prices()}
	c.LeftOut = b.LeftOut()
	return nil
}
