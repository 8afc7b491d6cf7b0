package main_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLinksBetweenPagesLead follows every relative link of every page.
func TestLinksBetweenPagesLead(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	followed := 0
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(readFile(t, page), -1) {
			to := path.Join(path.Dir(page), m[1])
			_, err := os.Stat(filepath.Join("../..", filepath.FromSlash(to)))
			require.NoError(t, err, "%s links to %s", page, m[1])
			followed++
		}
	}
	require.Greater(t, followed, 20, "the links were not found")
}

// pages lists the Markdown pages of the tree.
func pages(t *testing.T) []string {
	t.Helper()
	found := []string{"README.md"}
	for _, glob := range []string{"docs/*.md", "docs/*/*.md", "docs/*/*/*.md"} {
		names, err := filepath.Glob(filepath.Join("../..", glob))
		require.NoError(t, err)
		for _, n := range names {
			found = append(found, strings.TrimPrefix(filepath.ToSlash(n), "../../"))
		}
	}
	return found
}
