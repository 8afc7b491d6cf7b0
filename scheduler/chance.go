package scheduler

import "github.com/communitypayback/payback/model"

// ChanceOver gives the chance (0 to 1) that independent arrivals take more than so many places: arrival i takes weight[i]
// places and comes with chance[i] (0 to 1). Both slices are as long. It is exact but for rounding (the distribution of a
// weighted Poisson-binomial sum), in the order given, so equal input gives equal digits. With fewer than no places it is 1.
func ChanceOver(chance []float64, weight []int32, places int32) float64 {
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

// PlacesTaken gives how many places a person takes at a project: two with a support worker, and under supervision as many
// as the policy says for high risk; the two do not add up.
func PlacesTaken(sn *model.Snapshot, at *model.Project, p *model.Person) int32 {
	w := p.Needs()
	if at.Supervised() && p.Risk >= model.HighRisk {
		w = max(w, sn.Policy.HighRiskWeight)
	}
	return w
}
