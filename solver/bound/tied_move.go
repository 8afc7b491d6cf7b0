package bound

// move sets the next prices, against the averages: what is left over in part gets cheaper by that part of a usual price, less and
// less, and each price at a pace of its own.
func (x *tied) move(moves int) {
	step := firstMove * x.usual / 1024 * halfLife / int64(halfLife+moves)
	k := 0
	x.left.eachKind(x.at, func(kind int, left, prices []int64) {
		for i, v := range left {
			d := step * x.hurry(k, v > 0) / usualPace * v >> unit
			k++
			switch kind {
			case roomKind, seatKind:
				d = d * 8 / max(1, x.places(i))
			case leadKind, busKind:
				d *= leadScale
			}
			prices[i] = max(0, prices[i]-d)
		}
	})
	x.w.confine(x.at.shared)
}

// hurry gives how fast a price moves now that something is left over or lacking: ever faster while it goes one way, and half as fast
// when it turns. So a price far from where it ends gets there although the steps of all shrink.
func (x *tied) hurry(price int, over bool) int64 {
	if price == len(x.paces) {
		x.paces, x.over = append(x.paces, usualPace), append(x.over, over)
	}
	if over == x.over[price] {
		x.paces[price] = min(x.paces[price]*65/64, mostPace)
	} else {
		x.paces[price] = max(x.paces[price]/2, usualPace)
	}
	x.over[price] = over
	return x.paces[price]
}

// places gives how many people the smallest team of a session makes room for.
func (x *tied) places(t int) int64 {
	if len(x.teams[t]) == 0 {
		return 1
	}
	return x.teams[t][0].room / one
}
