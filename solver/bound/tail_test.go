package bound

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write tails.csv anew; takes half an hour")

// makeRows works the table out for rooms up to a size.
func makeRows(least, rooms int32) (rows []tableRow) {
	x := tails{eps: float64(tableEps)/1000 + 1e-6, least: float64(least) / 1000, mean: usualMean}
	for room := int32(1); room <= rooms; room++ {
		for i, l := range x.limits(room, room*3/2).of {
			rows = append(rows, tableRow{least, room, room + 1 + int32(i), l})
		}
	}
	return rows
}

func TestTableIsWhatIsWorkedOut(t *testing.T) {
	if *update {
		var out strings.Builder
		for least := int32(tableFrom); least <= tableTo; least += tableStep {
			for _, r := range makeRows(least, tableRooms) {
				out.WriteString(r.String() + "\n")
			}
		}
		require.NoError(t, os.WriteFile("tails.csv", []byte(out.String()), 0o600))
		return
	}
	rooms := int32(5)
	if os.Getenv("PAYBACK_LONG") != "" {
		rooms = 12
	}
	rows, err := readTable()
	require.NoError(t, err)
	for least := int32(tableFrom); least <= tableTo; least += tableStep {
		var kept []string
		for _, r := range rows {
			if r.least == least && r.room <= rooms {
				kept = append(kept, r.String())
			}
		}
		var made []string
		for _, r := range makeRows(least, rooms) {
			made = append(made, r.String())
		}
		require.Equal(t, made, kept, "least %d", least)
	}
}
