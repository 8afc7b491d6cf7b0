package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/lastknown"
)

// keepAtHand puts what is in force between the office and its record, so that it can be looked at while the record is away.
// What it gives ends that.
func (d *desk) keepAtHand(ctx context.Context) (end func()) {
	d.atHand = &lastknown.Store{Record: d.Record, Now: d.Now}
	d.Record = d.atHand
	d.counts.watch(d.atHand)
	_ = d.atHand.Look(ctx) // how it stands tells
	keeping, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.atHand.Keep(keeping)
	}()
	return func() {
		stop()
		<-ended
	}
}

// standing tells how the record stands. One that this machine holds itself is never away.
func (d *desk) standing() lastknown.Standing {
	if d.atHand == nil {
		return lastknown.Standing{}
	}
	return d.atHand.Standing()
}

func (d *desk) lost() bool { return d.standing().Lost }

// reachable gives an error while the record is lost.
func (d *desk) reachable() error {
	if !d.lost() {
		return nil
	}
	return model.Errorf(model.CodeUnavailable, "The record cannot be reached.")
}

// notice is what every page says while the record is lost.
func (d *desk) notice() string {
	s := d.standing()
	if !s.Lost {
		return ""
	}
	return fmt.Sprintf("The record cannot be reached. What you see is as it was known at %s, %s ago. Nothing can be changed until it is back, which is noticed by itself.",
		clockOf(s.Known, d.Policy.Name), count(int(max(0, d.age(s).Minutes())), "minute"))
}

// asKnown is what a roster, also one on paper, says of itself while the record is lost.
func (d *desk) asKnown() string {
	s := d.standing()
	if !s.Lost {
		return ""
	}
	return "Last heard of at " + clockOf(s.Known, d.Policy.Name) + "; there may be a newer one."
}

// tellAge says in the header of an answer how old it is, in seconds, while the record is lost.
func (d *desk) tellAge(w http.ResponseWriter) {
	if s := d.standing(); s.Lost {
		w.Header().Set("Age", strconv.Itoa(int(max(0, d.age(s).Seconds()))))
	}
}

func (d *desk) age(s lastknown.Standing) time.Duration { return d.Now().Sub(s.Known) }
