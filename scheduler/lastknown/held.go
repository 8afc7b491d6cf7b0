package lastknown

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// kinds are the kinds of entry of which the last versions are at hand. Nothing else is in force.
var kinds = []scheduler.Kind{scheduler.KindFacts, scheduler.KindRoster}

// entry names an entry.
type entry struct {
	kind scheduler.Kind
	name string
}

// last is the last version of an entry.
type last struct {
	version int
	body    []byte
}

// held is what is in force in a region. It does not change once a store has it.
type held struct {
	audit    last // by which a change is noticed: there is none without an entry in the audit
	entries  map[entry]last
	contents map[model.Digest]scheduler.Packed // that the entries name
}

// reader reads what is at hand.
type reader struct{ *held }

// Last implements [scheduler.Reader].
func (r reader) Last(kind scheduler.Kind, name string) (int, error) {
	if !slices.Contains(kinds, kind) {
		return 0, notAtHand()
	}
	return r.entries[entry{kind, name}].version, nil
}

// Entry implements [scheduler.Reader].
func (r reader) Entry(kind scheduler.Kind, name string, version int) ([]byte, error) {
	n, err := r.Last(kind, name)
	switch {
	case err != nil:
		return nil, err
	case version < 1 || version > n:
		return nil, scheduler.Missing(kind, name, version)
	case version < n:
		return nil, notAtHand()
	}
	return slices.Clone(r.entries[entry{kind, name}].body), nil
}

// Entries implements [scheduler.Reader].
func (r reader) Entries(kind scheduler.Kind, name string, after, limit int) ([][]byte, error) {
	n, err := r.Last(kind, name)
	if err != nil || after >= n || limit <= 0 {
		return nil, err
	}
	if max(after, 0) < n-1 {
		return nil, notAtHand()
	}
	return [][]byte{slices.Clone(r.entries[entry{kind, name}].body)}, nil
}

// Names implements [scheduler.Reader].
func (r reader) Names(kind scheduler.Kind) ([]string, error) {
	if !slices.Contains(kinds, kind) {
		return nil, notAtHand()
	}
	var out []string
	for e := range r.entries {
		if e.kind == kind {
			out = append(out, e.name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Content implements [scheduler.Reader].
func (r reader) Content(digest model.Digest) ([]byte, error) {
	p, ok := r.contents[digest]
	if !ok {
		return nil, notAtHand()
	}
	content, whole := p.Unpack()
	if !whole || scheduler.ContentDigest(content) != digest {
		return nil, scheduler.Damaged("content " + digest.Short())
	}
	return content, nil
}
