package api

import (
	"context"
	"errors"
	"strings"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Domain is the domain of every [errdetails.ErrorInfo] of ours.
const Domain = "payback"

// answer is how a kind of error is told to another system.
type answer struct {
	code   connect.Code
	reason paybackv1.Reason
	retry  time.Duration // when the same request may succeed; 0: not by waiting
}

var answers = map[model.Code]answer{
	model.CodeUsage:       {connect.CodeInvalidArgument, paybackv1.Reason_REASON_INVALID_FIELD, 0},
	model.CodeInvalid:     {connect.CodeInvalidArgument, paybackv1.Reason_REASON_INVALID_FIELD, 0},
	model.CodeNotFound:    {connect.CodeNotFound, paybackv1.Reason_REASON_UNKNOWN_REFERENCE, 0},
	model.CodeConflict:    {connect.CodeAborted, paybackv1.Reason_REASON_ETAG_MISMATCH, 0},
	model.CodeReused:      {connect.CodeFailedPrecondition, paybackv1.Reason_REASON_REQUEST_ID_REUSED, 0},
	model.CodeForbidden:   {connect.CodePermissionDenied, paybackv1.Reason_REASON_NOT_ALLOWED, 0},
	model.CodeUnsafe:      {connect.CodeFailedPrecondition, paybackv1.Reason_REASON_RULE_MUST_FIX, 0},
	model.CodeTooLate:     {connect.CodeDeadlineExceeded, paybackv1.Reason_REASON_TOO_LATE, 0},
	model.CodeUnavailable: {connect.CodeUnavailable, paybackv1.Reason_REASON_TRY_LATER, 5 * time.Second},
	model.CodeBusy:        {connect.CodeResourceExhausted, paybackv1.Reason_REASON_QUEUE_FULL, 30 * time.Second},
	model.CodeInternal:    {connect.CodeInternal, paybackv1.Reason_REASON_INTERNAL, 0},
}

// Other answers than those of a model.Error's code.
var (
	staleAnswer     = answer{connect.CodeAborted, paybackv1.Reason_REASON_PLAN_STALE, 0}
	signInAnswer    = answer{connect.CodeUnauthenticated, paybackv1.Reason_REASON_NOT_ALLOWED, 0}
	cancelledAnswer = answer{connect.CodeCanceled, paybackv1.Reason_REASON_TRY_LATER, 0}
)

// Refusal turns an error into one for another system: its code, its sentence, and an ErrorInfo with the reason. What is not
// a [model.Error], or has a code that is not on the list, becomes an internal error that tells nothing of its cause; so does
// a [model.Error] with CodeInternal. What is a [connect.Error] already stays as it is, and an error of nil gives nil.
func Refusal(err error) error {
	if err == nil {
		return nil
	}
	if done, ok := errors.AsType[*connect.Error](err); ok {
		return done
	}
	var fields *fieldsError
	var stale *scheduler.StaleError
	var e *model.Error
	switch {
	case errors.As(err, &fields):
		return refuse(answers[model.CodeInvalid], fields.Error(), &errdetails.BadRequest{FieldViolations: fields.violations})
	case errors.As(err, &stale) && stale.Err != nil:
		a := answers[stale.Err.Code]
		if stale.Err.Code == model.CodeConflict {
			a = staleAnswer
		}
		return refuse(a, stale.Err.Message, append(ruleDetails(stale.Broken), staleDetail(stale))...)
	case errors.As(err, &e):
		if a, ok := answers[e.Code]; ok && e.Code != model.CodeInternal {
			return refuse(a, e.Message)
		}
	case errors.Is(err, context.Canceled):
		return refuse(cancelledAnswer, "The request was given up.")
	case errors.Is(err, context.DeadlineExceeded):
		return refuse(answers[model.CodeTooLate], "The time that the request allowed ran out before there was an answer.")
	}
	return refuse(answers[model.CodeInternal], "A fault of the service; what was asked for was not done.")
}

// refuse makes an error for another system.
func refuse(a answer, words string, details ...proto.Message) *connect.Error {
	refusal := connect.NewError(a.code, errors.New(words))
	reason := strings.TrimPrefix(a.reason.String(), "REASON_")
	details = append([]proto.Message{&errdetails.ErrorInfo{Reason: reason, Domain: Domain}}, details...)
	if a.retry > 0 {
		details = append(details, &errdetails.RetryInfo{RetryDelay: durationpb.New(a.retry)})
	}
	for _, m := range details {
		detail, err := connect.NewErrorDetail(m)
		if err != nil {
			panic("api: a detail that cannot be written") // messages that are made here always can
		}
		refusal.AddDetail(detail)
	}
	return refusal
}

// Details travel in headers, so a refusal carries at most so many of anything.
const maxDetails = 20

func ruleDetails(cases []scheduler.Case) []proto.Message {
	var out []proto.Message
	for _, m := range caseMessages(cases[:min(len(cases), maxDetails)]) {
		out = append(out, m)
	}
	return out
}

func staleDetail(e *scheduler.StaleError) *paybackv1.PlanStale {
	m := &paybackv1.PlanStale{
		Week: e.Week.String(), BaseVersion: count(e.Base), CurrentVersion: count(e.Published.Version), MovedCount: count(len(e.Moved)),
		Facts: kindMessages(e.Facts), Broken: caseMessages(e.Broken[:min(len(e.Broken), maxDetails)]), BrokenCount: count(len(e.Broken)),
		ChangeCount: count(len(e.Changes)), HoldingCount: count(len(e.Holding)),
	}
	for i := range min(len(e.Moved), maxDetails) {
		m.Moved = append(m.Moved, changeMessage(&e.Moved[i]))
	}
	return m
}
