package solver

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel runs f for 0..n-1 on all cores. Every call writes only what is its own, so the order does not matter.
func parallel(n int, f func(i int)) {
	const block = 16 // so that short calls do not wait for each other
	each(runtime.GOMAXPROCS(0), (n+block-1)/block, func(i int) {
		for k := i * block; k < min((i+1)*block, n); k++ {
			f(k)
		}
	})
}

// each runs f for 0..n-1 on so many goroutines. Calls share nothing that changes. A panic in any of them is a panic of the
// caller, who may know what to do about it.
func each(workers, n int, f func(i int)) {
	if workers = min(workers, n); workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var (
		next   atomic.Int32
		wg     sync.WaitGroup
		once   sync.Once
		failed any
	)
	for range workers {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					once.Do(func() { failed = r })
				}
			}()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
	if failed != nil {
		panic(failed)
	}
}
