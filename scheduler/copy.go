package scheduler

import (
	"bytes"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Copied tells what a copy of a region has.
type Copied struct {
	Entries  int
	Contents int
	New      int // entries and contents that were not there before
}

// A copy is committed in parts of about this size.
const (
	partBytes = 4 << 20
	partItems = 200
)

// Copy copies a region as it is now from one record to another: first all content, then every entry, the facts last, so that
// a region that is copied by half is one that nobody has imported. What the other record has of the region must be the
// beginning of the same; anything else is a [model.Error] with CodeConflict, and nothing is written. A copy that was cut goes on
// where it ended. Told hears of every part. At the end the two are compared in all they have, and a difference, also
// because the first one was changed meanwhile, is an error.
func Copy(ctx context.Context, from, to Record, region string, told func(Copied)) (Copied, error) {
	var c Copied
	err := from.View(ctx, region, func(r Reader) error {
		l, err := lister(r)
		if err != nil {
			return err
		}
		p := &part{ctx: ctx, to: to, region: region, told: told, all: &c}
		if err := to.View(ctx, region, func(there Reader) error { return p.everything(l, there) }); err != nil {
			return err
		}
		return to.View(ctx, region, func(copied Reader) error { return same(l, copied) })
	})
	if err != nil {
		return c, err
	}
	return c, from.View(ctx, region, func(now Reader) error {
		return to.View(ctx, region, func(copied Reader) error { return unchanged(now, copied) })
	})
}

func lister(r Reader) (Lister, error) { //nolint:ireturn // it is one that more is known of
	l, ok := r.(Lister)
	if !ok {
		return nil, model.Errorf(model.CodeInternal, "A record of this kind cannot be listed, so it cannot be copied. Please report this.")
	}
	return l, nil
}

// part is what is to be committed next.
type part struct {
	ctx    context.Context //nolint:containedctx // it lives as long as the copy
	to     Record
	region string
	told   func(Copied)
	all    *Copied

	steps []func(Writer) error
	bytes int
}

// everything copies all that is not there yet.
func (p *part) everything(l Lister, there Reader) error {
	have, err := lister(there)
	if err != nil {
		return err
	}
	contents, err := beginsSame(l, have)
	if err != nil {
		return err
	}
	var facts []func() error
	err = Whole(l, func(d model.Digest, body []byte) error {
		p.all.Contents++
		if contents[d] {
			return nil
		}
		return p.add(body, func(w Writer) error {
			_, err := w.Keep(body)
			return err
		})
	}, func(kind Kind, name string, version int, body []byte) error {
		p.all.Entries++
		if n, err := have.Last(kind, name); n >= version || err != nil {
			return err
		}
		add := func() error {
			return p.add(body, func(w Writer) error { return w.Add(kind, name, version-1, body) })
		}
		if kind == KindFacts {
			facts = append(facts, add)
			return nil
		}
		return add()
	})
	for _, add := range facts {
		if err == nil {
			err = add()
		}
	}
	if err != nil {
		return err
	}
	return p.commit()
}

// add puts one more thing into the part.
func (p *part) add(body []byte, step func(Writer) error) error {
	p.bytes += len(body)
	p.steps = append(p.steps, step)
	if p.bytes < partBytes && len(p.steps) < partItems {
		return nil
	}
	return p.commit()
}

// commit writes the part, if there is anything in it.
func (p *part) commit() error {
	if len(p.steps) == 0 {
		return nil
	}
	err := p.to.Update(p.ctx, p.region, func(w Writer) error {
		for _, step := range p.steps {
			if err := step(w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.all.New += len(p.steps)
	p.steps, p.bytes = nil, 0
	if p.told != nil {
		p.told(*p.all)
	}
	return nil
}

// beginsSame refuses a copy whose beginning is something else than what is copied. It gives the content that is there.
func beginsSame(of, have Lister) (map[model.Digest]bool, error) {
	all, err := of.Contents()
	if err != nil {
		return nil, err
	}
	known, there := map[model.Digest]bool{}, map[model.Digest]bool{}
	for _, d := range all {
		known[d] = true
	}
	return there, Whole(have, func(d model.Digest, _ []byte) error {
		if !known[d] {
			return notEmpty("content " + d.Short())
		}
		there[d] = true
		return nil
	}, func(kind Kind, name string, version int, body []byte) error {
		last, err := of.Last(kind, name)
		if err != nil {
			return err
		}
		if version > last {
			return notEmpty("an entry of the kind " + string(kind))
		}
		is, err := of.Entry(kind, name, version)
		if err == nil && !bytes.Equal(is, body) {
			return notEmpty("an entry of the kind " + string(kind))
		}
		return err
	})
}

func notEmpty(what string) error {
	return model.Errorf(model.CodeConflict,
		"found %s where the copy is to be, which is not in what is copied; expected an empty record, or a copy of the same that was cut; nothing was written", what)
}

// same compares a copy with what was copied: it must have all of it, and not one thing more.
func same(of Lister, r Reader) error {
	copied, err := lister(r)
	if err != nil {
		return err
	}
	things := 0
	err = Whole(of, func(d model.Digest, body []byte) error {
		things++
		is, err := copied.Content(d)
		if err != nil || !bytes.Equal(is, body) {
			return unlike("content "+d.Short(), err)
		}
		return nil
	}, func(kind Kind, name string, version int, body []byte) error {
		things++
		is, err := copied.Entry(kind, name, version)
		if err != nil || !bytes.Equal(is, body) {
			return unlike("an entry of the kind "+string(kind), err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = Whole(copied, func(model.Digest, []byte) error { things--; return nil },
		func(Kind, string, int, []byte) error { things--; return nil })
	if err == nil && things != 0 {
		err = unlike("how much there is", nil)
	}
	return err
}

func unlike(what string, err error) error {
	return &model.Error{Code: model.CodeInternal, Err: err, Message: "The copy is not what was copied: " + what + " differs. Do not use it; remove it and copy again."}
}

// unchanged refuses a copy of what was changed since.
func unchanged(now, copied Reader) error {
	l, err := lister(now)
	if err != nil {
		return err
	}
	have, err := lister(copied)
	if err != nil {
		return err
	}
	was, err := have.Contents()
	if err != nil {
		return err
	}
	is, err := l.Contents()
	if err != nil {
		return err
	}
	changed := !slices.Equal(was, is)
	kinds, err := l.Kinds()
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		names, err := l.Names(kind)
		if err != nil {
			return err
		}
		for _, name := range names {
			a, err := l.Last(kind, name)
			if err != nil {
				return err
			}
			b, err := have.Last(kind, name)
			if err != nil {
				return err
			}
			changed = changed || a != b
		}
	}
	if changed {
		return model.Errorf(model.CodeConflict,
			"The record was changed while it was copied, so the copy is out of date. Stop whatever writes to it and copy again; what is there already is not copied twice.")
	}
	return nil
}
