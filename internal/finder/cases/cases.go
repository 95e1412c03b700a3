// Package cases reads files of pastes and where each must lead. Tests of the finder use it, and tests of a whole site, which run
// the same pastes against the real reference.
package cases

import (
	"fmt"
	"strings"
)

// Case is one paste.
type Case struct {
	Name string
	Line int    // of its heading, 1-based
	Want []Page // best first; none where nothing in the reference applies
	Text string
}

// Page is where a paste must lead.
type Page struct{ Collection, Slug, Subcode string }

func (p Page) String() string {
	s := p.Collection + "/" + p.Slug
	if p.Subcode != "" {
		s += "#" + p.Subcode
	}
	return s
}

// Parse reads a file: lines that begin with "#" up to the first heading say what it is; a heading is "== NAME: WANT", with WANT
// "none" or pages as collection/slug#subcode, parted by commas; the lines up to the next heading, without trailing line feeds,
// are the paste. An error names the line.
func Parse(data string) ([]Case, error) {
	var list []Case
	seen := map[string]bool{}
	var body []string
	end := func() {
		if len(list) > 0 {
			list[len(list)-1].Text = strings.TrimRight(strings.Join(body, "\n"), "\n")
		}
		body = nil
	}
	for i, line := range strings.Split(data, "\n") {
		head, ok := strings.CutPrefix(line, "== ")
		if !ok {
			if len(list) == 0 && line != "" && !strings.HasPrefix(line, "#") {
				return nil, fmt.Errorf("line %d: text before the first case", i+1)
			}
			body = append(body, line)
			continue
		}
		end()
		c, err := heading(head)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if seen[c.Name] {
			return nil, fmt.Errorf("line %d: a second case %q", i+1, c.Name)
		}
		seen[c.Name] = true
		c.Line = i + 1
		list = append(list, c)
	}
	end()
	return list, nil
}

func heading(head string) (Case, error) {
	at := strings.LastIndex(head, ": ")
	if at < 1 {
		return Case{}, fmt.Errorf("heading %q: want NAME: WANT", head)
	}
	c := Case{Name: head[:at]}
	want := head[at+2:]
	if want == "none" {
		return c, nil
	}
	for _, w := range strings.Split(want, ", ") {
		page, sub, _ := strings.Cut(w, "#")
		collection, slug, ok := strings.Cut(page, "/")
		if !ok || collection == "" || slug == "" || strings.ContainsAny(w, " \t") {
			return Case{}, fmt.Errorf("%q: want collection/slug#subcode, or none", w)
		}
		c.Want = append(c.Want, Page{collection, slug, sub})
	}
	return c, nil
}

// Answer is what a finder said to a case: its pages, best first, or none where it was not confident.
type Answer []Page

// Score counts how well answers fit their cases.
type Score struct {
	Cases, Top1, Top3  int // with a page
	None, Rejected     int // without one
	WithSub, Sub       int // of those whose first page names a sub-code
	Several, AllOfThem int // of those with several pages: how many had all of them
	Failures           []string
}

// Judge compares one answer with its case.
func (s *Score) Judge(c Case, got Answer) {
	fail := func(why string) {
		s.Failures = append(s.Failures, fmt.Sprintf("line %d, %s: %s: want %v, got %v", c.Line, c.Name, why, c.Want, got))
	}
	if len(c.Want) == 0 {
		s.None++
		if len(got) == 0 {
			s.Rejected++
		} else {
			fail("a page for nothing")
		}
		return
	}
	s.Cases++
	want := c.Want[0]
	place := got.place(want)
	switch {
	case place == 0:
		s.Top1++
	default:
		fail("another page first")
	}
	if place >= 0 && place < 3 {
		s.Top3++
	}
	if want.Subcode != "" {
		s.WithSub++
		if place == 0 && got[0].Subcode == want.Subcode {
			s.Sub++
		} else {
			fail("another sub-code")
		}
	}
	if len(c.Want) > 1 {
		s.Several++
		for _, w := range c.Want {
			if got.place(w) < 0 {
				fail("one is missing")
				return
			}
		}
		s.AllOfThem++
	}
}

// place returns the index of want's page, whatever the sub-code, or -1.
func (a Answer) place(want Page) int {
	for i, p := range a {
		if p.Collection == want.Collection && p.Slug == want.Slug {
			return i
		}
	}
	return -1
}

// Percent returns 100 for nothing of nothing.
func Percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}

func (s *Score) String() string {
	return fmt.Sprintf("%d pastes with a page: top-1 %.1f %%, top-3 %.1f %%, sub-code %.1f %% of %d, all of several %.1f %% of %d; %d without: %.1f %% rejected",
		s.Cases, Percent(s.Top1, s.Cases), Percent(s.Top3, s.Cases), Percent(s.Sub, s.WithSub), s.WithSub,
		Percent(s.AllOfThem, s.Several), s.Several, s.None, Percent(s.Rejected, s.None))
}
