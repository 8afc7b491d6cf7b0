package redisstore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// The processes that write at the same time are this test program, told by its environment which record to write to.
const writerRecord = "PAYBACK_TEST_WRITER_RECORD"

func TestMain(m *testing.M) {
	if url := os.Getenv(writerRecord); url != "" {
		writeUntilKilled(url)
		os.Exit(1) // it only ends by being killed
	}
	os.Exit(m.Run())
}

// writeUntilKilled adds notes, and acknowledges each on a line.
func writeUntilKilled(url string) {
	a, err := redisstore.ParseAddress(url)
	if err != nil {
		return
	}
	s, err := redisstore.Open(context.Background(), redisstore.Options{Address: a})
	for n := 0; err == nil; n++ {
		text := fmt.Sprintf("process %d note %d", os.Getpid(), n)
		if err = s.Update(context.Background(), region, note(text)); err == nil {
			fmt.Fprintln(os.Stdout, text)
		}
	}
	fmt.Fprintln(os.Stderr, err)
}

func TestSeveralProcessesThatAreKilledWriteOneRegionAndLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	deaths := 6
	if os.Getenv("PAYBACK_LONG") != "" {
		deaths = 300
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	url := redistest.Start(t).URL()
	var mu sync.Mutex
	var acknowledged []string
	var all sync.WaitGroup
	live := make(chan struct{}, 3) // so many at a time
	for range deaths {
		live <- struct{}{}
		after := 20 + random.IntN(40)
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), writerRecord+"="+url)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		all.Go(func() {
			defer func() { <-live }()
			for text, n := bufio.NewScanner(out), 0; text.Scan(); {
				mu.Lock()
				acknowledged = append(acknowledged, text.Text())
				mu.Unlock()
				if n++; n == after {
					_ = child.Process.Kill()
				}
			}
			_ = child.Wait() // it was killed
		})
	}
	all.Wait()
	found := map[string]int{}
	s := open(t, url)
	for _, text := range notes(t, s) {
		found[text]++
		require.Equal(t, 1, found[text], "%s is there twice", text)
	}
	for _, text := range acknowledged {
		require.Equal(t, 1, found[text], "%s was acknowledged and is lost", text)
	}
	require.GreaterOrEqual(t, len(acknowledged), deaths*20)
	require.LessOrEqual(t, len(found)-len(acknowledged), deaths, "at most one a process may be there that it had no time to acknowledge")
	require.NoError(t, s.Verify(t.Context()))
}
