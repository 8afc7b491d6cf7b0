package web_test

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// number gives the whole number that a text begins with.
func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(regexp.MustCompile(`^[\d,]+`).FindString(s), ",", ""))
	require.NoError(t, err)
	return n
}

// text gives what a page says, without its marks.
func text(page string) string { return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ") }

func TestPagesAreWordedAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	for name, w := range states(t) {
		for _, path := range slices.Concat(pages(w), problems) {
			t.Run(name+" "+path, func(t *testing.T) {
				t.Parallel()
				said := text(ask(source{week: w}, "GET", path).Body.String())
				require.Empty(t, regexp.MustCompile(`(?i)\b(pop|offenders?|client|invalid|failed to)\b`).FindAllString(said, -1))
				require.Empty(t, regexp.MustCompile(`\b\d\d:\d\d\b|[^:]\b0\d?(:\d\d)?[ap]m\b|\b\d{4}-\d\d-\d\d\b`).FindAllString(said, -1), "times of 12 hours, dates in words")
			})
		}
	}
}

func TestTitlesAndAddressesNameNobody(t *testing.T) {
	t.Parallel()
	crn := regexp.MustCompile(`[A-Z]\d{6}`)
	for name, w := range states(t) {
		for _, path := range slices.Concat(pages(w), problems) {
			t.Run(name+" "+path, func(t *testing.T) {
				t.Parallel()
				page := ask(source{week: w}, "GET", path).Body.String()
				require.Equal(t, 1, strings.Count(page, "<title>"))
				require.NotRegexp(t, `<script|javascript:|style=|\son[a-z]+=`, page, "nothing that a browser without scripts lacks")
				require.NotRegexp(t, crn, regexp.MustCompile(`<title>.*</title>`).FindString(page))
				for _, m := range regexp.MustCompile(`(?:href|action)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
					require.NotRegexp(t, crn, m[1])
				}
			})
		}
	}
}

// TestLinksWithOneTextLeadToOnePlace holds that whoever hears the links of a page without their table can tell them apart.
func TestLinksWithOneTextLeadToOnePlace(t *testing.T) {
	t.Parallel()
	for name, w := range states(t) {
		for _, path := range slices.Concat(pages(w), problems) {
			t.Run(name+" "+path, func(t *testing.T) {
				t.Parallel()
				page := ask(source{week: w}, "GET", path).Body.String()
				leads := map[string]string{}
				for _, m := range regexp.MustCompile(`<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>`).FindAllStringSubmatch(page, -1) {
					said := text(m[2])
					require.Contains(t, []string{"", m[1]}, leads[said], said)
					leads[said] = m[1]
				}
			})
		}
	}
}

// TestNoLinkLeadsNowhere follows every link of every page.
var digits = regexp.MustCompile(`[0-9]+`)

func TestNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	for name, w := range states(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			for _, path := range slices.Concat(pages(w), problems) {
				page := ask(source{week: w}, "GET", path).Body.String()
				for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
					at, part, within := strings.Cut(html.UnescapeString(m[1]), "#")
					if within {
						require.Contains(t, page, `id="`+part+`"`)
					}
					form := at
					if name == "heavy" { // where pages are large, one of each form
						form = digits.ReplaceAllString(at, "#")
					}
					if at == "" || seen[form] || strings.HasPrefix(at, "/weeks/") && !strings.Contains(at, "W49") {
						continue // the weeks beside it have no roster here
					}
					if name == "heavy" && strings.Contains(at, "/prices") { // which looks for a bound first
						continue
					}
					seen[form] = true
					require.Equal(t, 200, ask(source{week: w}, "GET", at).Code, at)
					require.True(t, at == "/style.css" || strings.Contains(at, "region=") || !strings.Contains(path, "region="), at)
				}
			}
		})
	}
}
