package browser

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
)

//go:embed testdata/checks.js
var checks string

// check runs one of the measures of testdata/checks.js and returns its findings.
func (p *tab) check(measure string, args ...any) []string {
	p.t.Helper()
	return eval[[]string](p, expression()+"."+measure, args...)
}

// expression is testdata/checks.js without the comment before it.
func expression() string { return strings.TrimSpace(checks[strings.Index(checks, "(() =>"):]) }

// report fails a test with the first findings of a long list.
func report(t testing.TB, where string, found []string) {
	t.Helper()
	if len(found) == 0 {
		return
	}
	const most = 12
	more := ""
	if len(found) > most {
		more = fmt.Sprintf("\n  and %d more", len(found)-most)
		found = found[:most]
	}
	t.Errorf("%s:\n  %s%s", where, strings.Join(found, "\n  "), more)
}

// findings gathers what is found in several views of one page, so that a fault that all of them have is told once.
type findings struct {
	order []string
	where map[string][]string
}

func (f *findings) add(where string, found []string) {
	if f.where == nil {
		f.where = map[string][]string{}
	}
	for _, s := range found {
		if f.where[s] == nil {
			f.order = append(f.order, s)
		}
		f.where[s] = append(f.where[s], where)
	}
}

func (f *findings) report(t testing.TB, page string) {
	t.Helper()
	var lines []string
	for _, s := range f.order {
		lines = append(lines, fmt.Sprintf("%s [%s]", s, strings.Join(f.where[s], ", ")))
	}
	report(t, page, lines)
}

// landmarks compares the landmarks of a page with those every page has: one header, one main, one footer, and navigation with
// names that tell them apart.
func (p *tab) landmarks() []string {
	p.t.Helper()
	var out []string
	for _, role := range []string{"banner", "main", "contentinfo"} {
		if n := len(p.things(role)); n != 1 {
			out = append(out, fmt.Sprintf("%d landmarks of the role %s", n, role))
		}
	}
	names := map[string]bool{}
	for _, x := range append(p.things("navigation"), p.things("region")...) {
		switch {
		case x.name == "":
			out = append(out, "a "+x.role+" without a name")
		case names[x.name]:
			out = append(out, fmt.Sprintf("two landmarks named %q", x.name))
		}
		names[x.name] = true
	}
	return out
}
