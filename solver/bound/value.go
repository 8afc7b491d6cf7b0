package bound

import (
	"sync"
	"sync/atomic"
)

// answer is what all parts make of prices: the bound, and who would go where.
type answer struct {
	value  int64
	people []int32 // arcs that people take
	held   []int32 // arcs that sessions take
	offers []int32 // duties that staff take
	used   []int32 // duties that sessions take
	areas  []int64 // by area: appointments that are best
	slacks []slack
	parts  []part
}

// part is the answer of one block of people, staff or sessions. Blocks are fixed, so that any number of goroutines gives the
// same answer.
type part struct {
	value                      int64
	people, held, offers, used []int32
	slacks                     []slack
}

// worker is the working memory of one goroutine.
type worker struct {
	person weekOf
	staff  staffWeek
	crew   crew
}

const (
	peopleBlock   = 64
	staffBlock    = 2
	sessionsBlock = 4
)

// evaluate finds the bound at some prices. False: it was halted, and the answer says nothing.
func (w *week) evaluate(p *Prices, x *answer, workers []worker, halt *atomic.Bool) bool {
	people := (len(w.People) + peopleBlock - 1) / peopleBlock
	staff := (len(w.Staff) + staffBlock - 1) / staffBlock
	sessions := (len(w.Sessions) + sessionsBlock - 1) / sessionsBlock
	if x.parts == nil {
		x.parts = make([]part, people+staff+sessions)
	}
	var next atomic.Int32
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(x.parts) && !halt.Load(); i = int(next.Add(1)) - 1 {
				o := &x.parts[i]
				o.value, o.people, o.held, o.offers, o.used = 0, o.people[:0], o.held[:0], o.offers[:0], o.used[:0]
				o.slacks = o.slacks[:0]
				switch {
				case i < sessions:
					w.sessionsPart(p, o, &workers[k].crew, i*sessionsBlock)
				case i < sessions+staff:
					w.staffPart(p, o, &workers[k].staff, (i-sessions)*staffBlock)
				default:
					w.peoplePart(p, o, &workers[k].person, (i-sessions-staff)*peopleBlock)
				}
			}
		})
	}
	wg.Wait()
	if halt.Load() {
		return false
	}
	x.value = w.Nothing + w.shared(p, x)
	x.people, x.held, x.offers, x.used, x.slacks = x.people[:0], x.held[:0], x.offers[:0], x.used[:0], x.slacks[:0]
	for i := range x.parts {
		o := &x.parts[i]
		x.value += o.value
		x.people, x.held = append(x.people, o.people...), append(x.held, o.held...)
		x.slacks = append(x.slacks, o.slacks...)
		x.offers, x.used = append(x.offers, o.offers...), append(x.used, o.used...)
	}
	return true
}

func (w *week) peoplePart(p *Prices, o *part, x *weekOf, from int) {
	for i := from; i < min(from+peopleBlock, len(w.People)); i++ {
		o.value += x.best(w, i, p)
		o.people = append(o.people, x.picked...)
	}
}

func (w *week) staffPart(p *Prices, o *part, x *staffWeek, from int) {
	for i := from; i < min(from+staffBlock, len(w.Staff)); i++ {
		o.value += x.best(w, i, p)
		o.offers = append(o.offers, x.picked...)
	}
}

func (w *week) sessionsPart(p *Prices, o *part, x *crew, from int) {
	for t := from; t < min(from+sessionsBlock, len(w.Sessions)); t++ {
		o.value += x.best(w, t, p)
		o.held = append(o.held, x.people...)
		o.used = append(o.used, x.duties...)
		if x.slack.index >= 0 {
			o.slacks = append(o.slacks, x.slack)
		}
	}
}

// shared gives what areas, reserves and rain add: what an area is worth beyond what its appointments earn, duties that the reserve
// allows for nothing, room indoors.
func (w *week) shared(p *Prices, x *answer) (sum int64) {
	x.areas = x.areas[:0]
	for i := range w.Areas {
		v := &w.Areas[i].Worth
		best, at := int64(0), int32(0)
		for _, n := range [3]int32{v.Day, v.Needed, v.Cap} {
			if gain := v.Of(n) - p.Areas[i]*int64(n); gain > best {
				best, at = gain, n
			}
		}
		sum += best
		x.areas = append(x.areas, int64(at))
	}
	for i := range w.Reserves {
		sum += p.Reserves[i] * int64(w.Reserves[i].Free)
	}
	for i := range w.rows {
		sum += p.Rows[i] * w.rows[i].people
	}
	for i := range w.Rain {
		sum += p.Rain[i] * int64(w.Rain[i].Room)
	}
	return sum
}
