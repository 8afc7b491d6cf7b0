package sqlitestore_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

func TestABackupTakenWhileAWriterIsBusyHoldsTheFirstOfItsChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "payback.db"))
	for n := range 40 { // so much that a backup takes a while
		require.NoError(t, change(t.Context(), s, n))
	}
	ctx, end := context.WithCancel(t.Context())
	written, failed := make(chan int, 100_000), make(chan error, 1)
	go func() {
		defer close(written)
		for n := 40; ctx.Err() == nil; n++ {
			if err := change(t.Context(), s, n); err != nil { //nolint:contextcheck // ctx only tells it to stop; a change under way is to end well
				failed <- err
				return
			}
			written <- n + 1
		}
	}()
	during := 0
	for i := range 5 {
		before := <-written
		for len(written) > 0 {
			before = <-written
		}
		to := filepath.Join(dir, strconv.Itoa(i)+".db")
		require.NoError(t, s.Backup(t.Context(), to))
		after := before
		for len(written) > 0 {
			after = <-written
		}
		during += after - before
		changes, rosters := recorded(t, to) // verifies it too
		require.GreaterOrEqual(t, changes, before, "a change that was acknowledged before is missing")
		require.LessOrEqual(t, changes, after+1, "a change is there that nobody had made")
		require.Equal(t, changes, rosters, "a change is there by half")
	}
	end()
	for range written {
	}
	require.Empty(t, failed)
	require.Positive(t, during, "the writer waited for the backups")
}

// change makes the change after n others: two entries and one content, or nothing.
func change(ctx context.Context, s *sqlitestore.Store, n int) error {
	return s.Update(ctx, "Mercia", func(w scheduler.Writer) error {
		if err := w.Add(scheduler.KindAudit, "", n, []byte(strconv.Itoa(n+1))); err != nil {
			return err
		}
		if _, err := w.Keep(append(noise(200_000), strconv.Itoa(n)...)); err != nil {
			return err
		}
		return w.Add(scheduler.KindRoster, "2026-W49", n, []byte("roster"))
	})
}

func TestABackupIsOnlyForItsOwnerAndLeavesNothingElse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(t.TempDir(), "payback.db"))
	fill(t, s)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "backup.db.part"), []byte("left by a killed one"), 0o600))
	require.NoError(t, s.Backup(t.Context(), filepath.Join(dir, "backup.db")))
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "backup.db"))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}
	all, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, all, 2)
}

func TestADamagedRecordIsNotBackedUpAsIfItWereWhole(t *testing.T) {
	t.Parallel()
	path, to := filepath.Join(t.TempDir(), "payback.db"), filepath.Join(t.TempDir(), "backup.db")
	s := open(t, path)
	fill(t, s)
	tamper(t, path, "UPDATE content SET bytes = x'00'")
	requireCode(t, model.CodeInternal, s.Backup(t.Context(), to))
	all, err := os.ReadDir(filepath.Dir(to))
	require.NoError(t, err)
	require.Empty(t, all)
}

func TestABackupOrARestoreThatCannotBeIsRefusedInWordsAndLeavesNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "payback.db"))
	fill(t, s) // it is open, so its journal holds the change
	at := func(name string, content string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	good := filepath.Join(dir, "good.db")
	require.NoError(t, s.Backup(t.Context(), good))
	whole, err := os.ReadFile(good)
	require.NoError(t, err)
	ended, end := context.WithCancel(t.Context())
	end()
	require.NoError(t, os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link")))
	for _, c := range []struct {
		name string
		do   func(to string) error
		code model.Code // "": an error that is not for people
		says string
	}{
		{"there is no backup", func(to string) error { return sqlitestore.Restore(t.Context(), filepath.Join(dir, "none"), to) }, model.CodeNotFound, "found no backup"},
		{"the backup is empty", func(to string) error { return sqlitestore.Restore(t.Context(), at("empty", ""), to) }, model.CodeInvalid, "not a record"},
		{"the backup is a folder", func(to string) error { return sqlitestore.Restore(t.Context(), dir, to) }, model.CodeInvalid, "not a record"},
		{"the backup is a text", func(to string) error {
			return sqlitestore.Restore(t.Context(), at("text", "a list of things to buy"), to)
		}, model.CodeInvalid, "not a record"},
		{"the backup was cut off", func(to string) error {
			return sqlitestore.Restore(t.Context(), at("half", string(whole[:len(whole)/2])), to)
		}, model.CodeInternal, "damaged"},
		{"the backup is a record in use", func(to string) error { return sqlitestore.Restore(t.Context(), filepath.Join(dir, "payback.db"), to) }, model.CodeInvalid, "in use"},
		{"the folder is not there", func(to string) error { return sqlitestore.Restore(t.Context(), good, filepath.Join(to, "deeper")) }, model.CodeUnavailable, "folder"},
		{"the folder of a backup is not there", func(to string) error { return s.Backup(t.Context(), filepath.Join(to, "deeper")) }, model.CodeUnavailable, "folder"},
		{"a link stands where it is to be", func(string) error { return s.Backup(t.Context(), filepath.Join(dir, "link")) }, model.CodeConflict, "expected none"},
		{"nobody waits for the backup any more", func(to string) error { return s.Backup(ended, to) }, "", "canceled"},
		{"nobody waits for the record any more", func(to string) error { return sqlitestore.Restore(ended, good, to) }, "", "canceled"},
	} {
		to := filepath.Join(t.TempDir(), "to.db")
		err := c.do(to)
		require.ErrorContains(t, err, c.says, c.name)
		if c.code != "" {
			requireCode(t, c.code, err)
		}
		left, err := os.ReadDir(filepath.Dir(to))
		require.NoError(t, err)
		require.Empty(t, left, c.name)
	}
	require.NoError(t, sqlitestore.Restore(t.Context(), good, filepath.Join(t.TempDir(), "to.db"))) // the control
}
