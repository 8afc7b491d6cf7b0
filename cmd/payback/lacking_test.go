package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsLackingIsToldWithAPlan(t *testing.T) {
	t.Parallel()
	dir := region(t, "300")
	out := plan(t, dir)
	type shortage struct {
		People  int `json:"people"`
		Held    int `json:"held_at_most"`
		Lack    int `json:"lack_at_least"`
		Without int `json:"without_a_place"`
	}
	var file struct {
		Lacking struct {
			Workable  int `json:"people_who_could_work"`
			Without   int `json:"without_a_place"`
			NoSession []struct {
				People int `json:"people"`
			} `json:"no_session_suits"`
			All       *shortage  `json:"most"`
			Few       []shortage `json:"densest"`
			Rest      int        `json:"for_other_reasons"`
			Sentences []string   `json:"sentences"`
		} `json:"lacking"`
	}
	b, err := os.ReadFile(filepath.Join(out, "plan.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &file))
	l := file.Lacking
	require.NotNil(t, l.All)
	require.Equal(t, l.All.People, l.All.Held+l.All.Lack)
	require.GreaterOrEqual(t, l.All.Without, l.All.Lack)
	sum := l.All.Lack + l.Rest
	for _, c := range l.NoSession {
		sum += c.People
	}
	require.Equal(t, l.Without, sum)

	var whole struct {
		Lacking struct {
			Without   int      `json:"without_place"`
			Sentences []string `json:"sentences"`
		} `json:"lacking"`
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, "explain", "roster", "--dir", dir, "--roster", out, "--week", "2026-W49", "-o", "json", "-q").stdout), &whole))
	require.Equal(t, l.Without, whole.Lacking.Without)
	require.Equal(t, l.Sentences, whole.Lacking.Sentences, "a plan and its explanation say the same")

	for _, told := range []string{
		must(t, "prices", "--dir", dir, "--roster", out, "--week", "2026-W49", "--steps", "5").stdout,
		must(t, "explain", "roster", "--dir", dir, "--roster", out, "--week", "2026-W49").stdout,
	} {
		_, lacking, ok := strings.Cut(told, "What is lacking\n")
		require.True(t, ok)
		require.Contains(t, strings.Join(strings.Fields(lacking), " "), l.Sentences[0])
		narrow(t, told)
	}
}
