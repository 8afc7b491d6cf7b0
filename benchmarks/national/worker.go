package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// order is what a process that works or asks is told.
type order struct {
	Where   string        `json:"where"` // the record
	Ahead   time.Duration `json:"ahead"` // of the machine's clock is the one that counts
	Date    model.Date    `json:"date"`  // of the night
	Minutes int           `json:"minutes"`
	Rounds  int           `json:"rounds"`
	Each    int           `json:"each"` // processors
	Seed    uint64        `json:"seed"`
}

// used is what a process used, with its searches.
type used struct {
	CPU    float64 `json:"cpu"` // seconds
	Memory int64   `json:"memory"`
}

// work does the nights of all regions that nobody else is at, as payback work does when they are due, and tells what that used.
func work(ctx context.Context, in io.Reader, out io.Writer) error {
	var o order
	if err := json.NewDecoder(in).Decode(&o); err != nil {
		return err
	}
	store, err := openRecord(ctx, o.Where)
	if err != nil {
		return err
	}
	s, err := openOffice(store, o.Minutes, clock(o.Ahead), o.Each, false)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	regions, err := s.Regions(ctx, everybody())
	for _, name := range regions {
		if err != nil {
			break
		}
		_, err = s.RunNight(ctx, everybody(), name, scheduler.NightRequest{Date: o.Date, Rounds: o.Rounds})
		if e, ok := errors.AsType[*model.Error](err); ok && e.Code == model.CodeConflict {
			err = nil // another process is at it, or was
		}
	}
	if err = errors.Join(err, s.Runs.Close(ctx), store.Close()); err != nil {
		return err
	}
	var own, searches syscall.Rusage
	if err := errors.Join(syscall.Getrusage(syscall.RUSAGE_SELF, &own), syscall.Getrusage(syscall.RUSAGE_CHILDREN, &searches)); err != nil {
		return err
	}
	const kilobytes = 1024 // of a megabyte
	return json.NewEncoder(out).Encode(used{CPU: seconds(&own) + seconds(&searches), Memory: (own.Maxrss + searches.Maxrss) / kilobytes})
}

func seconds(u *syscall.Rusage) float64 {
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// process is one that works or asks.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// start starts this program as something else, and tells it what to do.
func start(ctx context.Context, as string, o order) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, as) //nolint:gosec // the program itself
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd, in, json.NewDecoder(out)}, json.NewEncoder(in).Encode(o)
}

// end waits for what a process says at its end.
func (p *process) end(into any) error {
	bad := p.in.Close()
	return errors.Join(bad, p.out.Decode(into), p.cmd.Wait())
}
