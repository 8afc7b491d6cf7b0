package storetest

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

const region = "Mercia"

// Run holds a record to its promises. Open gives a new and empty one, which Run does not close.
func Run(t *testing.T, open func(*testing.T) scheduler.Record) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, scheduler.Record)
	}{
		{"an empty region has nothing", empty},
		{"what was written is read back", readBack},
		{"a stale base is refused and the current version named", stale},
		{"a change that fails leaves nothing behind", failed},
		{"regions do not see one another", apart},
		{"the regions are those that have an entry, in order", regions},
		{"many writers lose no version", writers},
		{"a view does not change while it is looked at", steady},
		{"of many who begin a run one has it", begunOnce},
		{"a worker that was given up saves nothing", fenced},
		{"a run that was begun too often is set aside once", spent},
		{"all there is can be listed, and none that came later", whole},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, open(t))
		})
	}
}

func empty(t *testing.T, r scheduler.Record) {
	t.Helper()
	view(t, r, region, func(v scheduler.Reader) error {
		n, err := v.Last(scheduler.KindRoster, "2026-W49")
		must(t, err)
		same(t, n, 0)
		names, err := v.Names(scheduler.KindRoster)
		must(t, err)
		same(t, len(names), 0)
		_, err = v.Entry(scheduler.KindRoster, "2026-W49", 1)
		coded(t, err, model.CodeNotFound)
		_, err = v.Entry(scheduler.KindRoster, "2026-W49", 0)
		coded(t, err, model.CodeNotFound)
		_, err = v.Content(model.Digest{1})
		coded(t, err, model.CodeNotFound)
		return nil
	})
}

func readBack(t *testing.T, r scheduler.Record) {
	t.Helper()
	var digest model.Digest
	update(t, r, region, func(w scheduler.Writer) error {
		var err error
		digest, err = w.Keep([]byte("content"))
		must(t, err)
		again, err := w.Keep([]byte("content"))
		must(t, err)
		same(t, again, digest)
		for i := range 3 {
			must(t, w.Add(scheduler.KindAudit, "", i, []byte(strconv.Itoa(i+1))))
		}
		must(t, w.Add(scheduler.KindDraft, "b", 0, nil))
		must(t, w.Add(scheduler.KindDraft, "a", 0, []byte("x")))
		n, err := w.Last(scheduler.KindAudit, "")
		must(t, err)
		same(t, n, 3) // a writer sees what it wrote
		return nil
	})
	same(t, digest, scheduler.ContentDigest([]byte("content")))
	view(t, r, region, func(v scheduler.Reader) error {
		c, err := v.Content(digest)
		must(t, err)
		same(t, string(c), "content")
		e, err := v.Entry(scheduler.KindAudit, "", 2)
		must(t, err)
		same(t, string(e), "2")
		some, err := v.Entries(scheduler.KindAudit, "", 1, 5)
		must(t, err)
		same(t, len(some), 2)
		same(t, string(some[0])+string(some[1]), "23")
		one, err := v.Entries(scheduler.KindAudit, "", 0, 1)
		must(t, err)
		same(t, len(one), 1)
		names, err := v.Names(scheduler.KindDraft)
		must(t, err)
		same(t, len(names), 2)
		same(t, names[0]+names[1], "ab")
		return nil
	})
}

func stale(t *testing.T, r scheduler.Record) {
	t.Helper()
	add := func(base int) error {
		return r.Update(context.Background(), region, func(w scheduler.Writer) error {
			return w.Add(scheduler.KindRoster, "2026-W49", base, []byte("r"))
		})
	}
	must(t, add(0))
	must(t, add(1))
	for _, base := range []int{0, 1, 3, -1} {
		err := add(base)
		coded(t, err, model.CodeConflict)
		same(t, err.Error(), scheduler.Stale(scheduler.KindRoster, "2026-W49", base, 2).Error())
	}
}

func failed(t *testing.T, r scheduler.Record) {
	t.Helper()
	broken := errors.New("broken")
	var kept model.Digest
	err := r.Update(context.Background(), region, func(w scheduler.Writer) error {
		must(t, w.Add(scheduler.KindFacts, "", 0, []byte("f")))
		kept, _ = w.Keep([]byte("half"))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("found %v; expected the error of the change", err)
	}
	ended, end := context.WithCancel(context.Background())
	if err := r.Update(ended, region, func(w scheduler.Writer) error {
		must(t, w.Add(scheduler.KindFacts, "", 0, []byte("f")))
		end()
		return nil
	}); err == nil {
		t.Fatal("a change whose request had ended was acknowledged")
	}
	view(t, r, region, func(v scheduler.Reader) error {
		n, err := v.Last(scheduler.KindFacts, "")
		must(t, err)
		same(t, n, 0)
		_, err = v.Content(kept)
		coded(t, err, model.CodeNotFound)
		return nil
	})
}

func apart(t *testing.T, r scheduler.Record) {
	t.Helper()
	var digest model.Digest
	update(t, r, region, func(w scheduler.Writer) error {
		digest, _ = w.Keep([]byte("ours"))
		return w.Add(scheduler.KindFacts, "", 0, []byte("ours"))
	})
	view(t, r, "Kent", func(v scheduler.Reader) error {
		n, err := v.Last(scheduler.KindFacts, "")
		must(t, err)
		same(t, n, 0)
		_, err = v.Content(digest)
		coded(t, err, model.CodeNotFound)
		return nil
	})
}

func regions(t *testing.T, r scheduler.Record) {
	t.Helper()
	list := func() string {
		found, err := r.Regions(context.Background())
		must(t, err)
		return strings.Join(found, " ")
	}
	same(t, list(), "")
	for _, name := range []string{"Mercia", "Kent", "kent", "Ärö", "Kent"} {
		update(t, r, name, func(w scheduler.Writer) error {
			n, err := w.Last(scheduler.KindAudit, "")
			must(t, err)
			must(t, w.Add(scheduler.KindAudit, "", n, []byte("e")))
			return w.Add(scheduler.KindDraft, strconv.Itoa(n), 0, []byte("d"))
		})
	}
	update(t, r, "content alone", func(w scheduler.Writer) error {
		_, err := w.Keep([]byte("content"))
		return err
	})
	broken := errors.New("broken")
	if err := r.Update(context.Background(), "refused", func(w scheduler.Writer) error {
		must(t, w.Add(scheduler.KindFacts, "", 0, []byte("f")))
		return broken
	}); !errors.Is(err, broken) {
		t.Fatalf("found %v; expected the error of the change", err)
	}
	view(t, r, "looked at", func(scheduler.Reader) error { return nil })
	same(t, list(), "Kent Mercia kent Ärö")
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := r.Regions(ended); err == nil {
		t.Fatal("the regions were listed for a request that had ended")
	}
}

func writers(t *testing.T, r scheduler.Record) {
	t.Helper()
	const each, many = 10, 8
	var all sync.WaitGroup
	errs := make(chan error, each*many)
	for range many {
		all.Go(func() {
			for range each {
				errs <- r.Update(context.Background(), region, func(w scheduler.Writer) error {
					n, err := w.Last(scheduler.KindAudit, "")
					if err != nil {
						return err
					}
					return w.Add(scheduler.KindAudit, "", n, []byte("e"))
				})
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		must(t, err)
	}
	view(t, r, region, func(v scheduler.Reader) error {
		n, err := v.Last(scheduler.KindAudit, "")
		must(t, err)
		same(t, n, each*many)
		return nil
	})
}

func steady(t *testing.T, r scheduler.Record) {
	t.Helper()
	view(t, r, region, func(v scheduler.Reader) error {
		before, err := v.Last(scheduler.KindFacts, "")
		must(t, err)
		update(t, r, region, func(w scheduler.Writer) error { return w.Add(scheduler.KindFacts, "", 0, []byte("f")) })
		after, err := v.Last(scheduler.KindFacts, "")
		must(t, err)
		same(t, after, before)
		return nil
	})
}

// whole reads everything, in a view during which more is written.
func whole(t *testing.T, r scheduler.Record) {
	t.Helper()
	var digest model.Digest
	update(t, r, region, func(w scheduler.Writer) error {
		digest, _ = w.Keep([]byte("content"))
		must(t, w.Add(scheduler.KindRoster, "2026-W49", 0, []byte("r1")))
		must(t, w.Add(scheduler.KindRoster, "2026-W49", 1, []byte("r2")))
		return w.Add(scheduler.KindFacts, "", 0, []byte("f1"))
	})
	list := func(v scheduler.Reader) string {
		l, ok := v.(scheduler.Lister)
		if !ok {
			t.Fatal("the record cannot be listed, so it can be copied to no other")
		}
		var out []string
		must(t, scheduler.Whole(l, func(d model.Digest, body []byte) error {
			same(t, d, scheduler.ContentDigest(body))
			out = append(out, string(body))
			return nil
		}, func(kind scheduler.Kind, name string, version int, body []byte) error {
			out = append(out, string(kind)+" "+name+" "+strconv.Itoa(version)+" "+string(body))
			return nil
		}))
		return strings.Join(out, ", ")
	}
	const all = "content, facts  1 f1, roster 2026-W49 1 r1, roster 2026-W49 2 r2"
	view(t, r, region, func(v scheduler.Reader) error {
		_, err := v.Content(digest) // a view may begin with its first reading
		must(t, err)
		update(t, r, region, func(w scheduler.Writer) error {
			_, _ = w.Keep([]byte("later"))
			must(t, w.Add(scheduler.KindAudit, "", 0, []byte("later")))
			must(t, w.Add(scheduler.KindRoster, "2026-W50", 0, []byte("later")))
			return w.Add(scheduler.KindFacts, "", 1, []byte("later"))
		})
		same(t, list(v), all)
		_, err = v.Content(scheduler.ContentDigest([]byte("later")))
		coded(t, err, model.CodeNotFound)
		return nil
	})
	view(t, r, "Kent", func(v scheduler.Reader) error {
		same(t, list(v), "")
		return nil
	})
}

func view(t *testing.T, r scheduler.Record, region string, look func(scheduler.Reader) error) {
	t.Helper()
	must(t, r.View(context.Background(), region, look))
}

func update(t *testing.T, r scheduler.Record, region string, change func(scheduler.Writer) error) {
	t.Helper()
	must(t, r.Update(context.Background(), region, change))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T comparable](t *testing.T, found, expected T) {
	t.Helper()
	if found != expected {
		t.Fatalf("found %v; expected %v", found, expected)
	}
}

func coded(t *testing.T, err error, code model.Code) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("found error %v; expected one of code %s", err, code)
	}
}
