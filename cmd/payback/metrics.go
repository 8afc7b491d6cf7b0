package main

import (
	"errors"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/faults"
	"github.com/communitypayback/payback/scheduler/lastknown"
)

// counters are what the program counts of itself while it serves. Nothing of it is about a person, a region or a week.
type counters struct {
	registry   *prometheus.Registry
	searches   *prometheus.CounterVec // by how they ended
	checked    prometheus.Counter
	mismatches *prometheus.CounterVec // by kind of fault
	nights     *prometheus.CounterVec // by how they ended
}

// The ends of a search.
const (
	endMade    = "made"
	endStopped = "stopped" // the best so far was kept
	endRefused = "refused" // for a fault of the program
	endFailed  = "failed"
)

// newCounters counts from nothing; reports are those that a folder holds, whoever wrote them.
func newCounters(reports string) *counters {
	c := &counters{
		registry: prometheus.NewRegistry(),
		searches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "payback_plans_total", Help: "Searches for a plan that ended: made, stopped with the best so far, refused for a fault of the program, or failed.",
		}, []string{"end"}),
		checked: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "payback_selfcheck_total", Help: "Moves of searches that were judged again by the words.",
		}),
		mismatches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "payback_selfcheck_mismatch_total", Help: "Faults of the program that searches found in themselves: of a move, a plan, its rules or its bound.",
		}, []string{"kind"}),
		nights: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "payback_nights_total", Help: "Nights of regions that this process ended: made, published, failed or set aside.",
		}, []string{"end"}),
	}
	for _, end := range []scheduler.RunState{scheduler.RunMade, scheduler.RunPublished, scheduler.RunFailed, scheduler.RunAside} {
		c.nights.WithLabelValues(string(end))
	}
	for _, end := range []string{endMade, endStopped, endRefused, endFailed} {
		c.searches.WithLabelValues(end) // so that none is told as 0
	}
	for _, kind := range scheduler.FaultKinds() {
		c.mismatches.WithLabelValues(string(kind))
	}
	c.registry.MustRegister(c.searches, c.checked, c.mismatches, c.nights, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "payback_fault_reports", Help: "Reports of faults of the program that wait beside the record.",
	}, func() float64 {
		n, _ := faults.Count(reports)
		return float64(n)
	}))
	return c
}

// ended counts a search and what it checked of itself.
func (c *counters) ended(res *scheduler.PlanResult, err error) {
	f, refused := errors.AsType[*scheduler.FaultError](err)
	switch {
	case refused:
		c.searches.WithLabelValues(endRefused).Inc()
		c.checked.Add(float64(f.Found.Rechecked))
	case err != nil || res == nil:
		c.searches.WithLabelValues(endFailed).Inc()
	case res.Interrupted:
		c.searches.WithLabelValues(endStopped).Inc()
		c.checked.Add(float64(res.Rechecked))
	default:
		c.searches.WithLabelValues(endMade).Inc()
		c.checked.Add(float64(res.Rechecked))
	}
}

// found counts a fault.
func (c *counters) found(f *scheduler.FaultError) { c.mismatches.WithLabelValues(string(f.Kind)).Inc() }

// pages serves what was counted, in the text format of Prometheus.
func (c *counters) pages() http.Handler {
	return promhttp.HandlerFor(c.registry, promhttp.HandlerOpts{})
}

// watch counts how a record that other machines share stands.
func (c *counters) watch(s *lastknown.Store) {
	c.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "payback_record_lost", Help: "Whether the record cannot be reached: 1 if it cannot. What is published is then shown as it was last known.",
	}, func() float64 {
		if s.Standing().Lost {
			return 1
		}
		return 0
	}), prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "payback_record_known_timestamp_seconds", Help: "When what is in force was last found to be current in the record.",
	}, func() float64 { return float64(s.Standing().Known.Unix()) }))
}
