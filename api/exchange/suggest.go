package exchange

// suggest gives " Did you mean X?" for the nearest of the choices that is near enough to be a slip, or nothing.
func suggest(found string, choices []string, ending string) string {
	best, least := "", 3
	if len(found) < 4 {
		least = 2
	}
	for _, c := range choices {
		if d := distance(found, c, least); d < least {
			best, least = c, d
		}
	}
	if best == "" {
		return ""
	}
	return ". Did you mean " + best + ending + "?"
}

// distance counts the letters to change, add, drop or swap with a neighbour to get from a to b, up to limit.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			change := 0
			if lower(a[i-1]) != lower(b[j-1]) {
				change = 1
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return min(limit, last[len(b)])
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
