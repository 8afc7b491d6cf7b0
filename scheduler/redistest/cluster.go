package redistest

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Cluster is a cluster of three primaries.
type Cluster struct {
	Nodes []*Server

	records atomic.Int32
}

// slots is how many slots a cluster has.
const slots = 16384

// StartCluster starts a cluster of three primaries. It ends with the test.
func StartCluster(tb testing.TB) *Cluster {
	tb.Helper()
	c := &Cluster{}
	for i := range 3 {
		s := Start(tb, "databases", "1", "cluster-enabled", "yes", "cluster-port", strconv.Itoa(FreePort(tb)), "cluster-node-timeout", "2000")
		s.Do("CLUSTER", "ADDSLOTSRANGE", strconv.Itoa(i*slots/3), strconv.Itoa((i+1)*slots/3-1))
		s.Do("CLUSTER", "SET-CONFIG-EPOCH", strconv.Itoa(i+1))
		c.Nodes = append(c.Nodes, s)
	}
	for _, s := range c.Nodes[1:] {
		s.Do("CLUSTER", "MEET", "127.0.0.1", strconv.Itoa(c.Nodes[0].Port), c.Nodes[0].setting("cluster-port"))
	}
	for _, s := range c.Nodes {
		s.await("the cluster to be whole", func() bool {
			info := s.Do("CLUSTER", "INFO")
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_size:3")
		})
	}
	return c
}

// URL is the address of an empty record in the cluster, another one each time.
func (c *Cluster) URL() string {
	return fmt.Sprintf("redis+cluster://%s,%s?record=test-%d", c.Nodes[0].Address(), c.Nodes[1].Address(), c.records.Add(1))
}

// setting gives what a server was started with.
func (s *Server) setting(name string) string {
	for i := 0; i+1 < len(s.with); i += 2 {
		if s.with[i] == name {
			return s.with[i+1]
		}
	}
	return ""
}

// await waits until something is so, and fails the test if that takes too long.
func (s *Server) await(what string, is func() bool) {
	s.tb.Helper()
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	s.tb.Fatalf("waited in vain for %s", what)
}
