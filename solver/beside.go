package solver

import "context"

// Beside has work done while the caller does something else. What it gives waits for the end of that: a panic there is one of the
// caller, who tells it as a fault. It is to be called, once, if only to wait.
func Beside[T any](work func() (T, error)) (wait func() (T, error)) {
	wait, _ = started(work)
	return wait
}

// Unless gives what work makes, or the error of a context that ends first. Work that cannot be cut short is left to itself then: it must
// only read what others read, and what it makes, or how it fails, is lost.
func Unless[T any](ctx context.Context, work func() (T, error)) (T, error) {
	wait, done := started(work)
	select {
	case <-done:
		return wait()
	case <-ctx.Done():
		var nothing T
		return nothing, ctx.Err()
	}
}

// started has work done, and gives what waits for its end and what is closed then.
func started[T any](work func() (T, error)) (wait func() (T, error), done <-chan struct{}) {
	var (
		made  T
		err   error
		fault any
		end   = make(chan struct{})
	)
	go func() {
		defer close(end)
		defer func() { fault = recover() }()
		made, err = work()
	}()
	return func() (T, error) {
		<-end
		if fault != nil {
			panic(fault)
		}
		return made, err
	}, end
}
