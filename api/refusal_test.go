package api_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// notGivenYet are the reasons on the closed list that nothing gives yet.
var notGivenYet = []string{"WEEK_CLOSED", "FROZEN_NEEDS_REASON", "PLACE_TAKEN", "RESTRICTED_RECORD", "DATA_TOO_OLD"}

func TestEveryReasonReachesTheCaller(t *testing.T) {
	t.Parallel()
	refusing := func(err error) *fake {
		return &fake{regions: []string{"R1"}, publish: func(scheduler.PublishPlan, scheduler.Command) (scheduler.PublishedPlan, error) {
			return scheduler.PublishedPlan{}, err
		}}
	}
	reached := map[string]connect.Code{}
	for name, office := range map[string]*fake{
		"INVALID_FIELD":     refusing(model.Errorf(model.CodeInvalid, "x")),
		"UNKNOWN_REFERENCE": refusing(model.Errorf(model.CodeNotFound, "x")),
		"RULE_MUST_FIX":     refusing(stale(model.CodeUnsafe)),
		"PLAN_STALE":        refusing(stale(model.CodeConflict)),
		"ETAG_MISMATCH":     refusing(model.Errorf(model.CodeConflict, "x")),
		"REQUEST_ID_REUSED": refusing(model.Errorf(model.CodeReused, "x")),
		"QUEUE_FULL":        refusing(model.Errorf(model.CodeBusy, "x")),
		"NOT_ALLOWED":       refusing(model.Errorf(model.CodeForbidden, "x")),
		"TOO_LATE":          refusing(context.DeadlineExceeded),
		"TRY_LATER":         refusing(model.Errorf(model.CodeUnavailable, "x")),
		"INTERNAL":          refusing(errors.New("secret")),
	} {
		url := served(t, office, api.Options{})
		var first string
		for _, w := range wires() {
			_, err := w.clients(t, url).plans.PublishPlan(t.Context(), &paybackv1.PublishPlanRequest{PlanId: "p_1", Version: 1, RequestId: uuid(1)})
			refusal, reason, details := told(t, err)
			require.Equal(t, name, reason, w.name)
			require.NotContains(t, refusal.Message(), "secret")
			reached[reason] = refusal.Code()
			all := refusal.Message()
			for _, d := range details {
				all += string(d.ProtoReflect().Descriptor().FullName())
			}
			if first == "" {
				first = all
			}
			require.Equal(t, first, all, "%s tells the same as other protocols", w.name)
		}
	}
	for _, name := range paybackv1.Reason_name {
		reason := strings.TrimPrefix(name, "REASON_")
		if reason != "UNSPECIFIED" {
			_, ok := reached[reason]
			require.NotEqual(t, ok, slices.Contains(notGivenYet, reason), reason)
		}
	}
}

func TestWhoeverIsNotSignedInIsRefusedBeforeAnythingIsRead(t *testing.T) {
	t.Parallel()
	for words, err := range map[string]error{"Sign in first.": model.Errorf(model.CodeForbidden, "Sign in first."), "": errors.New("secret")} {
		url := served(t, &fake{}, api.Options{Principal: func(*http.Request) (model.Principal, error) { return model.Principal{}, err }})
		for _, w := range wires() {
			_, err := w.clients(t, url).rosters.GetRoster(t.Context(), &paybackv1.GetRosterRequest{Week: "not read"})
			refusal, reason, _ := told(t, err)
			require.Equal(t, connect.CodeUnauthenticated, refusal.Code(), w.name)
			require.Equal(t, "NOT_ALLOWED", reason)
			require.NotContains(t, refusal.Message(), "secret")
			require.Contains(t, refusal.Message(), words)
		}
	}
}

// faults collects what the log would get.
type faults struct {
	mu  sync.Mutex
	all []string
}

func (f *faults) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, err.Error())
}

func (f *faults) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.all...)
}

func TestAPanicIsAFaultThatTellsNothingOfTheRequest(t *testing.T) {
	t.Parallel()
	var log faults
	office := &fake{
		regions: []string{"R1"},
		draft:   func() (scheduler.Draft, error) { return scheduler.Draft{ID: "p_1"}, nil },
		stop:    func() (scheduler.Draft, error) { panic("X000001") },
		edit: func(q scheduler.EditRequest, _ scheduler.Command) (scheduler.Draft, scheduler.Judgement, error) {
			_ = q.Edits[len(q.Edits)]
			return scheduler.Draft{}, scheduler.Judgement{}, nil
		},
		watch: func(context.Context, int, func(scheduler.RunEvent) error) error { panic("X000001") },
	}
	url := served(t, office, api.Options{Failed: log.add})
	for _, w := range wires() {
		c := w.clients(t, url)
		_, err := c.plans.StopPlan(t.Context(), &paybackv1.StopPlanRequest{PlanId: "p_1"})
		_, reason, _ := told(t, err)
		require.Equal(t, "INTERNAL", reason)
		_, err = c.plans.EditPlan(t.Context(), &paybackv1.EditPlanRequest{PlanId: "p_1", Version: 1, RequestId: uuid(1), Edits: []*paybackv1.Edit{
			{Edit: &paybackv1.Edit_CancelSession{CancelSession: &paybackv1.CancelledSession{Session: "CT01/2026-11-30"}}}}})
		_, reason, _ = told(t, err)
		require.Equal(t, "INTERNAL", reason)
		stream, err := c.plans.WatchPlan(t.Context(), &paybackv1.WatchPlanRequest{PlanId: "p_1"})
		require.NoError(t, err)
		for stream.Receive() {
			require.False(t, stream.Msg().GetLast())
		}
		_, reason, _ = told(t, stream.Err())
		require.Equal(t, "INTERNAL", reason)
		require.NoError(t, stream.Close())
	}
	all := log.list()
	require.Len(t, all, 3*len(wires()))
	for _, x := range all {
		require.NotContains(t, x, "X000001")
		require.Contains(t, x, "goroutine", "it says where")
	}
	require.Contains(t, strings.Join(all, ""), "index out of range [1] with length 1")
}

func TestOneKeyMayStandInTheHeader(t *testing.T) {
	t.Parallel()
	var got []string
	office := &fake{regions: []string{"R1"}, publish: func(_ scheduler.PublishPlan, c scheduler.Command) (scheduler.PublishedPlan, error) {
		got = append(got, c.Key)
		return scheduler.PublishedPlan{}, nil
	}}
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	key, other := "ABCDEF00-0000-4000-8000-000000000001", uuid(2)
	for name, x := range map[string]struct {
		field, header string
		ok            bool
	}{
		"in the field":            {key, "", true},
		"in the header":           {"", key, true},
		"in quotes in the header": {"", `"` + key + `"`, true},
		"in both":                 {key, strings.ToLower(key), true},
		"nowhere":                 {"", "", false},
		"two of them":             {key, other, false},
		"no UUID":                 {"", "again", false},
	} {
		ctx, call := connect.NewClientContext(t.Context())
		if x.header != "" {
			call.RequestHeader().Set("Idempotency-Key", x.header)
		}
		got = nil
		_, err := c.plans.PublishPlan(ctx, &paybackv1.PublishPlanRequest{PlanId: "p_1", Version: 1, RequestId: x.field})
		if x.ok {
			require.NoError(t, err, name)
			require.Equal(t, []string{strings.ToLower(key)}, got, name)
			continue
		}
		refusal, reason, details := told(t, err)
		require.Equal(t, connect.CodeInvalidArgument, refusal.Code(), name)
		require.Equal(t, "INVALID_FIELD", reason)
		require.Equal(t, []string{"request_id"}, fieldsOf(t, details), name)
		require.NotContains(t, refusal.Message(), "again")
		require.Empty(t, got)
	}
}

func TestARegionMayBeLeftOutWhereThereIsOne(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		regions []string
		ok      bool
	}{"one": {[]string{"R1"}, true}, "none": {nil, false}, "two": {[]string{"R1", "R2"}, false}} {
		office := &fake{regions: x.regions, versions: func() ([]scheduler.RosterVersion, error) { return nil, nil }}
		c := wires()[0].clients(t, served(t, office, api.Options{}))
		_, err := c.rosters.ListRosterVersions(t.Context(), &paybackv1.ListRosterVersionsRequest{Week: "2026-W49"})
		if x.ok {
			require.NoError(t, err, name)
			continue
		}
		_, reason, details := told(t, err)
		require.Equal(t, "INVALID_FIELD", reason, name)
		require.Equal(t, []string{"region"}, fieldsOf(t, details))
	}
}

func TestACallersDeadlineReachesTheOffice(t *testing.T) {
	t.Parallel()
	office := &fake{regions: []string{"R1"}, wait: func(ctx context.Context) (scheduler.Draft, error) {
		until, ok := ctx.Deadline()
		if !ok || time.Until(until) > 6*time.Second {
			return scheduler.Draft{}, errors.New("no deadline")
		}
		return scheduler.Draft{ID: "p_1"}, nil
	}, draft: func() (scheduler.Draft, error) { return scheduler.Draft{ID: "p_1"}, nil }}
	url := served(t, office, api.Options{})
	for _, w := range wires() {
		ctx, done := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := w.clients(t, url).plans.GetPlan(ctx, &paybackv1.GetPlanRequest{PlanId: "p_1", WaitSeconds: 30})
		done()
		require.NoError(t, err, w.name)
	}
}
