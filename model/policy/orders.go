package policy

// Orders is what a court may order in a jurisdiction and by when it is to be worked. Minutes and months.
type Orders struct {
	Shortest, Longest  int32
	Months             int32 // from sentence to target, where no target is given
	Small, SmallMonths int32 // orders of at most Small minutes have SmallMonths; 0: none do
	ByCourt            bool  // the end of the order is the target, where it is given
}

// Orders gives what is in force on the book's day.
func (b *Book) Orders() Orders {
	return Orders{
		Shortest: b.OrderShortest, Longest: b.OrderLongest, Months: b.OrderMonths,
		Small: b.OrderSmall, SmallMonths: b.OrderSmallMonths, ByCourt: b.OrderByCourt != 0,
	}
}

// MonthsFor gives the months from sentence to target of an order of so many minutes.
func (o Orders) MonthsFor(required int32) int32 {
	if required <= o.Small {
		return o.SmallMonths
	}
	return o.Months
}
