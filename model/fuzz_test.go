package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

// FuzzParse: whatever is understood is written in one form that means the same.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-11-30", "29/2/2028", "09:00", "24:00", "9:00:00", "2026-W53", "CT01/2026-11-30/09:00",
		"CT01/2026-11-30", "", "//", ":", "-W"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := model.ParseDate(s); err == nil && d != 0 {
			again, err := model.ParseDate(d.String())
			require.NoError(t, err)
			require.Equal(t, d, again)
		}
		if c, err := model.ParseClock(s); err == nil {
			require.True(t, c >= 0 && c <= 1440)
			again, err := model.ParseClock(c.String())
			require.NoError(t, err)
			require.Equal(t, c, again)
		}
		if w, err := model.ParseWeek(s); err == nil {
			require.Equal(t, s, w.String())
			require.Equal(t, w, model.WeekOf(w.Monday()))
		}
		if k, err := model.ParseSessionKey(s); err == nil && k.Start >= 0 && k.Date != 0 {
			again, err := model.ParseSessionKey(k.String())
			require.NoError(t, err)
			require.Equal(t, k, again)
		}
	})
}
