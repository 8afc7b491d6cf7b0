package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
)

// oldest is the first major version with scripts that say what they do and that are refused as a whole when memory is full.
const oldest = 7

// node is what a server says of itself.
type node struct {
	Version   string
	Role      string
	Policy    string // what is thrown away when memory is full
	Journal   bool   // appendonly
	Sync      string // appendfsync; empty: it does not tell
	Pauses    bool   // the journal is not synced while it is rewritten
	Replicas  int    // that are connected
	UsedBytes int64
	MostBytes int64 // 0: no limit
}

// nodes asks the server, or every primary of the cluster.
func (s *Store) nodes(ctx context.Context) ([]node, error) {
	cluster, ok := s.reads.(*redis.ClusterClient)
	if !ok {
		n, err := ask(ctx, s.reads)
		return []node{n}, err
	}
	var mu sync.Mutex
	var all []node
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
		n, err := ask(ctx, c)
		mu.Lock()
		defer mu.Unlock()
		all = append(all, n)
		return err
	})
	return all, unavailable("be opened", err)
}

// ask reads INFO, which hosted servers allow where they block CONFIG.
func ask(ctx context.Context, c redis.UniversalClient) (node, error) {
	text, err := c.Info(ctx, "default").Result()
	if err != nil {
		return node{}, unavailable("be opened", err)
	}
	said := sayings(text)
	n := node{Version: said["redis_version"], Role: said["role"], Policy: said["maxmemory_policy"], Journal: said["aof_enabled"] == "1"}
	n.Replicas, _ = strconv.Atoi(said["connected_slaves"])
	n.UsedBytes, _ = strconv.ParseInt(said["used_memory"], 10, 64)
	n.MostBytes, _ = strconv.ParseInt(said["maxmemory"], 10, 64)
	if found, err := c.ConfigGet(ctx, "*appendfsync*").Result(); err == nil {
		n.Sync, n.Pauses = found["appendfsync"], found["no-appendfsync-on-rewrite"] == "yes"
	}
	return n, nil
}

// keepsAll refuses a connection to a server that throws entries away, also one that took over later. Sentinels keep nothing.
func keepsAll(ctx context.Context, c *redis.Conn) error {
	text, err := c.Info(ctx, "default").Result()
	if err != nil {
		return err
	}
	said := sayings(text)
	if said["redis_mode"] == "sentinel" {
		return nil
	}
	n := node{Version: said["redis_version"], Policy: said["maxmemory_policy"]}
	return n.usable()
}

// sayings reads the lines of INFO.
func sayings(text string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			out[name] = value
		}
	}
	return out
}

// usable refuses a server under which entries would be lost without anybody being told.
func (n *node) usable() error {
	major, _, _ := strings.Cut(n.Version, ".")
	if v, err := strconv.Atoi(major); err != nil || v < oldest {
		return model.Errorf(model.CodeInvalid, "The record was not opened: found Redis %s; expected %d or later.", orUnknown(n.Version), oldest)
	}
	if n.Policy != "noeviction" {
		return model.Errorf(model.CodeInvalid,
			"The record was not opened: its Redis throws entries away when its memory is full (maxmemory-policy %s); expected noeviction; set that, and find out whether anything is gone already",
			orUnknown(n.Policy))
	}
	if n.Role == "slave" {
		return model.Errorf(model.CodeInvalid, "The record was not opened: its Redis is a replica; expected the primary; give its address, or that of the Sentinels")
	}
	return nil
}

// weak says under which settings an acknowledged change could be lost.
func (n *node) weak(replicas int) []string {
	var out []string
	switch {
	case !n.Journal:
		out = append(out, "Redis keeps no journal (appendonly no): what was changed since its last snapshot is lost when it stops; set appendonly yes and appendfsync always")
	case n.Sync == "":
		out = append(out, "Redis does not tell how it syncs its journal; find out whether appendfsync is always, for under any other setting the last changes are lost when its machine stops")
	case n.Sync == "always" && n.Pauses:
		out = append(out, "Redis does not sync its journal while it is rewritten (no-appendfsync-on-rewrite yes): what is acknowledged meanwhile is lost when its machine stops; set it to no")
	case n.Sync != "always":
		out = append(out, "Redis acknowledges changes before they are on its disk (appendfsync "+n.Sync+"): the last ones are lost when its machine stops; set appendfsync always")
	}
	if n.Replicas < replicas {
		out = append(out, fmt.Sprintf("%d replicas are declared and %d connected: nothing can be changed until they are", replicas, n.Replicas))
	}
	return out
}

func orUnknown(text string) string {
	if text == "" {
		return "that does not tell which"
	}
	return text
}
