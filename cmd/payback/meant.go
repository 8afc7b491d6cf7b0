package main

import "strings"

// meant suggests the known word that a person may have meant, as a sentence with a space before it, or nothing when none
// is near.
func meant(found string, words []string) string {
	best, least := "", len(found)/2+1
	for _, w := range words {
		n := edits(strings.ToLower(found), strings.ToLower(w))
		if strings.HasPrefix(w, found) && len(found) > 2 {
			n = min(n, 1)
		}
		if n < least {
			best, least = w, n
		}
	}
	if best == "" {
		return ""
	}
	return " Did you mean " + best + "?"
}

// edits counts the letters to add, drop or change to turn one word into another (Levenshtein, 1966).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		above := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := above
			if a[i] != b[j] {
				change++
			}
			above = row[j+1]
			row[j+1] = min(change, above+1, row[j]+1)
		}
	}
	return row[len(b)]
}
