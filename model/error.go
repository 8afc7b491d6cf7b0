package model

import "fmt"

// Code is the kind of an error that a person will read. The list is closed.
type Code string

// The codes.
const (
	CodeUsage       Code = "usage"       // the request itself is wrong
	CodeInvalid     Code = "invalid"     // the data has problems
	CodeNotFound    Code = "not-found"   // what was named does not exist
	CodeConflict    Code = "conflict"    // somebody changed it meanwhile
	CodeReused      Code = "reused"      // the key of a request was used for another one
	CodeForbidden   Code = "forbidden"   // not signed in or not allowed
	CodeUnsafe      Code = "unsafe"      // the plan breaks rules that must hold
	CodeTooLate     Code = "too-late"    // time ran out before there was any answer
	CodeUnavailable Code = "unavailable" // try again later
	CodeBusy        Code = "busy"        // too much waits already; try again later
	CodeInternal    Code = "internal"    // a fault of ours
)

// Error is an error for a person: what was found, what was expected, and what to do next. Message never holds a name, a
// date of birth or anything else about a person but a CRN.
type Error struct {
	Code    Code
	Message string
	Err     error // the cause, for logs; may be nil
}

// Errorf makes an Error from a format.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }
