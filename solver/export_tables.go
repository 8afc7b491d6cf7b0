package solver

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/communitypayback/payback/model"
)

// tables is a compiled week as its kernels' tables, for a solver that searches as this one does. Actors and sessions go by
// their index. Breaks can be made for anybody, and budgets and what groups meet at wet sites are left out.
type tables struct {
	People      int          `json:"people"`
	Supervisors int          `json:"supervisors"`
	Minibuses   int          `json:"minibuses"`
	Base        int64        `json:"base"` // millipoints of every roster
	Sessions    []tabSession `json:"sessions"`
	Actors      []tabActor   `json:"actors"`
	Masks       [][]int64    `json:"masks"` // person x words over projects
	MaskWords   int          `json:"mask_words"`
	Grids       []tabGrid    `json:"grids"`
	Clashes     []tabClash   `json:"clashes"`
	Apart       [][2]ActorIx `json:"apart"`
	Meets       [][]int32    `json:"meets"` // by session: those that meet it, itself apart
	ShareCounts []bool       `json:"share_counts"`
	Crowds      []tabCrowd   `json:"crowds"`
	Lones       []tabLone    `json:"lones"`
	Guests      []tabGuest   `json:"guests"`
	Takes       []int32      `json:"takes"` // by person, at a wet site
}

type tabSession struct {
	Project int32 `json:"project"`
	Minutes int32 `json:"minutes"`
	Start   int64 `json:"start"` // minutes
	End     int64 `json:"end"`
	Day     int32 `json:"day"`
}

// tabActor lists the sessions that an actor may join, and for each its price, the permille of coming, and the minutes of it.
type tabActor struct {
	Sessions []SessionIx `json:"sessions"`
	Costs    []int32     `json:"costs"`
	Comes    []int16     `json:"comes,omitempty"`
	Minutes  []int32     `json:"minutes,omitempty"` // where they differ from the sessions' own
	Fits     []int16     `json:"fits,omitempty"`    // minutes that fit, where some do not whole
	Required []SessionIx `json:"required,omitempty"`
	Left     int32       `json:"left"`   // minutes
	Before   int32       `json:"before"` // minutes before the last session stay below; negative: no limit
	Share    int32       `json:"share"`  // of sessions that count; negative: no limit
}

type tabGrid struct {
	Rule    string     `json:"rule"`
	Shape   Shape      `json:"shape"`
	When    When       `json:"when"`
	Price   int64      `json:"price"`
	Cols    int32      `json:"cols"`
	Cells   int32      `json:"cells"`
	Limit   []int32    `json:"limit,omitempty"` // by cell; one: of all
	Worth   [][6]int64 `json:"worth,omitempty"` // by row
	Row     []int32    `json:"row"`
	Weight  []int32    `json:"weight"`
	Guard   []int32    `json:"guard,omitempty"`
	Columns [][]int32  `json:"columns"` // by session
	Length  []int32    `json:"length"`  // by session
	Worked  bool       `json:"worked"`
	Mask    int8       `json:"mask"`
}

type tabClash struct {
	Kind  ActorKind   `json:"kind"`
	Class []int16     `json:"class"`
	Rows  [][][]int32 `json:"rows"` // by class and session
}

type tabCrowd struct {
	Columns [][]int32  `json:"columns"`
	Weight  []int32    `json:"weight"`
	Mask    int        `json:"mask"`
	Has     [2][]int32 `json:"has"`
	Adds    [2][]int32 `json:"adds"`
	Rooms   int        `json:"rooms"`
	Limit   int64      `json:"limit"` // in parts of 2 to the power of 30
	Booked  int32      `json:"booked"`
}

type tabLone struct {
	Sessions []bool  `json:"sessions"`
	Row      []int32 `json:"row"`
	Comes    []int16 `json:"comes"`
	Price    int64   `json:"price"`
	Limit    int64   `json:"limit"`
}

// tabGuest is a group that moves when it rains, and who of its people which hosts suit.
type tabGuest struct {
	Session SessionIx `json:"session"`
	Hosts   []int32   `json:"hosts"` // projects
	Rooms   []int32   `json:"rooms"`
	Most    int32     `json:"most"`  // places it takes at most under one supervisor
	Suits   []uint32  `json:"suits"` // by person: a bit each host; of those who may be in the session
}

// WriteTables writes the week's tables as JSON, for solvers that are neither linear nor this one. It names nobody. A problem with exact trips
// is refused, like in [Problem.WriteLP].
func (p *Problem) WriteTables(w io.Writer) error {
	if p.settle.any {
		return model.Errorf(model.CodeUsage, "the week was compiled with exact trips, which no table holds; compile it with estimated trips to export it")
	}
	t := &tables{
		People: p.NumActors(People), Supervisors: p.NumActors(Supervisors), Minibuses: p.NumActors(Minibuses), Base: p.base[Soft],
		Apart: p.apart.pairs, ShareCounts: p.share.counts, Takes: p.wet.takes, MaskWords: (p.projects + 63) / 64,
	}
	for s := range SessionIx(p.NumSessions()) {
		x := p.Session(s)
		t.Sessions = append(t.Sessions, tabSession{p.project[s], p.minutes[s], int64(x.Span.Start), int64(x.Span.End), int32(x.Key.Date)})
	}
	for a := range p.first[kinds] {
		t.Actors = append(t.Actors, p.tabActor(a))
	}
	for i := range p.grids {
		t.Grids = append(t.Grids, p.tabGrid(&p.grids[i], t))
	}
	p.tabGroups(t)
	p.tabGuests(t)
	out := bufio.NewWriter(w)
	if err := json.NewEncoder(out).Encode(t); err != nil {
		return err
	}
	return out.Flush()
}

func (p *Problem) tabActor(a ActorIx) tabActor {
	x := tabActor{Before: -1, Share: -1, Sessions: []SessionIx{}}
	person := p.Kind(a) == People
	own := person && p.shortDays.minutes[a] != nil
	fits := []int16(nil)
	if person {
		if q := p.current[a]; q != nil {
			x.Left = q.Remaining()
		}
		if p.prefix.limit != nil {
			x.Before = p.prefix.limit[a]
		}
		if p.share.counts != nil {
			x.Share = p.share.limit[a]
		}
		if p.partial.fits != nil {
			fits = p.partial.fits[a]
		}
	}
	for t := range SessionIx(p.NumSessions()) {
		pair := &p.alone[int(a)*p.NumSessions()+int(t)]
		if !pair.known || pair.broken > 0 {
			continue
		}
		x.Sessions, x.Costs = append(x.Sessions, t), append(x.Costs, pair.soft)
		if pair.broken < 0 {
			x.Required = append(x.Required, t)
		}
		if person {
			x.Comes = append(x.Comes, pair.counted)
		}
		if own {
			x.Minutes = append(x.Minutes, p.lengths(a)[t])
		}
		if fits != nil {
			x.Fits = append(x.Fits, fits[t])
		}
	}
	return x
}

func (p *Problem) tabGrid(g *grid, t *tables) tabGrid {
	x := tabGrid{
		Rule: p.constraints[g.constraint].ID, Shape: g.shape, When: g.when, Price: g.price, Cols: g.cols, Cells: g.cells, Limit: g.limit,
		Row: g.row, Weight: g.weight, Guard: g.guard, Length: g.length, Worked: g.worked, Mask: g.mask,
	}
	same := len(g.limit) > 0
	for _, l := range g.limit {
		same = same && l == g.limit[0]
	}
	if same {
		x.Limit = g.limit[:1]
	}
	for _, w := range g.worth {
		x.Worth = append(x.Worth, [6]int64{w.First, w.Pace, w.Beyond, int64(w.Day), int64(w.Needed), int64(w.Cap)})
	}
	x.Columns = byRow(g.colFrom, g.colList)
	for int(g.mask) >= len(t.Masks) {
		t.Masks = append(t.Masks, nil)
	}
	if g.mask >= 0 && t.Masks[g.mask] == nil {
		t.Masks[g.mask] = signedBits(g.pair)
	}
	return x
}

// tabGroups writes whom a rule keeps apart or counts by chance.
func (p *Problem) tabGroups(t *tables) {
	n := p.NumSessions()
	for i := range p.clashes {
		c := &p.clashes[i]
		x := tabClash{Kind: c.kind, Class: c.class}
		for k := range len(c.rows) / max(1, n*p.words) {
			rows := make([][]int32, n)
			for s := range n {
				rows[s] = setBits(c.rows[(k*n+s)*p.words:(k*n+s+1)*p.words], -1)
			}
			x.Rows = append(x.Rows, rows)
		}
		t.Clashes = append(t.Clashes, x)
	}
	if len(p.apart.pairs) > 0 {
		for s := range n {
			t.Meets = append(t.Meets, setBits(p.apart.meet[s*p.words:(s+1)*p.words], s))
		}
	}
	for i := range p.crowds {
		c := &p.crowds[i]
		x := tabCrowd{Columns: byRow(c.colFrom, c.colList), Weight: c.weight, Mask: -1, Has: c.has, Adds: c.adds, Rooms: c.rooms, Limit: c.limit, Booked: c.booked}
		if c.pair != nil {
			x.Mask = len(t.Masks)
			t.Masks = append(t.Masks, signedBits(c.pair))
		}
		t.Crowds = append(t.Crowds, x)
	}
	for i := range p.lones {
		c := &p.lones[i]
		t.Lones = append(t.Lones, tabLone{c.sessions, c.row, c.comes, c.price, c.limit})
	}
}

func (p *Problem) tabGuests(t *tables) {
	for i, s := range p.wet.moves {
		g := tabGuest{Session: s, Most: p.wet.declared.Most(s, 1)}
		for _, h := range p.wet.hosts[i] {
			g.Hosts, g.Rooms = append(g.Hosts, h.project), append(g.Rooms, h.room)
		}
		for a := range p.first[Supervisors] {
			bits := uint32(0)
			if p.Allowed(a, s) {
				bits = p.suitsOf(a, s)
			}
			g.Suits = append(g.Suits, bits)
		}
		t.Guests = append(t.Guests, g)
	}
}

func byRow(from, list []int32) [][]int32 {
	rows := make([][]int32, len(from)-1)
	for i := range rows {
		rows[i] = append([]int32{}, list[from[i]:from[i+1]]...)
	}
	return rows
}

// setBits lists the bits of a set but one.
func setBits(words []uint64, but int) []int32 {
	list := []int32{}
	for i := range len(words) * 64 {
		if i != but && words[i>>6]>>(uint(i)&63)&1 != 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// signedBits gives words as numbers that every reader of JSON takes for whole.
func signedBits(words []uint64) []int64 {
	out := make([]int64, len(words))
	for i, w := range words {
		out[i] = int64(w)
	}
	return out
}
