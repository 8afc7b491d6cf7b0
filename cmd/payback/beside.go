package main

// beside has work done while the caller does something else. What it gives waits for the end of that: a panic there is one of the
// caller, who tells it as a fault. It is to be called, once, if only to wait.
func beside[T any](work func() (T, error)) (wait func() (T, error)) {
	var (
		made  T
		err   error
		fault any
		done  = make(chan struct{})
	)
	go func() {
		defer close(done)
		defer func() { fault = recover() }()
		made, err = work()
	}()
	return func() (T, error) {
		<-done
		if fault != nil {
			panic(fault)
		}
		return made, err
	}
}
