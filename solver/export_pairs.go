package solver

// clashRows states, for every actor, the sets of sessions of which they can serve only one. A set in which every two clash
// is one row, which binds a relaxation closer than one for each two.
func (x *export) clashRows() {
	for i := range x.Problem.clashes {
		c := &x.Problem.clashes[i]
		x.rule(c.constraint)
		for a := x.first[c.kind]; a < x.first[c.kind+1]; a++ {
			x.clashesOf(c, a)
		}
	}
}

// clashesOf covers the clashing pairs of one actor with sets, first come first served.
func (x *export) clashesOf(c *clash, a ActorIx) {
	_, own := x.minutesOf(a)
	n := len(own)
	clashes := make([]bool, n*n)
	for i, t := range own {
		row := (int(c.class[a-x.first[c.kind]])*x.NumSessions() + int(t)) * x.words
		for j, u := range own {
			clashes[i*n+j] = i != j && c.rows[row+int(u)>>6]>>(uint(u)&63)&1 != 0
		}
	}
	covered := make([]bool, n*n)
	for i := range n {
		for j := i + 1; j < n; j++ {
			if !clashes[i*n+j] || covered[i*n+j] {
				continue
			}
			set := []int{i, j}
			for k := range n {
				if k == i || k == j {
					continue
				}
				all := true
				for _, m := range set {
					all = all && clashes[k*n+m]
				}
				if all {
					set = append(set, k)
				}
			}
			var terms []lpTerm
			for _, k := range set {
				for _, m := range set {
					covered[k*n+m] = true
				}
				col, _ := x.of(a, own[k])
				terms = append(terms, lpTerm{col, 1})
			}
			x.program.below(nil, terms, 1)
		}
	}
}

// apartRows keeps every two people who must not meet out of every two sessions that do.
func (x *export) apartRows() {
	k := &x.Problem.apart
	if len(k.pairs) == 0 {
		return
	}
	x.rule(k.constraint)
	for _, pr := range k.pairs {
		for t := range SessionIx(x.NumSessions()) {
			a, ok := x.of(pr[0], t)
			if !ok {
				continue
			}
			for u := range SessionIx(x.NumSessions()) {
				if b, ok := x.of(pr[1], u); ok && k.meets(x.Problem, t, u) {
					x.program.below(nil, []lpTerm{{a, 1}, {b, 1}}, 1)
				}
			}
		}
	}
}

// prefixRows keeps the minutes before any session that a person serves below the limit. That the session is their last
// need not be said: the sessions before an earlier one are fewer.
func (x *export) prefixRows() {
	k := &x.Problem.prefix
	if k.limit == nil {
		return
	}
	x.rule(k.constraint)
	for a, limit := range k.limit {
		if limit < 0 {
			continue
		}
		most := int64(max(limit-1, 0)) // one session alone never breaks the rule
		terms, _ := x.minutesOf(ActorIx(a))
		for i := range terms {
			x.program.below([]literal{{column: terms[i].column}}, terms[:i], most)
		}
		x.atMostSessions(terms, most)
	}
}

// atMostSessions says the same of the number of sessions, by the shortest: a row that follows from the others for whole
// numbers and cuts off much of what is between them.
func (x *export) atMostSessions(terms []lpTerm, most int64) {
	if len(terms) == 0 {
		return
	}
	shortest, ones := terms[0].factor, make([]lpTerm, len(terms))
	for i, m := range terms {
		shortest, ones[i] = min(shortest, m.factor), lpTerm{m.column, 1}
	}
	if shortest > 0 {
		x.program.below(nil, ones, 1+most/shortest)
	}
}

// partialRows states when a session that does not fit a person whole may be theirs: as the last, with so few minutes left
// for it that they fit.
func (x *export) partialRows() {
	k := &x.Problem.partial
	if k.fits == nil {
		return
	}
	x.rule(k.constraint)
	for a, fits := range k.fits {
		if fits == nil {
			continue
		}
		left, minutes := int64(x.current[a].Remaining()), x.lengths(ActorIx(a))
		terms, own := x.minutesOf(ActorIx(a))
		for i, t := range own {
			if fits[t] <= 0 || int32(fits[t]) >= minutes[t] {
				continue
			}
			here := []literal{{column: terms[i].column}}
			x.program.above(here, terms[:i], left-int64(fits[t]))
			x.program.below(here, terms[:i], left-1)
			for _, later := range terms[i+1:] {
				x.program.below(nil, []lpTerm{{terms[i].column, 1}, {later.column, 1}}, 1)
			}
		}
	}
}

// shareRows keeps the minutes of the sessions that count within the limit: whole, or with the last of all ending early. A
// column for each session that counts says that it is that last one, which is left to the program to claim: then nothing
// comes after it, something is left for it, and what is left goes to sessions that do not count but for the limit.
func (x *export) shareRows() {
	k := &x.Problem.share
	if k.counts == nil {
		return
	}
	x.rule(k.constraint)
	for a, limit := range k.limit {
		if limit >= 0 {
			x.shareOf(ActorIx(a), int64(limit))
		}
	}
}

func (x *export) shareOf(a ActorIx, limit int64) {
	var (
		k             = &x.Problem.share
		m             = x.program
		terms, own    = x.minutesOf(a)
		left          = int64(0)
		counted, rest []lpTerm  // of the sessions so far
		whole         []literal // nobody claims to end early
	)
	if q := x.current[a]; q != nil {
		left = int64(q.Remaining())
	}
	for i, t := range own {
		if !k.counts[t] {
			rest = append(rest, terms[i])
			continue
		}
		counted = append(counted, terms[i])
		if left == 0 {
			continue
		}
		early := literal{column: m.named("e", 0, 1, true)}
		whole = append(whole, early.opposite())
		m.below(nil, []lpTerm{{early.column, 1}, {terms[i].column, -1}}, 0)
		for _, later := range terms[i+1:] {
			m.below(nil, []lpTerm{{early.column, 1}, {later.column, 1}}, 1)
		}
		m.below([]literal{early}, terms[:i], left-1)
		m.above([]literal{early}, rest, left-limit)
	}
	m.below(whole, counted, limit)
}
