package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// inboxFlags say where files come in.
type inboxFlags struct {
	Inbox string `placeholder:"FOLDER" help:"The folder with a folder for each region, by its name, whose files a night takes in. Left out: inbox beside the record."`
}

// The folders of an inbox.
const (
	inboxName = "inbox"
	takenName = "taken"
)

// stillMoment is how long a file must have been left alone to count as whole.
const stillMoment = time.Minute

// arrivals gives the inbox of a record: for each region the files that are to be taken, in the order in which kinds stand on one
// another. A region without a folder has nothing.
func (f *inboxFlags) arrivals(m *Main, from *recordFlags, profile *policy.Profile) scheduler.Inbox {
	root := f.Inbox
	if root == "" {
		root = filepath.Join(from.folder(m), inboxName)
	}
	return func(_ context.Context, region string) ([]scheduler.Arrival, error) {
		dir := filepath.Join(root, url.PathEscape(region)) // a name may have any characters
		entries, err := os.ReadDir(dir)
		if os.IsNotExist(err) {
			return nil, nil
		}
		if err != nil {
			return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The inbox of the region cannot be read."}
		}
		var out []scheduler.Arrival
		for _, e := range entries {
			if x := strings.ToLower(filepath.Ext(e.Name())); e.Type().IsRegular() && (x == ".csv" || x == ".xlsx") && !strings.EqualFold(e.Name(), gazetteerFile) {
				out = append(out, arrived(m, filepath.Join(dir, e.Name()), region, profile))
			}
		}
		slices.SortStableFunc(out, func(a, b scheduler.Arrival) int {
			return cmp.Or(cmp.Compare(rank(a.Name), rank(b.Name)), cmp.Compare(a.Name, b.Name))
		})
		return out, nil
	}
}

// gazetteerFile gives postcodes their positions, for the files beside it. It is no file of the region's, and stays.
const gazetteerFile = "gazetteer.csv"

// rank orders files by their kind: what others refer to comes first, and workbooks, which hold everything, before all.
func rank(name string) int {
	return slices.Index(exchange.Kinds(), strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name))))
}

// arrived is one file of an inbox.
func arrived(m *Main, path, region string, profile *policy.Profile) scheduler.Arrival {
	a := scheduler.Arrival{Name: filepath.Base(path)}
	content, bad := settledContent(m, path)
	a.Digest = scheduler.ContentDigest(content)
	a.Read = func(known *model.Facts) (*model.Facts, error) {
		if bad != nil {
			return nil, bad
		}
		o := exchange.Options{Region: region, Zone: profile.Zone, Orders: ordersNow(m, profile), Known: known}
		if at := filepath.Join(filepath.Dir(path), gazetteerFile); regular(at) {
			o.Gazetteer = at
		}
		facts, report, err := exchange.ReadFiles([]exchange.File{{Name: a.Name, Content: content}}, o)
		if err != nil {
			return nil, err
		}
		return facts, unreadable(report)
	}
	a.Taken = func() error {
		if now, err := os.ReadFile(path); err == nil && scheduler.ContentDigest(now) != a.Digest {
			return nil // another one has come in its place, for another night
		}
		to := filepath.Join(filepath.Dir(path), takenName)
		if err := os.MkdirAll(to, 0o700); err != nil {
			return &model.Error{Code: model.CodeUnavailable, Err: err, Message: a.Name + " was taken in, and could not be put away: it is found again in the next night. Move it by hand."}
		}
		name := m.Now().UTC().Format("20060102-150405") + "-" + a.Digest.Short() + "-" + a.Name
		if err := os.Rename(path, filepath.Join(to, name)); err != nil {
			return &model.Error{Code: model.CodeUnavailable, Err: err, Message: a.Name + " was taken in, and could not be put away: it is found again in the next night. Move it by hand."}
		}
		return nil
	}
	return a
}

func regular(path string) bool {
	at, err := os.Lstat(path)
	return err == nil && at.Mode().IsRegular()
}

// mostInbox is how large a file of an inbox may be, as files that are imported.
const mostInbox = 64 << 20

// settledContent reads a file that nobody is writing any more.
func settledContent(m *Main, path string) ([]byte, error) {
	at, err := os.Stat(path)
	name := filepath.Base(path)
	switch {
	case err != nil:
		return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: name + " cannot be read."}
	case at.Size() > mostInbox:
		return nil, model.Errorf(model.CodeInvalid, "%s has %d bytes; expected at most %d. Import it by hand, in parts.", name, at.Size(), mostInbox)
	}
	if age := m.Now().Sub(at.ModTime()); age >= 0 && age < stillMoment {
		return nil, model.Errorf(model.CodeUnavailable, "%s was written less than a minute ago, so it may not be whole. It is taken in the next night.", name)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: name + " cannot be read."}
	}
	return content, nil
}

// unreadable says why nothing of a file may be taken, if any of it cannot be read.
func unreadable(r *exchange.Report) error {
	if len(r.Problems) == 0 {
		return nil
	}
	p := &r.Problems[0]
	where := ""
	if p.Row > 0 {
		where = fmt.Sprintf(" in row %d", p.Row)
	}
	if p.Column != "" {
		where += fmt.Sprintf(", column %s", p.Column)
	}
	text := fmt.Sprintf("%s has %s; the first%s: %s.", p.File, count(len(r.Problems), "problem"), where, p.What)
	if p.Expected != "" {
		text += fmt.Sprintf(" Expected: %s.", strings.TrimSuffix(p.Expected, "."))
	}
	return model.Errorf(model.CodeInvalid, "%s Nothing of the file was taken; mend it and leave it in the inbox. payback import --dry-run shows all of it.", text)
}
