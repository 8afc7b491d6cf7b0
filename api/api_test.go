package api_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// codes reads the closed list from its source, so that a new code cannot be forgotten here.
func codes(t *testing.T) []model.Code {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../model/error.go", nil, 0)
	require.NoError(t, err)
	var all []model.Code
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok {
				s, err := strconv.Unquote(lit.Value)
				require.NoError(t, err)
				all = append(all, model.Code(s))
			}
		}
		return true
	})
	require.Contains(t, all, model.CodeTooLate)
	return all
}

// told gives a refusal, its reason, and its other details.
func told(t *testing.T, err error) (*connect.Error, string, []proto.Message) {
	t.Helper()
	var refusal *connect.Error
	require.ErrorAs(t, err, &refusal)
	require.NotEmpty(t, refusal.Details(), refusal.Message())
	var all []proto.Message
	for _, d := range refusal.Details() {
		m, err := d.Value()
		require.NoError(t, err)
		all = append(all, m)
	}
	info, ok := all[0].(*errdetails.ErrorInfo)
	require.True(t, ok)
	require.Equal(t, api.Domain, info.GetDomain())
	require.Contains(t, paybackv1.Reason_value, "REASON_"+info.GetReason(), "the list is closed")
	return refusal, info.GetReason(), all[1:]
}

// fieldsOf gives the paths of the fields that a refusal names.
func fieldsOf(t *testing.T, details []proto.Message) []string {
	t.Helper()
	var out []string
	for _, m := range details {
		if b, ok := m.(*errdetails.BadRequest); ok {
			for _, v := range b.GetFieldViolations() {
				require.NotEmpty(t, v.GetDescription())
				out = append(out, v.GetField())
			}
		}
	}
	return out
}

func TestEveryCodeHasAReason(t *testing.T) {
	t.Parallel()
	for _, code := range codes(t) {
		refusal, reason, details := told(t, api.Refusal(fmt.Errorf("publish: %w", model.Errorf(code, "found 3; expected 4"))))
		require.NotEqual(t, "UNSPECIFIED", reason, code)
		if code == model.CodeInternal {
			continue
		}
		require.Equal(t, "found 3; expected 4", refusal.Message(), code)
		require.NotEqual(t, connect.CodeInternal, refusal.Code(), code)
		if code == model.CodeBusy || code == model.CodeUnavailable {
			retry, ok := details[0].(*errdetails.RetryInfo)
			require.True(t, ok)
			require.Positive(t, retry.GetRetryDelay().AsDuration())
		} else {
			require.Empty(t, details)
		}
	}
}

func TestAFaultOfOursTellsNothing(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errors.New("secret"), model.Errorf(model.CodeInternal, "secret"), model.Errorf("purple", "secret")} {
		refusal, reason, _ := told(t, api.Refusal(err))
		require.Equal(t, connect.CodeInternal, refusal.Code())
		require.Equal(t, "INTERNAL", reason)
		require.NotContains(t, refusal.Message(), "secret")
	}
	require.NoError(t, api.Refusal(nil))
}

func TestARequestThatEndsIsNoFaultOfOurs(t *testing.T) {
	t.Parallel()
	refusal, reason, _ := told(t, api.Refusal(fmt.Errorf("read: %w", context.DeadlineExceeded)))
	require.Equal(t, connect.CodeDeadlineExceeded, refusal.Code())
	require.Equal(t, "TOO_LATE", reason)
	refusal, _, _ = told(t, api.Refusal(fmt.Errorf("read: %w", context.Canceled)))
	require.Equal(t, connect.CodeCanceled, refusal.Code())
}

// stale is a refusal to publish with everything it can hold, more of each than is told.
func stale(code model.Code) *scheduler.StaleError {
	e := &scheduler.StaleError{Err: model.Errorf(code, "found a plan that is out of date"), Week: week, Base: 3, Published: scheduler.RosterVersion{Version: 5},
		Facts: []scheduler.KindChange{{Kind: "people", New: 1, Changed: 2}}}
	for range 30 {
		e.Moved = append(e.Moved, scheduler.Difference{Part: scheduler.OfPerson, Kind: scheduler.Moved, Subject: "X000001", Now: monKey, Was: tueKey})
		e.Broken = append(e.Broken, scheduler.Case{Rule: "keep-apart", Sentence: "X000001 and X000002 would meet.", People: []model.CRN{"X000001", "X000002"},
			Sessions: []model.SessionKey{monKey}, Item: "keep-apart CT01"})
		e.Changes = append(e.Changes, scheduler.Difference{})
	}
	e.Holding = e.Changes[:12]
	return e
}

func TestAStalePlanIsToldWithWhatChanged(t *testing.T) {
	t.Parallel()
	for code, want := range map[model.Code]struct {
		code   connect.Code
		reason string
	}{
		model.CodeConflict: {connect.CodeAborted, "PLAN_STALE"},
		model.CodeUnsafe:   {connect.CodeFailedPrecondition, "RULE_MUST_FIX"},
	} {
		refusal, reason, details := told(t, api.Refusal(fmt.Errorf("publish: %w", stale(code))))
		require.Equal(t, want.code, refusal.Code())
		require.Equal(t, want.reason, reason)
		require.Equal(t, "found a plan that is out of date", refusal.Message())
		require.Len(t, details, 21, "20 rules and the rest")
		rule, ok := details[0].(*paybackv1.RuleViolation)
		require.True(t, ok)
		require.Equal(t, []string{"CT01/2026-11-30/09:00"}, rule.GetSessions())
		require.Equal(t, []string{"X000001", "X000002"}, rule.GetCrns())
		m, ok := details[20].(*paybackv1.PlanStale)
		require.True(t, ok)
		require.Equal(t, []int32{3, 5, 30, 30, 30, 12}, []int32{m.GetBaseVersion(), m.GetCurrentVersion(), m.GetMovedCount(), m.GetBrokenCount(),
			m.GetChangeCount(), m.GetHoldingCount()})
		require.Len(t, m.GetMoved(), 20)
		require.Equal(t, "CT02/2026-12-01/09:00", m.GetMoved()[0].GetSessionBefore())
		require.Equal(t, int32(2), m.GetFacts()[0].GetChanged())
	}
}
