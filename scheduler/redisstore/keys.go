package redisstore

import (
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// format is the version of the layout that this program writes.
const format = 1

// root is the start of every key of a record. Where one Redis holds several, each has a name of its own.
type root string

func rootOf(record string) root {
	if record == "" {
		return "payback"
	}
	return root("payback-" + record)
}

func (r root) regions() string { return "{" + string(r) + "}:regions" }
func (r root) format() string  { return "{" + string(r) + "}:format" }

// of names what a region has. The names of regions are not about people.
func (r root) of(region string) keys {
	return keys("{" + string(r) + ":" + url.PathEscape(region) + "}")
}

// keys is the hash tag of a region, in which braces are escaped.
type keys string

func (k keys) sequence() string { return string(k) + ":sequence" }
func (k keys) commits() string  { return string(k) + ":commits" }
func (k keys) names() string    { return string(k) + ":names" }
func (k keys) contents() string { return string(k) + ":contents" }
func (k keys) barrier() string  { return string(k) + ":barrier" }
func (k keys) turn() string     { return string(k) + ":turn" }

func (k keys) entry(n named) string { return string(k) + ":entry:" + string(n.kind) + ":" + n.name }

func (k keys) content(d model.Digest) string {
	return string(k) + ":content:" + hex.EncodeToString(d[:])
}

// named is what names the versions of an entry.
type named struct {
	kind scheduler.Kind
	name string
}

// stampBytes is how long a sequence is before what was committed with it.
const stampBytes = 16

// stamp writes a sequence so that texts are in the order of numbers.
func stamp(sequence int64) string { return fmt.Sprintf("%0*x", stampBytes, sequence) }

// stamped takes the sequence off what was committed with it.
func stamped(text string) (sequence int64, rest string, ok bool) {
	if len(text) < stampBytes {
		return 0, "", false
	}
	n, err := strconv.ParseInt(text[:stampBytes], 16, 64)
	return n, text[stampBytes:], err == nil
}

// member is the start of an entry's line in names; its sequence follows. A kind has no zero byte, a name may have some.
func (n named) member() string { return string(n.kind) + "\x00" + n.name + "\x00" }

// namedBy reads a line of names.
func namedBy(member string) (n named, sequence int64, ok bool) {
	cut := len(member) - stampBytes - 1
	if cut < 0 || member[cut] != 0 {
		return n, 0, false
	}
	kind, name, ok := strings.Cut(member[:cut], "\x00")
	sequence, _, whole := stamped(member[cut+1:])
	return named{scheduler.Kind(kind), name}, sequence, ok && whole
}
