package model

import (
	"cmp"
	"iter"
	"reflect"
	"slices"

	"github.com/communitypayback/payback/model/policy"
)

// SetPolicy changes one value of the policy, named by its clause. Rules are switched on and off in the profile alone.
type SetPolicy struct {
	Clause policy.ClauseID
	Value  int64
}

// Rain sets the chance of rain in a weather area on a day, in permille.
type Rain struct {
	WeatherArea string
	Date        Date
	Permille    int32
}

func (e SetPolicy) edit(s *Snapshot) error {
	if s.Policy == nil {
		return nil // Validate refuses it with better words
	}
	b := *s.Policy
	var ids []policy.ClauseID
	for id, v := range bookValues(&b) {
		if ids = append(ids, id); id != e.Clause {
			continue
		}
		if v.OverflowInt(e.Value) {
			return Errorf(CodeInvalid, "policy %s: found %d; expected 0 to 1,000,000,000", id, e.Value)
		}
		v.SetInt(e.Value)
		s.Policy = &b
		if s.Travel != nil {
			paced := *s.Travel
			paced.Pace = Pace(&b)
			s.Travel = &paced
		}
		return nil
	}
	return notFound(s, "policy value", e.Clause, ids, func(id policy.ClauseID) string { return string(id) })
}

func (e Rain) edit(s *Snapshot) error {
	var areas []string
	for i := range s.Teams {
		areas = append(areas, s.Teams[i].WeatherArea)
	}
	for i := range s.Projects {
		areas = append(areas, s.Projects[i].WeatherArea)
	}
	slices.Sort(areas)
	areas = without(slices.Compact(areas), func(a string) bool { return a == "" })
	if !slices.Contains(areas, e.WeatherArea) {
		return notFound(s, "weather area", e.WeatherArea, areas, func(a string) string { return a })
	}
	x := Outlook{WeatherArea: e.WeatherArea, Date: e.Date, RainPermille: e.Permille}
	i, found := at(s.Outlooks, x, func(a, b Outlook) int {
		return cmp.Or(cmp.Compare(a.WeatherArea, b.WeatherArea), cmp.Compare(a.Date, b.Date))
	})
	if found {
		s.Outlooks = replaced(s.Outlooks, i, x)
	} else {
		s.Outlooks = inserted(s.Outlooks, i, x)
	}
	return nil
}

// bookValues gives the settable values of a book with the clauses they come from, in the order of the book.
func bookValues(b *policy.Book) iter.Seq2[policy.ClauseID, reflect.Value] {
	return func(yield func(policy.ClauseID, reflect.Value) bool) {
		v := reflect.ValueOf(b).Elem()
		for i := range v.NumField() {
			if id := policy.ClauseID(v.Type().Field(i).Tag.Get("clause")); id != "" && !yield(id, v.Field(i)) {
				return
			}
		}
	}
}
