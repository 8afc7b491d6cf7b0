package sqlitestore_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

func TestNotAByteOfAFileThatIsRefusedIsChanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		make    func(*testing.T, string)
		refused bool
	}{
		{"a record of a newer program", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, open(t, path).Close())
			execute(t, path, "PRAGMA user_version = 99")
		}, true},
		{"a record of a newer program that keeps another kind of journal", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, open(t, path).Close())
			execute(t, path, "PRAGMA journal_mode = DELETE", "PRAGMA user_version = 99")
		}, true},
		{"a record of a newer program that was killed before it folded its journal in", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, open(t, path).Close())
			leaveJournal(t, path, "PRAGMA user_version = 99")
		}, true},
		{"a database of something else", func(t *testing.T, path string) {
			t.Helper()
			execute(t, path, "CREATE TABLE t (x)")
		}, true},
		{"a text", func(t *testing.T, path string) {
			t.Helper()
			require.NoError(t, os.WriteFile(path, []byte("a list of things to buy"), 0o600))
		}, true},
		{"the control, an older record, is changed", func(t *testing.T, path string) {
			t.Helper()
			versionOne(t, path, 1)
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "payback.db")
			c.make(t, path)
			file, journal := bytesOf(t, path), bytesOf(t, path+"-wal")
			s, err := sqlitestore.Open(t.Context(), path)
			if !c.refused {
				require.NoError(t, err)
				require.NoError(t, s.Close())
				require.NotEqual(t, file, bytesOf(t, path))
				return
			}
			requireCode(t, model.CodeInvalid, err)
			require.Equal(t, file, bytesOf(t, path))
			require.Equal(t, journal, bytesOf(t, path+"-wal"))
		})
	}
}

// leaveJournal makes a change that stands in the journal only, as a killed program leaves it.
func leaveJournal(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), statement)
	require.NoError(t, err)
	file, journal := bytesOf(t, path), bytesOf(t, path+"-wal")
	require.NotEmpty(t, journal)
	require.NoError(t, db.Close())
	require.NotEqual(t, file, bytesOf(t, path), "closing folds the journal in")
	require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
	require.NoError(t, os.WriteFile(path+"-wal", []byte(journal), 0o600))
}

// bytesOf reads a file, as text so that a difference is short; one that is not there is empty.
func bytesOf(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return string(b)
}
