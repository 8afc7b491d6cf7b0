package main_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/redistest"
)

// begins starts a command, waits until it says that it is at work, ends it, and gives what it said besides.
func begins(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	m, stdout, stderr := program()
	m.Env = func(name string) string { return env[name] }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- m.Do(ctx, args) }()
	until(t, func() bool { return strings.Contains(stdout.String(), "Ctrl-C ends it") })
	stop()
	require.Zero(t, <-ended, stderr.String())
	return stdout.String() + stderr.String()
}

func TestAQueueThatCannotBeIsToldAndSoIsOneThatIsMissing(t *testing.T) {
	t.Parallel()
	folder, server := t.TempDir(), redistest.Start(t)
	url := server.URL()
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"work", "--data", folder, "--queue", url}, "the record is in a folder"},
		{[]string{"serve", "--listen", "127.0.0.1:0", "--data", folder, "--no-work"}, "found no queue"},
		{[]string{"serve", "--listen", "127.0.0.1:0", "--data", url, "--no-work", "--queue", "none"}, "found no queue"},
		{[]string{"work", "--data", url, "--queue", "redis+cluster://127.0.0.1:1"}, "found a cluster for the queue"},
		{[]string{"work", "--data", url, "--queue", "redis://:correct-horse@127.0.0.1:1"}, "--queue: The address"},
	} {
		o := run(c.args...)
		require.NotZero(t, o.code)
		require.Contains(t, o.stderr, c.says)
		require.NotContains(t, o.stdout+o.stderr, "correct-horse")
	}
	env := map[string]string{"PAYBACK_FOLDER": folder}
	require.Contains(t, begins(t, env, "work", "--data", url), "searches that the queue gives are made")
	require.Contains(t, begins(t, env, "work", "--data", url, "--queue", "none"), "searches that were left behind are taken up")
	require.Contains(t, begins(t, env, "work", "--data", url, "--queue", "redis://127.0.0.1:1"), "the queue cannot be reached")
	elsewhere := redistest.Start(t, "requirepass", "correct-horse")
	env["PAYBACK_QUEUE"], env["PAYBACK_QUEUE_PASSWORD"] = elsewhere.URL(), "correct-horse"
	said := begins(t, env, "work", "--data", url)
	require.Contains(t, said, "searches that the queue gives are made")
	require.NotContains(t, said, "Take care")
	require.NotContains(t, begins(t, env, "work", "--data", t.TempDir()), "queue", "a folder has none, whatever the environment says")
}

func TestARecordInAClusterSaysThatItsQueueNeedsAServerOfItsOwn(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts a cluster")
	}
	cluster := redistest.StartCluster(t).URL()
	env := map[string]string{"PAYBACK_FOLDER": t.TempDir()}
	require.Contains(t, begins(t, env, "work", "--data", cluster), "Name one, as in --queue redis://host:6379")
	said := begins(t, env, "work", "--data", cluster, "--queue", redistest.Start(t).URL())
	require.Contains(t, said, "searches that the queue gives are made")
	require.NotContains(t, said, "Name one")
}
