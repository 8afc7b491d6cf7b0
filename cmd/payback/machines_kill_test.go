package main_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// client asks machines for plans and publishes them, and keeps in mind what was acknowledged. What was not it asks for again.
type client struct {
	f       *fleet
	random  *rand.Rand
	n       int               // requests so far
	asked   map[int]string    // the plans that were acknowledged, by request
	lines   map[string]bool   // what has to be in the audits
	pending map[int][2]string // region and week of requests without an answer
}

// works asks until nobody answers any more. The week is the second after the one that it is.
func (c *client) works(t *testing.T, at string, today time.Time) {
	t.Helper()
	week := model.WeekOf(model.Date(today.Unix() / 86400)).Add(3).String()
	for {
		c.n++
		request, region := c.n, c.f.regions[c.random.IntN(len(c.f.regions))]
		c.pending[request] = [2]string{region, week}
		for old, what := range c.pending {
			id := asksFor(t, at, what[0], what[1], old)
			if id == "" {
				return
			}
			require.NotContains(t, c.asked, old)
			c.asked[old] = id
			c.lines[fmt.Sprintf("%s plan %s %s 1", what[0], what[1], id)] = true
			delete(c.pending, old)
		}
		id := c.asked[request]
		require.Equal(t, id, cmp.Or(asksFor(t, at, region, week, request), id), "the same request has the same answer")
		for {
			state, version := stateOf(t, at, region, id)
			if state == "" {
				return
			}
			if state == "SUCCEEDED" {
				c.n++
				if made := publishes(t, at, region, id, version, c.n); made > 0 {
					c.lines[fmt.Sprintf("%s publish %s %d", region, week, made)] = true
				}
			}
			if state != "QUEUED" && state != "RUNNING" {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// One machine serves and two work, while a client asks for plans and publishes them and nights fall due. All three are killed at a moment
// that chance chooses, and others begin with clocks some minutes later, so that they take up what the dead held; every eighth time on another day.
func TestMachinesThatAreKilledLoseNothingThatWasAcknowledgedAndDoubleNothing(t *testing.T) { //nolint:tparallel // its parts come one after another
	t.Parallel()
	rounds, parts := 3, 1
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds, parts = 40, 5
	}
	if testing.Short() {
		rounds = 1
	}
	for part := range parts { //nolint:paralleltest // each has three machines
		t.Run(fmt.Sprint("part ", part+1), func(t *testing.T) {
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			f := newFleet(t, redistest.Start(t).URL(), "Avon", "Kent")
			c := &client{f: f, random: rand.New(rand.NewPCG(seed, 1)), asked: map[int]string{}, lines: map[string]bool{}, pending: map[int][2]string{}}
			var after time.Duration
			for i := range rounds {
				after = aNightOf(1+i/8) + time.Duration(i)*4*time.Minute
				serve, one, two := f.serve(after), f.work(after), f.work(after)
				at := serve.address()
				time.AfterFunc(time.Duration(c.random.IntN(2500))*time.Millisecond, func() {
					for _, m := range []*machine{one, serve, two} {
						m.kill()
					}
				})
				c.works(t, at, now.Add(after))
				for _, m := range []*machine{serve, one, two} {
					require.Error(t, <-m.ended, "it was killed")
					require.NotContains(t, m.stderr.String(), "goes wrong")
				}
			}
			last := f.work(after + 20*time.Minute)
			f.settle(now.Add(after).Format("2006-01-02"), 2*time.Minute)
			last.end()
			told := f.sound()
			for line := range c.lines {
				require.Equal(t, 1, told[line], line)
			}
			nights := 0
			for line := range told {
				if strings.Contains(line, " night ") {
					nights++
				}
			}
			t.Logf("%d rounds; %d requests, %d plans and publications acknowledged and there once; %d nights", rounds, c.n, len(c.lines), nights)
			require.NotEmpty(t, c.lines)
		})
	}
}
