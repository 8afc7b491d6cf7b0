package api_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// weekOf is a published week with so many appointments, each in a session of its own.
func weekOf(t require.TestingT, version, appointments int) *scheduler.WeekView {
	c := london(t)
	r := &model.Roster{Region: "R1", Week: week}
	for i := range appointments {
		k := model.SessionKey{Project: model.ProjectCode(fmt.Sprintf("P%03d", i)), Date: monKey.Date, Start: 540}
		r.Appointments = append(r.Appointments, model.Appointment{CRN: model.CRN(fmt.Sprintf("X%06d", i)), Event: 1, Session: k, Span: c.Span(k.Date, 540, 960)})
	}
	return &scheduler.WeekView{Snapshot: &model.Snapshot{Region: "R1", Week: week, Calendar: c}, Roster: r, Published: scheduler.RosterVersion{Week: week, Version: version}}
}

func TestPagesStayWithWhatTheFirstOneRead(t *testing.T) {
	t.Parallel()
	latest, asked := 1, []int{}
	office := &fake{regions: []string{"R1"}, week: func(_ model.Week, version int) (*scheduler.WeekView, error) {
		asked = append(asked, version)
		if version == 0 {
			version = latest
		}
		return weekOf(t, version, 10*version), nil
	}}
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	ask := &paybackv1.ListAppointmentsRequest{Week: "2026-W49", PageSize: 4}
	var all []string
	for {
		page, err := c.rosters.ListAppointments(t.Context(), ask)
		require.NoError(t, err)
		require.Equal(t, int32(1), page.GetVersion())
		require.Zero(t, page.GetTotalSize(), "nobody asked")
		for _, a := range page.GetAppointments() {
			all = append(all, a.GetCrn())
		}
		latest++ // somebody publishes in between
		ask.PageToken = page.GetNextPageToken()
		if ask.GetPageToken() == "" {
			break
		}
	}
	require.Len(t, all, 10)
	require.IsIncreasing(t, all)
	require.Equal(t, []int{0, 1, 1}, asked)
}

func TestVersionsAndPlansThatAreMadeMeanwhileAreOnNoLaterPage(t *testing.T) {
	t.Parallel()
	versions, drafts := 5, 5
	begin := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	office := &fake{regions: []string{"R1"},
		versions: func() (out []scheduler.RosterVersion, _ error) {
			for v := versions; v > 0; v-- {
				out = append(out, scheduler.RosterVersion{Week: week, Version: v})
			}
			return out, nil
		},
		drafts: func() (out []scheduler.Draft, _ error) {
			for d := drafts; d > 0; d-- { // two of each moment
				out = append(out, scheduler.Draft{ID: fmt.Sprint("p", d), Week: week, At: begin.Add(time.Duration(d/2) * time.Second)})
			}
			return out, nil
		},
	}
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	var got []int32
	for token := ""; ; versions++ {
		page, err := c.rosters.ListRosterVersions(t.Context(), &paybackv1.ListRosterVersionsRequest{Week: "2026-W49", PageSize: 2, PageToken: token})
		require.NoError(t, err)
		for _, v := range page.GetVersions() {
			got = append(got, v.GetVersion())
		}
		if token = page.GetNextPageToken(); token == "" {
			break
		}
	}
	require.Equal(t, []int32{5, 4, 3, 2, 1}, got)
	for _, size := range []int32{1, 2, 3} {
		drafts = 5
		var ids []string
		for token := ""; ; drafts += 2 {
			page, err := c.plans.ListPlans(t.Context(), &paybackv1.ListPlansRequest{Week: "2026-W49", PageSize: size, PageToken: token})
			require.NoError(t, err)
			for _, p := range page.GetPlans() {
				ids = append(ids, p.GetPlanId())
			}
			if token = page.GetNextPageToken(); token == "" {
				break
			}
		}
		require.Equal(t, []string{"p5", "p4", "p3", "p2", "p1"}, ids, size)
	}
}

func TestChangesThatChangeWhileTheyAreListedEndTheListing(t *testing.T) {
	t.Parallel()
	n := 5
	office := &fake{regions: []string{"R1"}, changes: func() ([]scheduler.Difference, error) {
		return make([]scheduler.Difference, n), nil
	}}
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	ask := &paybackv1.ListPlanChangesRequest{PlanId: "p_1", PageSize: 2}
	page, err := c.plans.ListPlanChanges(t.Context(), ask)
	require.NoError(t, err)
	ask.PageToken = page.GetNextPageToken()
	_, err = c.plans.ListPlanChanges(t.Context(), ask)
	require.NoError(t, err)
	n++
	_, err = c.plans.ListPlanChanges(t.Context(), ask)
	_, reason, _ := told(t, err)
	require.Equal(t, "ETAG_MISMATCH", reason)
}

func TestATokenGoesWithItsOwnRequestOnly(t *testing.T) {
	t.Parallel()
	office := &fake{regions: []string{"R1"}, week: func(model.Week, int) (*scheduler.WeekView, error) { return weekOf(t, 3, 100), nil }}
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	page, err := c.rosters.ListSessions(t.Context(), &paybackv1.ListSessionsRequest{Week: "2026-W49"})
	require.NoError(t, err)
	require.Len(t, page.GetSessions(), 50)
	token := page.GetNextPageToken()
	_, err = c.rosters.ListSessions(t.Context(), &paybackv1.ListSessionsRequest{Week: "2026-W49", PageToken: token, PageSize: 7, IncludeTotalSize: true})
	require.NoError(t, err, "a page may have another size")
	for name, q := range map[string]*paybackv1.ListSessionsRequest{
		"another week":    {Week: "2026-W50"},
		"another day":     {Week: "2026-W49", Date: "2026-11-30"},
		"another project": {Week: "2026-W49", ProjectCode: "P001"},
		"another version": {Week: "2026-W49", Version: 2},
		"another region":  {Week: "2026-W49", Region: "R2"},
	} {
		q.PageToken = token
		_, err := c.rosters.ListSessions(t.Context(), q)
		_, reason, details := told(t, err)
		require.Equal(t, "INVALID_FIELD", reason, name)
		require.Equal(t, []string{"page_token"}, fieldsOf(t, details), name)
	}
	_, err = c.rosters.ListAppointments(t.Context(), &paybackv1.ListAppointmentsRequest{Week: "2026-W49", PageToken: token})
	_, _, details := told(t, err)
	require.Equal(t, []string{"page_token"}, fieldsOf(t, details), "another list")

	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	rapid.Check(t, func(rt *rapid.T) { // whatever else is sent
		forged := []byte(token)
		if rapid.Bool().Draw(rt, "changed") {
			forged[rapid.IntRange(0, len(forged)-1).Draw(rt, "at")] = alphabet[rapid.IntRange(0, 63).Draw(rt, "to")]
		} else {
			forged = []byte(rapid.StringMatching(`[A-Za-z0-9_-]{1,60}`).Draw(rt, "token"))
		}
		if string(forged) == token {
			return
		}
		_, err := c.rosters.ListSessions(t.Context(), &paybackv1.ListSessionsRequest{Week: "2026-W49", PageToken: string(forged)})
		_, _, details := told(t, err)
		require.Equal(rt, []string{"page_token"}, fieldsOf(t, details))
	})
}
