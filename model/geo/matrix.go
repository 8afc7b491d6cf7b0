package geo

import (
	"cmp"
	"slices"
)

// Place is an end of a journey: its code in the region's files (a CRN, project, stop, depot registration or supervisor
// code) and where it is.
type Place struct {
	Code string
	At   Point
}

// Leg is one known journey of a travel matrix.
type Leg struct {
	From, To string
	Mode     Mode
	Minutes  int32
	Metres   int32
}

func compareLegs(a, b Leg) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Mode, b.Mode))
}

// Matrix answers how long journeys take: from its legs where they are known, otherwise by estimate. The zero Matrix only
// estimates. A leg given one way serves the other way too unless that is given as well.
type Matrix struct {
	Legs []Leg // sorted by From, To, Mode
	Pace Pace  // of estimates
}

// NewMatrix sorts the legs; of two for one journey the later wins.
func NewMatrix(legs []Leg) *Matrix {
	slices.SortStableFunc(legs, compareLegs)
	out := legs[:0]
	for _, l := range legs {
		if n := len(out); n > 0 && compareLegs(out[n-1], l) == 0 {
			out[n-1] = l
			continue
		}
		out = append(out, l)
	}
	return &Matrix{Legs: out}
}

// Has reports whether a journey is given, in just that direction and by that mode.
func (m *Matrix) Has(l Leg) bool {
	_, ok := slices.BinarySearchFunc(m.Legs, l, compareLegs)
	return ok
}

func (m *Matrix) find(from, to string, mode Mode) (Leg, bool) {
	if m == nil || len(m.Legs) == 0 {
		return Leg{}, false
	}
	for _, want := range [2]Leg{{From: from, To: to, Mode: mode}, {From: to, To: from, Mode: mode}} {
		if i, ok := slices.BinarySearchFunc(m.Legs, want, compareLegs); ok {
			return m.Legs[i], true
		}
	}
	return Leg{}, false
}

// Minutes gives the time from one place to another. Where a position is unknown and no leg is given the answer is
// [Unreachable], so that missing data is never read as nearness.
func (m *Matrix) Minutes(mode Mode, from, to Place) int32 {
	if l, ok := m.find(from.Code, to.Code, mode); ok {
		return l.Minutes
	}
	if !from.At.Known() || !to.At.Known() {
		return Unreachable
	}
	return m.pace().Minutes(mode, from.At, to.At)
}

// ThereAndBack gives Minutes in both directions. An estimate is as long either way, so it is made once.
func (m *Matrix) ThereAndBack(mode Mode, from, to Place) (there, back int32) {
	there = m.Minutes(mode, from, to)
	if m == nil || len(m.Legs) == 0 {
		return there, there
	}
	return there, m.Minutes(mode, to, from)
}

// RoadMetres gives the distance by road, for vehicles.
func (m *Matrix) RoadMetres(from, to Place) int32 {
	if l, ok := m.find(from.Code, to.Code, Car); ok && l.Metres > 0 {
		return l.Metres
	}
	if !from.At.Known() || !to.At.Known() {
		return 0
	}
	return m.pace().RoadMetres(from.At, to.At)
}

func (m *Matrix) pace() *Pace {
	if m == nil {
		return &Standard
	}
	return &m.Pace
}

// Unreachable is more minutes than any journey that could be planned.
const Unreachable = 10_000
