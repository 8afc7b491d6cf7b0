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
	"github.com/communitypayback/payback/solver/constraints"
)

func ask(s web.Source, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h := web.Handler(s, web.Options{Region: "Middle Vale", Home: week, Catalogue: constraints.All})
	h.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), method, path, nil))
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
		{"the week is shown", good, "GET", "/weeks/2026-W49", 200, "Needs attention (0)"},
		{"the list is shown", good, "GET", "/weeks/2026-W49?view=list", 200, "View as a board"},
		{"the root leads to the week", good, "GET", "/", 303, ""},
		{"the form leads to the week", good, "GET", "/weeks?week=2026-W50", 303, ""},
		{"the form refuses what is no week", good, "GET", "/weeks?week=next", 400, "such as 2026-W49"},
		{"a week without a roster is said to have none", good, "GET", "/weeks/2026-W50", 404, "7 December 2026"},
		{"a week that does not exist is not found", good, "GET", "/weeks/2026-W60", 404, "Page not found"},
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

func TestTheBoardNamesNobodyOnProbation(t *testing.T) {
	t.Parallel()
	for _, view := range []string{"board", "list"} {
		page := ask(source{week: typical(t)}, http.MethodGet, "/weeks/2026-W49?view="+view).Body.String()
		for i := range typical(t).Snapshot.People {
			require.NotContains(t, page, string(typical(t).Snapshot.People[i].CRN))
		}
	}
}

func TestColoursCanBeToldApart(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("style.css")
	require.NoError(t, err)
	token := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`).FindAllStringSubmatch(string(css), -1) {
		token[m[1]] = m[2]
	}
	for _, c := range []struct {
		on, under string
		least     float64
	}{
		{"ink", "paper", 4.5}, {"ink", "wash", 4.5}, {"ink", "bad-wash", 4.5}, {"quiet", "paper", 4.5}, {"quiet", "wash", 4.5},
		{"link", "paper", 4.5}, {"link", "bad-wash", 4.5}, {"bar-ink", "bar", 4.5}, {"bad", "bad-wash", 4.5},
		{"focus", "paper", 3}, {"focus", "wash", 3}, {"line", "paper", 3},
	} {
		t.Run(fmt.Sprintf("%s on %s", c.on, c.under), func(t *testing.T) {
			t.Parallel()
			a, b := luminance(t, token[c.on]), luminance(t, token[c.under])
			require.GreaterOrEqual(t, (max(a, b)+0.05)/(min(a, b)+0.05), c.least)
		})
	}
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
