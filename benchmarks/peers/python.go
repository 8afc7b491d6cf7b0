package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed python
var scripts embed.FS

// python makes a virtual environment with the pinned packages below a folder, unless it is there, and puts the scripts beside it.
// It gives the interpreter and the folder of the scripts.
func python(ctx context.Context, dir string) (interpreter, folder string, err error) {
	folder = filepath.Join(dir, "python")
	if err := os.RemoveAll(folder); err != nil {
		return "", "", err
	}
	if err := os.CopyFS(dir, scripts); err != nil {
		return "", "", err
	}
	wanted, err := scripts.ReadFile("python/requirements.txt")
	if err != nil {
		return "", "", err
	}
	env := filepath.Join(dir, "venv")
	interpreter, stamp := filepath.Join(env, "bin", "python"), filepath.Join(env, "installed.txt")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == string(wanted) {
		return interpreter, folder, nil
	}
	if err := do(ctx, "", "python3", "-m", "venv", "--clear", env); err != nil {
		return "", "", err
	}
	if err := do(ctx, "", interpreter, "-m", "pip", "install", "--quiet", "--requirement", filepath.Join(folder, "requirements.txt")); err != nil {
		return "", "", err
	}
	return interpreter, folder, os.WriteFile(stamp, wanted, 0o600)
}

// do runs a program to its end, and gives what it printed if it fails.
func do(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // programs of ours
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}
