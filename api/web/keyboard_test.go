package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// stop is where the Tab key has led.
type stop struct {
	HTML    string `json:"html"`
	Href    string `json:"href"`
	Section string `json:"section"` // the id of the heading of the section it is in
	Outline bool   `json:"outline"` // whether it can be seen that it is there
	Over    string `json:"over"`    // what lies over it; empty: nothing
	Body    bool   `json:"body"`    // whether all stops are done
	Region  bool   `json:"region"`
}

// here tells of the element that has the focus. What lies over it is asked at the middle of the part that is on the screen.
const here = `(() => {
	const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
	const x = (Math.max(0, r.left) + Math.min(innerWidth, r.right)) / 2, y = (Math.max(0, r.top) + Math.min(innerHeight, r.bottom)) / 2;
	const over = document.elementFromPoint(x, y);
	return {html: e.outerHTML.slice(0, 160), href: e.getAttribute("href") || "", body: e == document.body, region: e.matches("[role=region]"),
		section: (e.closest("section") || e).getAttribute("aria-labelledby") || "",
		outline: s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2, over: over == null ? "it is not on the screen" : e.contains(over) ? "" : over.outerHTML.slice(0, 160)};
})()`

// press presses a key and gives where the focus is then.
func (p *looked) press(t *testing.T, key string) stop {
	t.Helper()
	require.NoError(t, chromedp.Do(p.tab, chromedp.KeyEvent(key)))
	return run[stop](t, p, here)
}

// walk goes through the first stops of the Tab key: first the link that skips to the content, then each to be seen.
func (p *looked) walk(t *testing.T, most int) {
	t.Helper()
	at := p.press(t, kb.Tab)
	require.Equal(t, "#main", at.Href, "the first stop skips to the content")
	for range most {
		if at.Body {
			return
		}
		require.True(t, at.Outline, "it cannot be seen that the focus is on %s", at.HTML)
		require.Empty(t, at.Over, "something lies over %s", at.HTML)
		at = p.press(t, kb.Tab)
	}
}

// skip goes to the content as somebody without a mouse does.
func (p *looked) skip(t *testing.T) {
	t.Helper()
	require.Equal(t, "#main", p.press(t, kb.Tab).Href)
	p.press(t, kb.Enter)
	require.Equal(t, "main", run[string](t, p, `document.activeElement.id`))
}

// attentionIsNear holds that whatever is listed first as needing attention, and the link to the rest, is within six stops of
// the content.
func attentionIsNear(t *testing.T, p *looked) {
	t.Helper()
	p.skip(t)
	reached := map[string]bool{}
	for range 6 {
		reached[p.press(t, kb.Tab).Href] = true
	}
	links := run[[]string](t, p, `[...document.querySelectorAll("[aria-labelledby=attention] a")].map(a => a.getAttribute("href"))`)
	require.NotEmpty(t, links)
	for _, at := range links {
		require.True(t, reached[at], at)
	}
}

// teamsAreNear holds that the link to a team leads to its table, and that one more stop is its first session.
func teamsAreNear(t *testing.T, p *looked) {
	t.Helper()
	jumps := run[[]string](t, p, `[...document.querySelectorAll(".jump a")].map(a => a.getAttribute("href"))`)
	require.Len(t, jumps, 9)
	for _, to := range jumps {
		run[bool](t, p, `document.querySelector('.jump a[href="`+to+`"]').focus(), true`)
		p.press(t, kb.Enter)
		first, second := p.press(t, kb.Tab), p.press(t, kb.Tab)
		require.True(t, first.Region, first.HTML)
		require.Equal(t, to, "#"+first.Section)
		require.Equal(t, to, "#"+second.Section)
		require.Contains(t, second.Href, "/sessions/")
		require.Empty(t, second.Over, second.HTML)
	}
}
