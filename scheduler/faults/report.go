package faults

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// The files of a report.
const (
	faultName  = "fault.json"
	weekName   = "week.json.gz"
	rosterName = "roster.json.gz"
	startName  = "start.json.gz"
	fewName    = "few-prices.json.gz"
)

const (
	reportFormat = 1
	// largestFile keeps a file that was not written here from taking all memory, in bytes after unpacking.
	largestFile = 1 << 30
	// mostReports is how many reports a folder holds: one cause gives one fault after the other, and a few tell as much as all.
	mostReports = 20
)

// Report is what was found, and the search in which it was, naming nobody.
type Report struct {
	Format   int                 `json:"format"`
	Program  string              `json:"program"` // the version that found it
	Go       string              `json:"go"`
	Platform string              `json:"platform"`
	Kind     scheduler.FaultKind `json:"kind"`
	Text     string              `json:"text"`          // what was found, in words
	Snapshot model.Digest        `json:"snapshot"`      // of the week as it was
	Given    model.Digest        `json:"snapshot_here"` // of the week as it is in the report

	Seed    uint64          `json:"seed"`
	Workers int             `json:"workers"`
	Rounds  int             `json:"rounds"` // asked for; 0: as many as fitted into Time
	Time    time.Duration   `json:"time"`
	Planned int             `json:"rounds_planned"` // in all, as far as it was known
	Cut     solver.CutPoint `json:"cut"`            // where the search that is repeated may end
	Recheck int64           `json:"recheck"`        // deltas between two moves that are judged again, if that was asked for

	Found solver.FaultError `json:"found"` // its roster is in a file of its own
	Bound int64             `json:"bound"` // millipoints; of a fault of the bound alone

	Week   *model.Snapshot `json:"-"`
	Roster *model.Roster   `json:"-"` // about which there is a disagreement; nil: none
	Start  *model.Roster   `json:"-"` // where the search began; nil: at what is published

	Warm *bound.FewPrices `json:"-"` // with which its bound began; nil: with first prices
}

// newReport describes a fault of a search, naming nobody.
func newReport(program string, q *scheduler.PlanRequest, f *scheduler.FaultError) *Report {
	n := newNames(q.Snapshot, []*model.Roster{q.Snapshot.Published, q.Snapshot.Before, q.Snapshot.After, q.Start, f.Found.Roster})
	r := &Report{
		Format: reportFormat, Program: program, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Kind: f.Kind, Text: f.Error(), Snapshot: q.Snapshot.Digest(),
		Seed: q.Seed, Workers: q.Workers, Rounds: q.Rounds, Time: q.Time, Planned: f.Planned, Cut: f.Cut, Recheck: q.Recheck,
		Found: *f.Found, Bound: f.Bound,
		Week: n.week(q.Snapshot), Roster: n.roster(f.Found.Roster), Start: n.roster(q.Start),
	}
	r.Found.Roster = nil
	if r.Warm = n.few(q.Warm); r.Cut.Warm != "" {
		r.Cut.Warm = scheduler.FewName(r.Warm)
	}
	r.Given = r.Week.Digest()
	if r.Roster != nil {
		r.Roster.From = r.Given
	}
	return r
}

// write puts a report into a folder of its own within dir, which is made if need be, and gives its path. All or nothing of it is there. A
// folder that holds enough of them is left as it is: the path is empty.
func (r *Report) write(dir string, now time.Time) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	there, err := Count(dir)
	if err != nil || there >= mostReports {
		return "", err
	}
	temp, err := os.MkdirTemp(dir, ".report-") // for its owner alone
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(temp) }() // of what could not be finished
	err = errors.Join(
		put(filepath.Join(temp, faultName), r),
		pack(filepath.Join(temp, weekName), r.Week), pack(filepath.Join(temp, rosterName), r.Roster), pack(filepath.Join(temp, startName), r.Start),
		pack(filepath.Join(temp, fewName), r.Warm),
	)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s-%s-%s", now.UTC().Format("20060102T150405Z"), r.Kind, r.Snapshot.Short())
	for i := 1; ; i++ {
		path := filepath.Join(dir, fmt.Sprintf("%s-%d", name, i))
		if err := os.Rename(temp, path); !errors.Is(err, fs.ErrExist) || i > mostReports {
			return path, err
		}
	}
}

// Count gives how many reports a folder holds; one that is not there holds none.
func Count(dir string) (int, error) {
	found, err := filepath.Glob(filepath.Join(dir, "*", faultName))
	return len(found), err
}

// Read reads a report that was written. A folder that is none gives a [model.Error].
func Read(dir string) (*Report, error) {
	r := &Report{}
	switch err := take(filepath.Join(dir, faultName), r); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &model.Error{Code: model.CodeNotFound, Err: err, Message: dir + " holds no " + faultName + ", so it is no report of a fault. Give a folder within faults."}
	case err != nil || r.Format != reportFormat:
		return nil, damaged(filepath.Join(dir, faultName), err)
	}
	for name, into := range map[string]any{weekName: &r.Week, rosterName: &r.Roster, startName: &r.Start} {
		if err := unpack(filepath.Join(dir, name), into); err != nil {
			return nil, damaged(filepath.Join(dir, name), err)
		}
	}
	// Reports of earlier versions have none.
	if err := unpack(filepath.Join(dir, fewName), &r.Warm); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, damaged(filepath.Join(dir, fewName), err)
	}
	if r.Week == nil {
		return nil, damaged(filepath.Join(dir, weekName), nil)
	}
	if err := r.Week.Validate(); err != nil {
		return nil, damaged(filepath.Join(dir, weekName), err)
	}
	return r, nil
}

func damaged(path string, err error) error {
	return &model.Error{Code: model.CodeInvalid, Err: err, Message: path + " was not understood: it was changed, cut short, or written by another version of payback."}
}

// put writes a value as JSON for its owner alone.
func put(path string, value any) error {
	body, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(body, '\n'), 0o600)
}

// take reads what put wrote.
func take(path string, into any) error {
	body, err := os.ReadFile(path) //nolint:gosec // the folder is the one that was asked for
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// pack writes a value as compressed JSON for its owner alone.
func pack(path string, value any) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the folder is our own
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := gzip.NewWriter(f)
	return errors.Join(json.NewEncoder(z).Encode(value), z.Close())
}

// unpack reads what pack wrote.
func unpack(path string, into any) error {
	f, err := os.Open(path) //nolint:gosec // the folder is the one that was asked for
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return json.NewDecoder(io.LimitReader(z, largestFile)).Decode(into)
}
