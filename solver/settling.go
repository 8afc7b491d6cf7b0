package solver

// settling says which exact parts are priced, and at what price.
type settling struct {
	on         [settleParts]bool
	constraint [settleParts]int
	price      [settleParts]int64
	any        bool
}

func (b *Builder) addSettle(part SettlePart, price int64) {
	s := &b.Problem.settle
	s.on[part], s.constraint[part], s.price[part], s.any = true, b.current, price, true
}
