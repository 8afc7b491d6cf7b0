package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
)

// DataVersion is one state of a region's facts.
type DataVersion struct {
	Version int
	Content model.Digest
	At      time.Time
	Who     string
	People  int // how many the facts name
}

// Import puts new facts in the place of a region's, once they have been checked and looked at: base is the data version
// that they were compared with, 0 for the first. A stale base is a [model.Error] with CodeConflict that names the current
// version. It needs a roster manager or an integrator.
func (s *Service) Import(ctx context.Context, who model.Principal, region string, base int, f *model.Facts, c Command) (DataVersion, error) {
	var made DataVersion
	if err := may(who, region, importers); err != nil {
		return made, err
	}
	if f.Region != region {
		return made, model.Errorf(model.CodeInvalid, "found facts of another region; expected those of %q", region)
	}
	request := struct {
		Action string
		Base   int
		Facts  *model.Facts
	}{"import", base, f}
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		digest, err := keep(w, f)
		if err != nil {
			return deed{}, err
		}
		made = DataVersion{Version: base + 1, Content: digest, At: s.now(), Who: who.Name, People: len(f.People)}
		return deed{action: "import", version: made.Version, content: digest}, addEntry(w, KindFacts, "", base, made)
	})
	if err != nil {
		return DataVersion{}, err
	}
	return made, nil
}

// Facts gives the current facts and their version. A region without any is not found. It needs any role.
func (s *Service) Facts(ctx context.Context, who model.Principal, region string) (*model.Facts, DataVersion, error) {
	if err := may(who, region, readers); err != nil {
		return nil, DataVersion{}, err
	}
	var f *model.Facts
	var v DataVersion
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		f, v, err = currentFacts(r)
		return err
	})
	return f, v, err
}

func currentFacts(r Reader) (*model.Facts, DataVersion, error) {
	var v DataVersion
	n, err := r.Last(KindFacts, "")
	if err != nil {
		return nil, v, err
	}
	if n == 0 {
		return nil, v, noRegion()
	}
	if err := readEntry(r, KindFacts, "", n, &v); err != nil {
		return nil, v, err
	}
	f := &model.Facts{}
	return f, v, kept(r, v.Content, f)
}
