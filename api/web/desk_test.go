package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// bench is a desk on one week, which notes what it is asked to do.
type bench struct {
	week *web.Week
	err  error
	done *[]string
}

func (b bench) note(what string) { *b.done = append(*b.done, what) }

func (b bench) Repair(ctx context.Context, _ string, q scheduler.RepairRequest) (*scheduler.Repairing, error) {
	if b.err != nil {
		return nil, b.err
	}
	sn, err := b.week.Snapshot.With(model.PublishRoster{Roster: b.week.Roster})
	if err != nil {
		return nil, err
	}
	return scheduler.RepairWeek(ctx, sn, q, constraints.All)
}

func (b bench) KeepRepair(_ context.Context, _ string, q scheduler.RepairRequest, option int, _ model.Digest, c scheduler.Command) (scheduler.Draft, error) {
	b.note("keep " + string(q.Happened[0].Supervisor) + " " + c.Reason)
	return someDrafts()[option], b.err
}

func (b bench) Explained(context.Context, string, scheduler.RosterRef) (*scheduler.Explained, error) {
	if b.err != nil {
		return nil, b.err
	}
	return scheduler.Explain(b.week.Snapshot, b.week.Roster, constraints.All, nil)
}

func (b bench) ShadowPrices(ctx context.Context, region string, ref scheduler.RosterRef, _ int) (*scheduler.ShadowPrices, *scheduler.Explained, error) {
	x, err := b.Explained(ctx, region, ref)
	if err != nil {
		return nil, nil, err
	}
	found, err := x.ShadowPrices(ctx, 2, 1)
	return found, x, err
}

func (b bench) Certificate(context.Context, string, scheduler.RosterRef) (*scheduler.Certified, error) {
	return &scheduler.Certified{Snapshot: b.week.Snapshot, Plan: b.week.Roster}, b.err
}

func (b bench) Draft(_ context.Context, _, id string) (scheduler.Draft, error) {
	for _, d := range someDrafts() {
		if d.ID == id {
			return d, b.err
		}
	}
	return scheduler.Draft{}, model.Errorf(model.CodeNotFound, "found no plan %q", id)
}

func (b bench) Drafts(context.Context, string, model.Week) ([]scheduler.Draft, error) {
	return someDrafts(), b.err
}

func (b bench) PlanChanges(context.Context, string, string) ([]scheduler.Difference, error) {
	return make([]scheduler.Difference, 3), b.err
}

func (b bench) RunHistory(context.Context, string, int) ([]scheduler.Run, error) {
	at := time.Date(2026, 11, 26, 2, 30, 0, 0, time.UTC)
	return []scheduler.Run{
		{Name: "p_3", State: scheduler.RunRunning, Who: "J Ahmed", Asked: at, Work: scheduler.Work{Week: week}},
		{Name: "p_1", State: scheduler.RunMade, Who: "J Ahmed", Asked: at, Work: scheduler.Work{Week: week}, Done: scheduler.Done{Placed: 1200, Took: 90 * time.Second}},
		{Name: "night/2026-11-26", State: scheduler.RunFailed, Who: "nightly run", Asked: at, Failure: "Time ran out."},
	}, b.err
}

func (b bench) StopPlan(_ context.Context, _, id string) (scheduler.Draft, error) {
	b.note("stop " + id)
	return scheduler.Draft{}, b.err
}

func (b bench) StartNight(context.Context, string, bool) (scheduler.Night, error) {
	b.note("night")
	return scheduler.Night{}, b.err
}

// someDrafts are one that a search made, one made by hand, and one that is being made.
func someDrafts() []scheduler.Draft {
	at := time.Date(2026, 11, 26, 9, 5, 0, 0, time.UTC)
	return []scheduler.Draft{
		{ID: "p_1", Week: week, State: scheduler.Ready, Roster: model.Digest{1}, Who: "J Ahmed", At: at, Why: "the planned work is done",
			Summary: scheduler.Summary{People: 1200, Workable: 1300, Value: 95_000_000}, Bound: &scheduler.Bounded{Most: 100_000_000, LeftOut: []string{"travel"}}},
		{ID: "p_2", Week: week, State: scheduler.Ready, Roster: model.Digest{2}, Who: "J Ahmed", At: at},
		{ID: "p_3", Week: week, State: scheduler.Running, Who: "J Ahmed", At: at},
	}
}

// deskSite serves a week with a desk.
func deskSite(b bench) http.Handler {
	return web.Handler(source{week: b.week}, web.Options{Region: "Middle Vale", Home: week, Catalogue: constraints.All, Zone: "Europe/London", Desk: b,
		Nights: func(context.Context, string) ([]scheduler.Night, error) { return someNights()[1:], nil }})
}

func send(t *testing.T, b bench, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	deskSite(b).ServeHTTP(w, r)
	return w
}

func newBench(t *testing.T) bench {
	t.Helper()
	return bench{week: typical(t), done: new([]string)}
}

func TestAPlanHasItsPage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	page := send(t, b, "/plans/p_1", nil).Body.String()
	for _, part := range []string{"1,200", "of 1,300 who could work", "100,000", "5.00%", "12.0", "days of 7 hours, at most", "3 changes that nobody was told yet", `href="/plans/p_1/certificate.json.gz"`,
		`href="/plans/p_1/prices"`, "26 November 2026 at 9:05am"} {
		require.Contains(t, page, part)
	}
	byHand := send(t, b, "/plans/p_2", nil).Body.String()
	require.Contains(t, byHand, "is not known: the plan was made by hand")
	require.NotContains(t, byHand, "certificate.json.gz")
	require.Contains(t, send(t, b, "/plans/p_3", nil).Body.String(), "Is being made")
	require.Equal(t, http.StatusNotFound, send(t, b, "/plans/p_9", nil).Code)
	list := send(t, b, "/weeks/2026-W49/plans", nil).Body.String()
	require.Contains(t, list, `<a href="/plans/p_1">p_1</a>`)
	require.Contains(t, list, "5.00%")
	got := send(t, b, "/plans/p_1/certificate.json.gz", nil)
	require.Equal(t, "application/gzip", got.Header().Get("Content-Type"))
	require.NotEmpty(t, got.Body.Bytes())
}

func TestPricesHaveTheirPage(t *testing.T) {
	t.Parallel()
	page := send(t, newBench(t), "/weeks/2026-W49/prices", nil).Body.String()
	for _, part := range []string{"No roster is worth more than", "What is lacking, whatever the roster", "supervisor", "At most", "would add nothing, and are left out."} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, send(t, newBench(t), "/weeks/2026-W49/prices?all=1", nil).Body.String(), "are left out")
}

func TestARepairIsAskedForAndKept(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it is about what a page says, and slow under the race detector")
	}
	b := newBench(t)
	duty := b.week.Roster.Duties[0]
	form := send(t, b, "/weeks/2026-W49/repair", nil).Body.String()
	require.Contains(t, form, `<option value="`+string(duty.Supervisor)+`">`)
	for _, k := range []string{"supervisor-off", "minibus-off", "close", "rain", "person-off", "overbooked"} {
		require.Contains(t, form, "what="+k)
		require.Equal(t, http.StatusOK, send(t, b, "/weeks/2026-W49/repair?what="+k, nil).Code)
	}
	asked := url.Values{"what": {"supervisor-off"}, "who": {string(duty.Supervisor)}, "from": {duty.Session.Date.String()}}
	got := send(t, b, "/weeks/2026-W49/repair", asked)
	require.Equal(t, http.StatusOK, got.Code)
	page := got.Body.String()
	for _, part := range []string{"Broken now in what is published", "Option 1", "People to tell", "Minutes of work", "The check "} {
		require.Contains(t, page, part)
	}
	for _, m := range regexp.MustCompile(`name="(digest|key|option)" value="([^"]+)"`).FindAllStringSubmatch(page, 3) {
		asked.Set(m[1], m[2])
	}
	asked.Set("reason", "ill")
	kept := send(t, b, "/weeks/2026-W49/repair/keep", asked)
	require.Equal(t, http.StatusSeeOther, kept.Code, kept.Body)
	require.Equal(t, "/plans/p_1", kept.Header().Get("Location"))
	require.Equal(t, []string{"keep " + string(duty.Supervisor) + " ill"}, *b.done)
	asked.Set("curve", "1")
	require.Contains(t, send(t, b, "/weeks/2026-W49/repair", asked).Body.String(), "At most 100")

	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"no day":       {url.Values{"what": {"supervisor-off"}, "who": {"X"}}, "Choose the day on which it begins."},
		"no CRN":       {url.Values{"what": {"person-off"}, "who": {"Smith"}, "from": {"2026-11-30"}}, "Enter a CRN of a letter and six digits"},
		"backwards":    {url.Values{"what": {"close"}, "who": {"C00102"}, "from": {"2026-12-01"}, "to": {"2026-11-30"}}, "not before the first"},
		"no number":    {url.Values{"what": {"rain"}, "from": {"2026-11-30"}, "tell": {"many"}}, "Enter a whole number"},
		"unknown":      {url.Values{"what": {"supervisor-off"}, "who": {"NOBODY"}, "from": {"2026-11-30"}}, "There is a problem"},
		"another week": {url.Values{"what": {"rain"}, "from": {"2026-01-01"}}, "expected a day of week 2026-W49"},
	} {
		got := send(t, b, "/weeks/2026-W49/repair", c.form)
		require.Equal(t, http.StatusBadRequest, got.Code, name)
		require.Contains(t, got.Body.String(), c.says, name)
		require.Contains(t, got.Body.String(), `role="alert"`, name)
	}
}

func TestRunsAreShownAndCancelled(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	page := send(t, b, "/runs", nil).Body.String()
	require.Equal(t, 1, strings.Count(page, "<button>Cancel"), "only what goes on can be cancelled")
	require.Contains(t, page, "Night of 26 November 2026")
	got := send(t, b, "/runs", url.Values{"run": {"p_3"}})
	require.Equal(t, http.StatusSeeOther, got.Code)
	require.Contains(t, send(t, b, "/nights", nil).Body.String(), "<button>Run tonight's night now")
	require.Equal(t, http.StatusSeeOther, send(t, b, "/nights", url.Values{}).Code)
	require.Equal(t, []string{"stop p_3", "night"}, *b.done)
}

// TestNothingIsDoneForOtherSites sends forms as other sites' pages would, and as somebody without the role does.
func TestNothingIsDoneForOtherSites(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, path := range []string{"/nights", "/runs", "/weeks/2026-W49/repair", "/weeks/2026-W49/repair/keep"} {
		require.Equal(t, http.StatusForbidden, send(t, b, path, url.Values{"run": {"p_3"}}, "Sec-Fetch-Site", "cross-site").Code, path)
		require.Equal(t, http.StatusForbidden, send(t, b, path, url.Values{"run": {"p_3"}}, "Origin", "https://elsewhere.example").Code, path)
	}
	require.Equal(t, http.StatusMethodNotAllowed, send(t, b, "/plans/p_1", url.Values{}).Code)
	require.Empty(t, *b.done)
	b.err = model.Errorf(model.CodeForbidden, "found a request that needs one of the roles x")
	for _, path := range []string{"/nights", "/runs"} {
		got := send(t, b, path, url.Values{"run": {"p_3"}})
		require.Equal(t, http.StatusForbidden, got.Code)
		require.Contains(t, got.Body.String(), "You may not do this")
	}
	b.err = model.Errorf(model.CodeConflict, "The night is done already.")
	require.Equal(t, http.StatusConflict, send(t, b, "/nights", url.Values{}).Code)
}
