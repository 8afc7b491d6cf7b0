package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/communitypayback/payback/api/exchange"
)

// BenchmarkRead100k reads a region of 100,000 people with all their columns.
func BenchmarkRead100k(b *testing.B) {
	const rows = 100_000
	var people strings.Builder
	people.WriteString("crn,event_number,surname,forename,date_of_birth,sex,placement_preference,sentence_date,induction_date,target_date,extended_until,order_end_date,order_type," +
		"required_minutes,completed_minutes,adjustment_minutes,completed_ete_minutes,team_code,status,rosh,high_risk_approved_by,high_risk_approved_on,flags,health,prayer," +
		"languages,preferences,travel_mode,latitude,longitude,postcode,max_travel_minutes,max_weekly_minutes,attended_sessions,missed_sessions,restricted_record\n")
	for i := range rows {
		fmt.Fprintf(&people, "X%06d,1,Surname%d,Forename,1990-01-31,male,mixed_group,2026-04-03,2026-04-10,2027-04-03,,2028-04-03,community_order,7200,1260,-60,0,N01,active,medium,,,"+
			"gang;violence,no_power_tools,none,English;Welsh,tue,bus,51.%06d,0.%06d,ZZ99 3WZ,60,840,3,1,no\n", i, i, i, i)
	}
	dir := folderOf(b, with("people.csv", people.String()))
	b.ReportAllocs()
	for b.Loop() {
		f, r, err := exchange.ReadDir(dir, exchange.Options{})
		if err != nil || len(r.Problems) > 0 || len(f.People) != rows {
			b.Fatal(err, len(r.Problems), len(f.People))
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
