package redisstore_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
)

func TestARedisThatThrowsEntriesAwayIsRefused(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"allkeys-lru", "volatile-ttl", "allkeys-random"} {
		server := redistest.Start(t, "maxmemory-policy", policy)
		_, err := opened(server.URL())
		requireCode(t, model.CodeInvalid, err)
		require.ErrorContains(t, err, policy)
		require.ErrorContains(t, err, "noeviction")
		require.Equal(t, "0", server.Do("DBSIZE"), "nothing was written")
		server.Kill()
	}
}

func TestARedisThatBeginsToThrowEntriesAwayIsNotConnectedToAgain(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL())
	fill(t, s)
	server.Do("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
	server.Do("CLIENT", "KILL", "TYPE", "normal")
	err := s.View(t.Context(), region, func(scheduler.Reader) error { return nil })
	requireCode(t, model.CodeInvalid, err)
	server.Do("CONFIG", "SET", "maxmemory-policy", "noeviction")
	require.NoError(t, s.View(t.Context(), region, func(scheduler.Reader) error { return nil }))
}

func TestWeakSettingsAreToldAndNotRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		with  []string
		query string
		says  string // empty: nothing is weak
	}{
		{"as it should be", nil, "", ""},
		{"synced every second", []string{"appendfsync", "everysec"}, "", "appendfsync everysec"},
		{"not synced at times", []string{"no-appendfsync-on-rewrite", "yes"}, "", "no-appendfsync-on-rewrite"},
		{"no journal", []string{"appendonly", "no"}, "", "appendonly"},
		{"it may not be asked", []string{"rename-command CONFIG", "hidden"}, "", "does not tell"},
		{"replicas are declared and not there", nil, "?replicas=2", "2 replicas are declared and 0 connected"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			weak := open(t, redistest.Start(t, c.with...).URL()+c.query).Weak()
			if c.says == "" {
				require.Empty(t, weak)
				return
			}
			require.Len(t, weak, 1)
			require.Contains(t, weak[0], c.says)
		})
	}
}

func TestAReplicaARecordOfANewerProgramAndNobodyAreRefused(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	url := server.URL()
	require.NoError(t, open(t, url).View(t.Context(), region, func(scheduler.Reader) error { return nil }))
	newer := server.URL()
	s := open(t, newer)
	fill(t, s)
	raw(t, newer).Set(t.Context(), "{payback}:format", 99, 0)
	_, err := opened(newer)
	requireCode(t, model.CodeInvalid, err)
	require.ErrorContains(t, err, "99")

	replica := redistest.Start(t, "replicaof", "127.0.0.1 "+port(server))
	_, err = opened(replica.URL())
	requireCode(t, model.CodeInvalid, err)
	require.ErrorContains(t, err, "replica")

	replica.Kill()
	_, err = opened(replica.URL(), hasty)
	requireCode(t, model.CodeUnavailable, err)
}

func TestPasswordsAreUsedAndNeverShown(t *testing.T) {
	t.Parallel()
	const secret = "correct-horse-battery"
	server := redistest.Start(t, "user", "office on >"+secret+" ~{payback* +@read +@write +@scripting +@connection +info +wait +config|get", "user default", "off")
	where := "redis://office@" + server.Address()
	s, err := opened(where, func(o *redisstore.Options) { o.Password = secret })
	require.NoError(t, err)
	require.Empty(t, s.Weak())
	fill(t, s)
	require.NoError(t, s.Verify(t.Context()), "what docs/redis.md allows the user is enough")
	require.NoError(t, s.Close())
	for _, c := range []struct{ url, password string }{{where, "wrong-" + secret}, {where, ""}, {"redis://" + server.Address(), ""}} {
		_, err := opened(c.url, func(o *redisstore.Options) { o.Password = c.password })
		requireCode(t, model.CodeUnavailable, err)
		require.ErrorContains(t, err, "PAYBACK_REDIS_PASSWORD")
		for e := err; e != nil; e = unwrapped(e) {
			require.NotContains(t, e.Error(), secret)
		}
	}
}

func TestARecordOverTLSNeedsItsCertificates(t *testing.T) {
	t.Parallel()
	_, err := opened("rediss://127.0.0.1:1?ca=" + filepath.Join(t.TempDir(), "none.pem"))
	requireCode(t, model.CodeUsage, err)
	none := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(none, []byte("no certificate"), 0o600))
	_, err = opened("rediss://127.0.0.1:1?ca=" + none)
	requireCode(t, model.CodeUsage, err)
}

// hasty makes a store give up soon.
func hasty(o *redisstore.Options) { o.Timeout, o.Settle = 300*time.Millisecond, time.Second }

func unwrapped(err error) error {
	u, ok := err.(interface{ Unwrap() error }) //nolint:errorlint // one step at a time
	if !ok {
		return nil
	}
	return u.Unwrap()
}

func fill(tb testing.TB, s *redisstore.Store) (digest model.Digest) {
	tb.Helper()
	require.NoError(tb, s.Update(context.Background(), region, func(w scheduler.Writer) (err error) {
		if digest, err = w.Keep([]byte("content")); err != nil {
			return err
		}
		return w.Add(scheduler.KindFacts, "", 0, []byte("facts"))
	}))
	return digest
}
