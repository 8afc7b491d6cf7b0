package main_test

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/redistest"
)

// answer is what a service answered.
type answer struct {
	status int
	age    string
	text   string
}

// post asks the network interface.
func post(t *testing.T, url, body string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	return asked(t, req)
}

func asked(t *testing.T, req *http.Request) answer {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return answer{res.StatusCode, res.Header.Get("Age"), string(text)}
}

func look(t *testing.T, url string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	return asked(t, req)
}

func TestTheServiceShowsWhatIsPublishedWhileRedisIsLostAndRecoversByItself(t *testing.T) {
	t.Parallel()
	server, local := redistest.Start(t), t.TempDir()
	env := map[string]string{"PAYBACK_DATA": "redis://" + server.Address(), "PAYBACK_FOLDER": local}
	for _, args := range [][]string{
		{"import", region(t, "60"), "-q"}, {"plan", "--week", "2026-W49", "--rounds", "1", "-q"}, {"publish", "--week", "2026-W49"},
		{"plan", "--week", "2026-W50", "--rounds", "1", "-q"}, // nothing of that week is published
	} {
		o := with(env, args...)
		require.Zero(t, o.code, o.stderr)
	}
	m, stdout, stderr := program()
	m.Env = func(name string) string { return env[name] }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- m.Do(ctx, []string{"serve", "--listen", "127.0.0.1:0"}) }()
	address := regexp.MustCompile(`Open (http://127\.0\.0\.1:\d+)/`)
	require.Eventually(t, func() bool { return address.MatchString(stdout.String()) }, time.Minute, 20*time.Millisecond, "%s", stderr)
	at := address.FindStringSubmatch(stdout.String())[1]

	const health, roster, plan = "/grpc.health.v1.Health/Check", "/payback.v1.RosterService/GetRoster", "/payback.v1.PlanService/CreatePlan"
	session := regexp.MustCompile(`/sessions/[^"?]+`)
	good := look(t, at+"/weeks/2026-W49")
	require.Equal(t, 200, good.status)
	page := session.FindString(good.text)
	require.NotEmpty(t, page)
	require.NotContains(t, good.text, "cannot be reached")
	require.Contains(t, post(t, at+health, "{}").text, `"SERVING"`)
	require.Empty(t, post(t, at+roster, `{"week": "2026-W49"}`).age)

	for _, c := range []struct {
		name       string
		lose, back func()
	}{
		{"killed", server.Kill, server.Again},
		{"paused", server.Pause, server.Resume},
	} {
		c.lose()
		require.Eventually(t, func() bool { return strings.Contains(post(t, at+health, "{}").text, "NOT_SERVING") }, 30*time.Second, 100*time.Millisecond, c.name)
		for _, path := range []string{"/weeks/2026-W49", "/weeks/2026-W49?view=list", page} {
			found := look(t, at+path)
			require.Equal(t, 200, found.status, found.text)
			require.Contains(t, found.text, `role="status"><strong>The record cannot be reached.`)
			require.Contains(t, found.text, "9:00am, Thur 26 Nov 2026", "since when")
		}
		require.Contains(t, look(t, at+page+"/register").text, "Last heard of at 9:00am", "paper says it too")
		unknown := look(t, at+"/weeks/2026-W50")
		require.Equal(t, 503, unknown.status, "whether there is a plan is not known")
		require.Contains(t, unknown.text, "This cannot be shown just now")
		read := post(t, at+roster, `{"week": "2026-W49"}`)
		require.Equal(t, 200, read.status, read.text)
		require.Equal(t, "0", read.age)
		began := time.Now()
		refused := post(t, at+plan, `{"week": "2026-W49", "rounds": 1, "request_id": "00000000-0000-4000-8000-000000000001"}`)
		require.Equal(t, 503, refused.status)
		require.Contains(t, refused.text, "Nothing was changed")
		require.Less(t, time.Since(began), 2*time.Second, "it is refused at once")
		require.Contains(t, get(t, at+"/metrics"), "payback_record_lost 1")

		c.back()
		require.Eventually(t, func() bool { return strings.Contains(post(t, at+health, "{}").text, `"SERVING"`) }, 30*time.Second, 100*time.Millisecond, c.name)
		require.NotContains(t, look(t, at+"/weeks/2026-W49").text, "cannot be reached")
	}
	made := post(t, at+plan, `{"week": "2026-W49", "rounds": 1, "request_id": "00000000-0000-4000-8000-000000000001"}`)
	require.Equal(t, 200, made.status, made.text)
	require.Contains(t, get(t, at+"/metrics"), "payback_record_lost 0")
	stop()
	require.Zero(t, <-ended, stderr.String())
	require.Empty(t, stderr.String(), "nobody is alarmed by what is told where people look")
}
