package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// freezeYoung marks the people who are no older than the policy's age on the Monday. Dates of birth stay with the facts.
func freezeYoung(sn *model.Snapshot, f *model.Facts) {
	names := sorted(f.Names, func(a, b model.Name) int { return cmp.Compare(a.CRN, b.CRN) })
	for i := range sn.People {
		p := &sn.People[i]
		at, known := slices.BinarySearchFunc(names, p.CRN, func(n model.Name, c model.CRN) int { return cmp.Compare(n.CRN, c) })
		p.Young = known && names[at].DateOfBirth != 0 && names[at].DateOfBirth.AddMonths(12*int(sn.Policy.YoungYears+1)) > sn.Week.Monday()
	}
}
