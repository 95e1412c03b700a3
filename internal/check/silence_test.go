package check_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/check"
	"errdex/internal/diag"
)

// said lists what is said of a file: `id: message`, sorted.
func said(list *diag.List, file string) []string {
	var out []string
	for d := range list.All() {
		if d.Span.File == file {
			out = append(out, d.ID+": "+d.Message)
		}
	}
	slices.Sort(out)
	return out
}

func TestSilence(t *testing.T) {
	fsys := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
	}
	const whole = "title: T\nsummary: S\ncauses: [C]\n"
	cases := map[string]struct {
		text string
		want []string
	}{
		"silenced":          {"depth: full\nallow: [{rule: unsourced-page, reason: R}, {rule: unverified-page, reason: R}]\n", nil},
		"one_of_two":        {"depth: full\nallow: [{rule: unsourced-page, reason: R}]\n", []string{"unverified-page: this page does not say when its facts were checked"}},
		"a_warning_of_load": {"code: 0190\nallow: [{rule: unquoted-code, reason: R}]\n", nil},
		"an_error":          {"examples: [{kind: payload, body: x}]\nallow: [{rule: payload-not-json, reason: R}, {rule: payload-without-code, reason: R}]\n", nil},
		"unused":            {"allow: [{rule: orphan-page, reason: R}]\n", []string{"unused-allow: orphan-page finds nothing here"}},
		"unknown":           {"allow: [{rule: orphan-pages, reason: R}]\n", []string{`unknown-rule: there is no rule "orphan-pages"`}},
		"forbidden": {"meaning: \"[x](javascript:x)\"\nallow: [{rule: unsafe-link, reason: R}]\n", []string{
			"forbidden-allow: unsafe-link cannot be silenced", `unsafe-link: a link may not use the scheme "javascript"`}},
		"elsewhere": {"depth: full\n", []string{
			"unsourced-page: this page names no source", "unverified-page: this page does not say when its facts were checked"}},
		"of_a_half_read_file": {"allow: [{rule: orphan-page, reason: R}]\nkeywords: [a\n", []string{"yaml-syntax: this list is not closed"}},
	}
	for name, c := range cases {
		text := whole + c.text
		if !strings.Contains(text, "code:") {
			text += "code: \"1\"\n"
		}
		fsys["content/api/"+name+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	site, m, list := read(t, fsys)
	list.Merge(check.Run(m, today).Filter(func(d diag.Diagnostic) bool { return d.ID != "duplicate-code" }))
	got := check.Silence(site, list)
	for name, c := range cases {
		if all := said(got, "content/api/"+name+".yaml"); !slices.Equal(all, c.want) {
			t.Errorf("%s: got %q, want %q", name, all, c.want)
		}
	}
}

// TestRulesAreDescribed holds that rules are listed once, sorted, each with a sentence.
func TestRulesAreDescribed(t *testing.T) {
	all := check.Rules()
	for i, r := range all {
		if i > 0 && all[i-1].ID >= r.ID {
			t.Errorf("%s comes before %s", all[i-1].ID, r.ID)
		}
		if !strings.HasSuffix(r.Doc, ".") || strings.Contains(r.Doc, "\n") {
			t.Errorf("%s: %q is no sentence on one line", r.ID, r.Doc)
		}
	}
}
