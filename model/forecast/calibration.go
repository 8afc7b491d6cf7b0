package forecast

import (
	"cmp"
	"math"
	"slices"
)

// Prediction is a chance that was told before it was known what happened, and what did.
type Prediction struct {
	Person int
	Chance int32 // permille
	Base   int32 // the chance of anybody, known at the same time, permille
	Came   bool
}

// Calibration tells how well chances came true. Its figures are for reading: no plan rests on them.
type Calibration struct {
	Outcomes int     `json:"outcomes"`
	People   int     `json:"people"`
	Said     float64 `json:"predicted"` // mean chance told, 0 to 1
	Was      float64 `json:"observed"`  // share that came
	// Brier is the mean square distance of a chance from what happened; less is better. Base is that of telling everybody the
	// same, the share that had come before.
	Brier     float64 `json:"brier"`
	BaseBrier float64 `json:"brier_of_base_rate"`
	// LogLoss is the mean of -ln of the chance given to what happened; less is better.
	LogLoss     float64 `json:"log_loss"`
	BaseLogLoss float64 `json:"log_loss_of_base_rate"`
	Deciles     []Bin   `json:"deciles"`
}

// Bin is a tenth of the predictions, from the least chance to the greatest, with the 95 % interval of the share that came.
type Bin struct {
	From     int32   `json:"from_permille"`
	To       int32   `json:"to_permille"`
	Outcomes int     `json:"outcomes"`
	Said     float64 `json:"predicted"`
	Was      float64 `json:"observed"`
	Low      float64 `json:"observed_low"`
	High     float64 `json:"observed_high"`
}

// Calibrate compares predictions, in any order, with what happened.
func Calibrate(all []Prediction) Calibration {
	c := Calibration{Outcomes: len(all)}
	if len(all) == 0 {
		return c
	}
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Prediction) int {
		return cmp.Or(cmp.Compare(a.Chance, b.Chance), cmp.Compare(a.Person, b.Person), cmp.Compare(happened(a), happened(b)))
	})
	seen := map[int]bool{}
	for _, p := range sorted {
		said, base, was := share(p.Chance), share(p.Base), happened(p)
		seen[p.Person] = true
		c.Said += said
		c.Was += was
		c.Brier += (said - was) * (said - was)
		c.BaseBrier += (base - was) * (base - was)
		c.LogLoss += surprise(said, was)
		c.BaseLogLoss += surprise(base, was)
	}
	n := float64(len(all))
	c.People = len(seen)
	for _, x := range []*float64{&c.Said, &c.Was, &c.Brier, &c.BaseBrier, &c.LogLoss, &c.BaseLogLoss} {
		*x /= n
	}
	tenths := min(10, len(sorted))
	for i := range tenths {
		c.Deciles = append(c.Deciles, binOf(sorted[i*len(sorted)/tenths:(i+1)*len(sorted)/tenths]))
	}
	return c
}

// binOf summarises predictions in order of their chances. The interval is Wilson's.
func binOf(all []Prediction) Bin {
	b := Bin{From: all[0].Chance, To: all[len(all)-1].Chance, Outcomes: len(all)}
	n := float64(len(all))
	for _, p := range all {
		b.Said += share(p.Chance) / n
		b.Was += happened(p) / n
	}
	z := deviations(0.95)
	middle := (b.Was + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(b.Was*(1-b.Was)/n+z*z/(4*n*n))
	b.Low, b.High = max(0, middle-half), min(1, middle+half)
	return b
}

// GroupError is by how much the chances told to a group missed, predicted less observed: above zero, too much was expected
// of them. Intervals know that the outcomes of one person go together.
type GroupError struct {
	Group    string  `json:"group"`
	People   int     `json:"people"`
	Outcomes int     `json:"outcomes"`
	Error    float64 `json:"error"` // 0.02: two of a hundred more were expected than came
	Low      float64 `json:"error_low"`
	High     float64 `json:"error_high"`
	// Apart is by how much the error differs from that of everybody else, with the interval that all groups asked
	// about keep at once with a chance of 95 % (Bonferroni).
	Apart     float64 `json:"difference"`
	ApartLow  float64 `json:"difference_low"`
	ApartHigh float64 `json:"difference_high"`
	Few       bool    `json:"too_few"` // nothing can be said of so few
	Differs   bool    `json:"differs"` // beyond chance and beyond the tolerance
}

// fewPeople is below how many people, in a group or beside it, nothing is said of the group.
const fewPeople = 20

// CompareGroups tells how far off predictions were in each group. Groups are named by person, in the order they are told
// of; a person of none is left out. Asked is how many groups are asked about in all, these included. A group differs where the whole interval of the difference lies off zero and the
// difference is tolerance or more.
func CompareGroups(all []Prediction, groups []string, of func(person int) string, asked int, tolerance float64) []GroupError {
	var out []GroupError
	for _, g := range groups {
		in, beside := newErrors(), newErrors()
		for _, p := range all {
			switch of(p.Person) {
			case g:
				in.add(p)
			case "":
			default:
				beside.add(p)
			}
		}
		x := GroupError{Group: g, People: len(in.people), Outcomes: in.n, Few: len(in.people) < fewPeople || len(beside.people) < fewPeople}
		if !x.Few {
			own, spread := in.mean()
			others, more := beside.mean()
			z, wide := deviations(0.95), deviations(1-0.05/float64(max(1, asked)))
			apart := math.Sqrt(spread*spread + more*more)
			x.Error, x.Low, x.High = own, own-z*spread, own+z*spread
			x.Apart, x.ApartLow, x.ApartHigh = own-others, own-others-wide*apart, own-others+wide*apart
			x.Differs = (x.ApartLow > 0 || x.ApartHigh < 0) && math.Abs(x.Apart) >= tolerance
		}
		out = append(out, x)
	}
	return out
}

// errors adds up how far off the predictions of people were.
type errors struct {
	n      int
	people []int // in the order they were met
	sum    map[int]float64
	number map[int]int
}

func newErrors() *errors { return &errors{sum: map[int]float64{}, number: map[int]int{}} }

func (e *errors) add(p Prediction) {
	if e.number[p.Person] == 0 {
		e.people = append(e.people, p.Person)
	}
	e.n++
	e.number[p.Person]++
	e.sum[p.Person] += share(p.Chance) - happened(p)
}

// mean gives the mean error of an outcome and its standard deviation, people drawn as a whole (the sandwich estimate for
// clusters).
func (e *errors) mean() (mean, spread float64) {
	for _, i := range e.people {
		mean += e.sum[i]
	}
	mean /= float64(e.n)
	for _, i := range e.people {
		d := e.sum[i] - mean*float64(e.number[i])
		spread += d * d
	}
	m := float64(len(e.people))
	return mean, math.Sqrt(spread*m/(m-1)) / float64(e.n)
}

func share(permille int32) float64 { return float64(permille) / 1000 }

func happened(p Prediction) float64 {
	if p.Came {
		return 1
	}
	return 0
}

// surprise gives -ln of the chance given to what happened, which no answer makes endless.
func surprise(said, was float64) float64 {
	return -math.Log(max(1e-3, 1-math.Abs(was-said)))
}

// deviations gives how many standard deviations either side of the mean hold a share of a normal distribution.
func deviations(share float64) float64 { return math.Sqrt2 * math.Erfinv(share) }
