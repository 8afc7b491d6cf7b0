package main_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAttendanceIsReportedFromFilesAndFromTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "300")
	words := must(t, "attendance", "report", r.dir, "--week", "2026-W49", "--as-of", "2026-11-26T12:00", "--weeks", "3").stdout
	for _, part := range []string{
		"How well estimates of coming come true – Middle Vale, 2026-11-09 until 2026-11-30", "Brier score", "log loss", "CHANCE TOLD", "female", "50 and over",
		"EXPECTED LESS CAME", "95 % INTERVAL", "a first session",
	} {
		require.Contains(t, words, part)
	}
	type report struct {
		Weeks       int `json:"weeks"`
		Calibration struct {
			Outcomes int     `json:"outcomes"`
			Brier    float64 `json:"brier"`
			Deciles  []struct {
				Said float64 `json:"predicted"`
			} `json:"deciles"`
		} `json:"calibration"`
		Sex []struct {
			Group  string `json:"group"`
			People int    `json:"people"`
		} `json:"sex"`
		Answer string `json:"answer"`
	}
	var files, record report
	require.NoError(t, json.Unmarshal([]byte(must(t, "attendance", "report", r.dir, "--week", "2026-W49", "--as-of", "2026-11-26T12:00", "--weeks", "3", "-o", "json").stdout), &files))
	r.json(&record, "attendance", "report", "--week", "2026-W49", "--weeks", "3")
	require.Equal(t, files, record)
	require.Equal(t, 3, files.Weeks)
	require.Greater(t, files.Calibration.Outcomes, 100)
	require.InDelta(t, 0.22, files.Calibration.Brier, 0.06)
	require.Len(t, files.Calibration.Deciles, 10)
	require.Equal(t, "male", files.Sex[1].Group)
	require.Greater(t, files.Sex[1].People, 100)
	require.NotEmpty(t, files.Answer)

	require.Equal(t, 2, r.run("attendance", "report", "--weeks", "53").code)
	require.Equal(t, 2, r.run("attendance").code)
}
