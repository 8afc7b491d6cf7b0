package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// lastNightly gives the roster that the last night planned for a week, for the next one to begin at, and its digest; nil: there is none
// that was made from what is published now. What somebody has edited since is theirs, and none to begin at.
func (s *Service) lastNightly(r Reader, sn *model.Snapshot) (*model.Roster, model.Digest, error) {
	base, err := r.Last(KindRoster, sn.Week.String())
	if err != nil {
		return nil, model.Digest{}, err
	}
	names, err := r.Names(KindDraft)
	if err != nil {
		return nil, model.Digest{}, err
	}
	var all []Draft
	for _, id := range names {
		d, err := lastDraft(r, id)
		if err != nil {
			return nil, model.Digest{}, err
		}
		if d.Week == sn.Week && d.Usable() && d.Base == base && d.Who == nightName {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return nil, model.Digest{}, nil
	}
	d := slices.MaxFunc(all, func(a, b Draft) int { return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID)) })
	roster, err := s.rosterOf(r, d.Roster)
	return roster, d.Roster, err
}
