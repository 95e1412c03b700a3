package render

import (
	"html/template"
	"testing"

	"errdex/internal/markdown"
)

func TestLinkHeadings(t *testing.T) {
	body := `<p>Intro</p><h2 id="one">One <code>x</code></h2><p>a <a href="/b">b</a></p><h3 id="two">See <a href="/c">c</a></h3><h2 id="one-1">One</h2>`
	got := linkHeadings(template.HTML(body), []markdown.Heading{{ID: "one"}, {ID: "two"}, {ID: "one-1"}})
	want := `<p>Intro</p><h2 id="one"><a href="#one">One <code>x</code></a></h2><p>a <a href="/b">b</a></p><h3 id="two">See <a href="/c">c</a> <a href="#two" aria-label="Link to this section">#</a></h3><h2 id="one-1"><a href="#one-1">One</a></h2>`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s\nof   %s", got, want, body)
	}
}
