package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/solver/constraints"
)

// record is where the regions are kept.
type record interface {
	scheduler.Record
	Close() error
}

// openRecord opens the record in a file, or that of a Redis whose address is given.
func openRecord(ctx context.Context, where string) (record, error) { //nolint:ireturn // there are two kinds
	if !redisstore.IsAddress(where) {
		return sqlitestore.Open(ctx, where)
	}
	address, err := redisstore.ParseAddress(where)
	if err != nil {
		return nil, err
	}
	return redisstore.Open(ctx, redisstore.Options{Address: address})
}

// startRedis starts a Redis that syncs every change in a folder, and gives its address and what ends it.
func startRedis(ctx context.Context, dir string) (address string, end func(), err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err := l.Close(); err != nil { // it was only looked for a port
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, "redis-server", "--port", port, //nolint:gosec // a port and a folder of this program's own
		"--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "yes",
		"--appendfsync", "always", "--maxmemory-policy", "noeviction", "--logfile", filepath.Join(dir, "log"))
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("start redis-server (Debian: redis-server): %w", err)
	}
	end = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	for range 200 {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", "127.0.0.1:"+port)
		if err == nil {
			return "redis://127.0.0.1:" + port, end, c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	end()
	return "", nil, errors.New("redis-server does not answer; its log is in " + dir)
}

// clock gives the time that counts in a benchmark: it goes as fast as the machine's own, and is as far from it as said.
func clock(ahead time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(ahead) }
}

// everybody may do everything.
func everybody() model.Principal {
	return model.Principal{Name: "benchmark", Roles: model.Roles(), Regions: []string{model.AllRegions}}
}

// searchMemory is what one search may use, as in payback.
const searchMemory = 6 << 30

// openOffice gives the service on a record. Searches are made in a process of their own, as in payback, unless inside is asked for.
func openOffice(store record, minutes int, now func() time.Time, workers int, inside bool) (*scheduler.Service, error) {
	profile, err := policyOf(minutes)
	if err != nil {
		return nil, err
	}
	search := scheduler.Plan
	if !inside {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		search = child.Search(child.Limits{Memory: searchMemory, Grace: 20 * time.Second}, self, childArgument)
	}
	return &scheduler.Service{Record: store, Policy: profile, Constraints: constraints.All, Now: now,
		Runs: &scheduler.Runs{Search: search, AtOnce: 1, Waiting: 4, Workers: workers, Now: now}}, nil
}

// policyOf gives the policy with nights of so many minutes; 0: as delivered.
func policyOf(minutes int) (*policy.Profile, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil || minutes == 0 {
		return profile, err
	}
	for i := range profile.Clauses {
		if c := &profile.Clauses[i]; c.ID == "night.minutes" {
			c.Values = []policy.Dated{{From: "2020-01-01", Value: int64(minutes)}}
			return profile, nil
		}
	}
	return nil, errors.New("the policy has no clause night.minutes, found " + strconv.Itoa(len(profile.Clauses)) + " others")
}
