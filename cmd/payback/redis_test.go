package main_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler/redistest"
)

// with runs the program once in an environment.
func with(env map[string]string, args ...string) output {
	m, stdout, stderr := program()
	m.Env = func(name string) string { return env[name] }
	code := m.Do(context.Background(), args)
	return output{code, stdout.String(), stderr.String()}
}

func TestAWeekIsMadeOnRedisMovedToAFolderAndBack(t *testing.T) {
	t.Parallel()
	server, files := redistest.Start(t), t.TempDir()
	shared, again, folder := server.URL(), server.URL(), filepath.Join(files, "record")
	on := func(data string, args ...string) string {
		t.Helper()
		o := with(map[string]string{"PAYBACK_DATA": data, "PAYBACK_FOLDER": filepath.Join(files, "local")}, args...)
		require.Zero(t, o.code, "%v\n%s%s", args, o.stdout, o.stderr)
		return o.stdout
	}
	on(shared, "import", region(t, "60"), "-q")
	on(shared, "plan", "--week", "2026-W49", "--rounds", "1", "-q")
	on(shared, "publish", "--week", "2026-W49")
	doctor := on(shared, "doctor")
	require.Contains(t, doctor, "noeviction, journal synced always")
	require.NotContains(t, doctor, "BAD")

	head := regexp.MustCompile(`--known \S+`)
	audit := head.FindString(on(shared, "audit", "verify"))
	require.NotEmpty(t, audit)
	roster := on(shared, "show", "published", "--week", "2026-W49")

	require.Contains(t, on("", "migrate", "--from", shared, "--to", folder), "Middle Vale")
	on("", "migrate", "--from", folder, "--to", again)
	require.Contains(t, on("", "migrate", "--from", folder, "--to", again, "-o", "json"), `"copied_now": 0`)
	for _, data := range []string{folder, again} {
		require.Equal(t, audit, head.FindString(on(data, "audit", "verify")))
		require.Equal(t, roster, on(data, "show", "published", "--week", "2026-W49"))
	}

	on(again, "plan", "--week", "2026-W49", "--rounds", "1", "--seed", "2", "-q")
	o := with(nil, "migrate", "--from", folder, "--to", again)
	require.Equal(t, 6, o.code, "a copy that went on is not overwritten")
	require.Contains(t, o.stderr, "not in what is copied")
	on("", "migrate", "--from", again, "--to", folder) // and brings the old one up to date
	require.Contains(t, on(folder, "plans", "--week", "2026-W49"), "2")
}

func TestMigrateSaysWhatIsMissingOrWrong(t *testing.T) {
	t.Parallel()
	none := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"migrate"}, "From where to where"},
		{[]string{"migrate", "--from", "a"}, "From where to where"},
		{[]string{"migrate", "--from", "a", "--to", "a"}, "same place"},
		{[]string{"migrate", "--from", none, "--to", "redis://127.0.0.1:1"}, "there is no record"},
		{[]string{"migrate", "--from", "redis://127.0.0.1:1", "--to", none}, "--from: The record could not be opened"},
		{[]string{"backup", "copy.db", "--data", "redis://127.0.0.1:1"}, "payback migrate"},
		{[]string{"restore", "copy.db", "--data", "redis://127.0.0.1:1"}, "payback migrate"},
	} {
		o := run(c.args...)
		require.NotZero(t, o.code)
		require.Contains(t, o.stderr, c.says)
	}
	require.NoDirExists(t, none)
}

func TestThePasswordOfRedisComesFromTheEnvironmentAndIsNotShown(t *testing.T) {
	t.Parallel()
	const secret = "correct-horse-battery"
	server := redistest.Start(t, "requirepass", secret)
	kept := filepath.Join(t.TempDir(), "password")
	require.NoError(t, os.WriteFile(kept, []byte(secret+"\n"), 0o600))
	for _, env := range []map[string]string{{"PAYBACK_REDIS_PASSWORD": secret}, {"PAYBACK_REDIS_PASSWORD_FILE": kept}} {
		o := with(env, "doctor", "--data", "redis://"+server.Address())
		require.Contains(t, o.stdout, "noeviction")
		require.NotContains(t, o.stdout+o.stderr, secret)
	}
	for _, env := range []map[string]string{nil, {"PAYBACK_REDIS_PASSWORD": "not " + secret}, {"PAYBACK_REDIS_PASSWORD_FILE": kept + "x"}} {
		o := with(env, "show", "published", "-v", "--data", "redis://"+server.Address())
		require.NotZero(t, o.code)
		require.Contains(t, o.stderr, "PAYBACK_REDIS_PASSWORD")
		require.NotContains(t, o.stdout+o.stderr, secret)
	}
	o := run("show", "published", "-v", "--data", "redis://:"+secret+"@"+server.Address())
	require.Equal(t, 2, o.code)
	require.NotContains(t, o.stdout+o.stderr, secret)
}
