package forecast

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// slowly works WhenFinished out as its definition says, with a number for every count of places up to the most there can be. It is the
// slow twin and may not be deleted.
func slowly(c Course) []int64 {
	most, planned := 0, int32(0)
	for k, n := range c.Offers {
		if n > 0 {
			most = k
		}
	}
	for _, k := range c.Planned {
		planned += k
	}
	n, known := int(c.Sessions), c.concentration()
	came := int64(c.Chance) * known / 1000
	urn, enoughOf := make([]int64, n+1), []int64{}
	urn[0] = unit
	for m := range int(planned) + most*horizonWeeks + 1 {
		enoughOf = append(enoughOf, urn[n])
		for i := min(n-1, m); i >= 0; i-- {
			comes := divide(urn[i]*(came+1000*int64(i)), known+1000*int64(m))
			urn[i], urn[i+1] = urn[i]-comes, urn[i+1]+comes
		}
	}
	var out []int64
	places, weekly := []int64{unit}, c.weekly(most)
	for w := range horizonWeeks {
		with := weekly
		if w < len(c.Planned) {
			with = append(make([]int64, c.Planned[w]), unit)
		}
		next := make([]int64, len(places)+len(with)-1)
		for i, p := range places {
			for k, q := range with {
				next[i+k] += p * q
			}
		}
		by := int64(0)
		for m := range next {
			next[m] = (next[m] + unit/2) >> 30
			by += next[m] * enoughOf[m] >> 30
		}
		places = next
		if w > 0 {
			by = max(by, out[w-1])
		}
		if out = append(out, min(by, unit)); by >= enough || most == 0 && w >= len(c.Planned) {
			break
		}
	}
	return out
}

func TestAForecastIsWhatItsDefinitionSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Course{
			Today: rapid.Int32Range(0, 6).Draw(t, "today"), Sessions: rapid.Int32Range(1, 30).Draw(t, "sessions"),
			Chance: rapid.Int32Range(0, 1000).Draw(t, "chance"), Known: rapid.Int32Range(1, 60).Draw(t, "known"),
			Planned: rapid.SliceOfN(rapid.Int32Range(0, 3), 0, 4).Draw(t, "planned"),
		}
		for k := range 3 {
			c.Offers[k] = rapid.Int64Range(0, 20_000).Draw(t, "offers")
		}
		f := WhenFinished(c)
		require.Equal(t, slowly(c), f.by)
	})
}
