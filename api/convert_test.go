package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
)

func TestEveryPartOfARosterIsTold(t *testing.T) {
	t.Parallel()
	key := model.SessionKey{Project: "CT01", Date: model.NewDate(2026, 11, 30), Start: 540}
	got := api.RosterMessage(&model.Roster{
		Region: "R1", Week: model.Week{Year: 2026, Number: 49}, Version: 2,
		Duties: []model.Duty{{Session: key, Supervisor: "S014"}},
		Trips: []model.Trip{{
			Session: key, Minibus: "KX21ABC", Driver: "S014", Leaves: 10, Returns: 90, Stops: []model.StopTime{{Stop: "ST01", At: 20}},
		}},
		WetPlans: []model.WetPlan{{Session: key, Host: "WR02"}},
		Breaks:   []model.Breaks{{Session: key, Spans: []model.Span{{Start: 40, End: 50}}}},
	})
	session := &paybackv1.SessionKey{ProjectCode: "CT01", Date: "2026-11-30", StartTime: "09:00"}
	at := func(m int32) *paybackv1.Instant { return &paybackv1.Instant{UnixMinutes: m} }
	want := &paybackv1.Roster{
		Region: "R1", Week: "2026-W49", Version: 2, InputDigest: model.Digest{}.String(),
		Duties: []*paybackv1.Duty{{Session: session, SupervisorOfficerCode: "S014"}},
		Trips: []*paybackv1.Trip{{
			Session: session, Minibus: "KX21ABC", DriverOfficerCode: "S014", Leaves: at(10), Returns: at(90),
			PickUps: []*paybackv1.PickUp{{PickUpLocationCode: "ST01", PickUpTime: at(20)}},
		}},
		WetPlans:   []*paybackv1.WetPlan{{Session: session, HostProjectCode: "WR02"}},
		BreakPlans: []*paybackv1.BreakPlan{{Session: session, Spans: []*paybackv1.Span{{Start: at(40), End: at(50)}}}},
	}
	require.True(t, proto.Equal(want, got), "%v", got)
}
