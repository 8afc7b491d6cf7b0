package forecast

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model/policy"
)

// Trial is one recorded outcome: somebody was told to come to a session, and came or did not. What the service caused is
// no trial.
type Trial struct {
	Person int // index into the counts
	Traits Traits
	Came   bool
}

// Counts are the outcomes of one person of which no more is known than how many there were.
type Counts struct{ Came, Missed int32 }

// Attendance is what a record says of coming to sessions, in permille.
type Attendance struct {
	Mean    int32 // of a person of whom nothing is recorded
	Effects Effects
	People  []int32 // each person's general chance, 0 to 1000, in the order of the counts
}

// one is a certain thing; chances are reckoned in millionths and told in thousandths.
const one = 1_000_000

// The reckoning ends when no effect moves by more than settled in a round, or after so many rounds. Records that leave a
// trait nearly inseparable from the people who have it settle slowest.
const (
	settled   = 20 // millionths
	maxRounds = 400
)

// EstimateAttendance estimates how likely people come, from the counts of each and the trials of all, in any order.
//
// The chance of person i at a session with traits T is a[i] plus the sum of e[k] over T. Policy values say what is assumed
// without a record and how many outcomes that weighs: the mean m of a region, the distance of a person from it, each
// effect. The answer is where these balance (Henderson's mixed-model equations for one grouping factor, solved by Gauss and
// Seidel's method):
//
//	a[i] = (K m + sum of (outcome - effects) over i's outcomes) / (K + n[i])    K outcomes of urgency.attendance-weight
//	m    = (M m0 + sum of K s[i] / (K + n[i])) / (M + sum of K n[i] / (K + n[i]))    s[i] the sum in a[i]
//	e[k] = (E e0[k] + sum of (outcome - a - other effects) over trials with k) / (E + trials with k)
//
// Someone's own general chance is taken out of each effect and each effect out of the chances, so that those who are
// often sent to one kind of session hardly bias either. Without outcomes every answer is the assumed one.
func EstimateAttendance(b *policy.Book, counts []Counts, trials []Trial) Attendance {
	f := fit{
		weight: int64(b.AttendanceWeight), region: int64(b.AttendanceRegionWeight), effect: int64(b.AttendanceEffectWeight),
		prior: 1000 * int64(b.AttendancePrior), cells: cellsOf(trials),
		mean: 1000 * int64(b.AttendancePrior), people: make([]int64, len(counts)), number: make([]int64, len(counts)), came: make([]int64, len(counts)),
	}
	assumed := Effects{
		Individual: b.AttendanceIndividual, ETE: b.AttendanceETE, Induction: b.AttendanceInduction,
		First: -b.AttendanceFirst, Monday: -b.AttendanceMonday, Winter: -b.AttendanceWinter, Far: -b.AttendanceFar,
	}
	for k, e := range assumed.list() {
		f.assumed[k] = 1000 * int64(e)
	}
	f.effects = f.assumed
	for i, c := range counts {
		came, missed := int64(max(0, c.Came)), int64(max(0, c.Missed))
		f.number[i], f.came[i] = came+missed, one*came
	}
	for _, c := range f.cells {
		f.number[c.person] += c.number
		f.came[c.person] += one * c.came
	}
	for range maxRounds {
		f.findPeople()
		if f.findEffects() <= settled {
			break
		}
	}
	f.findPeople()
	out := Attendance{Mean: permille(f.mean, 0, 1000), People: make([]int32, len(counts))}
	for i, a := range f.people {
		out.People[i] = permille(a, 0, 1000)
	}
	for k, to := range []*int32{
		&out.Effects.Individual, &out.Effects.ETE, &out.Effects.Induction, &out.Effects.First, &out.Effects.Monday, &out.Effects.Winter, &out.Effects.Far,
	} {
		*to = permille(f.effects[k], -1000, 1000)
	}
	return out
}

// fit is an estimate in the making. Chances are millionths.
type fit struct {
	weight, region, effect int64 // outcomes that the assumptions weigh: K, M and E
	prior                  int64 // m0
	assumed                [numTraits]int64
	cells                  []cell

	mean    int64            // m
	people  []int64          // a
	effects [numTraits]int64 // e
	number  []int64          // outcomes, by person
	came    []int64          // of these, how often they came, in millionths
}

// cell is the trials of one person with the same traits.
type cell struct {
	person       int
	traits       Traits
	number, came int64
}

// cellsOf puts like trials together, by person and traits.
func cellsOf(trials []Trial) []cell {
	cells := make([]cell, 0, len(trials))
	for _, t := range trials {
		c := cell{person: t.Person, traits: t.Traits, number: 1}
		if t.Came {
			c.came = 1
		}
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.traits, b.traits)) })
	n := 0
	for _, c := range cells {
		if n > 0 && cells[n-1].person == c.person && cells[n-1].traits == c.traits {
			cells[n-1].number += c.number
			cells[n-1].came += c.came
			continue
		}
		cells[n] = c
		n++
	}
	return cells[:n]
}

// findPeople works out the mean and each person's chance from the effects.
func (f *fit) findPeople() {
	sums := slices.Clone(f.came)
	of := f.sums()
	for _, c := range f.cells {
		sums[c.person] -= c.number * of[c.traits]
	}
	above, below := f.region*f.prior, 1000*f.region // millionths and thousandths of outcomes
	for i, n := range f.number {
		if f.weight+n > 0 {
			above += divide(f.weight*sums[i], f.weight+n)
			below += divide(1000*f.weight*n, f.weight+n)
		}
	}
	f.mean = f.prior
	if below > 0 {
		f.mean = divide(1000*above, below)
	}
	for i, n := range f.number {
		f.people[i] = f.mean
		if f.weight+n > 0 {
			f.people[i] = divide(f.weight*f.mean+sums[i], f.weight+n)
		}
	}
}

// findEffects works out each effect from the people and the other effects, one after the other, and gives how far the one
// that moved most did.
func (f *fit) findEffects() (moved int64) {
	for k := range f.effects {
		trait, of := Traits(1<<k), f.sums()
		sum, n := f.effect*f.assumed[k], f.effect
		for _, c := range f.cells {
			if c.traits.Has(trait) {
				sum += one*c.came - c.number*(f.people[c.person]+of[c.traits]-f.effects[k])
				n += c.number
			}
		}
		if n == 0 {
			continue
		}
		was := f.effects[k]
		f.effects[k] = divide(sum, n)
		moved = max(moved, f.effects[k]-was, was-f.effects[k])
	}
	return moved
}

// sums gives what each set of traits adds.
func (f *fit) sums() *[numSets]int64 {
	var of [numSets]int64
	for t := range of {
		for k, e := range f.effects {
			if Traits(t).Has(1 << k) {
				of[t] += e
			}
		}
	}
	return &of
}

// permille tells millionths in thousandths, within bounds.
func permille(v, least, most int64) int32 { return int32(min(most, max(least, divide(v, 1000)))) }

// divide rounds to the nearest whole number, halves upward.
func divide(a, b int64) int64 {
	q := (2*a + b) / (2 * b)
	if (2*a+b)%(2*b) < 0 {
		q--
	}
	return q
}
