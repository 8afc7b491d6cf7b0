package api

import (
	"errors"
	"net/http"
	"strings"
	"sync"

	"buf.build/go/protovalidate"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// validator checks the rules that the definitions state. It is made once, because making it takes time.
var validator = sync.OnceValues(func() (protovalidate.Validator, error) { return protovalidate.New() })

// formWords say in plain words what the patterns of the definitions ask for.
var formWords = map[string]string{
	`^[^\p{Cc}\p{Cf}]*$`:                                   "expected text without line ends and invisible characters",
	`^[^/\\\p{Cc}\p{Cf}]*$`:                                "expected a file name without folders and invisible characters",
	`^[0-9]{4}-W[0-9]{2}$`:                                 "expected an ISO week, such as 2026-W49",
	`^([0-9]{4}-W[0-9]{2})?$`:                              "expected an ISO week, such as 2026-W49",
	`^[a-z-]{1,64}$`:                                       "expected the name of a rule, such as keep-apart",
	`^[a-z-]{0,64}$`:                                       "expected the name of a rule, such as keep-apart",
	`^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`:                      "expected a date, such as 2026-11-30",
	`^[A-Z][0-9]{6}$`:                                      "expected a CRN, one letter and six digits",
	`^([A-Z][0-9]{6})?$`:                                   "expected a CRN, one letter and six digits",
	`^[A-Za-z0-9_-]*$`:                                     "expected what the page before gave",
	`^[A-Za-z0-9_.-]{1,64}$`:                               "expected the plan_id of a plan",
	`^[A-Za-z0-9_.-]{0,64}$`:                               "expected the plan_id of a plan",
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}(\+[0-9]{1,4})?$`:          "expected the name of a night, such as 2026-12-01 or 2026-12-01+2",
	`^(night/)?[A-Za-z0-9_.+-]{1,64}$`:                     "expected the name of a run, which is the plan_id of its plan, or night/ and the night",
	`^[a-z_]{1,40}$`:                                       "expected the name of a kind of file, such as people",
	sessionPattern:                                         sessionForm,
	`^(` + sessionPattern[1:len(sessionPattern)-1] + `)?$`: sessionForm,
	`^([^/\p{Cc}\p{Cf}]{1,32}/[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{2}:[0-9]{2})?$`: sessionForm,
	`^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$`:                  "expected a UUID",
}

const (
	sessionPattern = `^[^/\p{Cc}\p{Cf}]{1,32}/[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{2}:[0-9]{2})?$`
	sessionForm    = "expected a session, as in CT01/2026-11-30/09:00"
)

// validate refuses a request that is not what its definition says, naming the fields and never a value.
func validate(m proto.Message) error {
	if err := checkReadable(m.ProtoReflect()); err != nil {
		return err
	}
	v, err := validator()
	if err != nil {
		return err
	}
	err = v.Validate(m)
	var found *protovalidate.ValidationError
	if !errors.As(err, &found) {
		return err
	}
	e := &fieldsError{}
	for _, x := range found.Violations[:min(len(found.Violations), maxDetails)] {
		e.violations = append(e.violations, &errdetails.BadRequest_FieldViolation{
			Field: protovalidate.FieldPathString(x.Proto.GetField()), Description: formOf(x),
		})
	}
	return e
}

func formOf(x *protovalidate.Violation) string {
	if s, ok := x.RuleValue.Interface().(string); ok && x.RuleValue.IsValid() {
		if words, known := formWords[s]; known {
			return words
		}
	}
	return x.Proto.GetMessage()
}

// keyHeader may stand for the field request_id.
const keyHeader = "Idempotency-Key"

// fillKey takes the request ID from the header if the message has none, and asks for one where a change needs it.
func fillKey(m protoreflect.Message, header http.Header) error {
	field := m.Descriptor().Fields().ByName("request_id")
	if field == nil {
		return nil
	}
	given, fromHeader := m.Get(field).String(), strings.Trim(header.Get(keyHeader), `"`)
	switch {
	case given == "":
		given = fromHeader
	case fromHeader != "" && !strings.EqualFold(given, fromHeader):
		return badField("request_id", "found another one in the header "+keyHeader+"; expected one of them, or the same twice")
	}
	if given == "" {
		return badField("request_id", "expected a UUID of your own making, here or in the header "+keyHeader)
	}
	m.Set(field, protoreflect.ValueOfString(strings.ToLower(given)))
	return nil
}
