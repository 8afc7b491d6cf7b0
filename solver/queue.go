package solver

// queue gives out actors or sessions, the cheapest first. It is a binary heap.
type queue struct{ list []ranked }

func (q *queue) push(x ranked) {
	q.list = append(q.list, x)
	i := len(q.list) - 1
	for i > 0 {
		up := (i - 1) / 2
		if compareRanked(q.list[up], x) <= 0 {
			break
		}
		q.list[i] = q.list[up]
		i = up
	}
	q.list[i] = x
}

func (q *queue) pop() ranked {
	top, n := q.list[0], len(q.list)-1
	x := q.list[n]
	q.list = q.list[:n]
	if n == 0 {
		return top
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= n {
			break
		}
		if down+1 < n && compareRanked(q.list[down+1], q.list[down]) < 0 {
			down++
		}
		if compareRanked(x, q.list[down]) <= 0 {
			break
		}
		q.list[i] = q.list[down]
		i = down
	}
	q.list[i] = x
	return top
}
