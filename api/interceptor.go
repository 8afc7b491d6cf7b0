package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/proto"
)

// edge checks what comes in and words what goes wrong, for every method alike.
type edge struct {
	failed func(error)
}

// WrapUnary implements [connect.Interceptor].
func (e *edge) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, request connect.AnyRequest) (response connect.AnyResponse, err error) {
		defer func() {
			if p := recover(); p != nil {
				response, err = nil, panicked(request.Spec().Procedure, p)
			}
			err = e.refusal(err)
		}()
		if m, ok := request.Any().(proto.Message); ok {
			if err := takeIn(m, request.Header()); err != nil {
				return nil, err
			}
		}
		return next(ctx, request)
	}
}

// WrapStreamingClient implements [connect.Interceptor].
func (e *edge) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return next
}

// WrapStreamingHandler implements [connect.Interceptor].
func (e *edge) WrapStreamingHandler(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = panicked(conn.Spec().Procedure, p)
			}
			err = e.refusal(err)
		}()
		return next(ctx, &checkedConn{conn})
	}
}

// checkedConn checks every message of a stream.
type checkedConn struct{ connect.StreamingHandlerConn }

// Receive implements [connect.StreamingHandlerConn].
func (c *checkedConn) Receive(v any) error {
	if err := c.StreamingHandlerConn.Receive(v); err != nil {
		return err
	}
	if m, ok := v.(proto.Message); ok {
		if err := takeIn(m, c.RequestHeader()); err != nil {
			return Refusal(err)
		}
	}
	return nil
}

func takeIn(m proto.Message, header http.Header) error {
	if err := checkReadable(m.ProtoReflect()); err != nil {
		return err
	}
	if err := fillKey(m.ProtoReflect(), header); err != nil {
		return err
	}
	return validate(m)
}

// refusal words an error, and tells faults of ours to whoever keeps the log.
func (e *edge) refusal(err error) error {
	told := Refusal(err)
	if told != nil && connect.CodeOf(told) == connect.CodeInternal && e.failed != nil {
		e.failed(err)
	}
	return told
}

// panicked makes a fault of a panic. What was thrown may hold what a request held, so only what the runtime says is kept.
func panicked(procedure string, thrown any) error {
	if thrown == http.ErrAbortHandler { //nolint:errorlint,err113 // a value that is thrown to be compared
		panic(thrown)
	}
	what := fmt.Sprintf("%T", thrown)
	if e, ok := thrown.(runtime.Error); ok {
		what = e.Error()
	}
	return fmt.Errorf("a panic in %s: %s\n%s", procedure, what, debug.Stack())
}
