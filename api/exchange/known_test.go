package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
)

func TestFilesThatHoldAPartReferToWhatIsThereAlready(t *testing.T) {
	t.Parallel()
	known, _, err := exchange.ReadDir(folderOf(t, smallRegion()), exchange.Options{})
	require.NoError(t, err)
	part := map[string]string{"availability.csv": "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,09:00,10:00\nX999999,busy,mon,09:00,10:00\n"}

	f, report, err := exchange.ReadDir(folderOf(t, part), exchange.Options{Known: known})
	require.NoError(t, err)
	require.Len(t, f.Spells, 1)
	require.Equal(t, known.Region, f.Region)
	require.Len(t, report.Problems, 1, "files that are not there are not missed")
	require.Equal(t, "a code that the region has already, or a row in people.csv", report.Problems[0].Expected)

	_, report, err = exchange.ReadDir(folderOf(t, part), exchange.Options{})
	require.NoError(t, err)
	require.Greater(t, len(report.Problems), 2, "alone, neither row refers to anybody, and files are missing")
}
