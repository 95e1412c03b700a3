package browser

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// thing is what a reader of the page perceives: a role and a name, and where it stands.
type thing struct {
	role, name string
	node       cdp.BackendNodeID
}

func (x thing) String() string { return fmt.Sprintf("%s %q", x.role, x.name) }

// things returns what the page offers under a role, as assistive technology would be told.
func (p *tab) things(role string) []thing {
	p.t.Helper()
	root := eval[*runtime.RemoteObject](p, "() => document")
	r := call(p, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: root.ObjectID, Role: role})
	var out []thing
	for _, n := range r.Nodes {
		if !n.Ignored {
			out = append(out, thing{text(n.Role), text(n.Name), n.BackendDOMNodeID})
		}
	}
	return out
}

func text(v *accessibility.Value) string {
	var s string
	if v != nil {
		_ = json.Unmarshal([]byte(v.Value), &s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// thing finds the first thing with a role whose name matches a pattern, case aside.
func (p *tab) thing(role, name string) thing {
	p.t.Helper()
	all := p.things(role)
	for _, x := range all {
		if matches(x, role, name) {
			return x
		}
	}
	p.t.Fatalf("there is no %s named %q; there are %v", role, name, all)
	return thing{}
}

func (p *tab) has(role, name string) bool {
	p.t.Helper()
	for _, x := range p.things(role) {
		if matches(x, role, name) {
			return true
		}
	}
	return false
}

func matches(x thing, role, name string) bool {
	return x.role == role && regexp.MustCompile("(?i)"+name).MatchString(x.name)
}

// middle brings a thing into the window and returns where its middle is.
func (p *tab) middle(x thing) (left, top float64) {
	p.t.Helper()
	call(p, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: x.node})
	quads := call(p, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: x.node}).Quads
	if len(quads) == 0 {
		p.t.Fatalf("%v has no place on the page", x)
	}
	q := quads[0]
	return (q[0] + q[4]) / 2, (q[1] + q[5]) / 2
}

// click moves the mouse to the middle of a thing and presses.
func (p *tab) click(x thing) {
	p.t.Helper()
	left, top := p.middle(x)
	at := input.DispatchMouseEventParams{X: left, Y: top}
	for _, kind := range []input.DispatchMouseEventType{"mouseMoved", "mousePressed", "mouseReleased"} {
		at.Type = kind
		if kind != "mouseMoved" {
			at.Button, at.ClickCount = "left", 1
		}
		call(p, input.DispatchMouseEvent, at)
	}
}

// Modifiers of a key.
const (
	ctrl  = chromedp.ModifierCtrl
	meta  = chromedp.ModifierMeta
	shift = chromedp.ModifierShift
)

// touch puts a finger on a place of the window and takes it off.
func (p *tab) touch(x, y float64) {
	p.t.Helper()
	call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: x, Y: y}}})
	call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
}

// press presses a key, one of the kb package or a letter. A letter is part of its key-down event, as it is from a keyboard: a page
// that prevents the one prevents the other.
func (p *tab) press(key string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	for _, r := range key {
		events := kb.Encode(r)
		down, up := *events[0], *events[len(events)-1]
		for _, m := range modifiers {
			down.Modifiers |= int64(m)
			up.Modifiers |= int64(m)
		}
		if len(events) == 3 && down.Modifiers&^int64(shift) == 0 {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		call(p, input.DispatchKeyEvent, down)
		call(p, input.DispatchKeyEvent, up)
	}
}

// write types text into what has the focus, all at once.
func (p *tab) write(s string) {
	p.t.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: s})
}

// paste puts text on the clipboard and presses Ctrl-V. The clipboard belongs to the whole browser: tests that use it do not run
// beside each other.
func (p *tab) paste(s string) {
	p.t.Helper()
	p.do("s => navigator.clipboard.writeText(s)", s)
	p.command("paste", "v", 86)
}

// command presses Ctrl and a key, and has the browser do what it does on that; a headless one has no table of keys.
func (p *tab) command(name, letter string, code int64) {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: "rawKeyDown", Key: letter, Code: "Key" + strings.ToUpper(letter), Modifiers: int64(ctrl), WindowsVirtualKeyCode: code, Commands: []string{name}}
	call(p, input.DispatchKeyEvent, key)
	key.Type, key.Commands = "keyUp", nil
	call(p, input.DispatchKeyEvent, key)
}

// allowClipboard lets the page read and write the clipboard, as a reader who was asked would.
func (p *tab) allowClipboard() {
	p.t.Helper()
	p.permit("granted")
}

// permit answers the browser's question whether the page may use the clipboard.
func (p *tab) permit(setting browser.PermissionSetting) {
	p.t.Helper()
	id := chromedp.FromContext(p.ctx).BrowserContextID
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: setting, Origin: p.host.URL, BrowserContextID: id,
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *tab) clipboard() string {
	p.t.Helper()
	return eval[string](p, "() => navigator.clipboard.readText()")
}

// focused returns the thing that has the focus.
func (p *tab) focused() thing {
	p.t.Helper()
	active := eval[*runtime.RemoteObject](p, "() => document.activeElement || document.body")
	r := call(p, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: active.ObjectID, FetchRelatives: new(bool)})
	if len(r.Nodes) == 0 {
		return thing{}
	}
	n := r.Nodes[0]
	return thing{text(n.Role), text(n.Name), n.BackendDOMNodeID}
}
