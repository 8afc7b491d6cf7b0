package main_test

import (
	"compress/gzip"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/redistest"
)

// previous unpacks a record of the previous version of the schema, which has a published week, runs and a night: twelve made-up people,
// imported, planned, published and planned again by `night run --rounds 1`, all at nine on 26 November 2026. It gives its folder.
func previous(t *testing.T) string {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "record-1.db.gz"))
	require.NoError(t, err)
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.EqualValues(t, 1, binary.BigEndian.Uint32(text[schemaAt:]))
	data := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.Mkdir(data, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "payback.db"), text, 0o600))
	return data
}

// schemaAt is where a SQLite file has the version of its schema (https://www.sqlite.org/fileformat.html#user_version_number).
const schemaAt = 60

func TestARecordOfThePreviousSchemaIsReadAndGoesOnInAFolderAndOnRedis(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it plans weeks")
	}
	data, url := previous(t), redistest.Start(t).URL()
	r := &recorded{t: t, data: data}
	r.must("doctor")
	must(t, "migrate", "--from", data, "--to", url)
	for i, r := range []*recorded{r, {t: t, data: url}} {
		var nights []aNight
		r.json(&nights, "nights")
		require.Len(t, nights, 1)
		require.Equal(t, "2026-11-26", nights[0].Night)
		require.Equal(t, "made", nights[0].State)
		require.Len(t, nights[0].Weeks, 4)
		var runs []struct {
			Run, State string
			Attempts   int
		}
		r.json(&runs, "runs")
		require.Len(t, runs, 6)
		for _, x := range runs {
			require.Equal(t, "made", x.State)
			require.Equal(t, 1, x.Attempts)
		}
		r.must("audit", "verify")
		r.must("check", "published", "--week", "2026-W49", "--as-of", "2026-11-26T12:00")
		r.must("publish", nights[0].Weeks[1].Plan, "--week", nights[0].Weeks[1].Week)
		if i == 0 {
			r.must("night", "run", "--again", "--rounds", "1")
			r.json(&nights, "nights")
			require.Len(t, nights, 2)
		}
		r.must("audit", "verify")
	}
}

func TestARecordOfANewerProgramIsRefusedAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	data := previous(t)
	file := filepath.Join(data, "payback.db")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	binary.BigEndian.PutUint32(text[schemaAt:], 99)
	require.NoError(t, os.WriteFile(file, text, 0o600))
	server := redistest.Start(t)
	server.Do("SET", "{payback}:format", "99")
	for _, place := range []string{data, "redis://" + server.Address()} {
		for _, args := range [][]string{{"nights"}, {"work"}, {"serve", "--listen", "127.0.0.1:0"}, {"night", "run"}} {
			o := run(append(args, "--data", place)...)
			require.NotZero(t, o.code)
			require.Contains(t, o.stderr, "99")
		}
	}
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, text, after)
	require.Equal(t, "1", server.Do("DBSIZE"))
}
