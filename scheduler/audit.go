package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
)

// AuditEntry is one thing that somebody did. Entries form a chain: each holds the hash of the one before it, so none can be
// changed, removed or put in between without that being seen.
type AuditEntry struct {
	Sequence int          // from 1
	Previous model.Digest // SHA-256 of the entry before, as stored; zero for the first
	At       time.Time
	Who      string
	Action   string       // import, plan, plan-made, plan-failed, edit or publish
	Subject  string       // the week, and the plan where there is one; empty for the region's facts
	Version  int          // that the action made
	Reason   string       // as given
	Content  model.Digest // of what the action wrote
}

// Audit lists at most limit entries after a sequence number, in order. It needs an auditor.
func (s *Service) Audit(ctx context.Context, who model.Principal, region string, after, limit int) ([]AuditEntry, error) {
	if err := may(who, region, auditors); err != nil {
		return nil, err
	}
	var out []AuditEntry
	err := s.Record.View(ctx, region, func(r Reader) error {
		all, err := r.Entries(KindAudit, "", after, limit)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, body := range all {
			var e AuditEntry
			if !decode(body, &e) {
				return Damaged("an audit entry")
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// appendAudit adds the next link of the chain.
func appendAudit(w Writer, e AuditEntry) error {
	n, err := w.Last(KindAudit, "")
	if err != nil {
		return err
	}
	if n > 0 {
		before, err := w.Entry(KindAudit, "", n)
		if err != nil {
			return err
		}
		e.Previous = ContentDigest(before)
	}
	e.Sequence = n + 1
	return addEntry(w, KindAudit, "", n, e)
}
