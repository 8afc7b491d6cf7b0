package sqlitestore

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

var _ scheduler.Lister = (*transaction)(nil)

// nextKind leaps from one kind to the next by the primary key; DISTINCT would read every entry.
const nextKind = `WITH RECURSIVE found(kind) AS (
    SELECT min(kind) FROM entry WHERE region = ?1
    UNION ALL SELECT (SELECT min(kind) FROM entry WHERE region = ?1 AND entry.kind > found.kind) FROM found WHERE found.kind IS NOT NULL
) SELECT kind FROM found WHERE kind IS NOT NULL`

// Kinds implements [scheduler.Lister].
func (t *transaction) Kinds() ([]scheduler.Kind, error) {
	names, err := texts(t.tx.QueryContext(t.ctx, nextKind, t.region))
	var out []scheduler.Kind
	for _, name := range names {
		out = append(out, scheduler.Kind(name))
	}
	return out, err
}

// Contents implements [scheduler.Lister].
func (t *transaction) Contents() ([]model.Digest, error) {
	names, err := texts(t.tx.QueryContext(t.ctx, "SELECT digest FROM content WHERE region = ? ORDER BY digest", t.region))
	if err != nil {
		return nil, err
	}
	var out []model.Digest
	for _, name := range names {
		var d model.Digest
		if copy(d[:], name) != len(d) {
			return nil, scheduler.Damaged("the name of content")
		}
		out = append(out, d)
	}
	return out, nil
}
