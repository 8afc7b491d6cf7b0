package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// column is one column of a kind of file: what it is called and how it reaches a row of type T and comes back.
type column[T any] struct {
	name     string
	aliases  []string // other headers it goes by, as headerName gives them
	required bool
	number   bool // holds numbers, which are written as they are
	secret   bool // about a person's identity, place or health: values are never repeated
	help     string
	example  string
	read     func(c *scan, v string, row *T) *fault // called with a cell that is not blank; nil: only written
	write    func(c *scan, row *T) string
}

// table is one kind of file.
type table[T any] struct {
	kind    string // people
	needed  bool   // nothing can be planned without it
	rows    int    // how many a file may have; 0: maxRows
	help    string
	columns []column[T]
	start   func(row *T) // sets what an empty cell means; may be nil
	key     func(row *T) string
	check   func(row *T) []cellFault // what only several cells together show; may be nil
}

// cellFault is a fault and the column it is told of.
type cellFault struct {
	column string
	fault
	found string // shown unless the column is secret; may be empty
}

func (c column[T]) must() column[T]                { c.required = true; return c }
func (c column[T]) hidden() column[T]              { c.secret = true; return c }
func (c column[T]) also(names ...string) column[T] { c.aliases = names; return c }
func (c column[T]) says(help, example string) column[T] {
	c.help, c.example = help, example
	return c
}

// words is free text, kept to the letter.
func words[T any, S ~string](name string, field func(*T) *S) column[T] {
	return column[T]{name: name,
		read:  func(_ *scan, v string, row *T) *fault { *field(row) = S(v); return nil },
		write: func(_ *scan, row *T) string { return string(*field(row)) },
	}
}

// code is a name that other rows refer to; blanks around it do not count.
func code[T any, S ~string](name string, field func(*T) *S) column[T] {
	return column[T]{name: name,
		read: func(_ *scan, v string, row *T) *fault {
			v = strings.TrimSpace(v)
			if strings.ContainsAny(v, ";\n\r\t") || len(v) > 100 {
				return &fault{what: "not a code", expected: "a code of at most 100 characters on one line, without a semicolon"}
			}
			*field(row) = S(v)
			return nil
		},
		write: func(_ *scan, row *T) string { return string(*field(row)) },
	}
}

// crn is a CRN; small letters are read as capitals.
func crn[T any](name string, field func(*T) *model.CRN) column[T] {
	return column[T]{name: name, example: "X123456", help: "one letter and six digits",
		read: func(_ *scan, v string, row *T) *fault {
			*field(row) = model.CRN(strings.ToUpper(strings.TrimSpace(v)))
			if !field(row).Valid() {
				return &fault{what: "not a CRN", expected: "one letter and six digits, as in X123456"}
			}
			return nil
		},
		write: func(_ *scan, row *T) string { return string(*field(row)) },
	}
}

func date[T any](name string, field func(*T) *model.Date) column[T] {
	return column[T]{name: name, example: "2026-04-03", help: "a date",
		read:  func(c *scan, v string, row *T) (f *fault) { *field(row), f = c.date(v); return f },
		write: func(_ *scan, row *T) string { return field(row).String() },
	}
}

// clock is a wall time; blank says when an empty cell is to be written for it.
func clock[T any](name string, field func(*T) *model.Clock, blank func(*T) bool) column[T] {
	return column[T]{name: name, example: "09:00", help: "a local time",
		read: func(c *scan, v string, row *T) (f *fault) { *field(row), f = c.clock(v); return f },
		write: func(_ *scan, row *T) string {
			if blank != nil && blank(row) {
				return ""
			}
			return field(row).String()
		},
	}
}

// whole is a whole number from low to high; 0 is written as an empty cell unless the column is required.
func whole[T any](name string, low, high int64, field func(*T) *int32) column[T] {
	return column[T]{name: name, number: true, help: "a whole number " + between(low, high),
		read: func(c *scan, v string, row *T) (f *fault) { *field(row), f = c.whole(v, low, high); return f },
		write: func(_ *scan, row *T) string {
			if *field(row) == 0 {
				return ""
			}
			return strconv.Itoa(int(*field(row)))
		},
	}
}

// zeros writes a whole number also when it is 0.
func (c column[T]) zeros() column[T] {
	write := c.write
	c.write = func(s *scan, row *T) string {
		if v := write(s, row); v != "" {
			return v
		}
		return "0"
	}
	return c
}

func yesNo[T any](name string, field func(*T) *bool) column[T] {
	return column[T]{name: name, help: "yes or no; empty means no", example: "no",
		read: func(c *scan, v string, row *T) (f *fault) { *field(row), f = c.yes(v); return f },
		write: func(_ *scan, row *T) string {
			if *field(row) {
				return "yes"
			}
			return ""
		},
	}
}

// choice is one word of a closed list.
func choice[T any, E fmt.Stringer](name string, parse func(string) (E, error), field func(*T) *E) column[T] {
	return column[T]{name: name,
		read: func(_ *scan, v string, row *T) *fault {
			e, err := parse(v)
			if err != nil {
				return &fault{what: "word not known", expected: expectation(err)}
			}
			*field(row) = e
			return nil
		},
		write: func(_ *scan, row *T) string { return (*field(row)).String() },
	}
}

// set is a list of words of a closed list, kept as bits.
func set[T any, E interface {
	~uint16
	fmt.Stringer
}](name string, parse func(string) (E, error), field func(*T) *E) column[T] {
	return column[T]{name: name,
		read: func(_ *scan, v string, row *T) *fault {
			for _, w := range list(v) {
				e, err := parse(w)
				if err != nil {
					return &fault{what: "word not known", expected: expectation(err) + "; several are parted by semicolons"}
				}
				*field(row) |= e
			}
			return nil
		},
		write: func(_ *scan, row *T) string { return (*field(row)).String() },
	}
}

// several is a list of free words.
func several[T any](name string, field func(*T) *[]string) column[T] {
	return column[T]{name: name,
		read:  func(_ *scan, v string, row *T) *fault { *field(row) = list(v); return nil },
		write: func(_ *scan, row *T) string { return strings.Join(*field(row), ";") },
	}
}

// degrees is a latitude (most 90) or longitude (most 180).
func degrees[T any](name string, most float64, field func(*T) *float64, known func(*T) bool) column[T] {
	example := "51.4072"
	if most > 90 {
		example = "-0.0213"
	}
	return column[T]{name: name, number: true, example: example, help: "decimal degrees, WGS 84", aliases: []string{name[:3], name + "_wgs84"},
		read: func(c *scan, v string, row *T) (f *fault) {
			if *field(row), f = c.number(v, -most, most, example); f != nil && f.what == "out of range" {
				f.next = "check that latitude and longitude are not swapped, and are in degrees"
			}
			return f
		},
		write: func(_ *scan, row *T) string {
			if !known(row) {
				return ""
			}
			if *field(row) == 0 {
				return "0" // and not -0
			}
			return strconv.FormatFloat(*field(row), 'f', -1, 64)
		},
	}
}

// written is a column that only goes out; on the way in it is ignored.
func written[T any](name, help, example string) column[T] {
	return column[T]{name: name, help: help, example: example}
}
