package storetest_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
)

func TestRowsOfEveryKindAreMergedByTheirKey(t *testing.T) {
	t.Parallel()
	_, _, all := office(t, nil)
	var kinds []string
	for _, k := range kindsOf(all) {
		kinds = append(kinds, k.kind)
		for _, complete := range []bool{false, true} {
			t.Run(fmt.Sprint(k.kind, map[bool]string{true: ", complete", false: ", a part"}[complete]), func(t *testing.T) {
				t.Parallel()
				s, who, _ := office(t, &memstore.Store{})
				was, is := ground(all, k.kind), &model.Facts{Region: all.Region}
				k.fill(was, leftOut, same, old)
				k.fill(is, same, changed, fresh)
				imported(t, s, who, was, 0)
				q := scheduler.ImportRequest{Facts: is, Base: 1}
				want := scheduler.KindChange{Kind: k.kind, New: 1, Changed: 1, Same: 1}
				if k.alone {
					want.New, want.Changed = 2, 0
				}
				rows := was
				rest := []int{leftOut, same, changed, fresh}
				if k.alone {
					rest = []int{leftOut, same, old, changed, fresh}
				}
				if complete {
					q.Complete = []string{k.kind}
					want.Removed = 1
					rest = rest[1:]
					if k.alone {
						want.Removed, rest = 2, []int{same, changed, fresh}
					}
				}
				k.fill(rows, rest...)
				p, err := s.Preview(t.Context(), who, all.Region, q)
				require.NoError(t, err)
				require.Equal(t, 1, p.Base)
				if k.kind == "people" {
					// counted by requirement
					want.New, want.Changed, want.Same = counted(all.People[3]), counted(all.People[2]), counted(all.People[1])
					want.Removed *= counted(all.People[0])
				}
				require.Equal(t, []scheduler.KindChange{want}, p.Kinds)
				v, err := s.Import(t.Context(), who, all.Region, q, command("2"))
				require.NoError(t, err)
				require.Equal(t, p.Kinds, v.Changes)
				require.Equal(t, p.Digest, v.Content, "what was shown is what is kept")
				now, _, err := s.Facts(t.Context(), who, all.Region)
				require.NoError(t, err)
				require.True(t, equalFacts(rows, now), "the rows are not those expected")
				require.Equal(t, len(rest), k.rows(now))
			})
		}
	}
	require.ElementsMatch(t, scheduler.Kinds(), kinds)
}

func counted(p model.Person) int { return len(p.Requirements) }

// equalFacts compares facts of any order as the record writes them.
func equalFacts(a, b *model.Facts) bool {
	x, y := canonical(a), canonical(b)
	return string(x) == string(y)
}

func canonical(f *model.Facts) []byte {
	body, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	var m map[string]any
	_ = json.Unmarshal(body, &m)
	for k, v := range m {
		list, ok := v.([]any)
		if !ok {
			if v == nil {
				delete(m, k)
			}
			continue
		}
		if len(list) == 0 {
			delete(m, k)
			continue
		}
		slices.SortFunc(list, func(a, b any) int {
			x, _ := json.Marshal(a)
			y, _ := json.Marshal(b)
			return slices.Compare(x, y)
		})
	}
	out, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return out
}

func imported(t require.TestingT, s *scheduler.Service, who model.Principal, f *model.Facts, base int, complete ...string) scheduler.DataVersion {
	v, err := s.Import(ctx, who, f.Region, scheduler.ImportRequest{Facts: f, Base: base, Complete: complete}, command(fmt.Sprint("import ", base)))
	require.NoError(t, err)
	return v
}

func TestWhatStandsFromWeekToWeekIsReplacedByOwner(t *testing.T) {
	t.Parallel()
	s, who, all := office(t, &memstore.Store{})
	a, b := all.People[0].CRN, all.People[1].CRN
	spell := func(crn model.CRN, day int8) model.Spell {
		return model.Spell{CRN: crn, When: model.When{Weekday: day, Start: 600, End: 900}}
	}
	all.Spells = []model.Spell{spell(a, 1), spell(a, 2), spell(a, 2), spell(b, 3)}
	imported(t, s, who, all, 0)
	is := &model.Facts{Region: all.Region, Spells: []model.Spell{spell(a, 4), spell(a, 2)}}
	v := imported(t, s, who, is, 1)
	require.Equal(t, []scheduler.KindChange{{Kind: "availability", Changed: 1, Same: 1, Removed: 1}}, v.Changes)
	f, _, err := s.Facts(t.Context(), who, all.Region)
	require.NoError(t, err)
	require.Equal(t, []model.Spell{spell(a, 4), spell(a, 2), spell(b, 3)}, f.Spells)

	twice := &model.Facts{Region: all.Region, Spells: []model.Spell{spell(b, 3), spell(b, 3), spell(b, 5)}}
	v = imported(t, s, who, twice, 2)
	require.Equal(t, []scheduler.KindChange{{Kind: "availability", New: 2, Same: 1}}, v.Changes, "a row that is there twice is one row more")
}

func TestJourneysOfWhoeverMovesGo(t *testing.T) {
	t.Parallel()
	s, who, all := office(t, &memstore.Store{})
	a, b, at := &all.People[0], &all.People[1], string(all.Projects[0].Code)
	leg := func(from, to string, minutes int32) geo.Leg {
		return geo.Leg{From: from, To: to, Mode: geo.Car, Minutes: minutes}
	}
	all.Legs = geo.NewMatrix([]geo.Leg{leg(string(a.CRN), at, 10), leg(at, string(a.CRN), 11), leg(string(b.CRN), at, 12)}).Legs
	imported(t, s, who, all, 0)

	moved := *a
	moved.Home.Latitude += 0.01
	still := *b
	still.MaxTravelMinutes = 30
	v := imported(t, s, who, &model.Facts{Region: all.Region, People: []model.Person{moved, still}, Legs: []geo.Leg{leg(string(a.CRN), at, 20)}}, 1)
	require.Contains(t, v.Changes, scheduler.KindChange{Kind: "travel", Changed: 1, Removed: 1})
	f, _, err := s.Facts(t.Context(), who, all.Region)
	require.NoError(t, err)
	require.Equal(t, geo.NewMatrix([]geo.Leg{leg(string(a.CRN), at, 20), leg(string(b.CRN), at, 12)}).Legs, f.Legs, "the other way led to the old home")

	site := all.Projects[0]
	site.Site.Longitude += 0.01
	v = imported(t, s, who, &model.Facts{Region: all.Region, Projects: []model.Project{site}}, 2)
	require.Contains(t, v.Changes, scheduler.KindChange{Kind: "travel", Removed: 2})
}

func TestFactsInAnyOrderAreMergedAsInTheirOwn(t *testing.T) {
	t.Parallel()
	s, who, all := office(t, &memstore.Store{})
	imported(t, s, who, all, 0)
	turned := *all
	turned.People, turned.KeepApart, turned.Spells = slices.Clone(all.People), slices.Clone(all.KeepApart), slices.Clone(all.Spells)
	slices.Reverse(turned.People)
	slices.Reverse(turned.KeepApart)
	slices.SortStableFunc(turned.Spells, func(a, b model.Spell) int { return -slices.Compare([]byte(a.CRN), []byte(b.CRN)) })
	require.Zero(t, touched(imported(t, s, who, &turned, 1).Changes))
	f, _, err := s.Facts(t.Context(), who, all.Region)
	require.NoError(t, err)
	require.Len(t, f.People, len(all.People))
}

func touched(kinds []scheduler.KindChange) int {
	p := scheduler.Preview{Kinds: kinds}
	return p.Touched()
}

func TestPeopleAreMergedByRequirementAndNamesFollow(t *testing.T) {
	t.Parallel()
	s, who, all := office(t, &memstore.Store{})
	p := all.People[0]
	first, second := p.Requirements[0], p.Requirements[0]
	first.Event, second.Event = 1, 2
	all.People[0].Requirements = []model.Requirement{first, second}
	imported(t, s, who, all, 0)

	p.Requirements = []model.Requirement{first}
	name := model.Name{CRN: p.CRN, Surname: "Other"}
	is := &model.Facts{Region: all.Region, People: []model.Person{p}, Names: []model.Name{name}}
	v := imported(t, s, who, is, 1)
	require.Equal(t, []scheduler.KindChange{{Kind: "people", Changed: 1}}, v.Changes, "the name changed")
	f, _, err := s.Facts(t.Context(), who, all.Region)
	require.NoError(t, err)
	require.Len(t, f.People[0].Requirements, 2, "the second requirement stays")
	require.Equal(t, name, f.Names[0])
	require.Len(t, f.Names, len(all.Names))

	v = imported(t, s, who, is, 2, "people")
	require.Len(t, v.Changes, 1)
	require.Equal(t, 1, v.Changes[0].Same)
	f, _, err = s.Facts(t.Context(), who, all.Region)
	require.NoError(t, err)
	require.Len(t, f.People, 1)
	require.Len(t, f.People[0].Requirements, 1)
	require.Equal(t, []model.Name{name}, f.Names, "names go with their people")
}

func TestADoubtStaysUntilItsOwnKindOfFileNamesThePerson(t *testing.T) {
	t.Parallel()
	_, _, all := office(t, nil)
	a, b, c := all.People[0].CRN, all.People[1].CRN, all.People[2].CRN
	doubts := []model.Doubt{{CRN: a, Kind: "availability"}, {CRN: a, Kind: "exclusion_areas"}, {CRN: a, Kind: "keep_apart"}}
	for _, x := range []struct {
		name     string
		facts    model.Facts
		complete []string
		left     []model.Doubt
	}{
		{name: "nothing was said", left: doubts},
		{name: "rows of other people mend nothing", facts: model.Facts{Spells: []model.Spell{{CRN: b}}, KeepApart: []model.Pair{{A: b, B: c}}}, left: doubts},
		{name: "a row of availability mends that", facts: model.Facts{Spells: []model.Spell{{CRN: a}}}, left: doubts[1:]},
		{name: "an exclusion area mends that", facts: model.Facts{Zones: []model.Zone{{CRN: a, Project: all.Projects[0].Code}}}, left: []model.Doubt{doubts[0], doubts[2]}},
		{name: "a pair mends that", facts: model.Facts{KeepApart: []model.Pair{{A: a, B: c}}}, left: doubts[:2]},
		{name: "a row that is read and one that is not leave the doubt", facts: model.Facts{Spells: []model.Spell{{CRN: a}}, Doubtful: doubts[:1]}, left: doubts},
		{name: "a complete kind mends its own", complete: []string{"keep_apart"}, left: doubts[:2]},
		{name: "a complete kind with a row that was not read does not", complete: []string{"keep_apart"}, facts: model.Facts{Doubtful: doubts[2:]}, left: doubts},
		{name: "another complete kind mends nothing", complete: []string{"kit"}, left: doubts},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s, who, _ := office(t, &memstore.Store{})
			was := *all
			was.Doubtful = doubts
			imported(t, s, who, &was, 0)
			x.facts.Region = all.Region
			imported(t, s, who, &x.facts, 1, x.complete...)
			f, _, err := s.Facts(t.Context(), who, all.Region)
			require.NoError(t, err)
			require.Equal(t, x.left, f.Doubtful)
		})
	}
}

// drawFacts draws facts that share most keys with others.
func drawFacts(t *rapid.T, label string, all *model.Facts) *model.Facts {
	f := &model.Facts{Region: all.Region, Teams: all.Teams}
	for _, k := range kindsOf(all) {
		if k.kind == "teams" || k.kind == "projects" {
			continue
		}
		rows := rapid.SliceOfNDistinct(rapid.IntRange(leftOut, fresh), 0, 5, rapid.ID).Draw(t, label+" "+k.kind)
		if slices.Contains(rows, old) && !k.alone { // a key is there once
			rows = slices.DeleteFunc(rows, func(i int) bool { return i == changed })
		}
		k.fill(f, rows...)
	}
	f.Projects, f.Kit = all.Projects, nil
	known := func(c model.CRN) bool {
		return slices.ContainsFunc(f.People, func(p model.Person) bool { return p.CRN == c })
	}
	f.Doubtful = nil
	for _, p := range all.People[:4] {
		if rapid.Bool().Draw(t, label+" doubt") && known(p.CRN) {
			f.Doubtful = append(f.Doubtful, model.Doubt{CRN: p.CRN, Kind: "availability"})
		}
		if known(p.CRN) {
			f.Names = append(f.Names, model.Name{CRN: p.CRN, Surname: label})
		}
	}
	return f
}

func TestImportingTwiceChangesNothingAndCompleteFactsAreAll(t *testing.T) {
	t.Parallel()
	_, _, all := office(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		s, who := bare(t, all.Region)
		a, b := drawFacts(t, "A", all), drawFacts(t, "B", all)
		imported(t, s, who, a, 0)
		v := imported(t, s, who, b, 1)
		again := imported(t, s, who, b, 2)
		require.Equal(t, v.Content, again.Content, "the same facts twice change nothing")
		require.Zero(t, touched(again.Changes))
		f, _, err := s.Facts(ctx, who, all.Region)
		require.NoError(t, err)
		for _, p := range slices.Concat(a.KeepApart, b.KeepApart) {
			require.Contains(t, f.KeepApart, p)
		}
		for _, z := range slices.Concat(a.Zones, b.Zones) {
			require.Contains(t, f.Zones, z)
		}
		imported(t, s, who, b, 3, scheduler.Kinds()...)
		f, _, err = s.Facts(ctx, who, all.Region)
		require.NoError(t, err)
		require.True(t, equalFacts(b, f), "complete facts are all there is")
	})
}

func TestAPreviewWritesNothingAndAFaultyImportIsRefusedWhole(t *testing.T) {
	t.Parallel()
	r := &memstore.Store{}
	s, who, all := office(t, r)
	imported(t, s, who, all, 0)
	before := entries(t, r, all.Region)
	is := &model.Facts{Region: all.Region, Holidays: []model.Holiday{{Date: 20_000}}}
	_, err := s.Preview(t.Context(), who, all.Region, scheduler.ImportRequest{Facts: is})
	require.NoError(t, err)
	require.Equal(t, before, entries(t, r, all.Region))

	is.Zones = []model.Zone{{CRN: all.People[0].CRN, Project: "NOWHERE"}}
	_, err = s.Preview(t.Context(), who, all.Region, scheduler.ImportRequest{Facts: is})
	requireCode(t, model.CodeInvalid, err)
	_, err = s.Import(t.Context(), who, all.Region, scheduler.ImportRequest{Facts: is, Base: 1}, command("bad"))
	requireCode(t, model.CodeInvalid, err)
	require.Equal(t, before, entries(t, r, all.Region), "nothing of it was taken")

	_, err = s.Import(t.Context(), who, all.Region, scheduler.ImportRequest{Facts: &model.Facts{Region: all.Region}, Base: 1, Complete: []string{"poeple"}}, command("word"))
	requireCode(t, model.CodeUsage, err)
}

// entries counts what a region has of every kind of entry.
func entries(t *testing.T, r scheduler.Record, region string) map[string]int {
	t.Helper()
	out := map[string]int{}
	require.NoError(t, r.View(t.Context(), region, func(v scheduler.Reader) error {
		for _, kind := range []scheduler.Kind{scheduler.KindFacts, scheduler.KindRoster, scheduler.KindDraft, scheduler.KindAnswer, scheduler.KindAudit, scheduler.KindOutbox} {
			names, err := v.Names(kind)
			require.NoError(t, err)
			for _, name := range names {
				n, err := v.Last(kind, name)
				require.NoError(t, err)
				out[string(kind)+" "+name] = n
			}
		}
		return nil
	}))
	return out
}

func TestEveryFieldOfTheFactsIsMerged(t *testing.T) {
	t.Parallel()
	// A field that merge forgets would be lost by every import: each must be filled by some kind here.
	_, _, all := office(t, nil)
	f := &model.Facts{Region: "R", Names: all.Names, Doubtful: []model.Doubt{{}}}
	for _, k := range kindsOf(all) {
		k.fill(f, leftOut)
	}
	v := reflect.ValueOf(*f)
	for i := range v.NumField() {
		require.False(t, v.Field(i).IsZero(), v.Type().Field(i).Name)
	}
}
