package scheduler

import (
	"context"
	"crypto/sha256"

	"github.com/communitypayback/payback/model"
)

// Kind is a kind of entry of the record. The list is closed.
type Kind string

// The kinds of entry, what names one, and what its version counts.
const (
	KindFacts  Kind = "facts"  // one name, empty; version: the data version
	KindRoster Kind = "roster" // by week; version: the published version
	KindDraft  Kind = "draft"  // by ID; version: one for each edit
	KindAnswer Kind = "answer" // by idempotency key; version 1 only
	KindAudit  Kind = "audit"  // one name, empty; version: the sequence of the chain
	KindOutbox Kind = "outbox" // one name, empty; version: what a reader has got to
	KindRun    Kind = "run"    // by plan ID or night; version: one for each state and each renewal, which is also its fence
)

// Record keeps what must not be lost, region by region: entries that are only ever added, each one version after the last
// of its kind and name, and content that is named by its digest. It knows nothing of what they mean.
//
// A Record may be used by several goroutines. Passing scheduler/storetest is what makes something a Record.
type Record interface {
	// View calls look with one unchanging state of a region. It gives look's error. Look may be called again, where the record
	// is lost meanwhile and another state is at hand, and begins anew then.
	View(ctx context.Context, region string, look func(Reader) error) error
	// Update calls change with the latest state of a region, which nobody else changes meanwhile. What change writes is kept
	// as a whole, and survives the machine, when Update returns nil; otherwise none of it is, unless the error says that nobody
	// knows. Change must not call the record. It may be called again where somebody else was faster, and begins anew then.
	Update(ctx context.Context, region string, change func(Writer) error) error
	// Regions gives the regions that have any entry, sorted. Content alone makes no region.
	Regions(ctx context.Context) ([]string, error)
}

// Reader reads one state of a region. It is good until the call it was given to returns. What it gives is checked against
// the digest it was stored with; what does not match is a [model.Error] with CodeInternal and is never handed out.
type Reader interface {
	// Last gives the last version of an entry, 0 if there is none.
	Last(kind Kind, name string) (int, error)
	// Entry gives one version, or a [model.Error] with CodeNotFound.
	Entry(kind Kind, name string, version int) ([]byte, error)
	// Entries gives at most limit versions after one, in order; the first is version after+1.
	Entries(kind Kind, name string, after, limit int) ([][]byte, error)
	// Names gives the names of a kind, in order.
	Names(kind Kind) ([]string, error)
	// Content gives what was kept under a digest, or a [model.Error] with CodeNotFound.
	Content(digest model.Digest) ([]byte, error)
}

// Writer reads and adds. A Writer sees what it wrote.
type Writer interface {
	Reader
	// Add adds version base+1 of an entry. It gives a [model.Error] with CodeConflict, which names the current version, unless
	// base is the last version.
	Add(kind Kind, name string, base int, entry []byte) error
	// Keep stores content under its SHA-256 and gives that. Content that is there already is not stored twice.
	Keep(content []byte) (model.Digest, error)
}

// ContentDigest gives the name of content in a record.
func ContentDigest(content []byte) model.Digest { return sha256.Sum256(content) }

// Stale is the error of a record for an entry that was based on another version than the last.
func Stale(kind Kind, name string, base, current int) error {
	if name != "" {
		name = " of " + name
	}
	return model.Errorf(model.CodeConflict,
		"found a change to the %s%s that is based on version %d; the current version is %d; look at that one and try again", kind, name, base, current)
}

// Missing is the error of a record for an entry or content that it does not have.
func Missing(kind Kind, name string, version int) error {
	return model.Errorf(model.CodeNotFound, "found no version %d of the %s %q in this region; expected one that was recorded", version, kind, name)
}

// Damaged is the error of a record for bytes that are not what was stored.
func Damaged(what string) error {
	return model.Errorf(model.CodeInternal,
		"The record is damaged: %s is not what was stored. Nothing was handed out; restore the last good backup.", what)
}
