package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
)

// templateCommand writes empty files to fill in.
type templateCommand struct {
	Out  string `placeholder:"FOLDER" help:"Where the templates are written: a new or empty folder."`
	XLSX bool   `name:"xlsx" help:"Write one workbook with a sheet for each kind of file instead of CSV files."`
}

// Run writes the templates.
func (c *templateCommand) Run(m *Main) error {
	if c.Out == "" {
		return model.Errorf(model.CodeUsage, "Where should the templates go? Give a folder, as in --out templates.")
	}
	out, err := m.newFolder("--out", c.Out, "", nil)
	if err != nil {
		return err
	}
	defer out.drop()
	if err := exchange.WriteTemplates(out.temp, c.XLSX); err != nil {
		return err
	}
	entries, err := os.ReadDir(out.temp)
	if err != nil {
		return fmt.Errorf("list the templates: %w", err)
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the templates in their place: %w", err)
	}
	names := convert(entries, func(e os.DirEntry) string { return filepath.Join(c.Out, e.Name()) })
	return writeOne(m, names, func(names []string) error {
		_, err := fmt.Fprintln(m.Stdout, strings.Join(names, "\n"))
		return err
	})
}
