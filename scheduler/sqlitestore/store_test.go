package sqlitestore_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/scheduler/storetest"
)

func TestTheRecordInAFileKeepsThePromisesOfARecord(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) scheduler.Record { return open(t, filepath.Join(t.TempDir(), "payback.db")) })
}

func TestARecordIsNotOpenedWithSettingsThatCouldLoseAChange(t *testing.T) {
	t.Parallel()
	for _, weak := range []string{"synchronous(OFF)", "synchronous(NORMAL)", "foreign_keys(off)"} {
		_, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "payback.db"), sqlitestore.Pragma(weak))
		require.Error(t, err, weak)
		requireCode(t, model.CodeUnavailable, err)
	}
}

func TestAFileThatIsNoRecordOrOfANewerProgramIsLeftAlone(t *testing.T) {
	t.Parallel()
	text := filepath.Join(t.TempDir(), "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("this is a list of things to buy, and quite a long one at that; it is no database"), 0o600))
	_, err := sqlitestore.Open(t.Context(), text)
	requireCode(t, model.CodeInvalid, err)

	other := filepath.Join(t.TempDir(), "other.db")
	execute(t, other, "CREATE TABLE t (x)")
	_, err = sqlitestore.Open(t.Context(), other)
	requireCode(t, model.CodeInvalid, err)

	newer := filepath.Join(t.TempDir(), "newer.db")
	require.NoError(t, open(t, newer).Close())
	execute(t, newer, "PRAGMA user_version = 99")
	_, err = sqlitestore.Open(t.Context(), newer)
	requireCode(t, model.CodeInvalid, err)
	require.ErrorContains(t, err, "99")
}

func TestBytesThatChangedOnTheDiskAreNeverHandedOut(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	digest := fill(t, open(t, path))
	execute(t, path, "DROP TRIGGER entry_is_never_changed", "DROP TRIGGER content_is_never_changed",
		"UPDATE entry SET body = x'00'", "UPDATE content SET bytes = x'00'")
	s := open(t, path)
	require.NoError(t, s.View(t.Context(), "Mercia", func(r scheduler.Reader) error {
		_, err := r.Entry(scheduler.KindFacts, "", 1)
		requireCode(t, model.CodeInternal, err)
		_, err = r.Content(digest)
		requireCode(t, model.CodeInternal, err)
		return nil
	}))
	requireCode(t, model.CodeInternal, s.Verify(t.Context()))
}

func TestWhatWasRecordedCannotBeChangedOrRemoved(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	fill(t, open(t, path))
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	for _, q := range []string{"UPDATE entry SET version = 2", "DELETE FROM entry", "UPDATE content SET region = 'Kent'", "DELETE FROM content"} {
		_, err := db.ExecContext(t.Context(), q)
		require.ErrorContains(t, err, "never")
	}
}

func TestAFullDiskRefusesAWriteAndKeepsWhatWasThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	s, err := sqlitestore.Open(t.Context(), path, sqlitestore.Pragma("max_page_count(40)"))
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	digest := fill(t, s)
	large := noise(1 << 20)
	err = s.Update(t.Context(), "Mercia", func(w scheduler.Writer) error {
		if err := w.Add(scheduler.KindFacts, "", 1, []byte("half")); err != nil {
			return err
		}
		_, err := w.Keep(large)
		return err
	})
	requireCode(t, model.CodeUnavailable, err)
	require.ErrorContains(t, err, "disk is full")
	requireFilled(t, s, digest)
	require.NoError(t, s.Close())

	again := open(t, path) // space was freed
	requireFilled(t, again, digest)
	require.NoError(t, again.Update(t.Context(), "Mercia", func(w scheduler.Writer) error {
		_, err := w.Keep(large)
		return err
	}))
	require.NoError(t, again.Verify(t.Context()))
}

func TestABackupTakenWhileInUseIsRestoredWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "payback.db"))
	digest := fill(t, s)
	copied := filepath.Join(dir, "backup.db")
	require.NoError(t, s.Backup(t.Context(), copied))
	requireCode(t, model.CodeConflict, s.Backup(t.Context(), copied))

	restored := filepath.Join(dir, "restored.db")
	require.NoError(t, sqlitestore.Restore(t.Context(), copied, restored))
	requireFilled(t, open(t, restored), digest)
	requireCode(t, model.CodeConflict, sqlitestore.Restore(t.Context(), copied, restored))

	bytes, err := os.ReadFile(copied)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(copied, int64(len(bytes)/2)))
	refused := filepath.Join(dir, "refused.db")
	require.Error(t, sqlitestore.Restore(t.Context(), copied, refused))
	require.NoFileExists(t, refused)
}

func open(tb testing.TB, path string) *sqlitestore.Store {
	tb.Helper()
	s, err := sqlitestore.Open(context.Background(), path)
	require.NoError(tb, err)
	tb.Cleanup(func() { s.Close() })
	return s
}

func fill(tb testing.TB, s *sqlitestore.Store) model.Digest {
	tb.Helper()
	var digest model.Digest
	require.NoError(tb, s.Update(context.Background(), "Mercia", func(w scheduler.Writer) error {
		var err error
		if digest, err = w.Keep([]byte("content")); err != nil {
			return err
		}
		return w.Add(scheduler.KindFacts, "", 0, []byte("facts"))
	}))
	return digest
}

// noise is what cannot be packed.
func noise(bytes int) []byte {
	out := make([]byte, bytes)
	rand.NewChaCha8([32]byte{1}).Read(out)
	return out
}

func requireFilled(tb testing.TB, s *sqlitestore.Store, digest model.Digest) {
	tb.Helper()
	require.NoError(tb, s.View(context.Background(), "Mercia", func(r scheduler.Reader) error {
		n, err := r.Last(scheduler.KindFacts, "")
		require.NoError(tb, err)
		require.Equal(tb, 1, n)
		c, err := r.Content(digest)
		require.NoError(tb, err)
		require.Equal(tb, "content", string(c))
		return nil
	}))
}

func execute(tb testing.TB, path string, statements ...string) {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(tb, err)
	defer db.Close()
	for _, q := range statements {
		_, err := db.ExecContext(context.Background(), q)
		require.NoError(tb, err)
	}
}

func requireCode(tb testing.TB, code model.Code, err error) {
	tb.Helper()
	var e *model.Error
	require.ErrorAs(tb, err, &e)
	require.Equal(tb, code, e.Code, e.Message)
}
