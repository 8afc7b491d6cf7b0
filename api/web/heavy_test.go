package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

func TestABoardOfSixtySupervisorsStaysLight(t *testing.T) {
	t.Parallel()
	w := *typical(t)
	sn := *w.Snapshot
	sn.Supervisors = nil
	var duties []model.Duty
	for i := range 60 {
		s := w.Snapshot.Supervisors[0]
		s.Code = model.SupervisorCode(fmt.Sprintf("S%03d", i))
		sn.Supervisors = append(sn.Supervisors, s)
		for _, d := range slices.Compact(w.Roster.Sessions()) {
			if i%4 == 0 {
				duties = append(duties, model.Duty{Session: d, Supervisor: s.Code})
			}
		}
	}
	w.Snapshot, w.Roster = &sn, w.Roster.Clone()
	w.Roster.Duties = duties
	w.Roster.Sort()
	got := ask(source{week: &w}, http.MethodGet, "/weeks/2026-W49").Body.Bytes()
	require.GreaterOrEqual(t, strings.Count(string(got), `<th scope="row">`), 60)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(got)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.Less(t, packed.Len(), 25_000, "bytes sent for one page")
	require.Less(t, strings.Count(string(got), "<a "), 60, "stops of the Tab key")
}
