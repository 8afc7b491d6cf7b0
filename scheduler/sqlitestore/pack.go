package sqlitestore

import (
	"database/sql"

	"github.com/communitypayback/payback/scheduler"
)

// row is content as a row of the table holds it.
type row struct {
	bytes    []byte
	unpacked sql.NullInt64 // not valid: bytes is the content itself
}

// pack gives the row of some content.
func pack(content []byte) (row, error) {
	p, err := scheduler.Pack(content)
	return row{p.Bytes, sql.NullInt64{Int64: p.Size, Valid: !p.Plain}}, err
}

// unpack gives the content of a row and whether it has the size that was recorded.
func (r row) unpack() ([]byte, bool) {
	return scheduler.Packed{Bytes: r.bytes, Plain: !r.unpacked.Valid, Size: r.unpacked.Int64}.Unpack()
}
