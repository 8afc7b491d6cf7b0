package exchange

import (
	"iter"
	"strings"
)

// record is one row of a file. Its cells are only good until the next one is asked for.
type record struct {
	at    int // the header is row 1
	cells []string
	bad   bool // the quotation marks do not close
}

// delimiters are what may part cells, the usual one first.
const delimiters = ",;\t|"

// csvRecords gives the rows of a text, blank ones too. It takes what spreadsheets write: either line end, quoted cells that
// hold delimiters, quotes and line ends. A quoted cell that is not closed properly spoils its own line and no other.
func csvRecords(s string, delimiter byte) iter.Seq[record] {
	return func(yield func(record) bool) {
		var cells []string
		for at := 1; s != ""; at++ {
			r := record{at: at}
			var rest string
			cells, rest, r.bad = csvRow(cells[:0], s, delimiter)
			if r.bad {
				_, rest, _ = strings.Cut(s, "\n")
			}
			r.cells, s = cells, rest
			if !yield(r) {
				return
			}
		}
	}
}

// csvRow takes the first row from s. It reports a row whose quotation marks make no sense.
func csvRow(cells []string, s string, delimiter byte) (row []string, rest string, bad bool) {
	for {
		var cell string
		if strings.HasPrefix(s, `"`) {
			if cell, s, bad = quoted(s[1:]); bad {
				return cells, "", true
			}
		} else {
			i := 0
			for i < len(s) && s[i] != delimiter && s[i] != '\n' && (s[i] != '\r' || i+1 < len(s) && s[i+1] != '\n') {
				i++
			}
			cell, s = s[:i], s[i:]
		}
		cells = append(cells, cell)
		if len(cells) > maxColumns {
			return cells, "", true
		}
		switch {
		case s == "":
			return cells, "", false
		case s[0] == delimiter:
			s = s[1:]
		case s[0] == '\n':
			return cells, s[1:], false
		case s == "\r" || strings.HasPrefix(s, "\r\n"):
			return cells, s[min(2, len(s)):], false
		default: // something follows the closing mark
			return cells, "", true
		}
	}
}

// quoted takes a quoted cell, after its opening mark, from s. A cell far beyond any length we take was never closed.
func quoted(s string) (cell, rest string, bad bool) {
	var b strings.Builder
	for first := true; ; first = false {
		i := strings.IndexByte(s, '"')
		if i < 0 || i > 8*maxCell || b.Len() > 8*maxCell {
			return "", "", true
		}
		double := i+1 < len(s) && s[i+1] == '"'
		switch {
		case !double && first:
			return s[:i], s[i+1:], false
		case !double:
			b.WriteString(s[:i])
			return b.String(), s[i+1:], false
		}
		b.WriteString(s[:i+1])
		s = s[i+2:]
	}
}

// sniff picks the delimiter under which the header holds most of the known names; the usual one wins a tie. Spreadsheets
// may say it themselves in a first line "sep=;", which is taken off.
func sniff(s string, known func(header string) bool) (delimiter byte, rest string) {
	if line, after, ok := strings.Cut(s, "\n"); ok {
		line = strings.TrimSpace(line)
		if len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
			return line[4], after
		}
	}
	best := -1
	for i := range len(delimiters) {
		cells, _, bad := csvRow(nil, s, delimiters[i])
		if bad {
			continue
		}
		n := 0
		for _, c := range cells {
			if known(headerName(c)) {
				n++
			}
		}
		if n > best {
			best, delimiter = n, delimiters[i]
		}
	}
	if best < 0 {
		delimiter = delimiters[0]
	}
	return delimiter, s
}

// headerName gives the form in which headers are compared: lower case, parted by single underscores.
func headerName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '.' || r == '\u00a0' || r == '\n' || r == '\r' || r == '\t' || r == '*' || r == '\ufeff'
	}), "_")
}
