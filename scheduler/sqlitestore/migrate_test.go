package sqlitestore_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// versionOne writes a record as version 1 of the schema had it, with some facts, and gives the digest of their content. It
// is made from the migration itself, which is never edited.
func versionOne(tb testing.TB, path string, entries int) model.Digest {
	tb.Helper()
	schema, err := os.ReadFile(filepath.Join("migrations", "0001.sql"))
	require.NoError(tb, err)
	require.NoError(tb, os.WriteFile(path, nil, 0o600)) // as the program made it
	db, err := sql.Open("sqlite", path)
	require.NoError(tb, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(tb.Context(), "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;"+string(schema)+
		"\nPRAGMA user_version = 1;\nPRAGMA application_id = 0x50415942;")
	require.NoError(tb, err)
	for i := range entries {
		one := noise(i + 1)
		d := scheduler.ContentDigest(one)
		_, err = db.ExecContext(tb.Context(), "INSERT INTO content VALUES ('Mercia', ?, ?)", d[:], one)
		require.NoError(tb, err)
	}
	content, facts := scheduler.ContentDigest([]byte("content")), scheduler.ContentDigest([]byte("facts"))
	_, err = db.ExecContext(tb.Context(), "INSERT INTO content VALUES ('Mercia', ?, 'content')", content[:])
	require.ErrorContains(tb, err, "BLOB", "the table is strict")
	_, err = db.ExecContext(tb.Context(), "INSERT INTO content VALUES ('Mercia', ?, CAST('content' AS BLOB))", content[:])
	require.NoError(tb, err)
	_, err = db.ExecContext(tb.Context(), "INSERT INTO entry VALUES ('Mercia', 'facts', '', 1, ?, CAST('facts' AS BLOB)); COMMIT", facts[:])
	require.NoError(tb, err)
	return content
}

func TestARecordOfVersionOneIsBroughtUpToDateAndReadBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	digest := versionOne(t, path, 100)
	require.Equal(t, "old", age(t, path))

	s := open(t, path)
	requireFilled(t, s, digest)
	require.NoError(t, s.Verify(t.Context()))
	for i := range 100 {
		found, err := content(t, s, scheduler.ContentDigest(noise(i+1)))
		require.NoError(t, err)
		require.Equal(t, noise(i+1), found)
	}
	facts := regionFacts(t)
	packed := keep(t, s, facts)
	require.NoError(t, s.Close())
	require.Equal(t, "new", age(t, path))

	again := open(t, path)
	requireFilled(t, again, digest)
	found, err := content(t, again, packed)
	require.NoError(t, err)
	require.Equal(t, facts, found)
}

func TestABackupOfVersionOneIsRestoredAndBroughtUpToDate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	digest := versionOne(t, filepath.Join(dir, "backup.db"), 1)
	require.NoError(t, sqlitestore.Restore(t.Context(), filepath.Join(dir, "backup.db"), filepath.Join(dir, "payback.db")))
	requireFilled(t, open(t, filepath.Join(dir, "payback.db")), digest)
}

// age says whether a record is wholly of the old version of the schema, wholly of the new one, or something in between.
func age(t *testing.T, path string) string {
	t.Helper()
	var version, columns int
	var sound string
	query(t, path, "SELECT user_version, (SELECT count(*) FROM pragma_table_info('content')), (SELECT * FROM pragma_integrity_check) FROM pragma_user_version",
		&version, &columns, &sound)
	switch {
	case version == 1 && columns == 3 && sound == "ok":
		return "old"
	case version == 2 && columns == 4 && sound == "ok":
		return "new"
	}
	return "in between"
}
