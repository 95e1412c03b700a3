package link_test

import (
	"slices"
	"strings"
	"testing"

	"errdex/internal/link"
)

func TestAnchorAliases(t *testing.T) {
	p := small()
	p["content/api/190.yaml"] += "anchor_aliases:\n  - {from: fix-turn, to: fix-rotate}\n  - {from: fix-renew, to: fix-rotate}\n  - {from: why, to: causes}\n"
	p["content/guides/tokens.md"] += "[old](error:190#fix-turn) and [new](/docs/api-error-190#why)\n"
	m := p.link(t)
	page, _ := m.At("/docs/api-error-190")
	if got := m.ExtraIDs(page.Definition); !slices.Equal(got["fix-rotate"], []string{"fix-turn", "fix-renew"}) || !slices.Equal(got["causes"], []string{"why"}) || len(got) != 2 {
		t.Errorf("%v", got)
	}
	if anchors := m.Anchors(page.Definition); !slices.Contains(anchors, "fix-turn") || !slices.Contains(anchors, "why") {
		t.Errorf("%v", anchors)
	}
	if other, _ := m.At("/docs/api-error-7"); m.ExtraIDs(other.Definition) != nil {
		t.Error("a page without aliases has some")
	}
	for line, want := range map[string]string{
		"{from: fix-rotate, to: causes}":                           "duplicate-alias: the page has an anchor #fix-rotate of its own",
		"{from: a, to: causes}, {from: a, to: fixes}":              "duplicate-alias: the anchor alias a is there twice",
		"{from: old, to: fix-rotat}":                               "unresolved-anchor: this page has no anchor #fix-rotat",
		"{from: old, to: older}, {from: older, to: causes}":        "unresolved-anchor: this page has no anchor #older",
		"{from: \"a b\", to: causes}":                              `invalid-anchor: "a b" cannot be an anchor`,
		"{from: \"<img src=x onerror=alert(1)>\", to: fix-rotate}": "invalid-anchor",
	} {
		p := small()
		p["content/api/190.yaml"] += "anchor_aliases: [" + line + "]\n"
		_, list := p.try(t)
		got := ids(list)
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %v, want %s", line, got, want)
			continue
		}
		if d := list.Sorted()[0]; d.Span.Start.Line < 9 || d.Hint == "" {
			t.Errorf("%s: %+v", line, d)
		}
	}
}

func TestAllRedirects(t *testing.T) {
	p := small()
	p["content/guides/tokens.md"] = strings.Replace(p["content/guides/tokens.md"], "title:", "aliases: [keys, /old/keys]\ntitle:", 1)
	var got []string
	for _, r := range p.link(t).AllRedirects() {
		got = append(got, r.From+" "+r.To)
	}
	want := []string{
		"/docs/api-error-seven /docs/api-error-7", "/docs/api-error-seven.json /docs/api-error-7.json", "/docs/api-error-seven.md /docs/api-error-7.md",
		"/docs/keys /docs/tokens", "/docs/keys.md /docs/tokens.md", "/old/keys /docs/tokens", "/old/keys.md /docs/tokens.md",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestGroupAnchors holds that withdrawing the last code of a group takes no anchor away.
func TestGroupAnchors(t *testing.T) {
	p := small()
	page, _ := p.link(t).At("/docs/api-errors")
	before := link.GroupAnchors(page.Collection)
	p["content/api/190.yaml"] += "status: removed\n"
	page, _ = p.link(t).At("/docs/api-errors")
	if after := link.GroupAnchors(page.Collection); !slices.Equal(before, after) || !slices.Equal(after, []string{"group-access"}) {
		t.Errorf("%v became %v", before, after)
	}
}
