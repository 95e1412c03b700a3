package diag_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"errdex/internal/diag"
)

func page(id string) string { return "https://docs.example.com/docs/errdex-error-" + id }

// sample holds one of each kind of place: a file, a start, a stretch, lines, and text that formats must escape.
func sample() *diag.List {
	list := &diag.List{}
	list.Add(diag.Diagnostic{Span: span("content/a.yaml", [2]int{2, 8}, [2]int{2, 11}), ID: "unknown-value", Message: "50% of a,b: \"c\"\r\nd",
		Hint: "did you mean x?", Related: []diag.Related{{Span: span("content/b c.yaml", [2]int{1, 1}, [2]int{}), Message: "the other"}}})
	list.Add(diag.Diagnostic{Span: diag.Span{File: "content/x,y:z%.yaml"}, ID: "missing-file", Message: "this file is missing"})
	list.Add(diag.Diagnostic{Span: span("content/a.yaml", [2]int{3, 1}, [2]int{5, 2}), Severity: diag.Warning, ID: "folded-prose", Message: "<b> | `x` \x1b[1m\u009b"})
	list.Add(diag.Diagnostic{Span: span("content/a.yaml", [2]int{1, 3}, [2]int{}), ID: "unknown-key", Message: "start only"})
	return list
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := diag.JSON(&out, sample(), page); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`{"file":"content/a.yaml","line":1,"column":3,"end_line":1,"end_column":3,"severity":"error","id":"unknown-key","message":"start only","hint":"","url":"https://docs.example.com/docs/errdex-error-unknown-key"}`,
		`{"file":"content/a.yaml","line":2,"column":8,"end_line":2,"end_column":11,"severity":"error","id":"unknown-value","message":"50% of a,b: \"c\"\r\nd","hint":"did you mean x?","url":"https://docs.example.com/docs/errdex-error-unknown-value"}`,
		`{"file":"content/a.yaml","line":3,"column":1,"end_line":5,"end_column":2,"severity":"warning","id":"folded-prose","message":"<b> | ` + "`x`" + ` \u001b[1m\u009b","hint":"","url":"https://docs.example.com/docs/errdex-error-folded-prose"}`,
		`{"file":"content/x,y:z%.yaml","line":1,"column":1,"end_line":1,"end_column":1,"severity":"error","id":"missing-file","message":"this file is missing","hint":"","url":"https://docs.example.com/docs/errdex-error-missing-file"}`,
	}
	if got := out.String(); got != strings.Join(want, "\n")+"\n" {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestJSONIsReadBack(t *testing.T) {
	text := "\u202eabc\U000E0001\x7f\u2028\u200d"
	list := &diag.List{}
	list.Error(diag.Span{File: "a"}, "x", text)
	var out bytes.Buffer
	if err := diag.JSON(&out, list, nil); err != nil {
		t.Fatal(err)
	}
	for _, r := range out.String() {
		if r > 0x7E && r != '\u200d' {
			t.Errorf("%U is printed as it is", r)
		}
	}
	var back struct{ Message string }
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back.Message != text {
		t.Errorf("%v: %q is not %q", err, back.Message, text)
	}
}

func TestGitHub(t *testing.T) {
	var out bytes.Buffer
	if err := diag.GitHub(&out, sample(), diag.Options{Prefix: "docs/"}); err != nil {
		t.Fatal(err)
	}
	want := `::error file=docs/content/a.yaml,line=1,col=3,title=unknown-key::start only
::error file=docs/content/a.yaml,line=2,endLine=2,col=8,endColumn=11,title=unknown-value::50%25 of a,b: "c"␍%0Ad%0Adid you mean x?%0Adocs/content/b c.yaml:1:1: the other
::warning file=docs/content/a.yaml,line=3,endLine=5,title=folded-prose::<b> | ` + "`x`" + ` ␛[1m<U+009B>
::error file=docs/content/x%2Cy%3Az%25.yaml,title=missing-file::this file is missing
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSummary(t *testing.T) {
	var out bytes.Buffer
	if err := diag.Summary(&out, sample(), diag.Options{URL: page}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"### errdex found 3 errors and 1 warning in 2 files\n",
		"| [`unknown-value`](https://docs.example.com/docs/errdex-error-unknown-value) | error | 1 |\n",
		"| content/a.yaml:3:1 | **warning**: &lt;b> \\| \\`x\\` ␛\\[1m&lt;U\\+009B> `folded-prose` |\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestSARIF(t *testing.T) {
	var out bytes.Buffer
	rules := []diag.Rule{{ID: "folded-prose", Severity: diag.Warning, Doc: "Prose is folded."}}
	src := func(string) ([]byte, error) { return []byte("a\nk🙂e abc\n\n\n5\n"), nil }
	if err := diag.SARIF(&out, sample(), rules, diag.Options{Source: src, URL: page, Prefix: "docs/"}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID, HelpURI string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				RelatedLocations []any
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.Tool.Driver.Name != "errdex" || len(run.Results) != 4 {
		t.Fatalf("%+v", log)
	}
	for _, r := range run.Results {
		if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("rule index %d is %s, not %s", r.RuleIndex, got, r.RuleID)
		}
	}
	// Before the eighth byte stand four bytes that are one unit each and an emoji, which is four bytes and two units.
	r := run.Results[1]
	if region := r.Locations[0].PhysicalLocation.Region; region.StartLine != 2 || region.StartColumn != 6 || region.EndColumn != 9 {
		t.Errorf("%+v", region)
	}
	if len(r.RelatedLocations) != 1 || !strings.HasSuffix(r.Message.Text, "did you mean x?") {
		t.Errorf("%+v", r)
	}
	last := run.Results[3].Locations[0].PhysicalLocation
	if last.Region != nil || last.ArtifactLocation.URI != "docs/content/x,y:z%25.yaml" {
		t.Errorf("%+v", last)
	}
}

// TestColors holds that colours are the only escape sequences, and that without them the text is the same.
func TestColors(t *testing.T) {
	src := func(string) ([]byte, error) { return []byte("code: \x1b[2J1\nkey: value\n\n\n\n"), nil }
	var plain, colored bytes.Buffer
	_ = diag.Text(&plain, sample(), diag.Options{Source: src})
	_ = diag.Text(&colored, sample(), diag.Options{Source: src, Color: true})
	sgr := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	if strings.ContainsRune(plain.String(), 0x1b) || sgr.ReplaceAllString(colored.String(), "") != plain.String() || plain.String() == colored.String() {
		t.Errorf("got\n%q\nwithout colours\n%q", colored.String(), plain.String())
	}
}
