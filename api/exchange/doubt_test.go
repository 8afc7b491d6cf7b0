package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

func TestWhoeverAnUnreadableRowProtectsIsDoubtful(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, content string }{
		{"a busy time that cannot be read", "availability.csv", "crn,kind,day_of_week,start_time,end_time\nX000001,busy,mon,25:00,10:00\n"},
		{"an area without a radius", "exclusion_areas.csv", "crn,latitude,longitude,radius_metres\nX000001,51.4,0.1,\n"},
		{"a pair that cannot be one", "keep_apart.csv", "crn,other_crn\nX000001,X000001\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := smallRegion()
			files[c.file] = c.content
			f, _, err := exchange.ReadDir(folderOf(t, files), exchange.Options{})
			require.NoError(t, err)
			require.Equal(t, []model.Doubt{{CRN: "X000001", Kind: strings.TrimSuffix(c.file, ".csv")}}, f.Doubtful)
			require.NotEmpty(t, f.People, "they stay among the people")
		})
	}
	f, _, err := exchange.ReadDir(folderOf(t, smallRegion()), exchange.Options{})
	require.NoError(t, err)
	require.Empty(t, f.Doubtful)
}
