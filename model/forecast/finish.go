package forecast

import "slices"

// MostADay bounds how many places a week are told apart: one a day.
const MostADay = 7

// Offers says how often somebody is told to come so many times in a week: Offers[k] is the weight of k times, in thousandths
// of weeks of record.
type Offers [MostADay + 1]int64

// Add counts weeks with k offers, in thousandths.
func (o *Offers) Add(k int32, thousandths int64) { o[min(max(k, 0), MostADay)] += thousandths }

// Weeks gives the weight of all of them, in thousandths of weeks.
func (o *Offers) Weeks() int64 {
	sum := int64(0)
	for _, n := range o {
		sum += n
	}
	return sum
}

// PerWeek gives the mean number of offers a week, in thousandths.
func (o *Offers) PerWeek() int64 {
	sum := int64(0)
	for k, n := range o {
		sum += int64(k) * n
	}
	if w := o.Weeks(); w > 0 {
		return divide(1000*sum, w)
	}
	return 0
}

// Shrunk gives a person's own weeks with so many weeks of others added, in the proportions of all the others' weeks.
func (o Offers) Shrunk(others *Offers, weeks int32) Offers {
	if all := others.Weeks(); all > 0 {
		for k, n := range others {
			o[k] += divide(1000*int64(weeks)*n, all)
		}
	}
	return o
}

// Course is what a forecast starts from. Days are counted from the Monday of the current week.
type Course struct {
	Today    int32 // 0 to 6
	Sessions int32 // attended sessions that are still needed; 1 or more
	Chance   int32 // of coming to each, in permille
	Known    int32 // outcomes that the chance rests on, the assumed ones included
	Offers   Offers
	Planned  []int32 // how often they are told to come, where that is known: the rest of this week, the next week and so on
}

// Finish is when the needed sessions are likely to have been attended.
type Finish struct {
	today int32
	by    []int64 // chance that all are attended by the end of each week from the current one, of unit
}

// unit is a certain thing here: chances are multiplied in 64 bits.
const unit = 1 << 30

// horizonWeeks is how far a forecast looks, and enough the chance at which it stops looking.
const (
	horizonWeeks = 6 * 52
	enough       = unit / 1000 * 999
)

// WhenFinished works out the chance to have finished by the end of each week.
//
// Weeks are taken to be independent: planned ones bring what is planned, later ones k places with the chance Offers[k]. Out
// of m places somebody comes to c with the chances of an urn (Polya's; the beta-binomial distribution), in which each session
// attended or missed counts as one more outcome. So the forecast is as unsure of a person's chance as their record leaves
// it. How unsure the record leaves the number of places is added to that:
//
//	1 / (K + 1) = 1 / (Known + 1) + a / (1 - a) x (variance of places a week / mean^2) / weeks of record
//
// With P[w] the distribution of places up to week w and B[m] the chance to come to enough of m, the answer is the sum of
// P[w][m] B[m]. All of it is whole numbers.
func WhenFinished(c Course) Finish {
	f := Finish{today: c.Today}
	most := 0 // places a week
	for k, n := range c.Offers {
		if n > 0 {
			most = k
		}
	}
	urn := newUrn(&c)
	places := spread{share: []int64{unit}} // distribution of places up to the week
	weekly := c.weekly(most)
	for w := range horizonWeeks {
		if w < len(c.Planned) {
			places.from += int(max(0, c.Planned[w]))
		} else {
			places.add(weekly)
		}
		by := int64(0)
		for i, p := range places.share {
			if p != 0 {
				by += p * urn.enough(places.from+i) >> 30
			}
		}
		if w > 0 {
			by = max(by, f.by[w-1]) // rounding takes nothing back
		}
		if f.by = append(f.by, min(by, unit)); by >= enough || most == 0 && w >= len(c.Planned) {
			break
		}
	}
	return f
}

// concentration gives K, in thousandths of outcomes.
func (c *Course) concentration() int64 {
	spread := 1_000_000_000 / (1000 * (int64(c.Known) + 1)) // 1 / (Known + 1) in millionths
	var first, second int64
	for k, n := range c.Offers {
		first += int64(k) * n
		second += int64(k*k) * n
	}
	if weeks := c.Offers.Weeks(); first > 0 && c.Chance < 1000 {
		variance := divide(second*weeks-first*first, max(1, first*first/1_000_000)) // over the square of the mean, in millionths
		spread += divide(variance*1000, weeks) * int64(c.Chance) / int64(1000-c.Chance)
	}
	return max(1000, 1_000_000_000/max(1, spread)-1000)
}

// weekly gives the distribution of places in a week that is not planned.
func (c *Course) weekly(most int) []int64 {
	all := c.Offers.Weeks()
	if all == 0 {
		return []int64{unit}
	}
	out := make([]int64, most+1)
	out[0] = unit
	for k := 1; k <= most; k++ {
		out[k] = divide(unit*c.Offers[k], all)
		out[0] -= out[k]
	}
	return out
}

// By gives the chance to have finished by the end of a day, in permille. Sessions are taken to fall on any day of a week
// alike, or what is left of this one.
func (f *Finish) By(day int32) int32 {
	if day < f.today || len(f.by) == 0 {
		return 0
	}
	w := int(day / 7)
	if w >= len(f.by) {
		return int32(divide(1000*f.by[len(f.by)-1], unit))
	}
	from, to, before := f.week(w)
	return int32(divide(1000*(before+(f.by[w]-before)*int64(day-from+1)/int64(to-from+1)), unit))
}

// When gives the first day by whose end the chance to have finished reaches so many permille, and whether any does within
// six years.
func (f *Finish) When(permille int32) (day int32, found bool) {
	level := divide(int64(permille)*unit, 1000)
	w := slices.IndexFunc(f.by, func(p int64) bool { return p >= level })
	if w < 0 {
		return 0, false
	}
	from, to, before := f.week(w)
	days := int64(to - from + 1)
	gain := max(1, f.by[w]-before)
	need := (max(1, level-before)*days + gain - 1) / gain
	return from + int32(min(max(need, 1), days)) - 1, true
}

// week gives the days of a week from today on, and the chance before it.
func (f *Finish) week(w int) (from, to int32, before int64) {
	from, to = int32(7*w), int32(7*w+6)
	if w == 0 {
		return max(from, f.today), to, 0
	}
	return from, to, f.by[w-1]
}
