package forecast

// Traits are what can make one session likelier to be attended than another, as a set. Group sessions near home, in
// summer, on other days than Monday and after the first have none: they are what the others are compared with.
type Traits uint8

// The traits.
const (
	Individual Traits = 1 << iota
	ETE
	Induction
	First // nothing was recorded of the person before
	Monday
	Winter
	Far // a long way from home
)

// numTraits is how many traits there are, and numSets how many sets of them.
const (
	numTraits = 7
	numSets   = 1 << numTraits
)

// Has reports whether the set holds a trait.
func (t Traits) Has(x Traits) bool { return t&x != 0 }

// Effects are what each trait adds to a person's general chance of coming, in permille; negative: it takes away.
type Effects struct {
	Individual, ETE, Induction, First, Monday, Winter, Far int32
}

// Of gives what a set of traits adds, in permille.
func (e *Effects) Of(t Traits) int32 {
	sum := int32(0)
	for i, x := range e.list() {
		if t.Has(1 << i) {
			sum += x
		}
	}
	return sum
}

// list gives the effects in the order of the traits.
func (e *Effects) list() [numTraits]int32 {
	return [numTraits]int32{e.Individual, e.ETE, e.Induction, e.First, e.Monday, e.Winter, e.Far}
}
