package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/api/exchange"
)

func ExampleRead() {
	dir, err := os.MkdirTemp("", "region")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := exchange.WriteTemplates(dir, false); err != nil {
		panic(err)
	}
	days := "date,name\n2026-12-25,Christmas Day\n28-Dec-2026,Boxing Day (moved)\n"
	if err := os.WriteFile(filepath.Join(dir, "non_working_days.csv"), []byte(days), 0o600); err != nil {
		panic(err)
	}
	facts, report, err := exchange.Read(dir, exchange.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(facts.Region, len(facts.People), facts.Holidays[0].Date)
	report.Notices = nil
	if err := report.Write(os.Stdout, 100); err != nil {
		panic(err)
	}
	// Output:
	// Example region 1 2026-12-25
	// non_working_days.csv: 1 of 2 rows has problems.
	//
	//   date – date not understood (1 row)
	//     row 3, column A: found "28-Dec-2026"; expected a full date such as 2026-04-03 or 3/4/2026.
}
