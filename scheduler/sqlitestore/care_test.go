package sqlitestore_test

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

func TestASQLiteThatCanDamageAFileIsRefused(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"3.51.3", "3.51.10", "3.53.4", "4.0.0"} {
		require.NoError(t, sqlitestore.AtLeastOldest(good), good)
	}
	for _, bad := range []string{"3.51.2", "3.50.99", "3.9.0", "2.99.99", "", "new"} {
		err := sqlitestore.AtLeastOldest(bad)
		require.Error(t, err, bad)
		requireCode(t, model.CodeInternal, err)
		require.ErrorContains(t, err, "3.51.3")
	}
}

func TestANearlyFullDiskRefusesWritesAndStillReads(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "freebsd" {
		t.Skip("what is free is not known here")
	}
	path := filepath.Join(t.TempDir(), "payback.db")
	digest := fill(t, open(t, path))
	s, err := sqlitestore.Open(t.Context(), path, sqlitestore.Room(math.MaxInt64))
	require.NoError(t, err, "a record on a full disk can be opened")
	defer s.Close()
	requireFilled(t, s, digest)
	require.NoError(t, s.Verify(t.Context()))
	called := false
	err = s.Update(t.Context(), "Mercia", func(scheduler.Writer) error { called = true; return nil })
	requireCode(t, model.CodeUnavailable, err)
	require.ErrorContains(t, err, "the disk is nearly full")
	require.ErrorContains(t, err, "MiB free")
	require.False(t, called)
	err = s.Backup(t.Context(), filepath.Join(t.TempDir(), "backup.db"))
	requireCode(t, model.CodeUnavailable, err)

	for _, room := range []int64{0, 1} { // the control
		w, err := sqlitestore.Open(t.Context(), path, sqlitestore.Room(room))
		require.NoError(t, err)
		keep(t, w, []byte("more"))
		require.NoError(t, w.Close())
	}
}

func TestARecordThatOthersMayOpenIsRefused(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such bits")
	}
	for _, c := range []struct {
		name    string
		mode    fs.FileMode
		refused bool
	}{
		{"only the owner may open it", 0o600, false},
		{"the group may read it", 0o640, true},
		{"everybody may read it", 0o644, true},
		{"everybody may write to it", 0o602, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "payback.db")
			digest := fill(t, open(t, path))
			require.NoError(t, os.Chmod(path, c.mode))
			s, err := sqlitestore.Open(t.Context(), path)
			if !c.refused {
				require.NoError(t, err)
				require.NoError(t, s.Close())
				return
			}
			requireCode(t, model.CodeInvalid, err)
			require.ErrorContains(t, err, "chmod 600")
			info, err := os.Stat(path)
			require.NoError(t, err)
			require.Equal(t, c.mode, info.Mode().Perm(), "nothing is put right in silence")
			require.NoError(t, os.Chmod(path, 0o600))
			requireFilled(t, open(t, path), digest)
		})
	}
}

func TestAFolderThatIsMadeForARecordIsOnlyForItsOwner(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a 100% odd & new # folder?", "data")
	path := filepath.Join(dir, "payback.db")
	digest := fill(t, open(t, path))
	requireFilled(t, open(t, path), digest)
	for _, made := range []string{dir, filepath.Dir(dir)} {
		info, err := os.Stat(made)
		require.NoError(t, err)
		if runtime.GOOS != "windows" {
			require.Equal(t, fs.FileMode(0o700), info.Mode().Perm())
		}
	}
}
