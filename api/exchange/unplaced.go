package exchange

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Unplaced is a person who was given fewer minutes than they could use in a week, and why.
type Unplaced struct {
	CRN           model.CRN
	Event         int32
	NeededMinutes int32
	PlacedMinutes int32
	MainObstacle  string
	NearestMiss   string
}

var unplacedTable = &table[Unplaced]{
	kind: "unplaced", help: "Everyone active with fewer minutes placed in the week than a standard day or what remains. Only written.",
	key: noKey[Unplaced],
	columns: []column[Unplaced]{
		crn("crn", func(u *Unplaced) *model.CRN { return &u.CRN }).must(),
		whole("event_number", 1, 1_000_000, func(u *Unplaced) *int32 { return &u.Event }).must().says("the number of the order", "1"),
		whole("needed_minutes", 0, maxMinutes, func(u *Unplaced) *int32 { return &u.NeededMinutes }).zeros().says("minutes that were wanted", "420"),
		whole("placed_minutes", 0, maxMinutes, func(u *Unplaced) *int32 { return &u.PlacedMinutes }).zeros().says("minutes that were placed", "0"),
		words("main_obstacle", func(u *Unplaced) *string { return &u.MainObstacle }).says("the rule that stood most in the way", "travel-limit"),
		words("nearest_miss", func(u *Unplaced) *string { return &u.NearestMiss }).says("the session that came nearest, and what it lacked", ""),
	},
}

// WriteUnplaced writes unplaced.csv in dir, which it makes if need be, by CRN and event number; with nobody unplaced it
// holds the header alone.
func WriteUnplaced(dir string, rows []Unplaced) error {
	w, err := newWriter(dir, nil)
	if err != nil {
		return err
	}
	putUnplaced(w, rows)
	return w.err
}

func putUnplaced(w *writer, rows []Unplaced) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Unplaced) int { return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event)) })
	putAll(w, unplacedTable, rows)
}
