package redisstore

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// largest is how much content may have once it is packed: Redis takes 512 MiB in one value, and everybody waits for it.
const largest = 256 << 20

// How content is kept, in the byte after its sequence.
const (
	formPlain  = '='
	formPacked = 'd' // DEFLATE; its size follows as a sequence does
)

// entryBody is a version of an entry as its list has it, without its sequence.
func entryBody(entry []byte) string {
	d := scheduler.ContentDigest(entry)
	return string(d[:]) + string(entry)
}

// entryOf takes a version apart and holds it against its digest.
func entryOf(body string) ([]byte, bool) {
	var d model.Digest
	if len(body) < len(d) {
		return nil, false
	}
	copy(d[:], body)
	entry := []byte(body[len(d):])
	return entry, scheduler.ContentDigest(entry) == d
}

// contentBody is content as its key has it, without its sequence.
func contentBody(content []byte) (string, error) {
	p, err := scheduler.Pack(content)
	if err != nil {
		return "", err
	}
	if len(p.Bytes) > largest {
		return "", model.Errorf(model.CodeInvalid, "found %d MiB of content, packed; expected at most %d; split what is kept", len(p.Bytes)>>20, largest>>20)
	}
	if p.Plain {
		return string(formPlain) + string(p.Bytes), nil
	}
	return string(formPacked) + stamp(p.Size) + string(p.Bytes), nil
}

// contentOf unpacks content and holds it against its digest.
func contentOf(body string, digest model.Digest) ([]byte, bool) {
	if body == "" {
		return nil, false
	}
	p := scheduler.Packed{Bytes: []byte(body[1:]), Plain: true}
	switch body[0] {
	case formPlain:
	case formPacked:
		size, rest, ok := stamped(body[1:])
		if !ok {
			return nil, false
		}
		p = scheduler.Packed{Bytes: []byte(rest), Size: size}
	default:
		return nil, false
	}
	content, whole := p.Unpack()
	return content, whole && scheduler.ContentDigest(content) == digest
}
