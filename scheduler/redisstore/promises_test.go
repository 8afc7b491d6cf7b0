package redisstore_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redistest"
)

func TestBytesThatChangedInRedisAreNeverHandedOut(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, url string, digest model.Digest)
	}{
		{"a byte of an entry", func(t *testing.T, url string, _ model.Digest) {
			t.Helper()
			key := "{payback:Mercia}:entry:facts:"
			text := raw(t, url).LIndex(t.Context(), key, 0).Val()
			require.NoError(t, raw(t, url).LSet(t.Context(), key, 0, text[:len(text)-1]+"!").Err())
			require.NoError(t, raw(t, url).Set(t.Context(), contentKey("content"), "0000000000000001=contenu", 0).Err())
		}},
		{"an entry and content cut short", func(t *testing.T, url string, _ model.Digest) {
			t.Helper()
			require.NoError(t, raw(t, url).LSet(t.Context(), "{payback:Mercia}:entry:facts:", 0, "0000000000000001x").Err())
			require.NoError(t, raw(t, url).Set(t.Context(), contentKey("content"), "0000000000000001", 0).Err())
		}},
		{"something else under the keys", func(t *testing.T, url string, _ model.Digest) {
			t.Helper()
			raw(t, url).Del(t.Context(), "{payback:Mercia}:entry:facts:", contentKey("content"))
			require.NoError(t, raw(t, url).Set(t.Context(), "{payback:Mercia}:entry:facts:", "x", 0).Err())
			require.NoError(t, raw(t, url).RPush(t.Context(), contentKey("content"), "x").Err())
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := server.URL()
			s := open(t, url)
			digest := fill(t, s)
			require.NoError(t, s.Verify(t.Context()))
			c.spoil(t, url, digest)
			require.NoError(t, s.View(t.Context(), region, func(r scheduler.Reader) error {
				_, err := r.Entry(scheduler.KindFacts, "", 1)
				requireCode(t, model.CodeInternal, err)
				_, err = r.Content(digest)
				requireCode(t, model.CodeInternal, err)
				return nil
			}))
			requireCode(t, model.CodeInternal, s.Verify(t.Context()))
		})
	}
}

func contentKey(content string) string {
	d := scheduler.ContentDigest([]byte(content))
	return "{payback:Mercia}:content:" + hex.EncodeToString(d[:])
}

func TestAListThatLostItsEndIsSeenByVerifying(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for name, key := range map[string]string{"entries": "{payback:Mercia}:entry:facts:", "content": contentKey("content")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := server.URL()
			s := open(t, url)
			fill(t, s)
			raw(t, url).Del(t.Context(), key)
			requireCode(t, model.CodeInternal, s.Verify(t.Context()))
		})
	}
}

func TestContentIsPackedWhereThatMakesItSmaller(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	s := open(t, url)
	text := strings.Repeat("people, sessions and weeks; ", 40_000)
	var digest model.Digest
	require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) (err error) {
		digest, err = w.Keep([]byte(text))
		return err
	}))
	require.Less(t, raw(t, url).StrLen(t.Context(), contentKey(text)).Val(), int64(len(text)/50))
	require.NoError(t, s.View(t.Context(), region, func(r scheduler.Reader) error {
		found, err := r.Content(digest)
		require.Equal(t, text, string(found))
		return err
	}))
}

func TestNamesOfAnyKindDoNotMixRegionsOrEntries(t *testing.T) {
	t.Parallel()
	s := open(t, redistest.Start(t).URL())
	names := []string{"", ":", "a", "a!", "a\x00b", "a\x00", "a}b", "{x}", "ä", "%7D", "}", "roster:x", strings.Repeat("long", 500)}
	for i, where := range names {
		require.NoError(t, s.Update(t.Context(), where, func(w scheduler.Writer) error {
			for _, name := range names {
				if err := w.Add(scheduler.KindDraft, name, 0, fmt.Appendf(nil, "%d %q", i, name)); err != nil {
					return err
				}
			}
			return w.Add(scheduler.KindRoster, where, 0, nil)
		}))
	}
	regions, err := s.Regions(t.Context())
	require.NoError(t, err)
	require.ElementsMatch(t, names, regions)
	for i, where := range names {
		require.NoError(t, s.View(t.Context(), where, func(r scheduler.Reader) error {
			found, err := r.Names(scheduler.KindDraft)
			require.NoError(t, err)
			require.ElementsMatch(t, names, found)
			require.IsIncreasing(t, found)
			for _, name := range names {
				e, err := r.Entry(scheduler.KindDraft, name, 1)
				require.NoError(t, err)
				require.Equal(t, fmt.Sprintf("%d %q", i, name), string(e))
			}
			found, err = r.Names(scheduler.KindRoster)
			require.Equal(t, []string{where}, found)
			return err
		}))
	}
}

// What a change read may be one entry, the end of a list, the names of a kind, or that content is missing. If any of them
// is another when it is committed, it is made again.
func TestAChangeIsMadeAgainWhereWhatItReadIsNoLongerSo(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	add := func(kind scheduler.Kind, name string) func(scheduler.Writer) error {
		return func(w scheduler.Writer) error {
			n, err := w.Last(kind, name)
			if err != nil {
				return err
			}
			return w.Add(kind, name, n, []byte("other"))
		}
	}
	for _, c := range []struct {
		name  string
		read  func(scheduler.Writer) error
		other func(scheduler.Writer) error
		times int
	}{
		{"the last version", func(w scheduler.Writer) error { _, err := w.Last(scheduler.KindFacts, ""); return err }, add(scheduler.KindFacts, ""), 2},
		{"the end of a list", func(w scheduler.Writer) error { _, err := w.Entries(scheduler.KindFacts, "", 0, 9); return err }, add(scheduler.KindFacts, ""), 2},
		{"a version that was not there", func(w scheduler.Writer) error { _, _ = w.Entry(scheduler.KindFacts, "", 2); return nil }, add(scheduler.KindFacts, ""), 2},
		{"a version that was there", func(w scheduler.Writer) error { _, err := w.Entry(scheduler.KindFacts, "", 1); return err }, add(scheduler.KindFacts, ""), 1},
		{"names", func(w scheduler.Writer) error { _, err := w.Names(scheduler.KindDraft); return err }, add(scheduler.KindDraft, "new"), 2},
		{"names of another kind", func(w scheduler.Writer) error { _, err := w.Names(scheduler.KindDraft); return err }, add(scheduler.KindRoster, "new"), 1},
		{"missing content", func(w scheduler.Writer) error { _, _ = w.Content(scheduler.ContentDigest([]byte("late"))); return nil },
			func(w scheduler.Writer) error { _, err := w.Keep([]byte("late")); return err }, 2},
		{"nothing of that", func(scheduler.Writer) error { return nil }, add(scheduler.KindFacts, ""), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := server.URL()
			one, two := open(t, url), open(t, url)
			fill(t, one)
			times := 0
			require.NoError(t, one.Update(t.Context(), region, func(w scheduler.Writer) error {
				times++
				if err := c.read(w); err != nil {
					return err
				}
				if times == 1 {
					require.NoError(t, two.Update(t.Context(), region, c.other))
				}
				return add(scheduler.KindAudit, "")(w)
			}))
			require.Equal(t, c.times, times)
			require.NoError(t, one.View(t.Context(), region, func(r scheduler.Reader) error {
				n, err := r.Last(scheduler.KindAudit, "")
				require.Equal(t, 1, n)
				return err
			}))
		})
	}
}

func TestALongChangeComesToItsEndAmongManyShortOnes(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	next := func(w scheduler.Writer) error {
		n, err := w.Last(scheduler.KindAudit, "")
		if err != nil {
			return err
		}
		return w.Add(scheduler.KindAudit, "", n, []byte("e"))
	}
	var all sync.WaitGroup
	for range 3 {
		s := open(t, url)
		all.Go(func() {
			for ctx.Err() == nil {
				_ = s.Update(ctx, region, next) // it may be cut
			}
		})
	}
	s, times := open(t, url), 0
	require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) error {
		times++
		for range 100 { // it takes as long as dozens of the others
			if _, err := w.Content(model.Digest{1}); err == nil {
				return fmt.Errorf("found what is not there")
			}
		}
		return next(w)
	}))
	require.Less(t, times, 6)
	stop()
	all.Wait()
}

func TestAWriteThatMemoryHasNoRoomForIsRefusedWhole(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL())
	digest := fill(t, s)
	server.Do("CONFIG", "SET", "maxmemory", "1")
	err := s.Update(t.Context(), region, func(w scheduler.Writer) error { return w.Add(scheduler.KindFacts, "", 1, []byte("half")) })
	requireCode(t, model.CodeUnavailable, err)
	require.ErrorContains(t, err, "memory")
	require.NoError(t, s.View(t.Context(), region, func(r scheduler.Reader) error {
		n, err := r.Last(scheduler.KindFacts, "")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		_, err = r.Content(digest)
		return err
	}), "what is there is still read")
	server.Do("CONFIG", "SET", "maxmemory", "0")
	require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) error { return w.Add(scheduler.KindFacts, "", 1, []byte("whole")) }))
}
