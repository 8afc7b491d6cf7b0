package sqlitestore_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// The process that is killed while it brings a record up to date is this test program too.
const (
	migratorRecord = "PAYBACK_TEST_MIGRATOR_RECORD"
	migratorHasty  = "PAYBACK_TEST_MIGRATOR_HASTY"
)

// bringUpToDate says when it begins, and in the end how many nanoseconds it took. A hasty one does not do it as a whole, and stops for good in the
// middle.
func bringUpToDate(path string, hasty bool) error {
	fmt.Fprintln(os.Stdout, "begins")
	begun := time.Now()
	if !hasty {
		s, err := sqlitestore.Open(context.Background(), path)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, int64(time.Since(begun)))
		return s.Close()
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	statements, err := os.ReadFile(filepath.Join("migrations", "0002.sql"))
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(context.Background(), string(statements)); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "half")
	_, err = io.Copy(io.Discard, os.Stdin) // until it is killed
	return err
}

func TestAProcessKilledWhileItBringsARecordUpToDateLeavesItWhollyOldOrWhollyNew(t *testing.T) {
	t.Parallel()
	rounds := 10
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds = 200
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	made := filepath.Join(dir, "made.db")
	digest := versionOne(t, made, 2000)
	old, err := os.ReadFile(made)
	require.NoError(t, err)

	found := map[string]int{}
	var longest time.Duration
	for i := range rounds {
		path := filepath.Join(dir, "payback.db")
		for _, part := range []string{"", "-wal", "-shm"} {
			require.NoError(t, os.RemoveAll(path+part))
		}
		require.NoError(t, os.WriteFile(path, old, 0o600))
		wait := time.Duration(-1)
		if i%10 > 0 { // every tenth is let be, to learn how long one takes now
			wait = time.Duration(random.Int64N(int64(longest)))
		}
		took := killAt(t, path, wait)
		if wait < 0 {
			longest = took
		}
		state := age(t, path)
		found[state]++
		require.Contains(t, []string{"old", "new"}, state)
		s := open(t, path)
		requireFilled(t, s, digest)
		require.NoError(t, s.Verify(t.Context()))
		require.NoError(t, s.Close())
	}
	t.Logf("found %v; one took %v", found, longest)
	require.NotZero(t, found["new"])
	if rounds >= 200 {
		require.NotZero(t, found["old"], "nobody was killed in time")
	}
}

// Without this control nobody would know whether the test above can see a record that is neither.
func TestAProcessThatDoesNotBringARecordUpToDateAsAWholeIsSeenToLeaveItInBetween(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	versionOne(t, path, 1)
	child, lines := startMigrator(t, path, migratorHasty+"=1")
	for _, line := range []string{"begins", "half"} {
		require.True(t, lines.Scan())
		require.Equal(t, line, lines.Text())
	}
	require.NoError(t, child.Process.Kill())
	require.Error(t, child.Wait())
	require.Equal(t, "in between", age(t, path))
}

// killAt has another process bring a record up to date and kills it after a while, or gives how long it took if that is
// negative.
func killAt(t *testing.T, path string, wait time.Duration) time.Duration {
	t.Helper()
	child, lines := startMigrator(t, path)
	require.True(t, lines.Scan())
	if wait >= 0 {
		time.Sleep(wait)
		require.NoError(t, child.Process.Kill())
		child.Wait()
		return 0
	}
	require.True(t, lines.Scan())
	took, err := strconv.ParseInt(lines.Text(), 10, 64)
	require.NoError(t, err)
	require.NoError(t, child.Wait())
	return time.Duration(took)
}

func startMigrator(t *testing.T, path string, more ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(append(os.Environ(), migratorRecord+"="+path), more...)
	child.Stderr = os.Stderr
	_, err := child.StdinPipe()
	require.NoError(t, err)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	return child, bufio.NewScanner(out)
}
