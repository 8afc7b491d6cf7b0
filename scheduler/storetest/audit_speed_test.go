package storetest_test

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
)

// BenchmarkVerifyAudit verifies an audit of a million entries, whose contents are few, as where most of what is done is to
// look, or each its own.
func BenchmarkVerifyAudit(b *testing.B) {
	const entries = 1_000_000
	for _, c := range []struct {
		name     string
		file     bool
		contents int
	}{
		{"in memory", false, 1000},
		{"in a file", true, 1000},
		{"in a file, each with content of its own", true, entries},
	} {
		b.Run(c.name, func(b *testing.B) {
			const region = "Mercia"
			s := scheduler.Service{Record: &memstore.Store{}}
			who := model.Principal{Name: "auditor", Roles: []model.Role{model.Auditor}, Regions: []string{region}}
			if c.file {
				path := filepath.Join(b.TempDir(), "payback.db")
				s.Record = openFile(b, path)
				writeAudit(b, path, region, entries, c.contents)
			} else {
				keepAudit(b, s.Record, region, entries, c.contents)
			}
			for b.Loop() {
				n, _, err := s.VerifyAudit(b.Context(), who, region)
				require.NoError(b, err)
				require.Equal(b, entries, n)
			}
			b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// audit gives one entry of a long audit after the other, and the content it names.
func audit(contents int) func() (entry link, content []byte) {
	var previous link
	return func() (link, []byte) {
		n := previous.version + 1
		content := []byte("what was written: " + strconv.Itoa(n%contents))
		e := scheduler.AuditEntry{Sequence: n, At: time.Unix(int64(n), 0).UTC(), Who: "somebody@probation.example", Action: "publish",
			Subject: "2026-W49", Version: n, Reason: "a supervisor was ill", Content: scheduler.ContentDigest(content)}
		if n > 1 {
			e.Previous = previous.digest
		}
		previous = linkOf(n, e)
		return previous, content
	}
}

func keepAudit(b *testing.B, r scheduler.Record, region string, entries, contents int) {
	b.Helper()
	next := audit(contents)
	require.NoError(b, r.Update(b.Context(), region, func(w scheduler.Writer) error {
		for i := range entries {
			l, content := next()
			if _, err := w.Keep(content); err != nil {
				return err
			}
			if err := w.Add(scheduler.KindAudit, "", i, l.body); err != nil {
				return err
			}
		}
		return nil
	}))
}

// writeAudit writes rows as the record would, but many at a time, which is how a benchmark gets to a million.
func writeAudit(b *testing.B, path, region string, entries, contents int) {
	b.Helper()
	tx, err := behind(b, path).BeginTx(b.Context(), nil)
	require.NoError(b, err)
	entry, err := tx.PrepareContext(b.Context(), "INSERT INTO entry (region, kind, name, version, digest, body) VALUES (?, ?, '', ?, ?, ?)")
	require.NoError(b, err)
	defer entry.Close()
	kept, err := tx.PrepareContext(b.Context(), "INSERT INTO content (region, digest, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
	require.NoError(b, err)
	defer kept.Close()
	next := audit(contents)
	for range entries {
		l, content := next()
		digest := scheduler.ContentDigest(content)
		_, err = kept.ExecContext(b.Context(), region, digest[:], content)
		require.NoError(b, err)
		_, err = entry.ExecContext(b.Context(), region, string(scheduler.KindAudit), l.version, l.digest[:], l.body)
		require.NoError(b, err)
	}
	require.NoError(b, tx.Commit())
}
