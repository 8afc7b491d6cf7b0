package exchange

import "strings"

// formulaStarts are the characters with which a spreadsheet takes a cell for a formula, and the quotation mark that
// guards against it.
const formulaStarts = "=+-@\t\r'"

// guard makes a text safe to open in a spreadsheet: one that begins like a formula, or like a guarded text, gets a leading
// quotation mark. unguard takes exactly that mark away, so unguard(guard(s)) == s for every s.
func guard(s string) string {
	if s != "" && strings.IndexByte(formulaStarts, s[0]) >= 0 && (s[0] != '\'' || len(s) > 1 && strings.IndexByte(formulaStarts, s[1]) >= 0) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte(formulaStarts, s[1]) >= 0 {
		return s[1:]
	}
	return s
}
