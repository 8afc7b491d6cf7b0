package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// all gives everything in a region as text.
func all(t require.TestingT, r scheduler.Record, region string) string {
	var out strings.Builder
	require.NoError(t, r.View(context.Background(), region, func(v scheduler.Reader) error {
		return scheduler.Whole(v.(scheduler.Lister), func(d model.Digest, body []byte) error {
			fmt.Fprintf(&out, "%v %q\n", d, body)
			return nil
		}, func(kind scheduler.Kind, name string, version int, body []byte) error {
			fmt.Fprintf(&out, "%s %q %d %q\n", kind, name, version, body)
			return nil
		})
	}))
	return out.String()
}

// drawn fills a region with what a record may hold, also such as no office writes.
func drawn(t *rapid.T, r scheduler.Record, region string) {
	kinds := []scheduler.Kind{scheduler.KindFacts, scheduler.KindDraft, scheduler.KindAudit, "a kind of later"}
	for range rapid.IntRange(1, 3).Draw(t, "changes") {
		require.NoError(t, r.Update(ctx, region, func(w scheduler.Writer) error {
			for range rapid.IntRange(0, 2).Draw(t, "contents") {
				_, _ = w.Keep([]byte(strings.Repeat(rapid.StringN(0, 20, -1).Draw(t, "content"), rapid.IntRange(1, 200).Draw(t, "times"))))
			}
			for range rapid.IntRange(1, 4).Draw(t, "entries") {
				kind, name := rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.StringN(0, 8, -1).Draw(t, "name")
				n, err := w.Last(kind, name)
				require.NoError(t, err)
				require.NoError(t, w.Add(kind, name, n, rapid.SliceOfN(rapid.Byte(), 0, 60).Draw(t, "entry")))
			}
			return nil
		}))
	}
}

func TestACopyAndItsCopyBackHaveAllThatTheFirstHas(t *testing.T) {
	t.Parallel()
	file, shared, n := openFile(t, filepath.Join(t.TempDir(), "payback.db")), onRedis(t, redistest.Start(t).URL()), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		first, back := &memstore.Store{}, &memstore.Store{}
		region := rapid.StringN(0, 10, -1).Draw(rt, "region") + fmt.Sprint(n) // another one each time
		drawn(rt, first, region)
		from := scheduler.Record(first)
		for _, to := range []scheduler.Record{file, shared, back} {
			c, err := scheduler.Copy(ctx, from, to, region, nil)
			require.NoError(rt, err)
			require.Equal(rt, all(rt, first, region), all(rt, to, region))
			require.Equal(rt, c.Entries+c.Contents, c.New)
			again, err := scheduler.Copy(ctx, from, to, region, nil)
			require.NoError(rt, err)
			require.Zero(rt, again.New, "what is there is not copied twice")
			from = to
		}
	})
}

// cut is a record that fails after some updates, or as soon as it has one.
type cut struct {
	scheduler.Record
	left int
}

func (c *cut) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if c.left--; c.left < 0 {
		return errors.New("cut")
	}
	return c.Record.Update(ctx, region, change)
}

func TestACopyThatWasCutGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	from := &memstore.Store{}
	require.NoError(t, from.Update(ctx, "Mercia", func(w scheduler.Writer) error {
		for i := range 1500 {
			_, _ = w.Keep(fmt.Append(nil, i))
			require.NoError(t, w.Add(scheduler.KindAudit, "", i, fmt.Append(nil, i)))
		}
		return w.Add(scheduler.KindFacts, "", 0, []byte("facts"))
	}))
	to, rounds := &memstore.Store{}, 0
	for ; ; rounds++ {
		_, err := scheduler.Copy(ctx, from, &cut{to, 3}, "Mercia", nil)
		if err == nil {
			break
		}
		require.NoError(t, to.View(ctx, "Mercia", func(r scheduler.Reader) error {
			n, err := r.Last(scheduler.KindFacts, "")
			require.Zero(t, n, "a half-copied region has no facts, so nobody works on it")
			return err
		}))
		require.Less(t, rounds, 20)
	}
	require.Greater(t, rounds, 3)
	require.Equal(t, all(t, from, "Mercia"), all(t, to, "Mercia"))
}

func TestACopyIsNeverPutOverSomethingElse(t *testing.T) {
	t.Parallel()
	entry := func(kind scheduler.Kind, name string, bodies ...string) func(scheduler.Writer) error {
		return func(w scheduler.Writer) error {
			for _, b := range bodies {
				n, _ := w.Last(kind, name)
				if err := w.Add(kind, name, n, []byte(b)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	from := &memstore.Store{}
	require.NoError(t, from.Update(ctx, "Mercia", entry(scheduler.KindAudit, "", "one", "two")))
	for name, other := range map[string]func(scheduler.Writer) error{
		"another entry":      entry(scheduler.KindAudit, "", "one", "another"),
		"more entries":       entry(scheduler.KindAudit, "", "one", "two", "three"),
		"another name":       entry(scheduler.KindDraft, "x", "one"),
		"content of another": func(w scheduler.Writer) error { _, err := w.Keep([]byte("other")); return err },
	} {
		to := &memstore.Store{}
		require.NoError(t, to.Update(ctx, "Mercia", other))
		before := all(t, to, "Mercia")
		_, err := scheduler.Copy(ctx, from, to, "Mercia", nil)
		requireCode(t, model.CodeConflict, err)
		require.Equal(t, before, all(t, to, "Mercia"), name)
	}
}

func TestARecordThatChangesWhileItIsCopiedIsTold(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(scheduler.Writer) error{
		"an entry": func(w scheduler.Writer) error { return w.Add(scheduler.KindAudit, "", 1, []byte("two")) },
		"content":  func(w scheduler.Writer) error { _, err := w.Keep([]byte("more")); return err },
	} {
		from, to := &memstore.Store{}, &memstore.Store{}
		require.NoError(t, from.Update(ctx, "Mercia", func(w scheduler.Writer) error { return w.Add(scheduler.KindAudit, "", 0, []byte("one")) }))
		_, err := scheduler.Copy(ctx, from, to, "Mercia", func(scheduler.Copied) { require.NoError(t, from.Update(ctx, "Mercia", change)) })
		requireCode(t, model.CodeConflict, err)
		require.ErrorContains(t, err, "changed while", name)
		_, err = scheduler.Copy(ctx, from, to, "Mercia", nil)
		require.NoError(t, err)
	}
}

// lossy keeps all but one thing, as a broken record might.
type lossy struct{ scheduler.Record }

type lossyWriter struct{ scheduler.Writer }

func (l lossy) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	return l.Record.Update(ctx, region, func(w scheduler.Writer) error { return change(lossyWriter{w}) })
}

func (l lossyWriter) Add(kind scheduler.Kind, name string, base int, entry []byte) error {
	if kind == scheduler.KindDraft {
		entry = append([]byte("not "), entry...)
	}
	return l.Writer.Add(kind, name, base, entry)
}

func TestACopyThatIsNotTheSameIsTold(t *testing.T) {
	t.Parallel()
	from := &memstore.Store{}
	require.NoError(t, from.Update(ctx, "Mercia", func(w scheduler.Writer) error { return w.Add(scheduler.KindDraft, "d", 0, []byte("one")) }))
	_, err := scheduler.Copy(ctx, from, lossy{&memstore.Store{}}, "Mercia", nil)
	requireCode(t, model.CodeInternal, err)
	require.ErrorContains(t, err, "not what was copied")
}
