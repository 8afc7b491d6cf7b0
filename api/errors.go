package api

import (
	"errors"

	"connectrpc.com/connect"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
)

// answer is how a kind of error is told to another system.
type answer struct {
	code   connect.Code
	reason paybackv1.Reason
}

var answers = map[model.Code]answer{
	model.CodeUsage:       {connect.CodeInvalidArgument, paybackv1.Reason_REASON_INVALID_FIELD},
	model.CodeInvalid:     {connect.CodeInvalidArgument, paybackv1.Reason_REASON_INVALID_FIELD},
	model.CodeNotFound:    {connect.CodeNotFound, paybackv1.Reason_REASON_UNKNOWN_REFERENCE},
	model.CodeConflict:    {connect.CodeAborted, paybackv1.Reason_REASON_ETAG_MISMATCH},
	model.CodeForbidden:   {connect.CodePermissionDenied, paybackv1.Reason_REASON_NOT_ALLOWED},
	model.CodeUnsafe:      {connect.CodeFailedPrecondition, paybackv1.Reason_REASON_RULE_MUST_FIX},
	model.CodeTooLate:     {connect.CodeDeadlineExceeded, paybackv1.Reason_REASON_TOO_LATE},
	model.CodeUnavailable: {connect.CodeUnavailable, paybackv1.Reason_REASON_TRY_LATER},
	model.CodeInternal:    {connect.CodeInternal, paybackv1.Reason_REASON_INTERNAL},
}

// Refusal turns an error into one for another system: its code, its sentence and an ErrorReason. What is not a
// [model.Error], or has a code that is not on the list, becomes an internal error that tells nothing of its cause; so
// does a [model.Error] with CodeInternal. An error of nil gives nil.
func Refusal(err error) error {
	if err == nil {
		return nil
	}
	a, words := answers[model.CodeInternal], "A fault of the service; what was asked for was not done."
	var e *model.Error
	if errors.As(err, &e) && e.Code != model.CodeInternal {
		if known, ok := answers[e.Code]; ok {
			a, words = known, e.Message
		}
	}
	refusal := connect.NewError(a.code, errors.New(words))
	detail, err := connect.NewErrorDetail(&paybackv1.ErrorReason{Reason: a.reason})
	if err != nil {
		panic("api: a reason that cannot be written: " + err.Error()) // a message of one number always can
	}
	refusal.AddDetail(detail)
	return refusal
}
