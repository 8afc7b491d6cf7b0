package main

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// repairs publishes the roster and has each thing go wrong in it.
func repairs(sn *model.Snapshot, r *model.Roster) error {
	sn, err := sn.With(model.PublishRoster{Roster: r})
	if err != nil {
		return err
	}
	fmt.Printf("\n%-15s %8s %8s %8s %10s %8s %7s   %s\n", "repair", "compile", "first", "all", "cpu first", "cpu all", "broken", "told/minutes/left of each option")
	for _, h := range happenings(r) {
		edits, err := h.Edits(sn)
		if err != nil {
			return err
		}
		now, err := sn.With(edits...)
		if err != nil {
			return err
		}
		begin := time.Now()
		p, err := solver.Compile(now, constraints.All)
		if err != nil {
			return err
		}
		compiled := time.Since(begin)
		begin = time.Now()
		used := processor(syscall.RUSAGE_SELF)
		var first, firstUsed time.Duration
		x, err := p.Repair(context.Background(), solver.RepairOptions{Seed: 1, Budget: -1, OnOption: func(solver.Repaired) {
			if first == 0 {
				first, firstUsed = time.Since(begin), processor(syscall.RUSAGE_SELF)-used
			}
		}})
		if err != nil {
			return err
		}
		fmt.Printf("%-15s %8v %8v %8v %10v %8v %7d  ", h.Kind, compiled.Round(time.Millisecond), first.Round(time.Millisecond),
			time.Since(begin).Round(time.Millisecond), firstUsed.Round(time.Millisecond), (processor(syscall.RUSAGE_SELF) - used).Round(time.Millisecond), len(x.Broken))
		for i := range x.Options {
			o := &x.Options[i]
			fmt.Printf(" %d/%d/%d", len(o.Told), o.Minutes, len(o.Left))
		}
		fmt.Println()
	}
	return nil
}

// happenings gives one of each kind, about the middle of the roster.
func happenings(r *model.Roster) []scheduler.Happening {
	d, t := r.Duties[len(r.Duties)/2], r.Trips[len(r.Trips)/2]
	at := d.Session.Date
	return []scheduler.Happening{
		{Kind: scheduler.SupervisorOff, Supervisor: d.Supervisor, From: at},
		{Kind: scheduler.MinibusOff, Minibus: t.Minibus, From: t.Session.Date},
		{Kind: scheduler.ProjectClosed, Project: d.Session.Project, From: at},
		{Kind: scheduler.ItRains, From: at},
		{Kind: scheduler.PersonOff, CRN: r.In(d.Session)[0].CRN, From: at},
		{Kind: scheduler.Overbooked, Session: d.Session},
		{Kind: scheduler.Overbooked, Project: d.Session.Project, Places: 5},
	}
}
