package catalog

import "testing"

// HasAnchor knows what Anchors lists, and nothing else.
func TestHasAnchor(t *testing.T) {
	text := func(s string) Text { return Text{Value: s} }
	d := &Definition{
		Causes:        []Cause{{ID: text("clock")}, {}},
		Fixes:         []Fix{{ID: text("rotate")}},
		Subcodes:      []Subcode{{Code: text("463")}},
		FAQ:           []Question{{ID: text("how-long")}, {}},
		Sections:      []Section{{Title: text("How we handle it")}},
		AnchorAliases: []AnchorAlias{{From: text("old")}},
	}
	all := d.Anchors()
	if len(all) < 10 {
		t.Fatalf("%q", all)
	}
	for _, id := range all {
		if !d.HasAnchor(id) {
			t.Errorf("it has no %q", id)
		}
		for _, other := range []string{id + "x", id[1:], "x" + id} {
			if d.HasAnchor(other) {
				t.Errorf("it has %q", other)
			}
		}
	}
	for _, id := range []string{"", "cause-", "fix-clock", "faq-", "retry"} {
		if d.HasAnchor(id) {
			t.Errorf("it has %q", id)
		}
	}
}
