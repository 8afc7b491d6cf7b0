package sqlitestore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest is the schema version this program writes: the number of the last migration.
const newest = 2

// applicationID marks a file as a record of payback ("PAYB").
const applicationID = 0x50415942

// migrate brings the schema up to date within one transaction, so that a file is of the old version or of the new.
func migrate(ctx context.Context, tx *sql.Tx) error {
	have, err := identify(ctx, tx)
	if err != nil {
		return err
	}
	if err := have.refuse(); err != nil { // another process may have been here since look
		return err
	}
	for n := have.version + 1; n <= newest; n++ {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", n))
		if err != nil {
			return fmt.Errorf("read migration %d: %w", n, err)
		}
		mark := fmt.Sprintf("\nPRAGMA user_version = %d;\nPRAGMA application_id = %d;", n, applicationID)
		if _, err := tx.ExecContext(ctx, string(text)+mark); err != nil {
			return unavailable("be brought up to date", err)
		}
	}
	return nil
}
