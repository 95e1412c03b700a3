package finder

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestParseTemplate(t *testing.T) {
	lit := func(s string, at int) Part { return Part{Text: s, Offset: at} }
	hole := func(s string, at int) Part { return Part{Text: s, Hole: true, Offset: at} }
	for s, want := range map[string][]Part{
		"":                     nil,
		"plain":                {lit("plain", 0)},
		"{a}":                  {hole("a", 0)},
		"x {a_1} y":            {lit("x ", 0), hole("a_1", 2), lit(" y", 7)},
		"{a}{b}":               {hole("a", 0), hole("b", 3)},
		"{{a}}":                {lit("{a}", 0)},
		"x{{a}}y{b}":           {lit("x{a}y", 0), hole("b", 7)},
		"{A} {} {a b} { {a":    {lit("{A} {} {a b} { {a", 0)},
		"{{a}":                 {lit("{", 0), hole("a", 1)},
		"{a}}":                 {hole("a", 0), lit("}", 3)},
		"{{{a}}}":              {lit("{{a}}", 0)},
		`{"error":{"code":1}}`: {lit(`{"error":{"code":1}}`, 0)},
		"é{x}":                 {lit("é", 0), hole("x", 2)},
	} {
		got, err := ParseTemplate(s)
		if err != nil || !reflect.DeepEqual(got.Parts, want) {
			t.Errorf("%q: %+v, %v, want %+v", s, got.Parts, err, want)
		}
	}
	for s, at := range map[string]int{"ab\xff": 2, "a\x00": 1, "é\x7f": 2} {
		_, err := ParseTemplate(s)
		var te *TemplateError
		if !errors.As(err, &te) || te.Offset != at {
			t.Errorf("%q: %v, want an error at %d", s, err, at)
		}
	}
	if got, _ := ParseTemplate("a {x} b {y} {x}"); strings.Join(got.Holes(), " ") != "x y x" {
		t.Errorf("holes %v", got.Holes())
	}
}

// The parts of a template, put together, are its source.
func FuzzParseTemplate(f *testing.F) {
	f.Add("x {a} {{b}} {")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseTemplate(s)
		if err != nil {
			return
		}
		var back strings.Builder
		for i, p := range got.Parts {
			if p.Offset < 0 || p.Offset > len(s) || p.Hole && !strings.HasPrefix(s[p.Offset:], "{"+p.Text+"}") {
				t.Fatalf("%q: part %d at %d", s, i, p.Offset)
			}
			if p.Hole {
				back.WriteString("{" + p.Text + "}")
			} else {
				back.WriteString(p.Text)
			}
		}
		plain := newReader().hole.ReplaceAllStringFunc(s, func(m string) string {
			return strings.Replace(strings.Replace(m, "{{", "{", 1), "}}", "}", 1)
		})
		if back.String() != plain {
			t.Fatalf("%q: parts make %q, want %q", s, back.String(), plain)
		}
	})
}

// withoutHoles and appendHoles do by hand what expressions say.
func TestHoles(t *testing.T) {
	hole, shape := regexp.MustCompile(`[A-Za-z0-9]*\{[a-z0-9_]+\}[A-Za-z0-9]*`), regexp.MustCompile(holeShape)
	r := rand.New(rand.NewPCG(8, 9))
	parts := []string{"{", "}", "{a}", "{{a}}", "{a1_b}", "{A}", "{}", "x", "X9", " ", "_", "é", "…", ".", "{a"}
	for range 5000 {
		s := ""
		for range r.IntN(9) {
			s += parts[r.IntN(len(parts))]
		}
		if got, want := withoutHoles(s), hole.ReplaceAllString(s, " "); got != want {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
		if got, want := string(appendHoles(nil, s)), strings.Join(shape.FindAllString(s, -1), ""); got != want {
			t.Fatalf("%q: holes %q, want %q", s, got, want)
		}
	}
}
