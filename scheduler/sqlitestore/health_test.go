package sqlitestore_test

import (
	"io/fs"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

func TestHealthSaysWhatThereIs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	s := open(t, path)
	before, err := s.Health(t.Context())
	require.NoError(t, err)
	require.Zero(t, before.Regions+before.Entries+before.Contents)
	fill(t, s)
	large := make([]byte, 100_000)
	keep(t, s, large)
	h, err := s.Health(t.Context())
	require.NoError(t, err)
	require.Equal(t, path, h.Path)
	require.Equal(t, 2, h.SchemaVersion)
	require.NoError(t, sqlitestore.AtLeastOldest(h.SQLiteVersion))
	require.Equal(t, "wal", h.JournalMode)
	require.Equal(t, "FULL", h.Synchronous)
	require.Equal(t, []int{1, 1, 2}, []int{h.Regions, h.Entries, h.Contents})
	require.Equal(t, int64(len(large)+len("content")), h.ContentBytes)
	require.Less(t, h.PackedBytes, h.ContentBytes/100)
	require.Positive(t, h.FileBytes)
	require.Positive(t, h.JournalBytes)
	require.NotZero(t, h.FreeBytes)
	require.Equal(t, int64(sqlitestore.DefaultRoom), h.RoomBytes)
	if runtime.GOOS != "windows" {
		require.Equal(t, fs.FileMode(0o600), h.FileMode)
		require.NotZero(t, h.FolderMode)
	}
	require.NoError(t, s.Close())
	_, err = s.Health(t.Context())
	requireCode(t, model.CodeUnavailable, err)
}
