package main

import "slices"

// distinct sorts words and drops empty ones and repetitions.
func distinct(words []string) []string {
	out := slices.DeleteFunc(slices.Clone(words), func(s string) bool { return s == "" })
	slices.Sort(out)
	return slices.Compact(out)
}

// convert converts items one by one.
func convert[A, B any](all []A, f func(A) B) []B {
	out := make([]B, len(all))
	for i, x := range all {
		out[i] = f(x)
	}
	return out
}
