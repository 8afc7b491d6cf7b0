package sqlitestore

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Verify reads everything in the record and holds it against the digests it was stored with. Damage gives a [model.Error]
// with CodeInternal.
func (s *Store) Verify(ctx context.Context) error {
	var found string
	if err := s.read.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return &model.Error{Code: model.CodeInternal, Err: err, Message: scheduler.Damaged("its file").Error()}
	}
	if found != "ok" {
		return scheduler.Damaged("its file")
	}
	for _, q := range []string{"SELECT digest, bytes, unpacked FROM content", "SELECT digest, body, NULL FROM entry"} {
		if err := s.verifyRows(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) verifyRows(ctx context.Context, query string) error {
	rows, err := s.read.QueryContext(ctx, query)
	if err != nil {
		return unavailable("be verified", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what went wrong
	for rows.Next() {
		var digest []byte
		var p row
		if err := rows.Scan(&digest, &p.bytes, &p.unpacked); err != nil {
			return unavailable("be verified", err)
		}
		content, whole := p.unpack()
		if d := scheduler.ContentDigest(content); !whole || string(digest) != string(d[:]) {
			return scheduler.Damaged("something in it")
		}
	}
	return unavailable("be verified", rows.Err())
}
