package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// orders is a backlog of two people.
func orders() *scheduler.Backlog {
	b := &scheduler.Backlog{Region: "Middle Vale", AsOf: model.NewDate(2026, 11, 26), LeftMinutes: 6000, Counts: scheduler.BandCounts{1, 0, 1, 0, 0}}
	b.Months = []scheduler.BacklogMonth{{First: model.NewDate(2027, 3, 1), Counts: b.Counts}}
	b.People = []scheduler.BacklogPerson{
		{Forecast: &scheduler.Forecast{CRN: "X000001", Left: 90, Target: model.NewDate(2027, 3, 4), ByTarget: 995, ByHardEnd: -1, Likely: model.NewDate(2026, 12, 9)}, Band: scheduler.BandOnTrack},
		{Forecast: &scheduler.Forecast{CRN: "X000002", Left: 5910, Target: model.NewDate(2027, 3, 5), HardEnd: model.NewDate(2028, 3, 5), ByTarget: 3, ByHardEnd: 412}, Band: scheduler.BandUnlikely},
	}
	b.Due = []scheduler.DuePerson{
		{Due: scheduler.Due{Kind: scheduler.DueNineMonth, By: model.NewDate(2026, 11, 20), State: scheduler.DueOverdue}, CRN: "X000002", Why: "<b>They</b> are unlikely to finish."},
		{Due: scheduler.Due{Kind: scheduler.DueExtension, By: model.NewDate(2027, 2, 5), State: scheduler.DueLater}, CRN: "X000002"},
	}
	return b
}

// ordersPage asks for the page of a backlog.
func ordersPage(of func(context.Context, string) (*scheduler.Backlog, error), path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	web.Handler(sourceFunc(nil), web.Options{Region: "Middle Vale", Home: model.Week{Year: 2026, Number: 49}, Backlog: of}).
		ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, http.NoBody))
	return w
}

func TestTheBacklogHasItsPage(t *testing.T) {
	t.Parallel()
	w := ordersPage(func(_ context.Context, region string) (*scheduler.Backlog, error) {
		require.Equal(t, "Middle Vale", region)
		return orders(), nil
	}, "/backlog")
	require.Equal(t, http.StatusOK, w.Code)
	page := w.Body.String()
	for _, part := range []string{
		"<h1>Backlog and deadlines</h1>", "As of 26 November 2026.", `<a href="/backlog">Backlog and deadlines</a>`, "2 people have work left", "March 2027",
		`<th scope="row">X000002</th><td>9-month review</td><td>20 Nov 2026</td><td>overdue</td>`, "&lt;b&gt;They&lt;/b&gt;",
		"<td>over 99%</td>", "<td>under 1%</td><td>5 Mar 2028</td><td>41%</td>", "unlikely to finish",
	} {
		require.Contains(t, page, part)
	}
	require.NotContains(t, page, "Going back to court", "that is due later")

	require.Equal(t, http.StatusNotFound, ordersPage(nil, "/backlog").Code)
	require.Equal(t, http.StatusInternalServerError, ordersPage(func(context.Context, string) (*scheduler.Backlog, error) { return nil, errors.New("secret") }, "/backlog").Code)
}

func TestALongBacklogIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	b := orders()
	for len(b.People) < 400 {
		b.People = append(b.People, b.People[0])
	}
	w := ordersPage(func(context.Context, string) (*scheduler.Backlog, error) { return b, nil }, "/backlog")
	require.Contains(t, w.Body.String(), "The first 300 of 400 are shown; the exported file has all.")
	require.Equal(t, 299, strings.Count(w.Body.String(), `<th scope="row">X000001</th>`))
}
