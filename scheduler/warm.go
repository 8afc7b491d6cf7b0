package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/bound"
)

// fewNameDigits is how many digits of their digest name few prices: enough that no two of a region have the same name.
const fewNameDigits = 12

// FewName gives the name of few prices, by which a cut says with which a bound began: the first digits of their digest. None have none.
func FewName(few *bound.FewPrices) string {
	if few == nil {
		return ""
	}
	d, err := digestOf(few)
	if err != nil {
		return "" // whole numbers and codes can be written down
	}
	return d.String()[:fewNameDigits]
}

// fitting gives a [model.Error] where a run that is repeated began its bound with other few prices than are given.
func (q *PlanRequest) fitting() error {
	if q.CutAt == nil || q.CutAt.Guided == 0 {
		return nil
	}
	switch given, was := FewName(q.Warm), q.CutAt.Warm; {
	case given == was:
		return nil
	case was == "":
		return model.Errorf(model.CodeUsage, "found few prices %s to begin the bound with; expected none, for the run that is repeated began with first prices. Leave them out.", given)
	case given == "":
		return model.Errorf(model.CodeUsage, "found no few prices to begin the bound with; expected those named %s, with which the run that is repeated began. Give the plan that has them.", was)
	default:
		return model.Errorf(model.CodeUsage, "found few prices %s to begin the bound with; expected those named %s, with which the run that is repeated began. Give the plan that has them.", given, was)
	}
}

// lastFew finds the few prices for the bound of a week to begin with: those of the latest plan that has any, of that week or of the
// latest one before it. The digest is that under which they are kept; zero: there are none.
func lastFew(r Reader, week model.Week) (*bound.FewPrices, model.Digest, error) {
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
		if (d.Few != model.Digest{}) && d.Week.Monday() <= week.Monday() {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return nil, model.Digest{}, nil
	}
	d := slices.MaxFunc(all, func(a, b Draft) int {
		return cmp.Or(cmp.Compare(a.Week.Monday(), b.Week.Monday()), cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	few := &bound.FewPrices{}
	return few, d.Few, kept(r, d.Few, few)
}
