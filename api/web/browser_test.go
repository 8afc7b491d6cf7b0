package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/solver/constraints"
)

// frame shows an address in a frame as wide as a narrow screen, and writes down how wide the page in it is.
const frame = `<!doctype html><iframe id="f" width="320" height="900" style="border:0"></iframe><p id="wide"></p><script>
const f = document.getElementById("f");
f.onload = () => { document.getElementById("wide").textContent = "wide:" + f.contentDocument.documentElement.scrollWidth + ":" +
  f.contentDocument.querySelectorAll("h1").length; };
f.src = "/weeks/2026-W49" + location.search;
</script>`

func TestANarrowScreenNeedsNoScrollingSideways(t *testing.T) {
	t.Parallel()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		require.Empty(t, os.Getenv("PAYBACK_CI"), "the pages are tested in chromium, which is not installed")
		t.Log("chromium is not installed: the pages were not looked at in a browser")
		return
	}
	week49, _ := unled(t)
	pages := web.Handler(source{week: week49}, web.Options{Region: "Middle Vale", Home: week, Catalogue: constraints.All})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/frame" {
			_, _ = w.Write([]byte(frame))
			return
		}
		got := httptest.NewRecorder()
		pages.ServeHTTP(got, r)
		w.Header().Set("Content-Type", got.Header().Get("Content-Type")) // without the ban on frames
		w.WriteHeader(got.Code)
		_, _ = w.Write(got.Body.Bytes())
	}))
	defer server.Close()
	for _, view := range []string{"board", "list"} {
		ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
		out, err := exec.CommandContext(ctx, chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(),
			"--virtual-time-budget=5000", "--dump-dom", server.URL+"/frame?view="+view).Output() //nolint:gosec // the browser and our own page
		stop()
		require.NoError(t, err)
		require.Regexp(t, `wide:3(20|0[5-9]):1<`, string(out), view) // 305 to 320: a scroll bar downwards may take some
	}
}
