package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPagesInABrowser looks at every page in a real browser, which all its parts share.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Log("the pages were not looked at: the run is a short one")
		return
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		require.Empty(t, os.Getenv("PAYBACK_CI"), "the pages are looked at in chromium, which is not installed")
		t.Log("THE PAGES WERE NOT LOOKED AT: chromium is not installed")
		return
	}
	started, stop := context.WithTimeout(context.Background(), 6*time.Minute)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which it refuses to be in for the superuser
	}
	running, end := chromedp.NewExecAllocator(started, options...)
	first, closeIt := chromedp.NewContext(running)
	t.Cleanup(func() { // after all parts, which run in parallel
		_ = chromedp.Cancel(first)
		closeIt()
		end()
		stop()
	})
	require.NoError(t, chromedp.Do(first))
	browser := tabs{first}
	sites, judge := map[string]string{}, axe(t)
	for name, w := range states(t) {
		sites[name] = serve(t, source{week: w})
		paths := pages(w)
		if name == "empty" {
			paths = append(paths, problems...)
		}
		for _, path := range paths {
			if name != "typical" && !ofTheWeek(path) {
				continue // it is much the same whatever the week
			}
			t.Run(name+" "+path, func(t *testing.T) {
				t.Parallel()
				look(t, browser.open(t, sites[name], path, 1280), judge, name != "heavy")
			})
		}
	}
	fault := serve(t, source{err: errors.New("the disk is gone")})
	t.Run("a fault of ours", func(t *testing.T) {
		t.Parallel()
		look(t, browser.open(t, fault, "/weeks/2026-W49", 1280), judge, true)
	})
	for _, name := range []string{"heavy", "broken"} { // in a typical one nothing does
		t.Run("what needs attention is near in a "+name+" week", func(t *testing.T) {
			t.Parallel()
			attentionIsNear(t, browser.open(t, sites[name], "/weeks/2026-W49", 1280))
		})
	}
	t.Run("a team is near its link", func(t *testing.T) {
		t.Parallel()
		teamsAreNear(t, browser.open(t, sites["heavy"], "/weeks/2026-W49", 320))
	})
	for _, media := range []string{"prefers-color-scheme: dark", "forced-colors: active"} { //nolint:misspell // names that others chose
		t.Run("colours of the reader, "+media, func(t *testing.T) {
			t.Parallel()
			p := browser.open(t, sites["broken"], "/weeks/2026-W49", 1280)
			name, value, _ := strings.Cut(media, ": ")
			p.seen(t, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
			p.judged(t, judge, value == "dark") // forced colours are unknown to it
			p.walk(t, 12)
		})
	}
	t.Run("a printed list has no controls and is not cut", func(t *testing.T) {
		t.Parallel()
		p := browser.open(t, sites["typical"], "/weeks/2026-W49?view=list", 1280)
		p.seen(t, emulation.SetEmulatedMediaParams{Media: "print"})
		require.Empty(t, run[[]string](t, p, `[...document.querySelectorAll("form, nav, .skip")].filter(e => e.checkVisibility()).map(e => e.outerHTML)`))
		require.Len(t, run[[]string](t, p, `[...document.querySelectorAll(".cards li")].filter(e => e.checkVisibility()).map(e => e.id)`), len(typical(t).Roster.Sessions()))
	})
}

func serve(t *testing.T, s source) string {
	t.Helper()
	server := httptest.NewServer(handler(s))
	t.Cleanup(server.Close)
	return server.URL
}

// tabs opens tabs of a browser that runs.
type tabs struct {
	started context.Context //nolint:containedctx // a browser is one
}

// looked is one page as it is in a tab of its own.
type looked struct {
	tab context.Context //nolint:containedctx // a tab is one
}

// open opens a page, and holds that it asks nothing of anybody else.
func (b tabs) open(t *testing.T, at, path string, width int64) *looked {
	t.Helper()
	tab, closeIt := chromedp.NewContext(b.started)
	t.Cleanup(closeIt)
	var mutex sync.Mutex
	var asked []string
	require.NoError(t, chromedp.Do(tab))
	require.NoError(t, chromedp.Listen(tab, func(e any) {
		if r, sent := e.(*network.EventRequestWillBeSent); sent {
			mutex.Lock()
			defer mutex.Unlock()
			asked = append(asked, r.Request.URL)
		}
	}))
	_, err := chromedp.Call(tab, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	require.NoError(t, err)
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(width, 900), chromedp.Navigate(at+path)))
	p := &looked{tab}
	t.Cleanup(func() {
		mutex.Lock()
		defer mutex.Unlock()
		require.Contains(t, asked, at+"/style.css")
		for _, url := range asked {
			require.True(t, strings.HasPrefix(url, at+"/"), "the page asks for %s", url)
		}
	})
	return p
}

// seen shows the page as it is seen in other ways: on paper, or in the colours of its reader.
func (p *looked) seen(t *testing.T, as emulation.SetEmulatedMediaParams) {
	t.Helper()
	_, err := chromedp.Call(p.tab, emulation.SetEmulatedMedia, as)
	require.NoError(t, err)
}

// run gives what an expression is in the page.
func run[T any](t *testing.T, p *looked, expression string) T {
	t.Helper()
	x, err := chromedp.Run(p.tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(t, err)
	return x
}

// look looks at one page at both widths. Whether colours can be told apart is slow to see and the same on narrow screens.
func look(t *testing.T, p *looked, judge string, colours bool) {
	t.Helper()
	p.fits(t)
	p.judged(t, judge, colours)
	p.walk(t, 10)
	require.NoError(t, chromedp.Do(p.tab, chromedp.EmulateViewport(320, 900), chromedp.Reload()))
	require.Equal(t, 320, run[int](t, p, `innerWidth`))
	p.fits(t)
	p.judged(t, judge, false)
	p.walk(t, 30)
}

// fits holds that the page is as wide as the screen, that only named regions which the keyboard reaches move sideways, and that
// what is pressed is large enough.
func (p *looked) fits(t *testing.T) {
	t.Helper()
	require.True(t, run[bool](t, p, `document.documentElement.scrollWidth <= innerWidth`), "the page is wider than the screen")
	require.Empty(t, run[[]string](t, p, `[...document.querySelectorAll("body *")].filter(e => e.scrollWidth > e.clientWidth + 1 &&
		["auto", "scroll"].includes(getComputedStyle(e).overflowX) &&
		!(e.getAttribute("role") == "region" && e.tabIndex == 0 && e.getAttribute("aria-label"))).map(e => e.outerHTML.slice(0, 200))`))
	require.Empty(t, run[[]string](t, p, `[...document.querySelectorAll("a, button, select, input:not([type=hidden])")].filter(e => {
		const r = e.getBoundingClientRect(), least = e.matches("a:not(.button)") ? 24 : 44;
		return r.height < least - .5 || r.width < 24; }).map(e => e.outerHTML.slice(0, 200))`))
	require.Equal(t, 1, run[int](t, p, `document.querySelectorAll("h1").length`))
}

// judged holds that axe-core finds nothing wrong and leaves nothing open.
func (p *looked) judged(t *testing.T, judge string, colours bool) {
	t.Helper()
	if judge == "" {
		return
	}
	run[bool](t, p, judge+"; true")
	contrast := fmt.Sprintf(`"color-contrast": {enabled: %t}`, colours)
	require.Empty(t, run[[]string](t, p, `axe.run(document, {
		runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
		rules: {"target-size": {enabled: true}, `+contrast+`},
		resultTypes: ["violations", "incomplete"], preload: false, iframes: false, selectors: false,
	}).then(r => [...r.violations, ...r.incomplete].map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html + " " +
		[...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")).join("\n")))`))
}
