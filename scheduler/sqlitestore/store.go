package sqlitestore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

var _ scheduler.Record = (*Store)(nil)

// View implements [scheduler.Record].
func (s *Store) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return unavailable("be read", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return look(&transaction{ctx, tx, region})
}

// Update implements [scheduler.Record]. It returns nil once the change is on the disk. A disk that is nearly full gives a
// [model.Error] with CodeUnavailable before anything is tried.
func (s *Store) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if err := enough(s.path, s.room); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return unavailable("be written", err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := change(&transaction{ctx, tx, region}); err != nil {
		return err
	}
	return unavailable("be written", tx.Commit())
}

// nextRegion leaps from one region to the next by the primary key; DISTINCT would read every entry.
const nextRegion = `WITH RECURSIVE found(region) AS (
    SELECT min(region) FROM entry
    UNION ALL SELECT (SELECT min(region) FROM entry WHERE entry.region > found.region) FROM found WHERE found.region IS NOT NULL
) SELECT region FROM found WHERE region IS NOT NULL`

// Regions implements [scheduler.Record].
func (s *Store) Regions(ctx context.Context) ([]string, error) {
	return texts(s.read.QueryContext(ctx, nextRegion))
}

// texts reads the rows of one column.
func texts(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, unavailable("be read", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what went wrong
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, unavailable("be read", err)
		}
		out = append(out, text)
	}
	return out, unavailable("be read", rows.Err())
}

// transaction reads and writes one region.
type transaction struct {
	ctx    context.Context //nolint:containedctx // it lives as long as the call that was given it
	tx     *sql.Tx
	region string
}

// Last implements [scheduler.Reader].
func (t *transaction) Last(kind scheduler.Kind, name string) (int, error) {
	var n int
	err := t.tx.QueryRowContext(t.ctx, "SELECT coalesce(max(version), 0) FROM entry WHERE region = ? AND kind = ? AND name = ?",
		t.region, string(kind), name).Scan(&n)
	return n, unavailable("be read", err)
}

// Entry implements [scheduler.Reader].
func (t *transaction) Entry(kind scheduler.Kind, name string, version int) ([]byte, error) {
	all, err := t.Entries(kind, name, version-1, 1)
	if err != nil {
		return nil, err
	}
	if version < 1 || len(all) == 0 {
		return nil, scheduler.Missing(kind, name, version)
	}
	return all[0], nil
}

// Entries implements [scheduler.Reader].
func (t *transaction) Entries(kind scheduler.Kind, name string, after, limit int) ([][]byte, error) {
	after = max(after, 0)
	rows, err := t.tx.QueryContext(t.ctx, "SELECT version, digest, body FROM entry "+
		"WHERE region = ? AND kind = ? AND name = ? AND version > ? ORDER BY version LIMIT ?", t.region, string(kind), name, after, max(limit, 0))
	if err != nil {
		return nil, unavailable("be read", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what went wrong
	var out [][]byte
	for rows.Next() {
		var version int
		var digest, body []byte
		if err := rows.Scan(&version, &digest, &body); err != nil {
			return nil, unavailable("be read", err)
		}
		after++
		if d := scheduler.ContentDigest(body); version != after || !bytes.Equal(digest, d[:]) {
			return nil, scheduler.Damaged("an entry of the kind " + string(kind))
		}
		out = append(out, body)
	}
	return out, unavailable("be read", rows.Err())
}

// Names implements [scheduler.Reader].
func (t *transaction) Names(kind scheduler.Kind) ([]string, error) {
	return texts(t.tx.QueryContext(t.ctx, "SELECT name FROM entry WHERE region = ? AND kind = ? AND version = 1 ORDER BY name", t.region, string(kind)))
}

// Content implements [scheduler.Reader].
func (t *transaction) Content(digest model.Digest) ([]byte, error) {
	var p row
	err := t.tx.QueryRowContext(t.ctx, "SELECT bytes, unpacked FROM content WHERE region = ? AND digest = ?", t.region, digest[:]).Scan(&p.bytes, &p.unpacked)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, scheduler.Missing("content", digest.Short(), 1)
	case err != nil:
		return nil, unavailable("be read", err)
	}
	content, whole := p.unpack()
	if !whole || scheduler.ContentDigest(content) != digest {
		return nil, scheduler.Damaged("content " + digest.Short())
	}
	return content, nil
}

// Add implements [scheduler.Writer].
func (t *transaction) Add(kind scheduler.Kind, name string, base int, entry []byte) error {
	last, err := t.Last(kind, name)
	if err != nil {
		return err
	}
	if last != base {
		return scheduler.Stale(kind, name, base, last)
	}
	if entry == nil {
		entry = []byte{}
	}
	d := scheduler.ContentDigest(entry)
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO entry (region, kind, name, version, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
		t.region, string(kind), name, base+1, d[:], entry)
	return unavailable("be written", err)
}

// Keep implements [scheduler.Writer].
func (t *transaction) Keep(content []byte) (model.Digest, error) {
	d := scheduler.ContentDigest(content)
	var there bool
	err := t.tx.QueryRowContext(t.ctx, "SELECT EXISTS (SELECT 1 FROM content WHERE region = ? AND digest = ?)", t.region, d[:]).Scan(&there)
	if there || err != nil {
		return d, unavailable("be read", err)
	}
	p, err := pack(content)
	if err != nil {
		return d, err
	}
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO content (region, digest, bytes, unpacked) VALUES (?, ?, ?, ?)", t.region, d[:], p.bytes, p.unpacked)
	return d, unavailable("be written", err)
}
