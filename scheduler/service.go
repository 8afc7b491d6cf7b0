package scheduler

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Service is the office on a record: everything anybody may ask of a region. Every method takes who asks and the region;
// what is not allowed by a role is a [model.Error] with CodeForbidden, and a region that somebody may not see is not found,
// exactly as one that does not exist. A Service may be used by several goroutines.
type Service struct {
	Record      Record
	Policy      *policy.Profile
	Constraints []*solver.Constraint
	Runs        *Runs            // carries searches out; nil: this process carries none out
	Engine      Engine           // hands searches to workers elsewhere; nil: Runs is asked
	Now         func() time.Time // nil: time.Now
	AsOf        model.Instant    // counts as now in what is decided, not in the audit; 0: the clock

	known cache // rosters and facts by their digest
	views cache // weeks as people look at them

	explains cache // rosters that can be asked about
	repairs  cache // of which options can be chosen
	proofs   cache // certificates and shadow prices
	backlogs cache // by the facts, what is published, and the minute

	again sync.Mutex // held while a search is made again, which takes as long as the search did
}

// who may do what. What is not listed nobody may do.
var (
	readers    = model.Roles()
	importers  = []model.Role{model.RosterManager, model.Integrator}
	planners   = []model.Role{model.RosterManager, model.Planner}
	editors    = []model.Role{model.RosterManager}
	publishers = []model.Role{model.Publisher}
	auditors   = []model.Role{model.Auditor}
)

// Command is what every change carries: the key that makes a repeat harmless, and why.
type Command struct {
	Key    string // of the caller's making, never empty: the same key with the same request gets the first answer again
	Reason string // may be empty unless the change says otherwise
}

// Event is a row of the outbox: what other systems are told, at least once and in order.
type Event struct {
	Action  string // as in the audit
	Subject string
	Version int
	At      time.Time
}

// answer is what a key was answered.
type answer struct {
	Request model.Digest // of what was asked, and by whom
	Answer  json.RawMessage
}

// deed is one change as the audit and the outbox tell of it.
type deed struct {
	action, subject string
	version         int
	content         model.Digest
}

func (s *Service) now() time.Time {
	if s.Now == nil {
		return time.Now().UTC()
	}
	return s.Now().UTC()
}

// may refuses whoever has none of the roles, and hides regions that are not theirs.
func may(who model.Principal, region string, roles []model.Role) error {
	if !who.Sees(region) {
		return noRegion()
	}
	if !who.Has(roles...) {
		return model.Errorf(model.CodeForbidden, "found a request that needs one of the roles %v; ask somebody who has one", roles)
	}
	return nil
}

func noRegion() error {
	return model.Errorf(model.CodeNotFound, "found no such region; expected one of yours that has been imported")
}

// Regions lists the regions that the record has and whoever asks may see, in order. It needs any role.
func (s *Service) Regions(ctx context.Context, who model.Principal) ([]string, error) {
	if !who.Has(readers...) {
		return nil, model.Errorf(model.CodeForbidden, "found a request of somebody without a role; ask for one")
	}
	all, err := s.Record.Regions(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(region string) bool { return !who.Sees(region) }), nil
}

// change makes one change: answer, audit entry and outbox row are kept with it or not at all. A key that was answered gets
// the same answer again and changes nothing; the same key for another request is refused.
func (s *Service) change(ctx context.Context, who model.Principal, region string, c Command, request, into any,
	do func(Writer) (deed, error),
) error {
	if c.Key == "" {
		return model.Errorf(model.CodeUsage, "found a change without a key; expected one of the caller's making, so that a repeat is harmless")
	}
	sum, err := sumOf(who, request)
	if err != nil {
		return err
	}
	return s.Record.Update(ctx, region, func(w Writer) error {
		if known, err := repeated(w, c.Key, sum, into); known || err != nil {
			return err
		}
		d, err := do(w)
		if err != nil {
			return err
		}
		return s.finish(w, who, c, sum, d, into)
	})
}

// sumOf gives the digest of what somebody asks for.
func sumOf(who model.Principal, request any) (model.Digest, error) {
	body, err := json.Marshal(request)
	if err != nil {
		return model.Digest{}, model.Errorf(model.CodeInvalid, "found a request that cannot be written down: %v", err)
	}
	return model.Digest(sha256.Sum256(append([]byte(who.Name+"\x00"), body...))), nil
}

// repeated gives the first answer to a key that was used before.
func repeated(r Reader, key string, sum model.Digest, into any) (bool, error) {
	n, err := r.Last(KindAnswer, key)
	if n == 0 || err != nil {
		return false, err
	}
	var a answer
	if err := readEntry(r, KindAnswer, key, n, &a); err != nil {
		return false, err
	}
	if a.Request != sum {
		return false, model.Errorf(model.CodeReused, "found a key that was used for another request; expected a new one")
	}
	reflect.ValueOf(into).Elem().SetZero() // a change that is made anew may have left something there
	return true, json.Unmarshal(a.Answer, into)
}

// finish writes down what was answered, who did what, and what others are to be told.
func (s *Service) finish(w Writer, who model.Principal, c Command, sum model.Digest, d deed, answered any) error {
	text, err := json.Marshal(answered)
	if err != nil {
		return model.Errorf(model.CodeInternal, "An answer cannot be written down: %v. Please report this.", err)
	}
	if err := addEntry(w, KindAnswer, c.Key, 0, answer{Request: sum, Answer: text}); err != nil {
		return err
	}
	return s.tell(w, who, c.Reason, d)
}

// tell writes down who did what, and what others are to be told.
func (s *Service) tell(w Writer, who model.Principal, reason string, d deed) error {
	at := s.now()
	if err := appendAudit(w, AuditEntry{At: at, Who: who.Name, Action: d.action, Subject: d.subject, Version: d.version,
		Reason: reason, Content: d.content}); err != nil {
		return err
	}
	n, err := w.Last(KindOutbox, "")
	if err != nil {
		return err
	}
	return addEntry(w, KindOutbox, "", n, Event{Action: d.action, Subject: d.subject, Version: d.version, At: at})
}

// readEntry reads the JSON of an entry.
func readEntry(r Reader, kind Kind, name string, version int, into any) error {
	body, err := r.Entry(kind, name, version)
	if err != nil {
		return err
	}
	if !decode(body, into) {
		return Damaged("an entry of the kind " + string(kind))
	}
	return nil
}

// addEntry writes an entry as JSON.
func addEntry(w Writer, kind Kind, name string, base int, entry any) error {
	body, err := json.Marshal(entry)
	if err != nil {
		return model.Errorf(model.CodeInternal, "An entry of the kind %s cannot be written down: %v. Please report this.", kind, err)
	}
	return w.Add(kind, name, base, body)
}

// digestOf gives the SHA-256 of a value's JSON.
func digestOf(value any) (model.Digest, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return model.Digest{}, model.Errorf(model.CodeInternal, "A value cannot be written down: %v. Please report this.", err)
	}
	return ContentDigest(body), nil
}

// written gives a value as the record keeps it, which is JSON.
func written(value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, model.Errorf(model.CodeInvalid, "found something that cannot be written down: %v", err)
	}
	return body, nil
}

// keep stores a value under its digest.
func keep(w Writer, value any) (model.Digest, error) {
	body, err := written(value)
	if err != nil {
		return model.Digest{}, err
	}
	return w.Keep(body)
}

// kept reads a value that was stored by keep.
func kept(r Reader, digest model.Digest, into any) error {
	body, err := r.Content(digest)
	if err != nil {
		return err
	}
	if !decode(body, into) {
		return Damaged("content " + digest.Short())
	}
	return nil
}

// decode reads JSON and reports whether it could.
func decode(body []byte, into any) bool { return json.Unmarshal(body, into) == nil }
