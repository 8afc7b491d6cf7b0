package sqlitestore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// The process that is killed is this test program, told by its environment which record to write to and how.
const (
	writerRecord = "PAYBACK_TEST_WRITER_RECORD"
	writerHasty  = "PAYBACK_TEST_WRITER_HASTY"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerRecord); path != "" {
		writeUntilKilled(path, os.Getenv(writerHasty) != "")
		os.Exit(1) // it only ends by being killed
	}
	if path := os.Getenv(migratorRecord); path != "" {
		if err := bringUpToDate(path, os.Getenv(migratorHasty) != ""); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// writeUntilKilled adds two entries and one content at a time and acknowledges each change on a line. A hasty writer
// acknowledges before it commits, and stops for good within its fifth change.
func writeUntilKilled(path string, hasty bool) {
	s, err := sqlitestore.Open(context.Background(), path)
	for err == nil {
		var n int
		err = s.Update(context.Background(), "Mercia", func(w scheduler.Writer) error {
			if n, err = w.Last(scheduler.KindAudit, ""); err != nil {
				return err
			}
			if err := w.Add(scheduler.KindAudit, "", n, []byte(strconv.Itoa(n+1))); err != nil {
				return err
			}
			if hasty {
				fmt.Fprintln(os.Stdout, n+1)
				for n == 4 {
					runtime.Gosched() // until it is killed
				}
			}
			if _, err := w.Keep(fmt.Appendf(noise(20_000), "%d", n+1)); err != nil {
				return err
			}
			return w.Add(scheduler.KindRoster, "2026-W49", n, []byte("roster"))
		})
		if err == nil && !hasty {
			fmt.Fprintln(os.Stdout, n+1)
		}
	}
	fmt.Fprintln(os.Stderr, err)
}

func TestNoAcknowledgedChangeIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Parallel()
	rounds := 10
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds = 300
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	for i := range rounds {
		path := filepath.Join(dir, strconv.Itoa(i/10)+".db") // ten rounds to a record, which is verified whole every time
		acknowledged := killAfter(t, path, 1+random.IntN(30), false)
		changes, rosters := recorded(t, path)
		require.GreaterOrEqual(t, changes, acknowledged, "an acknowledged change was lost")
		require.Equal(t, changes, rosters, "a change is there by half")
	}
}

// Without this control nobody would know whether the test above can see a loss.
func TestAWriterThatAcknowledgesBeforeItCommitsIsSeenToLoseAChange(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	acknowledged := killAfter(t, path, 5, true)
	changes, rosters := recorded(t, path)
	require.Less(t, changes, acknowledged)
	require.Equal(t, changes, rosters)
}

// killAfter has another process write, kills it once it has acknowledged so many changes, and gives the last it did.
func killAfter(t *testing.T, path string, lines int, hasty bool) int {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), writerRecord+"="+path)
	if hasty {
		child.Env = append(child.Env, writerHasty+"=1")
	}
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	last, read := 0, 0
	for text := bufio.NewScanner(out); text.Scan(); {
		last, err = strconv.Atoi(text.Text())
		require.NoError(t, err)
		if read++; read == lines {
			require.NoError(t, child.Process.Kill())
		}
	}
	require.Error(t, child.Wait(), "it was killed")
	require.GreaterOrEqual(t, read, lines)
	return last
}

// recorded opens what is left, verifies it, and counts the changes and the rosters.
func recorded(t *testing.T, path string) (changes, rosters int) {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), path)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Verify(t.Context()))
	require.NoError(t, s.View(t.Context(), "Mercia", func(r scheduler.Reader) error {
		if changes, err = r.Last(scheduler.KindAudit, ""); err != nil {
			return err
		}
		rosters, err = r.Last(scheduler.KindRoster, "2026-W49")
		return err
	}))
	return changes, rosters
}
