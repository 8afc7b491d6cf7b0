package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed timefold/pom.xml timefold/src
var javaSources embed.FS

// javaMemory is what the Java program may take, of a machine with 16 GB or more.
const javaMemory = "-Xmx10g"

// timefoldPeer is Timefold Solver, which searches by moves as this program does, over the same tables.
type timefoldPeer struct {
	dir     string
	classes string // the class path
}

// newTimefold builds the Java program below a folder, unless it is there.
func newTimefold(ctx context.Context, dir string) (*timefoldPeer, error) {
	sum, err := digest(javaSources)
	if err != nil {
		return nil, err
	}
	home := filepath.Join(dir, "timefold")
	target := filepath.Join(home, "target")
	p := &timefoldPeer{dir: dir, classes: filepath.Join(target, "classes") + string(os.PathListSeparator) + filepath.Join(target, "lib", "*")}
	stamp := filepath.Join(home, "built.txt")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == sum {
		return p, nil
	}
	if err := os.RemoveAll(home); err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, javaSources); err != nil {
		return nil, err
	}
	if err := do(ctx, home, "mvn", "-q", "-B", "package"); err != nil {
		return nil, err
	}
	return p, os.WriteFile(stamp, []byte(sum), 0o600)
}

// digest names the content of all files.
func digest(files fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, path)
		fmt.Fprintf(h, "%s %d\n", path, len(data))
		_, _ = h.Write(data)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

func (p *timefoldPeer) run(ctx context.Context, w *week, limit time.Duration) (*Run, error) {
	began := time.Now()
	tables, start := filepath.Join(p.dir, "week.json"), filepath.Join(p.dir, "start.txt")
	defer func() { _ = os.Remove(tables) }()
	if err := writeTo(tables, func(f *os.File) error { return w.estimated.WriteTables(f) }); err != nil {
		return nil, err
	}
	if err := os.WriteFile(start, []byte(strings.Join(pairNames(w.start), "\n")), 0o600); err != nil {
		return nil, err
	}
	stated := time.Since(began)
	h, err := listen(ctx, limit, "java", javaMemory, "-cp", p.classes, "peers.Main", tables, start,
		strconv.FormatFloat(limit.Seconds(), 'f', 1, 64), strconv.Itoa(cores))
	if err != nil {
		return nil, err
	}
	r := &Run{
		Case: w.Case, Peer: "timefold", Limit: limit.Seconds(), Version: h.version, Settings: h.settings, Ended: h.status,
		Took: h.took.Seconds(), Ready: (h.ready + stated).Seconds(), MemoryMB: h.memoryMB, Size: w.exact.String(),
	}
	j := newJudge(w)
	for i := range h.answers {
		pairs, err := namesOf(h.answers[i].Pairs, nil)
		if err != nil {
			return nil, err
		}
		a, err := j.judge(pairs)
		if err != nil {
			return nil, err
		}
		a.At, a.Claimed = h.answers[i].At, int64(math.Round(-h.answers[i].Objective))
		r.Answers = append(r.Answers, *a)
	}
	return r, nil
}
