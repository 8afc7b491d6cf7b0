package bound

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// sideBySide runs f for 0..n-1 on all processors. Every call writes only what is its own.
func sideBySide(n int, f func(i int)) {
	const block = 16
	var next atomic.Int32
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+block-1)/block) {
		wg.Go(func() {
			for from := int(next.Add(block)) - block; from < n; from = int(next.Add(block)) - block {
				for i := from; i < min(from+block, n); i++ {
					f(i)
				}
			}
		})
	}
	wg.Wait()
}

// arrange notes what no price changes, so that it is not looked for at every step: where the days of people end, who of them has
// something fixed, and in which order staff could serve their sessions.
func (w *week) arrange() {
	w.dayEnd, w.held = make([]int32, len(w.Arcs)), make([]bool, len(w.People))
	for person := range w.People {
		who := &w.People[person]
		end := who.To
		for i := who.To - 1; i >= who.From; i-- {
			if i+1 < who.To && w.Sessions[w.Arcs[i].Session].Day != w.Sessions[w.Arcs[i+1].Session].Day {
				end = i + 1
			}
			w.dayEnd[i] = end
			w.held[person] = w.held[person] || w.Arcs[i].Fixed
		}
	}
	type when struct {
		span    model.Span
		minutes int32
	}
	span := func(duty int32) model.Span { return w.Sessions[w.duties[duty].Session].Span }
	w.inTime, w.times = make([]int32, len(w.duties)), make([]int32, len(w.duties))
	known := map[when]int32{} // looked up only
	for i := range w.duties {
		w.inTime[i] = int32(i)
		at := when{span(int32(i)), w.Sessions[w.duties[i].Session].Minutes}
		times, ok := known[at]
		if !ok {
			times = int32(len(known))
			known[at] = times
		}
		w.times[i] = times
	}
	for k := range w.Staff {
		slices.SortFunc(w.inTime[w.from[k]:w.from[k+1]], func(a, b int32) int {
			return cmp.Or(cmp.Compare(span(a).End, span(b).End), cmp.Compare(a, b))
		})
	}
}
