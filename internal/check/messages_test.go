package check_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/diag"
	"errdex/internal/finder"
)

// TestMessagesStandOnPages holds that every message that the cases of load and of this package print is, but for what varies
// in it, the message or a variant of the rule's page: what an author pastes then finds the page.
func TestMessagesStandOnPages(t *testing.T) {
	forms := map[string][]*regexp.Regexp{}
	for id, d := range referencePages(t) {
		forms[id] = append(forms[id], form(t, d.Message))
		for _, v := range d.Variants {
			forms[id] = append(forms[id], form(t, v.Text))
		}
	}
	tried := 0
	for _, pattern := range []string{"testdata/rules/*.txtar", "../load/testdata/*.txtar"} {
		cases, _ := filepath.Glob(pattern)
		for _, name := range cases {
			_, fsys := archive(t, name)
			site, m, list := read(t, fsys)
			list.Merge(check.Run(m, today))
			for d := range check.Silence(site, list).All() {
				tried++
				if !matches(forms[d.ID], d) {
					t.Errorf("content/errdex/%s.yaml has no message or variant like %q", d.ID, d.Message)
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("%d messages are too few to show anything", tried)
	}
}

// form is a message with anything for its holes.
func form(t *testing.T, text catalog.Text) *regexp.Regexp {
	template, err := finder.ParseTemplate(text.Value)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range template.Parts {
		if p.Hole {
			b.WriteString("(?s:.*)")
		} else {
			b.WriteString(regexp.QuoteMeta(p.Text))
		}
	}
	return regexp.MustCompile("^" + b.String() + "$")
}

func matches(forms []*regexp.Regexp, d diag.Diagnostic) bool {
	for _, f := range forms {
		if f.MatchString(d.Message) {
			return true
		}
	}
	return false
}
