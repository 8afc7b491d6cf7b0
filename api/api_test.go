package api_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
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

func told(t *testing.T, err error) (*connect.Error, paybackv1.Reason) {
	t.Helper()
	var refusal *connect.Error
	require.ErrorAs(t, api.Refusal(err), &refusal)
	require.Len(t, refusal.Details(), 1)
	m, err := refusal.Details()[0].Value()
	require.NoError(t, err)
	reason, ok := m.(*paybackv1.ErrorReason)
	require.True(t, ok)
	return refusal, reason.GetReason()
}

func TestEveryCodeHasAReason(t *testing.T) {
	t.Parallel()
	for _, code := range codes(t) {
		refusal, reason := told(t, fmt.Errorf("publish: %w", model.Errorf(code, "found 3; expected 4")))
		require.NotEqual(t, paybackv1.Reason_REASON_UNSPECIFIED, reason, code)
		if code == model.CodeInternal {
			continue
		}
		require.Equal(t, "found 3; expected 4", refusal.Message(), code)
		require.NotEqual(t, connect.CodeInternal, refusal.Code(), code)
	}
}

func TestAFaultOfOursTellsNothing(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errors.New("secret"), model.Errorf(model.CodeInternal, "secret"), model.Errorf("purple", "secret")} {
		refusal, reason := told(t, err)
		require.Equal(t, connect.CodeInternal, refusal.Code())
		require.Equal(t, paybackv1.Reason_REASON_INTERNAL, reason)
		require.NotContains(t, refusal.Message(), "secret")
	}
	require.NoError(t, api.Refusal(nil))
}

func TestAnAppointmentIsToldAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := model.Appointment{
			CRN: model.CRN(rapid.StringMatching(`[A-Z][0-9]{6}`).Draw(t, "crn")), Event: rapid.Int32Range(1, 9).Draw(t, "event"),
			Session: model.SessionKey{
				Project: "CT01", Date: model.Date(rapid.Int32Range(20_000, 22_000).Draw(t, "date")),
				Start: model.Clock(rapid.Int32Range(0, 1439).Draw(t, "start")),
			},
			Span:   model.Span{Start: model.Instant(rapid.Int32().Draw(t, "from")), End: model.Instant(rapid.Int32().Draw(t, "to"))},
			PickUp: model.StopCode(rapid.SampledFrom([]string{"", "ST01"}).Draw(t, "stop")), PickUpAt: 29_000_000, Supervisor: "S014",
			Pinned: rapid.Bool().Draw(t, "pinned"), Outcome: "ATTC", Credited: rapid.Int32().Draw(t, "credited"), Penalty: 15,
		}
		if a.PickUp == "" {
			a.PickUpAt = 0
		}
		m := api.RosterMessage(&model.Roster{Region: "R1", Week: model.Week{Year: 2026, Number: 49}, Version: 4, Appointments: []model.Appointment{a}})
		require.Equal(t, "2026-W49", m.GetWeek())
		require.EqualValues(t, 4, m.GetVersion())
		require.Len(t, m.GetAppointments(), 1)
		got := m.GetAppointments()[0]
		key, err := model.ParseSessionKey(got.GetSession().GetProjectCode() + "/" + got.GetSession().GetDate() + "/" + got.GetSession().GetStartTime())
		require.NoError(t, err)
		require.Equal(t, a.PickUp == "", got.GetPickUpTime() == nil)
		back := model.Appointment{
			CRN: model.CRN(got.GetCrn()), Event: got.GetEventNumber(), Session: key,
			Span:   model.Span{Start: model.Instant(got.GetSpan().GetStart().GetUnixMinutes()), End: model.Instant(got.GetSpan().GetEnd().GetUnixMinutes())},
			PickUp: model.StopCode(got.GetPickUpLocationCode()), PickUpAt: model.Instant(got.GetPickUpTime().GetUnixMinutes()),
			Supervisor: model.SupervisorCode(got.GetSupervisorOfficerCode()), Pinned: got.GetPinned(),
			Outcome: model.Outcome(got.GetContactOutcomeCode()), Credited: got.GetMinutesCredited(), Penalty: got.GetPenaltyMinutes(),
		}
		require.Equal(t, a, back)
	})
}
