package sqlitestore_test

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

func TestContentIsStoredSmallerWhereItCanBeAndGivenBackAsItWas(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("people, sessions and weeks; ", 40_000))
	for _, c := range []struct {
		name    string
		content []byte
		atMost  int // bytes stored
		packed  bool
	}{
		{"nothing", nil, 0, false},
		{"one byte", []byte("x"), 1, false},
		{"a short text is not worth it", []byte("content"), 7, false},
		{"noise cannot be packed", noise(5000), 5000, false},
		{"a long text is packed", text, len(text) / 50, true},
		{"facts of a region are packed", regionFacts(t), 700_000, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "payback.db")
			s := open(t, path)
			digest := keep(t, s, c.content)
			require.Equal(t, scheduler.ContentDigest(c.content), digest, "the digest is that of the content, however it is stored")
			require.Equal(t, digest, keep(t, s, c.content))
			found, err := content(t, s, digest)
			require.NoError(t, err)
			require.True(t, bytes.Equal(c.content, found))
			require.NoError(t, s.Verify(t.Context()))

			var rows, stored int
			var unpacked sql.NullInt64
			query(t, path, "SELECT count(*), length(bytes), unpacked FROM content", &rows, &stored, &unpacked)
			require.Equal(t, 1, rows, "what is there already is not stored twice")
			require.LessOrEqual(t, stored, c.atMost)
			require.Equal(t, c.packed, unpacked.Valid)
		})
	}
}

func TestUnpackingTakesNoMoreMemoryThanTheSizeThatWasRecorded(t *testing.T) {
	const zeros = 16 << 20
	bomb := deflate(t, make([]byte, zeros))
	for _, c := range []struct { //nolint:paralleltest // what is measured runs alone
		name     string
		bytes    []byte
		unpacked int
		whole    bool
	}{
		{"the recorded size is the true one", bomb, zeros, true}, // the control: it does unpack, at a price
		{"a bomb is recorded as small", bomb, len(bomb) + 1, false},
		{"a byte more than was recorded", bomb, zeros - 1, false},
		{"a byte less than was recorded", bomb, zeros + 1, false},
		{"a size that nothing unpacks to", deflate(t, []byte("small")), 900_000_000, false},
		{"a size that is too large to be held", deflate(t, []byte("small")), 1 << 50, false},
		{"a size below nothing", bomb, -1, false},
		{"bytes that are not packed at all", noise(1000), 2000, false},
		{"bytes that end too soon", bomb[:len(bomb)/2], zeros, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "payback.db")
			s := open(t, path)
			digest := scheduler.ContentDigest(make([]byte, zeros))
			tamper(t, path, "INSERT INTO content (region, digest, bytes, unpacked) VALUES ('Mercia', ?, ?, ?)", digest[:], c.bytes, c.unpacked)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			found, err := content(t, s, digest)
			runtime.ReadMemStats(&after)
			if c.whole {
				require.NoError(t, err)
				require.Len(t, found, zeros)
				require.GreaterOrEqual(t, after.TotalAlloc-before.TotalAlloc, uint64(zeros))
				return
			}
			requireCode(t, model.CodeInternal, err)
			requireCode(t, model.CodeInternal, s.Verify(t.Context()))
			if c.unpacked < zeros/2 || c.unpacked > 2*zeros {
				require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(zeros/8), "it was unpacked beyond what was recorded")
			}
		})
	}
}

func deflate(tb testing.TB, content []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	require.NoError(tb, err)
	_, err = w.Write(content)
	require.NoError(tb, err)
	require.NoError(tb, w.Close())
	return out.Bytes()
}

func keep(tb testing.TB, s *sqlitestore.Store, content []byte) (digest model.Digest) {
	tb.Helper()
	require.NoError(tb, s.Update(tb.Context(), "Mercia", func(w scheduler.Writer) (err error) {
		digest, err = w.Keep(content)
		return err
	}))
	return digest
}

func content(tb testing.TB, s *sqlitestore.Store, digest model.Digest) (found []byte, err error) {
	tb.Helper()
	require.NoError(tb, s.View(tb.Context(), "Mercia", func(r scheduler.Reader) error {
		found, err = r.Content(digest)
		return nil
	}))
	return found, err
}

// tamper changes a file behind the record's back, past its triggers and checks.
func tamper(tb testing.TB, path, statement string, args ...any) {
	tb.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=ignore_check_constraints(1)")
	require.NoError(tb, err)
	defer db.Close()
	for _, table := range []string{"entry", "content"} {
		for _, done := range []string{"changed", "removed"} {
			_, err = db.ExecContext(tb.Context(), "DROP TRIGGER IF EXISTS "+table+"_is_never_"+done)
			require.NoError(tb, err)
		}
	}
	_, err = db.ExecContext(tb.Context(), statement, args...)
	require.NoError(tb, err)
}

func query(tb testing.TB, path, question string, into ...any) {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(tb, err)
	defer db.Close()
	require.NoError(tb, db.QueryRowContext(tb.Context(), question).Scan(into...))
}
