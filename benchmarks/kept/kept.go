// Package kept keeps what benchmarks measured, so that a run that was stopped goes on where it was.
package kept

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// longestLine bounds one result, in bytes.
const longestLine = 64 << 20

// File is a file of results, one a line, as JSON.
type File[T any] struct {
	path string
	Rows []T
}

// Open reads what was measured before; a file that is not there yet holds nothing, and its folder is made. A last line that was cut
// short, because the machine stopped, is taken out.
func Open[T any](path string) (*File[T], error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	f := &File[T]{path: path}
	file, err := os.Open(path) //nolint:gosec // the file that was named
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestLine)
	var bad error
	for n := 1; lines.Scan(); n++ {
		if bad != nil {
			return nil, bad
		}
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			bad = fmt.Errorf("%s, line %d: %w; expected a result. Take the line out to have it measured again", path, n, err)
			continue
		}
		f.Rows = append(f.Rows, row)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if bad != nil {
		return f, f.rewrite()
	}
	return f, nil
}

// rewrite leaves only whole lines in the file.
func (f *File[T]) rewrite() error {
	var body []byte
	for i := range f.Rows {
		line, err := json.Marshal(&f.Rows[i])
		if err != nil {
			return err
		}
		body = append(append(body, line...), '\n')
	}
	next := f.path + ".new"
	if err := os.WriteFile(next, body, 0o600); err != nil {
		return err
	}
	return os.Rename(next, f.path)
}

// Add keeps a result, on the disk before it returns.
func (f *File[T]) Add(row *T) error {
	line, err := json.Marshal(row)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	f.Rows = append(f.Rows, *row)
	return nil
}
