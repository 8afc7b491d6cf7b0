package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// shortWeek has one session from 540 to 960 of a day, and one person who is free but for some spans, which are caring or not.
func shortWeek(limit, least int32, caring, busy []model.Span) (*model.Snapshot, *model.Person) {
	week := model.Week{Year: 2026, Number: 49}
	k := model.SessionKey{Project: "CT01", Date: week.Monday(), Start: 540}
	sn := &model.Snapshot{Week: week, Policy: &policy.Book{ShortDayMinutes: limit, ShortDayLeastMinutes: least},
		Sessions: []model.Session{{Key: k, End: 960, Span: model.Span{Start: 540, End: 960}}}}
	all := model.Subtract([]model.Span{{Start: -1000, End: 3000}}, model.Union(busy))
	p := &model.Person{Free: model.Subtract(all, model.Union(caring))}
	p.Caring = model.Subtract(all, p.Free)
	return sn, p
}

func TestShortDayByHand(t *testing.T) {
	t.Parallel()
	span := func(from, to model.Instant) model.Span { return model.Span{Start: from, End: to} }
	for _, c := range []struct {
		name         string
		caring, busy []model.Span
		out, back    int32
		least        int32
		want         model.Span // none: all or nothing
	}{
		{"free all day", nil, nil, 30, 20, 180, model.Span{}},
		{"no caring duty, and not free", nil, []model.Span{span(500, 600)}, 0, 0, 180, model.Span{}},
		{"a duty that ends with the session's start", []model.Span{span(400, 540)}, nil, 0, 0, 180, model.Span{}},
		{"a duty that falls into the way there", []model.Span{span(500, 511)}, nil, 30, 20, 180, span(541, 960)},
		{"a duty that falls into the way home", []model.Span{span(979, 1000)}, nil, 30, 20, 180, span(540, 959)},
		{"an hour late", []model.Span{span(480, 570)}, nil, 30, 20, 180, span(600, 960)},
		{"more than an hour late", []model.Span{span(480, 571)}, nil, 30, 20, 180, model.Span{}},
		{"an hour early", []model.Span{span(920, 970)}, nil, 30, 20, 180, span(540, 900)},
		{"more than an hour early", []model.Span{span(919, 970)}, nil, 30, 20, 180, model.Span{}},
		{"both", []model.Span{span(480, 555), span(930, 970)}, nil, 30, 20, 180, span(585, 910)},
		{"the middle of the day", []model.Span{span(700, 710)}, nil, 0, 0, 180, model.Span{}},
		{"work a minute longer than the duty", []model.Span{span(480, 570)}, []model.Span{span(480, 571)}, 0, 0, 180, model.Span{}},
		{"work within the duty", []model.Span{span(480, 570)}, []model.Span{span(540, 541)}, 0, 0, 180, model.Span{}},
		{"work before the way there", []model.Span{span(480, 570)}, []model.Span{span(500, 510)}, 30, 0, 180, span(600, 960)},
		{"work on the way there", []model.Span{span(480, 570)}, []model.Span{span(500, 511)}, 30, 0, 180, model.Span{}},
		{"exactly the least", []model.Span{span(480, 600), span(900, 970)}, nil, 0, 0, 300, span(600, 900)},
		{"less than the least", []model.Span{span(480, 600), span(900, 970)}, nil, 0, 0, 301, model.Span{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn, p := shortWeek(60, c.least, c.caring, c.busy)
			got, short := sn.ShortDay(p, &sn.Sessions[0], c.out, c.back)
			require.Equal(t, c.want, got)
			require.Equal(t, c.want != model.Span{}, short)
		})
	}
}

// Every beginning and end is tried, and each minute asked about.
func TestShortDayIsTheLongestThatTheWordsAllow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Span {
			from := model.Instant(rapid.SampledFrom([]int{530, 950}).Draw(t, "about") + rapid.IntRange(-40, 20).Draw(t, "from"))
			return model.Span{Start: from, End: from + model.Instant(rapid.IntRange(1, 50).Draw(t, "length"))}
		}), 0, 3)
		limit, least := int32(rapid.IntRange(0, 40).Draw(t, "limit")), int32(rapid.IntRange(380, 420).Draw(t, "least"))
		caring, busy := spans.Draw(t, "caring"), spans.Draw(t, "busy")
		out, back := model.Instant(rapid.IntRange(0, 20).Draw(t, "out")), model.Instant(rapid.IntRange(0, 20).Draw(t, "back"))
		if rapid.Bool().Draw(t, "no other duties") {
			busy = nil
		}
		sn, p := shortWeek(limit, least, caring, busy)
		within := func(spans []model.Span, at model.Instant) bool {
			for _, s := range spans {
				if s.Start <= at && at < s.End {
					return true
				}
			}
			return false
		}
		only := true // caring is all that stands in the way
		for at := 540 - out; at < 960+back; at++ {
			only = only && !within(busy, at)
		}
		var want model.Span
		for start := model.Instant(540); only && start <= 540+model.Instant(limit); start++ {
			for end := 960 - model.Instant(limit); end <= 960; end++ {
				free := true
				for at := start - out; at < end+back; at++ {
					free = free && !within(caring, at)
				}
				if s := (model.Span{Start: start, End: end}); free && s.Minutes() >= least && s.Minutes() > want.Minutes() {
					want = s
				}
			}
		}
		got, short := sn.ShortDay(p, &sn.Sessions[0], int32(out), int32(back))
		if whole := (model.Span{Start: 540, End: 960}); want == whole {
			require.False(t, short)
			return
		}
		require.Equal(t, want, got)
		require.Equal(t, want != model.Span{}, short)
	})
}

// At 02:00 summer time, 01:00 UTC, the clocks go back to 01:00.
func TestNobodyBeginsLateInAnHourThatComesTwice(t *testing.T) {
	t.Parallel()
	for late, want := range map[model.Instant]bool{59: true, 60: false, 119: false, 120: true} {
		sn, p := shortWeek(200, 180, nil, nil)
		sn.Calendar.Offsets = []model.Offset{{From: -1 << 30, Minutes: 60}, {From: 600, Minutes: 0}}
		p.Free, p.Caring = []model.Span{{Start: 540 + late, End: 3000}}, []model.Span{{Start: 0, End: 540 + late}}
		_, short := sn.ShortDay(p, &sn.Sessions[0], 0, 0)
		require.Equal(t, want, short, "%d minutes late", late)
	}
}

// A file would take a late start for the start of the other session.
func TestNobodyBeginsLateBesideAnotherSessionOfTheProject(t *testing.T) {
	t.Parallel()
	late := []model.Span{{Start: 480, End: 570}}
	early := []model.Span{{Start: 930, End: 970}}
	for _, c := range []struct {
		name          string
		project       model.ProjectCode
		day           model.Date
		from, to      model.Instant
		late, earlier bool // whether a late start, and an early end, are still possible
	}{
		{"one that overlaps", "CT01", 0, 570, 700, false, true},
		{"one that ends as this begins", "CT01", 0, 400, 540, true, true},
		{"one that begins as this ends", "CT01", 0, 960, 1000, true, true},
		{"one of the night before", "CT01", -1, 100, 541, false, true},
		{"one of the next day that the clocks bring near", "CT01", 1, 959, 1000, false, true},
		{"one of another project", "CT02", 0, 570, 700, true, true},
	} {
		for _, x := range []struct {
			caring []model.Span
			want   bool
		}{{late, c.late}, {early, c.earlier}} {
			sn, p := shortWeek(60, 180, x.caring, nil)
			k := model.SessionKey{Project: c.project, Date: sn.Week.Monday() + c.day, Start: 541}
			other := model.Session{Key: k, Span: model.Span{Start: c.from, End: c.to}}
			sn.Sessions = append(sn.Sessions, other)
			at := &sn.Sessions[0]
			if other.Key.Compare(at.Key) < 0 {
				sn.Sessions[0], sn.Sessions[1] = sn.Sessions[1], sn.Sessions[0]
				at = &sn.Sessions[1]
			}
			_, short := sn.ShortDay(p, at, 0, 0)
			require.Equal(t, x.want, short, c.name)
		}
	}
}
