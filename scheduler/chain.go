package scheduler

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/communitypayback/payback/model"
)

// AuditHead says how far the audit of a region had come. Kept somewhere else, such as in a mail or in another file, it
// proves later that nothing was cut off the end and nothing before it was written anew.
type AuditHead struct {
	Count int          // how many entries there were
	Last  model.Digest // SHA-256 of the last of them, as stored; zero if there was none
}

// VerifyAudit walks the whole chain and holds it against what is recorded: every link, and the content each entry names.
// It gives how many entries there are and the hash of the last: the next [AuditHead] to keep elsewhere. Known are heads that
// were kept; the chain must still lead through each of them. Without one, a chain that was cut off or whose end was written
// anew looks like a shorter or another one. A chain that does not hold is a [model.Error] with CodeInternal. It needs an
// auditor.
func (s *Service) VerifyAudit(ctx context.Context, who model.Principal, region string, known ...AuditHead) (int, model.Digest, error) {
	if err := may(who, region, auditors); err != nil {
		return 0, model.Digest{}, err
	}
	var w walk
	err := s.Record.View(ctx, region, func(r Reader) error {
		w = walk{known: known, checked: map[model.Digest]bool{{}: true}} // an action that wrote nothing names no content
		for {
			page, err := r.Entries(KindAudit, "", w.head.Count, chainPage)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				return w.end()
			}
			for _, l := range links(page) {
				if err := w.step(r, l); err != nil {
					return err
				}
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	})
	return w.head.Count, w.head.Last, err
}

// chainPage is how many entries are read at a time: enough that sharing them out costs nothing.
const chainPage = 2000

// link is what of an entry holds a chain together.
type link struct {
	Sequence int
	Previous model.Digest
	Content  model.Digest
	own      model.Digest // SHA-256 of the entry
	whole    bool         // it could be read
}

// links reads a page of entries. Reading them is most of the work of walking a long chain and needs nothing but the entry,
// so every processor takes its part.
func links(page [][]byte) []link {
	out := make([]link, len(page))
	var all sync.WaitGroup
	each := (len(page) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for from := 0; from < len(page); from += each {
		all.Go(func() {
			for i := from; i < min(from+each, len(page)); i++ {
				out[i].whole = decode(page[i], &out[i])
				out[i].own = ContentDigest(page[i])
			}
		})
	}
	all.Wait()
	return out
}

// walk is how far a chain was followed.
type walk struct {
	head    AuditHead
	known   []AuditHead
	checked map[model.Digest]bool // content that was read and is what it was
}

// step follows the chain to its next entry.
func (w *walk) step(r Reader, l link) error {
	next := w.head.Count + 1
	if !l.whole || l.Sequence != next || l.Previous != w.head.Last {
		return broken("entry %d is not the one that followed entry %d", next, w.head.Count)
	}
	if !w.checked[l.Content] {
		if _, err := r.Content(l.Content); err != nil {
			var missing *model.Error
			if errors.As(err, &missing) && missing.Code == model.CodeNotFound {
				return broken("what entry %d wrote is no longer there", next)
			}
			return err
		}
		w.checked[l.Content] = true
	}
	w.head = AuditHead{next, l.own}
	for _, k := range w.known {
		if k.Count == next && k.Last != w.head.Last {
			return broken("entry %d is not the one that was there", next)
		}
	}
	return nil
}

// end is called where the chain ends.
func (w *walk) end() error {
	for _, k := range w.known {
		if k.Count > w.head.Count {
			return broken("it no longer holds entry %d that was there", k.Count)
		}
	}
	return nil
}

func broken(format string, args ...any) error {
	return model.Errorf(model.CodeInternal, "The audit does not hold: "+format+". Keep the file as it is and restore the last good backup.", args...)
}
