package browser

import (
	"strings"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp/kb"
)

// tabTo presses Tab until a thing with a role and a name has the focus.
func (p *tab) tabTo(role, name string) {
	p.t.Helper()
	goals := 0
	for _, x := range p.things(role) {
		if matches(x, role, name) {
			goals++
			node := call(p, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: x.node})
			call(p, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
				ObjectID: node.Object.ObjectID, FunctionDeclaration: "function() { (window.goals ??= []).push(this); }",
			})
		}
	}
	if goals == 0 {
		p.t.Fatalf("there is no %s named %q", role, name)
	}
	defer p.do("() => { delete window.goals; }")
	for range 900 {
		if eval[bool](p, "() => goals.includes(document.activeElement)") {
			return
		}
		p.press(kb.Tab)
	}
	p.t.Fatalf("Tab never reaches a %s named %q; it stands on %v", role, name, p.focused())
}

// hand does a task in one of three ways: with the mouse, with nothing but the keyboard, or with a finger. What it acts on is named by its role and
// its name, as a reader would say it.
type hand struct {
	*tab
	keys   bool
	finger bool // on the screen of a phone
}

func (h hand) String() string { return pick(h.keys, "keyboard", pick(h.finger, "finger", "mouse")) }

// point clicks, or touches.
func (h hand) point(x thing) {
	h.t.Helper()
	if !h.finger {
		h.click(x)
		return
	}
	left, top := h.middle(x)
	h.touch(left, top)
}

// act follows a link, presses a button, opens what can be opened.
func (h hand) act(role, name string) {
	h.t.Helper()
	if !h.keys {
		h.point(h.thing(role, name))
		return
	}
	h.tabTo(role, name)
	h.press(kb.Enter)
}

// enter puts text into a field.
func (h hand) enter(role, name, text string) {
	h.t.Helper()
	if h.keys {
		h.tabTo(role, name)
	} else {
		h.point(h.thing(role, name))
	}
	h.write(text)
}

// choose takes the first option of a drop-down list whose label has these words, with the arrow keys, as both kinds of reader can, and
// returns the whole label.
func (h hand) choose(name, words string) string {
	h.t.Helper()
	x := h.thing("combobox", name)
	if h.keys {
		h.tabTo("combobox", name)
	} else {
		call(h.tab, dom.Focus, dom.FocusParams{BackendNodeID: x.node})
	}
	const label = "() => document.activeElement.selectedOptions ? document.activeElement.selectedOptions[0].text : ''"
	for range 60 {
		if s := eval[string](h.tab, label); strings.Contains(strings.ToLower(s), words) {
			return s
		}
		h.press(kb.ArrowDown)
	}
	h.t.Fatalf("%v has no option with %q", x, words)
	return ""
}

// arrive waits for a page.
func (h hand) arrive(url string) {
	h.t.Helper()
	h.wait("the page "+url, "url => document.readyState === 'complete' && location.pathname + location.hash === url", url)
}
