package web_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// handler serves what a source gives, as one of two regions.
func handler(s web.Source) http.Handler {
	return web.Handler(s, web.Options{
		Region: "Middle Vale", Home: week, Catalogue: constraints.All, Version: "0.1.0", Sample: true,
		Regions: func(context.Context) ([]string, error) { return []string{"Middle Vale", "North & South"}, nil },
		Nights: func(_ context.Context, region string) ([]scheduler.Night, error) {
			if region != "Middle Vale" {
				return nil, s.(source).err
			}
			return someNights(), s.(source).err
		}, Zone: "Europe/London", Desk: bench{week: s.(source).week, done: new([]string)},
	})
}

func ask(s web.Source, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler(s).ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), method, path, nil))
	return w
}

func TestEveryAnswerHasItsStatusAndIsSecured(t *testing.T) {
	t.Parallel()
	good, broken := source{week: typical(t)}, source{err: errors.New("the disk of X000001 is gone")}
	for _, c := range []struct {
		name         string
		from         source
		method, path string
		status       int
		says         string
	}{
		{"the week is shown", good, "GET", "/weeks/2026-W49", 200, "Needs attention ("},
		{"the list is shown", good, "GET", "/weeks/2026-W49?view=list", 200, "Reserves: "},
		{"a region is chosen", good, "GET", "/weeks/2026-W49?region=North+%26+South", 200, "<span>North &amp; South</span>"},
		{"a region that does not exist is not found", good, "GET", "/weeks/2026-W49?region=Elsewhere", 404, "There is no such region"},
		{"a session is shown", good, "GET", pathOf(typical(t).Roster.Duties[0].Session), 200, "Who comes"},
		{"a session that is not in the roster is said to be none", good, "GET", "/sessions/C00102/2026-11-30/0901", 404, "30 November 2026 from 9:01am"},
		{"a session of a week without a roster", good, "GET", "/sessions/C00102/2026-12-07/0900", 404, "There is no roster for this week"},
		{"a date that is none", good, "GET", "/sessions/C00102/2026-11-31/0900", 404, "Page not found"},
		{"a time that is none", good, "GET", "/sessions/C00102/2026-11-30/9am", 404, "Page not found"},
		{"a session by another way of writing its date", good, "GET", "/sessions/C00102/2026-11-3/0900", 404, "Page not found"},
		{"the root leads to the week", good, "GET", "/", 303, ""},
		{"the form leads to the week", good, "GET", "/weeks?week=2026-W50", 303, ""},
		{"the form without a week leads to where the site begins", good, "GET", "/weeks", 303, ""},
		{"the form refuses what is no week", good, "GET", "/weeks?week=next", 400, "such as 2026-W49"},
		{"a week without a roster is said to have none", good, "GET", "/weeks/2026-W50", 404, "7 December 2026"},
		{"a week that does not exist is not found", good, "GET", "/weeks/2026-W60", 404, "Page not found"},
		{"the nights are shown", good, "GET", "/nights", 200, "The weeks that were planned"},
		{"a region without nights says so", good, "GET", "/nights?region=North+%26+South", 200, "There has been no night yet."},
		{"nights that cannot be read", broken, "GET", "/nights", 500, "Nothing was changed"},
		{"an unknown page is not found", good, "GET", "/people", 404, "Page not found"},
		{"a page is not written to", good, "POST", "/weeks/2026-W49", 405, "can only be read"},
		{"a fault of ours says nothing of its cause", broken, "GET", "/weeks/2026-W49", 500, "Nothing was changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ask(c.from, c.method, c.path)
			require.Equal(t, c.status, got.Code)
			require.Contains(t, got.Body.String(), c.says)
			require.NotContains(t, got.Body.String(), "X000001")
			require.Contains(t, got.Header().Get("Content-Security-Policy"), "default-src 'none'")
			require.Equal(t, "nosniff", got.Header().Get("X-Content-Type-Options"))
			if c.says != "" {
				require.Equal(t, 1, strings.Count(got.Body.String(), "<h1>"))
				require.NotRegexp(t, `<script|style=|\son[a-z]+=`, got.Body.String())
			}
		})
	}
}

func TestTheRegionIsCarriedFromPageToPage(t *testing.T) {
	t.Parallel()
	var asked []string
	of := func(regions ...string) http.Handler {
		return web.Handler(sourceFunc(func(region string) (*web.Week, error) {
			asked = append(asked, region)
			return typical(t), nil
		}), web.Options{Region: "Middle Vale", Home: week, Catalogue: constraints.All,
			Regions: func(context.Context) ([]string, error) { return regions, nil }})
	}
	get := func(h http.Handler, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil))
		return w
	}
	two := of("Middle Vale", "North")
	require.Equal(t, "/weeks/2026-W50?region=North", get(two, "/weeks?week=2026-W50&region=North").Header().Get("Location"))
	page := get(two, "/weeks/2026-W49?region=North").Body.String()
	require.Contains(t, page, `<option selected>North</option>`)
	for _, m := range regexp.MustCompile(`href="/(?:weeks|sessions)[^"]*"`).FindAllString(page, -1) {
		require.Contains(t, m, "region=North")
	}
	require.Contains(t, get(two, "/sessions/C00102/2026-11-30/0901?region=North").Body.String(), `<a class="button" href="/weeks/2026-W49?region=North">`)
	get(two, pathOf(typical(t).Roster.Duties[0].Session)+"?region=North")
	get(two, "/weeks/2026-W49")
	alone := get(of("Middle Vale"), "/weeks/2026-W49").Body.String()
	require.NotContains(t, alone, "region=")
	require.NotContains(t, alone, `name="region"`)
	require.Equal(t, []string{"North", "North", "North", "Middle Vale", "Middle Vale"}, asked)
}

func TestColoursCanBeToldApart(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("style.css")
	require.NoError(t, err)
	paper, dark, found := strings.Cut(string(css), "prefers-color-scheme: dark")
	require.True(t, found)
	for scheme, part := range map[string]string{"light": paper, "dark": dark} {
		token := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`).FindAllStringSubmatch(part, -1) {
			token[m[1]] = m[2]
		}
		used := map[string]bool{"hair": true} // lines that mean nothing
		for _, c := range contrasts {
			used[c.on], used[c.under] = true, true
			t.Run(fmt.Sprintf("%s: %s on %s", scheme, c.on, c.under), func(t *testing.T) {
				t.Parallel()
				a, b := luminance(t, token[c.on]), luminance(t, token[c.under])
				require.GreaterOrEqual(t, (max(a, b)+0.05)/(min(a, b)+0.05), c.least)
			})
		}
		for name := range token {
			require.True(t, used[name], "%s stands on something", name)
		}
	}
}

// contrasts are the pairs of colours that touch: text at 4.5, what is drawn at 3.
var contrasts = []struct {
	on, under string
	least     float64
}{
	{"ink", "paper", 4.5}, {"ink", "ground", 4.5}, {"quiet", "paper", 4.5}, {"quiet", "ground", 4.5},
	{"link", "paper", 4.5}, {"link", "ground", 4.5}, {"bar-ink", "bar", 4.5}, {"act-ink", "act", 4.5},
	{"bad", "bad-wash", 4.5}, {"bad", "paper", 4.5}, {"bad-wash", "bad", 4.5}, {"warn", "warn-wash", 4.5}, {"good", "good-wash", 4.5},
	{"tag", "tag-wash", 4.5}, {"focus", "paper", 3}, {"focus", "ground", 3}, {"focus", "good-wash", 3}, {"bar-focus", "bar", 3},
	{"line", "paper", 3}, {"line", "ground", 3}, {"fill", "paper", 3}, {"warn", "paper", 3}, {"act", "ground", 3}, {"act", "paper", 3},
}

// luminance gives the relative luminance of a colour as WCAG defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	require.Len(t, hex, 6)
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		require.NoError(t, err)
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
