package exchange

// chanceOver gives the chance that independent arrivals weigh more than places: arrival i weighs weight[i] and comes with
// chance[i] (0 to 1). It is exact but for rounding (the distribution of a weighted Poisson-binomial sum), in the order
// given, so equal input gives equal digits.
func chanceOver(chance []float64, weight []int32, places int32) float64 {
	if places < 0 {
		return 1
	}
	within := make([]float64, places+1) // within[w]: the chance that exactly w have come, never more than places
	within[0] = 1
	over := 0.0
	for i, p := range chance {
		for w := places; w >= 0; w-- {
			come := within[w] * p
			within[w] -= come
			if to := w + weight[i]; to <= places {
				within[to] += come
			} else {
				over += come
			}
		}
	}
	return min(1, max(0, over))
}
