package storetest_test

import (
	"bytes"
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// imports is how long the audit is that is tampered with.
const imports = 24

func TestWhoeverTampersWithTheAuditOfARecordInMemoryIsSeen(t *testing.T) {
	t.Parallel()
	s, who, region := audited(t, &memstore.Store{})
	honest := chain(t, s.Record, region)
	everyTamperingIsSeen(t, s, who, region, careful, func(left []link) {
		changed := &memstore.Store{}
		require.NoError(t, changed.Update(t.Context(), region, func(w scheduler.Writer) error {
			copyContents(t, w, s.Record, region, honest)
			for i, l := range left {
				require.NoError(t, w.Add(scheduler.KindAudit, "", i, l.body))
			}
			return nil
		}))
		s.Record = changed
	})
}

func TestWhoeverTampersWithTheAuditOfARecordInAFileIsSeen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	s, who, region := audited(t, openFile(t, path))
	db := behind(t, path)
	everyTamperingIsSeen(t, s, who, region, append(slices.Clone(careful), careless...), func(left []link) {
		tx, err := db.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		_, err = tx.ExecContext(t.Context(), "DELETE FROM entry WHERE kind = 'audit'")
		require.NoError(t, err)
		for _, l := range left {
			_, err = tx.ExecContext(t.Context(), "INSERT INTO entry (region, kind, name, version, digest, body) VALUES (?, 'audit', '', ?, ?, ?)",
				region, l.version, l.digest[:], l.body)
			require.NoError(t, err)
		}
		require.NoError(t, tx.Commit())
	})
}

// everyTamperingIsSeen tampers at random and verifies. Put makes what is left of a chain the audit of the region.
func everyTamperingIsSeen(t *testing.T, s *scheduler.Service, who model.Principal, region string, ways []tampering, put func([]link)) {
	t.Helper()
	rounds := 300
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds = 10_000
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	honest := chain(t, s.Record, region)
	require.Len(t, honest, imports)
	head := scheduler.AuditHead{Count: imports, Last: honest[imports-1].digest}

	hidden := map[string]int{} // what only the head told of
	for range rounds {
		way := ways[random.IntN(len(ways))]
		left := way.do(random, slices.Clone(honest))
		first := 0
		for first < min(len(left), len(honest)) && bytes.Equal(left[first].body, honest[first].body) {
			first++
		}
		put(left)
		_, _, err := s.VerifyAudit(t.Context(), who, region, head)
		require.Error(t, err, "%s of entry %d was not seen", way.name, first+1)
		requireCode(t, model.CodeInternal, err)
		if _, _, err = s.VerifyAudit(t.Context(), who, region); err == nil {
			require.True(t, way.mayHold(first, left), "%s of entry %d was not seen without a head", way.name, first+1)
			hidden[way.name]++
		}
	}
	t.Logf("of %d tamperings only the head told of %v", rounds, hidden)
	require.NotZero(t, hidden["cut off the end"], "a head is what tells, so without one it is not seen")

	put(honest) // the control
	n, last, err := s.VerifyAudit(t.Context(), who, region, head)
	require.NoError(t, err)
	require.Equal(t, imports, n)
	require.Equal(t, head.Last, last)
}

func TestAnAuditIsHeldAgainstEveryHeadThatWasKept(t *testing.T) {
	t.Parallel()
	s, who, region := audited(t, &memstore.Store{})
	all := chain(t, s.Record, region)
	at := func(n int) scheduler.AuditHead { return scheduler.AuditHead{Count: n, Last: all[n-1].digest} }
	for _, c := range []struct {
		name  string
		heads []scheduler.AuditHead
		says  string
	}{
		{"no head", nil, ""},
		{"the head of an audit that had not begun", []scheduler.AuditHead{{}}, ""},
		{"an earlier head and the last", []scheduler.AuditHead{at(5), at(imports)}, ""},
		{"a head further on", []scheduler.AuditHead{at(5), {Count: imports + 3, Last: model.Digest{1}}}, "no longer holds entry 27 that was there"},
		{"a head of something else", []scheduler.AuditHead{{Count: 7, Last: model.Digest{1}}, at(imports)}, "entry 7 is not the one that was there"},
	} {
		_, _, err := s.VerifyAudit(t.Context(), who, region, c.heads...)
		if c.says == "" {
			require.NoError(t, err, c.name)
			continue
		}
		requireCode(t, model.CodeInternal, err)
		require.ErrorContains(t, err, c.says, c.name)
	}
}

func TestWhatAnActionWroteIsSeenToBeChangedOrGone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, statement string }{
		{"changed", "UPDATE content SET bytes = x'00', unpacked = NULL WHERE rowid = ?"},
		{"cut short", "UPDATE content SET bytes = substr(bytes, 1, length(bytes) / 2) WHERE rowid = ?"},
		{"put under another name", "UPDATE content SET digest = zeroblob(32) WHERE rowid = ?"},
		{"gone", "DELETE FROM content WHERE rowid = ?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "payback.db")
			s, who, region := audited(t, openFile(t, path))
			_, _, err := s.VerifyAudit(t.Context(), who, region)
			require.NoError(t, err)
			_, err = behind(t, path).ExecContext(t.Context(), c.statement, 1+rand.IntN(3))
			require.NoError(t, err)
			_, _, err = s.VerifyAudit(t.Context(), who, region)
			requireCode(t, model.CodeInternal, err)
		})
	}
}

// audited gives a region of whose facts a few were imported in turn.
func audited(t *testing.T, r scheduler.Record) (*scheduler.Service, model.Principal, string) {
	t.Helper()
	s, who, f := office(t, r)
	for i := range imports {
		some := *f
		some.People = slices.Clone(f.People)
		some.People[0].Likes = []string{strconv.Itoa(i % 3)} // three contents, however long the audit is
		_, err := s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: &some, Base: i}, scheduler.Command{Key: strconv.Itoa(i), Reason: "test"})
		require.NoError(t, err)
	}
	return s, who, f.Region
}

func chain(t *testing.T, r scheduler.Record, region string) (all []link) {
	t.Helper()
	require.NoError(t, r.View(t.Context(), region, func(r scheduler.Reader) error {
		bodies, err := r.Entries(scheduler.KindAudit, "", 0, imports+1)
		for i, body := range bodies {
			all = append(all, link{i + 1, scheduler.ContentDigest(body), body})
		}
		return err
	}))
	return all
}

// copyContents keeps in one record what the entries of another name.
func copyContents(t *testing.T, to scheduler.Writer, from scheduler.Record, region string, entries []link) {
	t.Helper()
	require.NoError(t, from.View(t.Context(), region, func(r scheduler.Reader) error {
		for _, l := range entries {
			content, err := r.Content(entryOf(l).Content)
			require.NoError(t, err)
			_, err = to.Keep(content)
			require.NoError(t, err)
		}
		return nil
	}))
}

func openFile(t testing.TB, path string) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(context.Background(), path)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// behind opens a record behind its back, without what keeps its rows from being changed.
func behind(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(0)&_pragma=busy_timeout(10000)&_pragma=ignore_check_constraints(1)")
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	for _, trigger := range []string{"entry_is_never_changed", "entry_is_never_removed", "content_is_never_changed", "content_is_never_removed"} {
		_, err = db.ExecContext(context.Background(), "DROP TRIGGER IF EXISTS "+trigger)
		require.NoError(t, err)
	}
	return db
}
