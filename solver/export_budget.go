package solver

// budgetRows states each budget: a column says of each person whether anything differs.
func (x *export) budgetRows() {
	for i := range x.budgets {
		k := &x.budgets[i]
		x.rule(k.constraint)
		var told []lpTerm
		for a, start := range k.start {
			if start < 0 {
				continue // counted as forced
			}
			var differs []lpTerm
			if start > 0 {
				differs = []lpTerm{{0, int64(start)}} // the first column is 1
			}
			for t := range SessionIx(x.NumSessions()) {
				c, ok := x.of(ActorIx(a), t)
				switch {
				case !ok:
				case k.wasTold(x.Problem, ActorIx(a), t):
					differs = append(differs, lpTerm{c, -1})
				default:
					differs = append(differs, lpTerm{c, 1})
				}
			}
			told = append(told, x.program.truth(x.program.positive(differs))...)
		}
		x.program.below(nil, told, k.limit-k.forced)
	}
}
