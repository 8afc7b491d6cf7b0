package solver

import (
	"context"

	"github.com/communitypayback/payback/model"
)

// Work is counted in deltas, so that the answer is the same on every machine.
const (
	mendWork  = 100_000 // to look for a way that tells fewer people
	widenWork = 500_000 // for each option after it
	stride    = 20_000  // between two looks at the context
)

// near makes the search the owner of the neighbourhood of the sore sessions: those of their areas on their days, on the days
// around them, or in the whole week. Everything else is fixed. People are those who could come to one of them.
func (m *mender) near(width int) {
	for t := range m.ours {
		m.ours[t] = false
	}
	for _, t := range m.sore {
		s := m.Session(t)
		for u := range m.ours {
			o := m.Session(SessionIx(u))
			m.ours[u] = m.ours[u] || o.Area == s.Area && within(o.Key.Date, s.Key.Date, width)
		}
	}
	m.collect()
	people := m.people[:0]
	for _, a := range m.people {
		for _, t := range m.sessions[a] {
			if m.ours[t] {
				people = append(people, a)
				break
			}
		}
	}
	m.people = people
}

// within reports whether two days are as near as a width says.
func within(a, b model.Date, width int) bool {
	return width >= len(wider) || a-b <= model.Date(width) && b-a <= model.Date(width)
}

// improve tries moves in the neighbourhood, and keeps the best. Nothing more is ever broken, and nobody told beyond the budget.
func (m *mender) improve(ctx context.Context, work int64) {
	if len(m.people) == 0 || len(m.groups) == 0 {
		return
	}
	m.deltas = 0
	for next := int64(stride); m.deltas < work; {
		m.step()
		m.deltas += stepWork // moves that find nothing cost something too
		if m.deltas >= next {
			if next += stride; ctx.Err() != nil {
				return
			}
		}
	}
}

// widen looks further, with a larger budget and without a price of its own on telling people: the policy has one.
func (m *mender) widen(ctx context.Context, width, limit int) {
	m.retell(limit, 0)
	m.near(width)
	m.improve(ctx, widenWork)
}
