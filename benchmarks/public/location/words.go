package location

import (
	"fmt"
	"strconv"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

func every(solver.SessionIx) bool { return true }

// one counts the actors of a kind.
func one(b *solver.Builder, k solver.ActorKind) func(solver.ActorIx) int32 {
	return func(a solver.ActorIx) int32 {
		if b.Kind(a) == k {
			return 1
		}
		return 0
	}
}

// person gives each customer a row.
func person(b *solver.Builder) func(solver.ActorIx) int32 {
	return func(a solver.ActorIx) int32 {
		if b.Kind(a) == solver.People {
			return int32(a)
		}
		return -1
	}
}

func crn(customer int) model.CRN { return model.CRN(fmt.Sprintf("X%06d", customer)) }

// numbered gives the number in a code of ours.
func numbered(code string) int {
	n, err := strconv.Atoi(code[1:])
	if err != nil {
		panic("location: found a code that is none of ours")
	}
	return n
}

func customerOf(c model.CRN) int { return numbered(string(c)) }

func facilityOf(k model.SessionKey) int { return numbered(string(k.Project)) }

// load is what a facility serves.
type load struct {
	facility  int
	key       model.SessionKey
	customers int
	demand    int64
}

// loads lists all facilities.
func (in *Instance) loads(r *model.Roster) []load {
	all := make([]load, len(in.Capacity))
	for i := range all {
		all[i].facility = i
		all[i].key = model.SessionKey{Project: model.ProjectCode(fmt.Sprintf("F%06d", i)), Date: planned.Monday(), Start: starts}
	}
	for i := range r.Appointments {
		x := &all[facilityOf(r.Appointments[i].Session)]
		x.customers++
		x.demand += int64(in.Demand[customerOf(r.Appointments[i].CRN)])
	}
	return all
}

// times counts by how many facilities each customer is served.
func (in *Instance) times(r *model.Roster) []int {
	all := make([]int, len(in.Demand))
	for i := range r.Appointments {
		all[customerOf(r.Appointments[i].CRN)]++
	}
	return all
}
