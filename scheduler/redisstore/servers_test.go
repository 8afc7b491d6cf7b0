package redisstore_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
	"github.com/communitypayback/payback/scheduler/storetest"
)

func TestTheRecordInAClusterKeepsThePromisesOfARecord(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	storetest.Run(t, func(t *testing.T) scheduler.Record { return open(t, cluster.URL()) })
}

func TestRegionsAreSpreadOverACluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	for _, node := range cluster.Nodes { // what docs/redis.md allows a user in a cluster
		node.Do("ACL", "SETUSER", "office", "on", ">secret", "~{payback*", "+@read", "+@write", "+@scripting", "+@connection", "+info", "+wait", "+config|get",
			"+cluster", "+command", "+readonly")
	}
	s := open(t, strings.Replace(cluster.URL(), "://", "://office@", 1), func(o *redisstore.Options) { o.Password = "secret" })
	require.Empty(t, s.Weak())
	var regions []string
	for i := range 12 {
		regions = append(regions, fmt.Sprintf("region %02d", i))
		require.NoError(t, s.Update(t.Context(), regions[i], note("one")))
	}
	found, err := s.Regions(t.Context())
	require.NoError(t, err)
	require.Equal(t, regions, found)
	for _, node := range cluster.Nodes {
		require.NotEqual(t, "0", node.Do("DBSIZE"), "every node has some of them")
	}
	require.NoError(t, s.Verify(t.Context()))
	h, err := s.Health(t.Context())
	require.NoError(t, err)
	require.Equal(t, 3, h.Primaries)
	require.Equal(t, int64(12), h.Commits)
}

// writers write from several stores until they are told to end, whatever becomes of the servers. Each note is of its own.
type writers struct {
	mu           sync.Mutex
	acknowledged []string
	all          sync.WaitGroup
	end          context.CancelFunc
}

func write(t *testing.T, url string, many int) *writers {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	w := &writers{end: end}
	for i := range many {
		s := open(t, url, hasty)
		w.all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				text := fmt.Sprintf("writer %d note %d", i, n)
				if s.Update(ctx, region, note(text)) == nil {
					w.mu.Lock()
					w.acknowledged = append(w.acknowledged, text)
					w.mu.Unlock()
				}
			}
		})
	}
	t.Cleanup(w.stop)
	return w
}

func (w *writers) stop() {
	w.end()
	w.all.Wait()
}

func (w *writers) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acknowledged)
}

// more waits until so many more changes are acknowledged.
func (w *writers) more(t *testing.T, n int) {
	t.Helper()
	before := w.count()
	require.Eventually(t, func() bool { return w.count() >= before+n }, 60*time.Second, 5*time.Millisecond)
}

// requireAll expects every note that was acknowledged, and none twice.
func (w *writers) requireAll(t *testing.T, s *redisstore.Store) {
	t.Helper()
	w.stop()
	found := map[string]int{}
	for _, text := range notes(t, s) {
		found[text]++
		require.Equal(t, 1, found[text], "%s is there twice", text)
	}
	for _, text := range w.acknowledged {
		require.Equal(t, 1, found[text], "%s was acknowledged and is lost", text)
	}
	require.NoError(t, s.Verify(t.Context()))
	t.Logf("%d changes acknowledged, %d there", len(w.acknowledged), len(found))
}

func TestNoAcknowledgedChangeIsLostWhenRedisIsKilled(t *testing.T) {
	t.Parallel()
	rounds := 4
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds = 200
	}
	server := redistest.Start(t)
	w := write(t, server.URL(), 4)
	for range rounds {
		w.more(t, 10)
		server.Kill()
		server.Again()
	}
	w.more(t, 10)
	w.requireAll(t, open(t, fmt.Sprintf("redis://%s/1", server.Address())))
}

// Without this control nobody would know whether the test above can see a loss: a Redis that keeps no journal forgets.
func TestARedisWithoutAJournalIsSeenToLoseChanges(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "appendonly", "no")
	w := write(t, server.URL(), 1)
	w.more(t, 10)
	w.stop()
	server.Kill()
	server.Again()
	require.Less(t, len(notes(t, open(t, fmt.Sprintf("redis://%s/1", server.Address())))), w.count())
}

func TestAReplicaThatSentinelsPutInPlaceHasEveryAcknowledgedChange(t *testing.T) {
	t.Parallel()
	watched := redistest.StartWatched(t, 2)
	url := watched.URL("?replicas=1")
	w := write(t, url, 2)
	w.more(t, 10)
	watched.Servers[0].Kill()
	watched.AwaitSuccessor(watched.Servers[0])
	w.more(t, 10) // by themselves
	w.requireAll(t, open(t, url))
}

// Every replica that may take over must have a change before it is acknowledged, so there is nothing to lose when one does,
// again and again. A server that comes back is a replica only after ten seconds or so.
func TestPrimariesThatAreKilledInTurnLoseNoAcknowledgedChange(t *testing.T) {
	t.Parallel()
	if os.Getenv("PAYBACK_LONG") == "" {
		t.Skip("it takes minutes; set PAYBACK_LONG")
	}
	watched := redistest.StartWatched(t, 1)
	url := watched.URL("?replicas=1")
	w := write(t, url, 3)
	for i := range 10 {
		w.more(t, 10)
		gone := watched.Servers[i%2]
		gone.Kill()
		watched.AwaitSuccessor(gone)
		gone.Again()
	}
	w.more(t, 10)
	w.requireAll(t, open(t, url))
}

func TestAChangeThatTooFewReplicasHaveIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	replica := redistest.Start(t, "replicaof", "127.0.0.1 "+port(server))
	url := fmt.Sprintf("redis://%s?replicas=1", server.Address())
	s := open(t, url, hasty)
	require.Eventually(t, func() bool { return s.Update(t.Context(), region, note("both have it")) == nil }, 20*time.Second, 50*time.Millisecond)
	before := len(notes(t, s))
	replica.Pause()
	err := s.Update(t.Context(), region, note("one has it"))
	require.ErrorContains(t, err, "not known to be safe: 0 of 1")
	err = s.Update(t.Context(), region, func(scheduler.Writer) error { return nil }) // as a request that was made before and is answered again
	require.ErrorContains(t, err, "not known to be safe")
	replica.Resume()
	require.Eventually(t, func() bool { return s.Update(t.Context(), region, func(scheduler.Writer) error { return nil }) == nil }, 20*time.Second, 50*time.Millisecond)
	require.Len(t, notes(t, s), before+1)
}
