package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"connectrpc.com/connect"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// WatchPlan implements the RPC. The office tells events in a goroutine of its own, which has ended when this returns.
func (s planServer) WatchPlan(ctx context.Context, q *paybackv1.WatchPlanRequest, to *connect.ServerStream[paybackv1.WatchPlanResponse]) error {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		return model.Errorf(model.CodeBusy, "Too many are watching already. The plan is not affected; ask with GetPlan, or try again in a minute.")
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return err
	}
	d, err := s.office.Draft(ctx, who(ctx), region, q.GetPlanId())
	if err != nil {
		return err
	}
	last := &paybackv1.WatchPlanResponse{Sequence: q.GetAfterSequence(), State: planStates[d.State], RoundsDone: count(d.Rounds), RoundsPlanned: count(d.Planned),
		Plan: planMessage(region, &d)}
	if err := send(ctx, to, last); err != nil {
		return err
	}
	last.Plan = nil

	watching, leave := context.WithCancel(ctx)
	events, ended := make(chan scheduler.RunEvent), make(chan error, 1)
	go func() {
		defer close(ended)
		defer func() {
			if p := recover(); p != nil { // nobody else would
				ended <- panicked("WatchPlan", p)
			}
		}()
		ended <- s.office.WatchPlan(watching, who(ctx), region, q.GetPlanId(), int(q.GetAfterSequence()), func(e scheduler.RunEvent) error {
			select {
			case events <- e:
				return nil
			case <-watching.Done():
				return watching.Err()
			}
		})
	}()
	defer func() {
		leave()
		for range ended { //nolint:revive // until it is closed
		}
	}()
	beat := time.NewTicker(s.Heartbeat)
	defer beat.Stop()
	for {
		select {
		case e := <-events:
			last = eventMessage(&e)
			if e.Last {
				return s.farewell(ctx, region, q.GetPlanId(), to, last)
			}
			beat.Reset(s.Heartbeat)
		case err := <-ended:
			if err != nil {
				return err
			}
			return s.farewell(ctx, region, q.GetPlanId(), to, last)
		case <-beat.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := send(ctx, to, last); err != nil {
			return err
		}
	}
}

// farewell sends the last message, with the plan as the search left it.
func (s planServer) farewell(ctx context.Context, region, id string, to *connect.ServerStream[paybackv1.WatchPlanResponse], m *paybackv1.WatchPlanResponse) error {
	d, err := s.office.Draft(ctx, who(ctx), region, id)
	if err != nil {
		return err
	}
	m.Last, m.State, m.Plan = true, planStates[d.State], planMessage(region, &d)
	return send(ctx, to, m)
}

// sendTime is how long a reader may take to take one message.
const sendTime = 10 * time.Second

// connectionKey finds the connection of a request in its context.
type connectionKey struct{}

// withDeadlines lets streams set a deadline for each message: the server's own holds for the whole answer.
func withDeadlines(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), connectionKey{}, http.NewResponseController(w))))
	})
}

// send sends a message within its time. The deadline is taken back afterwards, for a stream may then be silent.
func send(ctx context.Context, to *connect.ServerStream[paybackv1.WatchPlanResponse], m *paybackv1.WatchPlanResponse) error {
	if c, ok := ctx.Value(connectionKey{}).(*http.ResponseController); ok {
		if err := c.SetWriteDeadline(time.Now().Add(sendTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return model.Errorf(model.CodeUnavailable, "The connection is gone.")
		}
		defer func() { _ = c.SetWriteDeadline(time.Time{}) }() // a connection that is gone needs none
	}
	return to.Send(m)
}
