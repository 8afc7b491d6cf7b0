package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// defaultPage is the size of a page that does not say.
const defaultPage = 50

// cursor is where a listing goes on: in which version of what it lists, and after how many.
type cursor struct{ version, offset uint64 }

// pagedRequest is a request for a page.
type pagedRequest interface {
	proto.Message
	GetPageToken() string
}

// sumBytes is how much of a digest binds a token to its request.
const sumBytes = 16

// token writes a cursor down for the request that it continues.
func (c cursor) token(request proto.Message) string {
	b := binary.AppendUvarint(binary.AppendUvarint(nil, c.version), c.offset)
	return base64.RawURLEncoding.EncodeToString(append(b, c.sum(request)...))
}

// cursorOf reads the token of a request; none is the beginning. A token that was made for another request is refused.
func cursorOf(request pagedRequest) (cursor, error) {
	token := request.GetPageToken()
	if token == "" {
		return cursor{}, nil
	}
	refused := badField("page_token", "expected what the page before gave, with the same request")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) <= sumBytes {
		return cursor{}, refused
	}
	body, sum := raw[:len(raw)-sumBytes], raw[len(raw)-sumBytes:]
	var c cursor
	for _, to := range []*uint64{&c.version, &c.offset} {
		v, n := binary.Uvarint(body)
		if n <= 0 {
			return cursor{}, refused
		}
		*to, body = v, body[n:]
	}
	if len(body) > 0 || c.offset > 1<<31 || c.version > 1<<63 || !bytes.Equal(sum, c.sum(request)) {
		return cursor{}, refused
	}
	return c, nil
}

// sum digests a cursor and all of a request but what may differ from page to page.
func (c cursor) sum(request proto.Message) []byte {
	m := proto.Clone(request).ProtoReflect()
	for _, name := range []protoreflect.Name{"page_token", "page_size", "include_total_size"} {
		if f := m.Descriptor().Fields().ByName(name); f != nil {
			m.Clear(f)
		}
	}
	body, err := proto.MarshalOptions{Deterministic: true}.Marshal(m.Interface())
	if err != nil {
		panic("api: a request that was read cannot be written")
	}
	h := sha256.New()
	h.Write([]byte(m.Descriptor().FullName()))
	h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte{0}, c.version), c.offset))
	h.Write(body)
	return h.Sum(nil)[:sumBytes]
}

// pageOf gives a page of a list, and the cursor of the next one if there is one.
func pageOf[T any](all []T, at cursor, size int32) (page []T, next cursor, more bool) {
	if size == 0 {
		size = defaultPage
	}
	from := min(int(at.offset), len(all))
	to := min(from+int(size), len(all))
	return all[from:to], cursor{at.version, uint64(to)}, to < len(all)
}

// nextToken gives the token of the next page, or none.
func nextToken(next cursor, more bool, request proto.Message) string {
	if !more {
		return ""
	}
	return next.token(request)
}
