package model

import (
	"cmp"
	"fmt"
	"strings"
)

// CRN names a person on probation: one letter and six digits, as NDelius writes it.
type CRN string

// Valid reports whether the CRN has its published form.
func (c CRN) Valid() bool {
	if len(c) != 7 || c[0] < 'A' || c[0] > 'Z' {
		return false
	}
	for i := 1; i < len(c); i++ {
		if c[i] < '0' || c[i] > '9' {
			return false
		}
	}
	return true
}

// The codes by which a region's files name things. Each is unique within its kind and region.
type (
	TeamCode       string
	ProjectCode    string
	SupervisorCode string
	Registration   string
	StopCode       string
)

// SessionKey names a session: one project on one date from one local start time. Slots are never split, so the key is
// stable when the end or the people change.
type SessionKey struct {
	Project ProjectCode
	Date    Date
	Start   Clock
}

// Compare orders sessions by date, start and project, which is the order people read them in.
func (k SessionKey) Compare(o SessionKey) int {
	return cmp.Or(cmp.Compare(k.Date, o.Date), cmp.Compare(k.Start, o.Start), cmp.Compare(k.Project, o.Project))
}

// String gives the form used on the command line, "CT01/2026-11-30/09:00".
func (k SessionKey) String() string {
	return string(k.Project) + "/" + k.Date.String() + "/" + k.Start.String()
}

// ParseSessionKey reads PROJECT/DATE or PROJECT/DATE/TIME. Without a time, Start is -1 and the caller must find the
// session of that day.
func ParseSessionKey(s string) (SessionKey, error) {
	parts := strings.Split(s, "/")
	if len(parts) != 2 && len(parts) != 3 || parts[0] == "" {
		return SessionKey{}, fmt.Errorf("found %q; expected PROJECT/DATE or PROJECT/DATE/TIME, as in CT01/2026-11-30/09:00", s)
	}
	d, err := ParseDate(parts[1])
	if err != nil {
		return SessionKey{}, err
	}
	k := SessionKey{Project: ProjectCode(parts[0]), Date: d, Start: -1}
	if len(parts) == 3 {
		if k.Start, err = ParseClock(parts[2]); err != nil {
			return SessionKey{}, err
		}
	}
	return k, nil
}
