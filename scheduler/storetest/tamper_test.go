package storetest_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// link is one entry of an audit as a record stores it.
type link struct {
	version int
	digest  model.Digest // of the body, unless whoever tampered forgot it
	body    []byte
}

// tampering is one way to change an audit.
type tampering struct {
	name string
	// do changes a copy of a chain at a random place and gives what is left of it.
	do func(*rand.Rand, []link) []link
	// mayHold reports whether what is left may hold in itself, so that only a head that was kept elsewhere tells. First is
	// where it first differs from what was there.
	mayHold func(first int, left []link) bool
}

// careful are by somebody who knows the format and puts digests and versions right.
var careful = []tampering{
	{"edit", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		all[i] = edited(r, all[i])
		return all
	}, isLast},
	{"delete", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		return renumbered(slices.Delete(all, i, i+1))
	}, isEnd},
	{"insert", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all)) // never behind the last: there it would be what somebody did next
		return renumbered(slices.Insert(all, i, edited(r, all[i])))
	}, never},
	{"swap", func(r *rand.Rand, all []link) []link {
		i, j := twoPlaces(r, len(all))
		all[i], all[j] = all[j], all[i]
		return renumbered(all)
	}, never},
	{"cut off the end", func(r *rand.Rand, all []link) []link { return all[:r.IntN(len(all))] }, isEnd},
	{"write the rest anew", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		all[i] = edited(r, all[i])
		for i++; i < len(all); i++ {
			e := entryOf(all[i])
			e.Previous = all[i-1].digest
			all[i] = linkOf(all[i].version, e)
		}
		return all
	}, always},
}

// careless are by somebody who changes rows of the file and leaves digests and versions as they were.
var careless = []tampering{
	{"edit a body alone", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		all[i].body = edited(r, all[i]).body
		return all
	}, never},
	{"flip a bit", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		all[i].body = bytes.Clone(all[i].body)
		all[i].body[r.IntN(len(all[i].body))] ^= 1 << r.IntN(8)
		return all
	}, never},
	{"delete a row alone", func(r *rand.Rand, all []link) []link {
		i := r.IntN(len(all))
		return slices.Delete(all, i, i+1)
	}, isEnd},
	{"swap two bodies alone", func(r *rand.Rand, all []link) []link {
		i, j := twoPlaces(r, len(all))
		all[i].body, all[j].body = all[j].body, all[i].body
		return all
	}, never},
}

func never(int, []link) bool             { return false }
func always(int, []link) bool            { return true }
func isLast(first int, left []link) bool { return first == len(left)-1 }
func isEnd(first int, left []link) bool  { return first == len(left) }

// twoPlaces gives two places, the earlier one first.
func twoPlaces(r *rand.Rand, n int) (int, int) {
	i := r.IntN(n - 1)
	return i, i + 1 + r.IntN(n-1-i)
}

// edited changes one field of an entry.
func edited(r *rand.Rand, l link) link {
	e := entryOf(l)
	for _, text := range []*string{&e.Who, &e.Action, &e.Subject, &e.Reason}[:r.IntN(5)] { // the first few
		*text += "x"
	}
	switch r.IntN(5) {
	case 0:
		e.At = e.At.Add(1)
	case 1:
		e.Version++
	case 2:
		e.Sequence += 1 - 2*r.IntN(2)
	case 3:
		e.Previous[r.IntN(len(e.Previous))]++
	case 4:
		e.Content[r.IntN(len(e.Content))]++
	}
	return linkOf(l.version, e)
}

// renumbered gives entries the versions of their places.
func renumbered(all []link) []link {
	for i := range all {
		all[i].version = i + 1
	}
	return all
}

func entryOf(l link) (e scheduler.AuditEntry) {
	if err := json.Unmarshal(l.body, &e); err != nil {
		panic(err)
	}
	return e
}

func linkOf(version int, e scheduler.AuditEntry) link {
	body, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return link{version, scheduler.ContentDigest(body), body}
}
