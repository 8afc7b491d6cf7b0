package scheduler

import (
	"errors"

	"github.com/communitypayback/payback/model"
)

// Lister is the Reader of a record that can be read whole: to verify it, or to copy it to another one.
type Lister interface {
	Reader
	// Kinds gives the kinds that have any entry, in order.
	Kinds() ([]Kind, error)
	// Contents gives the digests of all content, in order.
	Contents() ([]model.Digest, error)
}

// pageOfEntries is how many versions are read at a time.
const pageOfEntries = 500

// Whole reads all of a region and hands it on: every content, then every entry by kind, name and version. What is listed and
// cannot be read is a [model.Error] with CodeInternal. It gives the first error of those it calls.
func Whole(l Lister, content func(model.Digest, []byte) error, entry func(kind Kind, name string, version int, body []byte) error) error {
	digests, err := l.Contents()
	if err != nil {
		return err
	}
	for _, d := range digests {
		body, err := l.Content(d)
		if err != nil {
			return gone(err, "content "+d.Short())
		}
		if err := content(d, body); err != nil {
			return err
		}
	}
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
			if err := versions(l, kind, name, entry); err != nil {
				return err
			}
		}
	}
	return nil
}

// versions hands on every version of one entry, of which there is at least one.
func versions(l Lister, kind Kind, name string, entry func(Kind, string, int, []byte) error) error {
	last, err := l.Last(kind, name)
	if err != nil {
		return err
	}
	read := 0
	for read < last {
		all, err := l.Entries(kind, name, read, pageOfEntries)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			break
		}
		for _, body := range all {
			read++
			if err := entry(kind, name, read, body); err != nil {
				return err
			}
		}
	}
	if read == 0 || read != last {
		return Damaged("the list of an entry of the kind " + string(kind))
	}
	return nil
}

// gone makes damage of what is listed and not there.
func gone(err error, what string) error {
	var e *model.Error
	if errors.As(err, &e) && e.Code == model.CodeNotFound {
		return Damaged(what)
	}
	return err
}
