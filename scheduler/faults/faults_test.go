package faults_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/faults"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

var (
	week = model.Week{Year: 2026, Number: 49}
	now  = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
)

// region is a made-up region in which everybody lives where a rounded address says.
func region(t *testing.T) *model.Facts {
	t.Helper()
	f, err := instance.Make(instance.Spec{People: 200, Seed: 4, Week: week})
	require.NoError(t, err)
	round := func(p *geo.Point) {
		p.Latitude, p.Longitude = math.Round(p.Latitude*100)/100, math.Round(p.Longitude*100)/100
	}
	for i := range f.People {
		round(&f.People[i].Home)
	}
	for i := range f.Supervisors {
		round(&f.Supervisors[i].Home)
	}
	for i := range f.Zones {
		round(&f.Zones[i].Centre)
	}
	return f
}

func frozen(t *testing.T, f *model.Facts) *model.Snapshot {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	c, err := scheduler.NewCalendar(p.Zone, week.Monday(), week.Monday()+6)
	require.NoError(t, err)
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-4, 720))
	require.NoError(t, err)
	return sn
}

// planted is the catalogue with a rule whose words forget minibuses, which its kernels price.
func planted() []*solver.Constraint {
	faulty := *constraints.Opening
	faulty.Violations = func(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return func(yield func(solver.Violation) bool) {
			for v := range constraints.Opening.Violations(sn, r) {
				if len(v.Minibuses) > 0 {
					continue
				}
				if !yield(v) {
					return
				}
			}
		}
	}
	all := slices.Clone(constraints.All)
	all[slices.Index(all, constraints.Opening)] = &faulty
	return all
}

// keeper keeps reports in a folder of its own, and tells what it was told.
func keeper(t *testing.T) (k *faults.Keeper, told *[]string) {
	t.Helper()
	told = &[]string{}
	return &faults.Keeper{Make: scheduler.Plan, Folder: filepath.Join(t.TempDir(), "faults"), Program: "test", Now: func() time.Time { return now },
		Ended: func(res *scheduler.PlanResult, err error) {
			*told = append(*told, fmt.Sprintf("ended %t %t", res != nil, err != nil))
		},
		Kept: func(f *scheduler.FaultError, folder string, err error) {
			*told = append(*told, fmt.Sprintf("kept %s %t %v", f.Kind, folder != "", err))
		}}, told
}

func request(sn *model.Snapshot, cs []*solver.Constraint) scheduler.PlanRequest {
	return scheduler.PlanRequest{Snapshot: sn, Constraints: cs, Seed: 7, Workers: 2, Rounds: 6, Recheck: 40_000}
}

// reported is the report of a planted fault, and its folder.
func reported(t *testing.T, sn *model.Snapshot) (*faults.Report, string) {
	t.Helper()
	k, _ := keeper(t)
	_, err := k.Search(t.Context(), request(sn, planted()))
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeInternal, e.Code)
	found, err := filepath.Glob(filepath.Join(k.Folder, "*"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	r, err := faults.Read(found[0])
	require.NoError(t, err)
	return r, found[0]
}

func TestAFaultIsReportedAndFoundAgain(t *testing.T) {
	t.Parallel()
	searches(t)
	sn := frozen(t, region(t))
	r, _ := reported(t, sn)
	require.Equal(t, scheduler.FaultOfMove, r.Kind)
	require.Equal(t, sn.Digest(), r.Snapshot)
	require.Equal(t, r.Week.Digest(), r.Given)
	require.NotEqual(t, r.Snapshot, r.Given)

	again, err := r.Replay(t.Context(), planted(), 1)
	require.NoError(t, err)
	require.True(t, again.There())
	require.Equal(t, r.Found.Words, again.Words)
	require.Equal(t, r.Found.Anew, again.Engine)
	require.Equal(t, "opening", again.Rules[0].Rule)
	require.NotNil(t, again.Again)
	again.Again.Found.Roster = nil
	require.Equal(t, &r.Found, again.Again.Found, "the same fault after the same move")

	mended, err := r.Replay(t.Context(), constraints.All, 1)
	require.NoError(t, err)
	require.False(t, mended.There(), "it is gone where the rule is right")
	require.NoError(t, mended.Ended)
}

func TestASearchOfAReportIsTheSearchOfTheRegion(t *testing.T) {
	t.Parallel()
	searches(t)
	sn := frozen(t, region(t))
	r, _ := reported(t, sn)
	there, err := scheduler.Plan(t.Context(), request(sn, constraints.All))
	require.NoError(t, err)
	here, err := scheduler.Plan(t.Context(), request(r.Week, constraints.All))
	require.NoError(t, err)
	require.Equal(t, there.Score, here.Score)
	require.Equal(t, there.Deltas, here.Deltas, "every step was the same")
	require.Equal(t, there.Bound.Most, here.Bound.Most)
	require.Len(t, here.Roster.Appointments, len(there.Roster.Appointments))
}

func TestASearchThatBeganWithFewPricesIsMadeAgainWithThem(t *testing.T) {
	t.Parallel()
	searches(t)
	sn := frozen(t, region(t))
	first, err := scheduler.Plan(t.Context(), request(sn, constraints.All))
	require.NoError(t, err)
	q := request(sn, planted())
	q.Warm = first.Few
	q.Warm.Sessions = append(q.Warm.Sessions, bound.SessionPrices{Project: "OF ANOTHER WEEK", Day: 6, Room: 1})
	k, _ := keeper(t)
	_, err = k.Search(t.Context(), q)
	require.Error(t, err)
	found, err := filepath.Glob(filepath.Join(k.Folder, "*"))
	require.NoError(t, err)
	r, err := faults.Read(found[0])
	require.NoError(t, err)
	require.Len(t, r.Warm.Sessions, len(q.Warm.Sessions)-1)
	walk(t, "Warm", reflect.ValueOf(r.Warm))
	again, err := r.Replay(t.Context(), planted(), 1)
	require.NoError(t, err)
	require.NotNil(t, again.Again, "%v", again.Ended)
	again.Again.Found.Roster = nil
	require.Equal(t, &r.Found, again.Again.Found, "the same fault after the same move")

	require.NoError(t, os.Remove(filepath.Join(found[0], "few-prices.json.gz")))
	older, err := faults.Read(found[0])
	require.NoError(t, err, "reports of earlier versions have no few prices")
	require.Nil(t, older.Warm)
}

func TestAReportNamesNobodyAndNothing(t *testing.T) {
	t.Parallel()
	f := region(t)
	r, dir := reported(t, frozen(t, f))
	text := everything(t, dir)
	told := []string{f.Region}
	for i := range f.People {
		told = append(told, string(f.People[i].CRN), f.Names[i].Surname+" ")
	}
	for i := range f.Supervisors {
		told = append(told, string(f.Supervisors[i].Code))
	}
	for i := range f.Projects {
		told = append(told, string(f.Projects[i].Code), f.Projects[i].Name, f.Projects[i].Beneficiary)
	}
	for i := range f.Teams {
		told = append(told, string(f.Teams[i].Code), f.Teams[i].Name, f.Teams[i].Area, f.Teams[i].WeatherArea)
	}
	for i := range f.Minibuses {
		told = append(told, string(f.Minibuses[i].Registration))
	}
	for i := range f.Stops {
		told = append(told, string(f.Stops[i].Code), f.Stops[i].Description)
	}
	for _, x := range told {
		if len(x) > 2 && strings.Contains(text, `"`+strings.TrimSpace(x)+`"`) {
			t.Fatalf("a report holds %q", x)
		}
	}
	walk(t, "", reflect.ValueOf(r.Week))
	walk(t, "Roster", reflect.ValueOf(r.Roster))
}

// safe are the fields whose text says nothing about anybody. A field that is new is looked at before it is added here.
var safe = regexp.MustCompile(`^(\.Region|Roster\.Region|\.(Published|Before|After)\.Region|\.Teams\.Region|\.Calendar\.Zone|\.Policy\.(Profile|Zone|On|Off|Waive)|` +
	`\.Kit\.Kind|\.Waivers\.(Rule|Session)|.*\.Outcome)$`)

// nameless is how a name looks that says nothing.
var nameless = regexp.MustCompile(`^([A-Z]\d+|l\d+|somebody|)$`)

// walk looks at every text of a value, and at every address.
func walk(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(t, path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(t, path, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walk(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.String:
		switch path {
		case ".Projects.Name", ".People.Likes":
			for w := range strings.FieldsSeq(v.String()) {
				require.Regexp(t, `^(w\d+|mon|tue|wed|thu|fri|sat|sun|quiet|outdoor|sheltered|indoor|group|individual|ete|induction|light|medium|heavy)$`, w)
			}
			return
		}
		if !safe.MatchString(path) && !nameless.MatchString(v.String()) {
			t.Fatalf("%s holds %q; a report must not name anything", path, v.String())
		}
	default:
	}
}

// everything is what the files of a folder hold, unpacked.
func everything(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	require.NoError(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := e.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "%s is for its owner alone", e.Name())
		if e.IsDir() {
			return nil
		}
		f, err := os.Open(path)
		require.NoError(t, err)
		defer func() { require.NoError(t, f.Close()) }()
		from := io.Reader(f)
		if strings.HasSuffix(path, ".gz") {
			from, err = gzip.NewReader(f)
			require.NoError(t, err)
		}
		body, err := io.ReadAll(from)
		all.Write(body)
		return err
	}))
	return all.String()
}

func TestAnOfficeSavesNothingOfASearchThatFoundAFault(t *testing.T) {
	t.Parallel()
	f := region(t)
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	k, told := keeper(t)
	k.Make = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		q.Recheck = 40_000
		return scheduler.Plan(ctx, q)
	}
	s := &scheduler.Service{Record: &memstore.Store{}, Policy: p, Constraints: planted(), Now: func() time.Time { return now },
		Runs: &scheduler.Runs{Search: k.Search, AtOnce: 1}}
	who := model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{f.Region}}
	_, err = s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f}, scheduler.Command{Key: "import"})
	require.NoError(t, err)
	d, err := s.CreatePlan(t.Context(), who, f.Region, scheduler.RunRequest{Week: week, Seed: 7, Rounds: 6}, scheduler.Command{Key: "plan"})
	require.NoError(t, err)
	d, err = s.WaitPlan(t.Context(), who, f.Region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, d.State)
	require.False(t, d.Usable(), "there is no roster")
	require.Contains(t, d.Failure, "Please report this.")
	require.NoError(t, s.Record.View(t.Context(), f.Region, func(r scheduler.Reader) error {
		names, err := r.Names(scheduler.KindRoster)
		require.Empty(t, names)
		return err
	}))
	require.NoError(t, s.Runs.Close(t.Context()))
	require.Equal(t, []string{"ended false true", "kept move true <nil>"}, *told)
}

func TestASearchWithoutAFaultLeavesNoReport(t *testing.T) {
	t.Parallel()
	searches(t)
	k, told := keeper(t)
	_, err := k.Search(t.Context(), request(frozen(t, region(t)), constraints.All))
	require.NoError(t, err)
	require.NoDirExists(t, k.Folder)
	require.Equal(t, []string{"ended true false"}, *told)
}

func TestAFaultOfABoundIsReportedBesideAPlan(t *testing.T) {
	t.Parallel()
	searches(t)
	k, told := keeper(t)
	k.Make = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		res, err := scheduler.Plan(ctx, q)
		if err == nil {
			res.Bound = nil
			res.Fault = &scheduler.FaultError{Kind: scheduler.FaultOfBound, Bound: 1, Planned: res.Planned, Cut: res.Cut,
				Found: &solver.FaultError{Kept: res.Score, Anew: res.Score, Words: res.Score, Roster: res.Roster}}
		}
		return res, err
	}
	res, err := k.Search(t.Context(), request(frozen(t, region(t)), constraints.All))
	require.NoError(t, err)
	require.NotEmpty(t, res.Roster.Appointments)
	require.Equal(t, []string{"ended true false", "kept bound true <nil>"}, *told)
	n, err := faults.Count(k.Folder)
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestAFolderHoldsNoMoreReportsThanAreOfUse(t *testing.T) {
	t.Parallel()
	k, told := keeper(t)
	sn := frozen(t, region(t))
	k.Make = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		return nil, &scheduler.FaultError{Kind: scheduler.FaultOfPlan, Found: &solver.FaultError{}}
	}
	for range 22 {
		_, err := k.Search(t.Context(), request(sn, nil))
		require.Error(t, err)
	}
	n, err := faults.Count(k.Folder)
	require.NoError(t, err)
	require.Equal(t, 20, n)
	require.Equal(t, "kept plan false <nil>", (*told)[43], "and the others are told of")
}

func TestAReportThatWasChangedIsRefused(t *testing.T) {
	t.Parallel()
	_, err := faults.Read(t.TempDir())
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeNotFound, e.Code)
	_, dir := reported(t, frozen(t, region(t)))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "week.json.gz"), []byte("no week"), 0o600))
	_, err = faults.Read(dir)
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeInvalid, e.Code)
}

// searches leaves a test that searches for a plan out of a short run: with the race detector it would take minutes. What runs side by
// side in an office is tried with and without it.
func searches(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it searches for plans")
	}
}
