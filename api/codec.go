package api

import (
	"fmt"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// The limits on the shape of a request. They are looked at before anything is built from it, for a list of a million empty
// elements takes two bytes each on the wire and hundreds in memory.
const (
	maxNesting = 32
	maxFields  = 2_000  // of a message in binary; only the outermost has lists
	maxTokens  = 20_000 // objects, lists and commas of a message in JSON
)

// malformed is a number of no field of ours. A message that could not be read is handed on with only this, so that it is
// refused in the same way as a message with a bad field. The runtime's own refusal has no reason and repeats values.
const malformed = 100_001

// The ways in which a message can be malformed.
const (
	notAMessage = iota + 1
	tooMuch
	tooDeep
	unknownField
)

var malformedWords = map[uint64]string{
	notAMessage:  "found a message that cannot be read; expected the fields of this method's request, each of its own type",
	tooMuch:      "found a message with far more elements than any request needs",
	tooDeep:      "found a message that is nested far deeper than any request needs",
	unknownField: "found a field that this method's request does not have; check its spelling",
}

// marred empties a message that could not be read and says why.
func marred(m proto.Message, why uint64) {
	proto.Reset(m)
	m.ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, malformed, protowire.VarintType), why))
}

// checkReadable refuses a message that the codecs could not read. They drop unknown fields, so nobody can send the mark.
func checkReadable(m protoreflect.Message) error {
	raw := m.GetUnknown()
	if len(raw) == 0 {
		return nil
	}
	_, _, n := protowire.ConsumeTag(raw)
	why, _ := protowire.ConsumeVarint(raw[max(n, 0):])
	return badField("", malformedWords[why])
}

// codecs are the encodings that requests may have.
func codecs() []connect.HandlerOption {
	return []connect.HandlerOption{
		connect.WithCodec(binaryCodec{}), connect.WithCodec(jsonCodec{"json"}), connect.WithCodec(jsonCodec{"json; charset=utf-8"}),
	}
}

// binaryCodec reads and writes protobuf.
type binaryCodec struct{}

func (binaryCodec) Name() string { return "proto" }

func (binaryCodec) Marshal(v any) ([]byte, error) { return binaryCodec{}.MarshalAppend(nil, v) }

func (binaryCodec) MarshalAppend(to []byte, v any) ([]byte, error) {
	m, err := asMessage(v)
	if err != nil {
		return nil, err
	}
	return proto.MarshalOptions{}.MarshalAppend(to, m)
}

func (binaryCodec) Unmarshal(data []byte, v any) error {
	m, err := asMessage(v)
	if err != nil {
		return err
	}
	fields := 0
	for rest := data; len(rest) > 0; fields++ {
		_, _, n := protowire.ConsumeField(rest)
		if n < 0 {
			marred(m, notAMessage)
			return nil
		}
		if fields == maxFields {
			marred(m, tooMuch)
			return nil
		}
		rest = rest[n:]
	}
	if err := (proto.UnmarshalOptions{DiscardUnknown: true, RecursionLimit: maxNesting}).Unmarshal(data, m); err != nil {
		marred(m, notAMessage)
	}
	return nil
}

// jsonCodec reads and writes JSON.
type jsonCodec struct{ name string }

func (c jsonCodec) Name() string { return c.name }

func (jsonCodec) IsBinary() bool { return false }

func (c jsonCodec) Marshal(v any) ([]byte, error) { return c.MarshalAppend(nil, v) }

func (jsonCodec) MarshalAppend(to []byte, v any) ([]byte, error) {
	m, err := asMessage(v)
	if err != nil {
		return nil, err
	}
	return protojson.MarshalOptions{}.MarshalAppend(to, m)
}

func (jsonCodec) Unmarshal(data []byte, v any) error {
	m, err := asMessage(v)
	if err != nil {
		return err
	}
	if why := shapeOf(data); why != 0 {
		marred(m, why)
		return nil
	}
	if protojson.Unmarshal(data, m) == nil {
		return nil
	}
	why := uint64(notAMessage)
	if proto.Reset(m); (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(data, m) == nil {
		why = unknownField
	}
	marred(m, why)
	return nil
}

// shapeOf says whether JSON has too many elements or is too deep, without building anything from it.
func shapeOf(data []byte) uint64 {
	depth, tokens, quoted := 0, 0, false
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth, tokens = depth+1, tokens+1
		case c == '}' || c == ']':
			depth--
		case c == ',':
			tokens++
		}
		switch {
		case depth > maxNesting:
			return tooDeep
		case tokens > maxTokens:
			return tooMuch
		}
	}
	return 0
}

func asMessage(v any) (proto.Message, error) { //nolint:ireturn // a message has no other type
	m, ok := v.(proto.Message)
	if !ok {
		return nil, fmt.Errorf("%T is not a message", v)
	}
	return m, nil
}
