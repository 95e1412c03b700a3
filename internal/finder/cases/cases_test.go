package cases

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	list, err := Parse("# about\n\n== one: a/1#2, a/3\n{\n}\n\n== two, with: colons: none\n\n== three: b/x\nlast")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 {
		t.Fatalf("%d cases, want 3", len(list))
	}
	if c := list[0]; c.Name != "one" || c.Line != 3 || c.Text != "{\n}" || len(c.Want) != 2 || c.Want[0] != (Page{"a", "1", "2"}) || c.Want[1] != (Page{"a", "3", ""}) {
		t.Errorf("first case: %+v", c)
	}
	if c := list[1]; c.Name != "two, with: colons" || c.Want != nil || c.Text != "" {
		t.Errorf("second case: %+v", c)
	}
	if c := list[2]; c.Text != "last" {
		t.Errorf("third case: %+v", c)
	}
}

func TestParseRefuses(t *testing.T) {
	for data, want := range map[string]string{
		"text\n== a: none":      "line 1: text before",
		"== a\n":                "line 1: heading",
		"== a: b\n":             "line 1: \"b\"",
		"== a: b/\n":            "line 1: \"b/\"",
		"== a: none\n== a: b/c": "line 2: a second case",
		"== a: b/c, none":       "\"none\"",
	} {
		if _, err := Parse(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", data, err, want)
		}
	}
}

func TestJudge(t *testing.T) {
	a, b := Page{"c", "1", "9"}, Page{"c", "2", ""}
	var s Score
	s.Judge(Case{Want: []Page{a}}, Answer{a})
	s.Judge(Case{Want: []Page{a}}, Answer{b, {"c", "1", ""}})
	s.Judge(Case{Want: []Page{b, a}}, Answer{b, a})
	s.Judge(Case{Want: []Page{b, a}}, Answer{b})
	s.Judge(Case{}, nil)
	s.Judge(Case{}, Answer{b})
	if s.Cases != 4 || s.Top1 != 3 || s.Top3 != 4 || s.WithSub != 2 || s.Sub != 1 || s.Several != 2 || s.AllOfThem != 1 || s.None != 2 || s.Rejected != 1 || len(s.Failures) != 4 {
		t.Errorf("%+v", s)
	}
}
