package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// However Redis is lost while a night is under way, nobody has to do anything but bring it back: what was asked for before is there, the
// night ends, and pages are as before.
func TestANightDuringWhichRedisIsLostEndsByItselfWhenItIsBack(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts many processes")
	}
	long := os.Getenv("PAYBACK_LONG") != ""
	pause, patience := 3*time.Second, time.Minute
	if long {
		pause, patience = 80*time.Second, 10*time.Minute
	}
	one := func(t *testing.T, more ...string) (string, *redistest.Server) {
		t.Helper()
		s := redistest.Start(t, more...)
		return s.URL(), s
	}
	for name, c := range map[string]struct {
		start func(t *testing.T) (url string, lose func())
		long  bool // in long runs alone
	}{
		"killed three times": {start: func(t *testing.T) (string, func()) {
			t.Helper()
			url, server := one(t)
			return url, func() {
				for range 3 {
					server.Kill()
					time.Sleep(300 * time.Millisecond)
					server.Again()
					time.Sleep(300 * time.Millisecond)
				}
			}
		}},
		"paused": {start: func(t *testing.T) (string, func()) {
			t.Helper()
			url, server := one(t)
			return url, func() {
				server.Pause()
				time.Sleep(pause)
				server.Resume()
			}
		}},
		"its memory full for a while": {start: func(t *testing.T) (string, func()) {
			t.Helper()
			url, server := one(t)
			return url, func() {
				server.Do("CONFIG", "SET", "maxmemory", "1")
				time.Sleep(2 * time.Second)
				server.Do("CONFIG", "SET", "maxmemory", "0")
			}
		}, long: true},
		"its disk full": {start: func(t *testing.T) (string, func()) {
			t.Helper()
			url, server := one(t)
			return url, func() {
				if !server.DiskFull() {
					t.Skip("the size of files cannot be limited here")
				}
				require.Eventually(t, server.Gone, 30*time.Second, 20*time.Millisecond, "a Redis that cannot write its journal ends")
				server.Again() // on a disk that has room
			}
		}},
		"failed over to a replica": {start: func(t *testing.T) (string, func()) {
			t.Helper()
			watched := redistest.StartWatched(t, 2)
			return watched.URL("?replicas=1"), func() {
				watched.Servers[0].Kill()
				watched.AwaitSuccessor(watched.Servers[0])
			}
		}},
	} {
		if c.long && !long {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, lose := c.start(t)
			f := newFleet(t, url, "Avon", "Kent")
			gate := filepath.Join(f.dir, "go on")
			serve := f.serve(aNightOf(1), "--no-work")
			at := serve.address()
			id := asksFor(t, at, "Kent", "2026-W51", 1)
			require.NotEmpty(t, id)
			all := []*machine{f.start(aNightOf(1), gate, "work"), f.start(aNightOf(1), gate, "work")}
			s, store, who := f.office()
			until(t, func() bool { // a search is under way in each
				running := 0
				for _, region := range f.regions {
					runs, err := s.RunHistory(t.Context(), who, region, 10)
					require.NoError(t, err)
					for _, x := range runs {
						if x.State == scheduler.RunRunning && !strings.HasPrefix(x.Name, "night/") {
							running++
						}
					}
				}
				return running == 2
			})
			require.NoError(t, store.Close())
			require.NoError(t, os.WriteFile(gate, nil, 0o600))
			lose()
			f.settle("2026-11-27", patience)
			until(t, func() bool { return asksFor(t, at, "Kent", "2026-W51", 1) == id })
			require.Equal(t, 1, f.sound()["Kent plan 2026-W51 "+id+" 1"])
			until(t, func() bool {
				state, _ := stateOf(t, at, "Kent", id)
				return state == "SUCCEEDED"
			})
			for _, m := range append(all, serve) {
				m.end()
				require.NotContains(t, m.stderr.String(), "goes wrong")
			}
		})
	}
}

// A worker is stopped with a search under way, longer than anybody waits for it. Another one, whose clock says so, does what it held. When
// it goes on, it comes with an old fence, and nothing of what it brings is kept.
func TestAWorkerThatIsStoppedForLongerThanItsLeaseAndComesBackChangesNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts many processes")
	}
	f := newFleet(t, redistest.Start(t).URL(), "Kent")
	gate := filepath.Join(f.dir, "go on")
	stopped := f.start(aNightOf(1), gate, "work")
	s, store, who := f.office()
	history := func() []scheduler.Run {
		runs, err := s.RunHistory(t.Context(), who, "Kent", 100)
		require.NoError(t, err)
		return runs
	}
	until(t, func() bool {
		for _, x := range history() {
			if x.State == scheduler.RunRunning && !strings.HasPrefix(x.Name, "night/") {
				return true
			}
		}
		return false
	})
	require.NoError(t, stopped.Process.Signal(syscall.SIGSTOP))
	other := f.work(aNightOf(1) + 10*time.Minute)
	f.settle("2026-11-27", time.Minute)
	other.end()
	told, runs := f.sound(), history()
	twice := 0
	for _, x := range runs {
		if x.Attempts == 2 {
			twice++
		}
	}
	require.Equal(t, 2, twice, "the night and the week that was searched for")
	require.NoError(t, os.WriteFile(gate, nil, 0o600))
	require.NoError(t, stopped.Process.Signal(syscall.SIGCONT))
	time.Sleep(3 * time.Second) // its search ends, and what it holds is looked at
	stopped.end()
	require.Equal(t, told, f.sound())
	require.Equal(t, runs, history())
	require.NoError(t, store.Close())
}
