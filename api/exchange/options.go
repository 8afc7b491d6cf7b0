package exchange

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// Options says how files are to be read. The zero value reads a region in the time zone of England and Wales.
type Options struct {
	// Complete lists kinds ("people") whose file is declared to be the whole truth. A kind that is complete and has a row
	// that cannot be read is refused as a whole.
	Complete []string
	// Region names the region; empty takes the name given in the teams.
	Region string
	// Zone is the IANA time zone of the wall clocks in the files; empty means Europe/London.
	Zone string
	// Orders says what a court may order, and by when it is worked; the zero value is read as in England and Wales.
	Orders policy.Orders
	// Known is what a region has already, for files that hold only a part of it: rows may refer to its codes, and files that
	// are not there are not missed. Nil: the files are all there is.
	Known *model.Facts
	// Gazetteer is the path of a file that gives postcodes their positions; empty: gazetteer.csv among the files, if it is there.
	Gazetteer string

	calendar *model.Calendar // given by ReadRoster; nil: made from Zone
}

// The limits on what is read. They leave room for a region ten times the usual and stop a file that would exhaust memory.
const (
	maxRows      = 250_000
	maxLegs      = 1_000_000 // journeys: each person has one to each site and stop
	maxFileBytes = 64 << 20
	maxUnpacked  = 512 << 20 // all parts of a workbook together
	maxParts     = 10_000    // files within a workbook
	maxSheetRows = 1_048_576 // rows looked at in one sheet, empty ones too
	maxCell      = 1000      // characters in a cell
	maxColumns   = 1000
)

const defaultZone = "Europe/London"

func (o Options) zone() string {
	if o.Zone != "" {
		return o.Zone
	}
	return defaultZone
}

// orders gives the limits of court orders, those of England and Wales where none are given.
func (o Options) orders() policy.Orders {
	if o.Orders != (policy.Orders{}) {
		return o.Orders
	}
	return policy.Orders{Shortest: 40 * 60, Longest: 300 * 60, Months: 12}
}
