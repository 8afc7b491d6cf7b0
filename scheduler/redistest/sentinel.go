package redistest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Watched is a primary with replicas, and three Sentinels that put a replica in its place when it is gone.
type Watched struct {
	Servers   []*Server // the primary first
	Sentinels []*Server
}

// StartWatched starts them with so many replicas. They end with the test.
func StartWatched(tb testing.TB, replicas int) *Watched {
	tb.Helper()
	first := Start(tb)
	w := &Watched{Servers: []*Server{first}}
	for range replicas {
		w.Servers = append(w.Servers, Start(tb, "replicaof", "127.0.0.1 "+strconv.Itoa(first.Port)))
	}
	first.await("the replicas", func() bool {
		return strings.Count(first.Do("INFO", "replication"), "state=online") == replicas
	})
	for range 3 {
		w.Sentinels = append(w.Sentinels, startSentinel(tb, first.Port))
	}
	for _, s := range w.Sentinels {
		s.await("the Sentinels to know one another", func() bool {
			said := s.Do("SENTINEL", "MASTER", "primary")
			return strings.Contains(said, "num-other-sentinels\n2") && strings.Contains(said, fmt.Sprint("num-slaves\n", replicas))
		})
	}
	return w
}

func startSentinel(tb testing.TB, watched int) *Server {
	tb.Helper()
	s := &Server{tb: tb, dir: tb.TempDir(), flags: []string{"--sentinel"}}
	for range 5 {
		s.Port = FreePort(tb)
		text := fmt.Sprintf("port %d\nbind 127.0.0.1\ndir %s\nlogfile %s\nsentinel monitor primary 127.0.0.1 %d 2\n"+
			"sentinel down-after-milliseconds primary 500\nsentinel failover-timeout primary 3000\n", s.Port, s.dir, filepath.Join(s.dir, "log"), watched)
		if err := os.WriteFile(filepath.Join(s.dir, "redis.conf"), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
		if s.start() {
			tb.Cleanup(s.Kill)
			return s
		}
	}
	tb.Fatal("a Sentinel did not start")
	return nil
}

// URL is the address of the record by way of the Sentinels.
func (w *Watched) URL(options string) string {
	var hosts []string
	for _, s := range w.Sentinels {
		hosts = append(hosts, s.Address())
	}
	return "redis+sentinel://" + strings.Join(hosts, ",") + "/primary" + options
}

// AwaitSuccessor waits until the Sentinels have put another server in the place of one.
func (w *Watched) AwaitSuccessor(gone *Server) {
	w.Sentinels[0].await("a successor", func() bool {
		where, err := w.Sentinels[0].ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "primary")
		return err == nil && !strings.HasSuffix(where, "\n"+strconv.Itoa(gone.Port))
	})
}
