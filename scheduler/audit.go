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
	Action   string       // import or publish
	Subject  string       // the week; empty for the region's facts
	Version  int          // that the action made
	Reason   string       // as given
	Content  model.Digest // of what the action wrote
}

// auditPage is how many entries are read at a time.
const auditPage = 500

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

// VerifyAudit walks the whole chain and holds it against what is recorded: every link, and the content each entry names.
// It gives how many entries there are and the hash of the last, which kept elsewhere proves later that none was cut off.
// A chain that does not hold is a [model.Error] with CodeInternal. It needs an auditor.
func (s *Service) VerifyAudit(ctx context.Context, who model.Principal, region string) (int, model.Digest, error) {
	if err := may(who, region, auditors); err != nil {
		return 0, model.Digest{}, err
	}
	count, last := 0, model.Digest{}
	err := s.Record.View(ctx, region, func(r Reader) error {
		for {
			page, err := r.Entries(KindAudit, "", count, auditPage)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, body := range page {
				var e AuditEntry
				if !decode(body, &e) || e.Sequence != count+1 || e.Previous != last {
					return model.Errorf(model.CodeInternal,
						"The audit does not hold: entry %d is not the one that followed entry %d. Keep the file as it is and restore the last good backup.", count+1, count)
				}
				if _, err := r.Content(e.Content); err != nil {
					return err
				}
				count, last = count+1, ContentDigest(body)
			}
		}
	})
	return count, last, err
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
