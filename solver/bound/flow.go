package bound

import "sync/atomic"

// network is a graph with capacities, for a greatest flow from its first node to its second (Dinic's algorithm). Every connection is
// two edges, one that leads on and one back; a node's edges lie side by side.
type network struct {
	links []link
	start []int32 // by node, and one more: where its edges start
	to    []int32 // by edge
	back  []int32 // by edge: the other of its connection
	left  []int64 // by edge: what can still flow
	level []int32 // by node: steps from the source where something can still flow; 0: out of reach
	at    []int32 // by node: the edge to try next
	queue []int32
	halt  *atomic.Bool // nil: nobody raises it
}

// link is a connection that is wanted.
type link struct {
	from, to int32
	capacity int64
}

const (
	source = int32(0)
	sink   = int32(1)
	// endless is more than flows through any network here, and so that sums of it do not overflow.
	endless = int64(1) << 40
)

func (g *network) connect(from, to int32, capacity int64) {
	g.links = append(g.links, link{from, to, capacity})
}

// lay makes edges of all connections, between so many nodes.
func (g *network) lay(nodes int) {
	g.start = emptied(g.start, nodes+1)
	for _, l := range g.links {
		g.start[l.from+1]++
		g.start[l.to+1]++
	}
	for v := range nodes {
		g.start[v+1] += g.start[v]
	}
	g.at = append(g.at[:0], g.start[:nodes]...)
	edges := 2 * len(g.links)
	g.to, g.back, g.left = emptied(g.to, edges), emptied(g.back, edges), emptied(g.left, edges)
	for _, l := range g.links {
		on, back := g.at[l.from], g.at[l.to]
		g.at[l.from]++
		g.at[l.to]++
		g.to[on], g.back[on], g.left[on] = l.to, back, l.capacity
		g.to[back], g.back[back] = l.from, on
	}
}

// emptied gives a slice of so many zeros, in the place of an old one if that is large enough.
func emptied[T int32 | int64](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// greatest makes the flow as great as it can be, or as it is when it is halted, and gives how much was added. Afterwards reached tells the source's side of the
// smallest cut that has the fewest nodes there.
func (g *network) greatest() (sum int64) {
	for g.spread() && !g.halted() {
		g.at = append(g.at[:0], g.start[:len(g.level)]...)
		for {
			n := g.push(source, endless)
			if n == 0 {
				break
			}
			sum += n
		}
	}
	return sum
}

func (g *network) halted() bool { return g.halt != nil && g.halt.Load() }

func (g *network) reached(node int32) bool { return g.level[node] != 0 }

// spread numbers the nodes by how many steps they are from the source, where something can still flow. False: the sink is out of reach.
func (g *network) spread() bool {
	g.level = emptied(g.level, len(g.start)-1)
	g.level[source] = 1
	g.queue = append(g.queue[:0], source)
	for i := 0; i < len(g.queue); i++ {
		v := g.queue[i]
		for e := g.start[v]; e < g.start[v+1]; e++ {
			if w := g.to[e]; g.left[e] > 0 && g.level[w] == 0 {
				g.level[w] = g.level[v] + 1
				g.queue = append(g.queue, w)
			}
		}
	}
	return g.level[sink] != 0
}

// push sends what it can from a node to the sink, at most so much, along ways of rising level.
func (g *network) push(v int32, most int64) (sent int64) {
	if v == sink {
		return most
	}
	for ; g.at[v] < g.start[v+1]; g.at[v]++ {
		e := g.at[v]
		if w := g.to[e]; g.left[e] > 0 && g.level[w] == g.level[v]+1 {
			if n := g.push(w, min(most-sent, g.left[e])); n > 0 {
				g.left[e] -= n
				g.left[g.back[e]] += n
				if sent += n; sent == most {
					return sent
				}
			}
		}
	}
	return sent
}
