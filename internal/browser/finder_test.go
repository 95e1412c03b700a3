package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// TestFinderKeys opens the box from everywhere with `/`, Ctrl-K and ⌘-K, and leaves it with Escape for where the reader was.
func TestFinderKeys(t *testing.T) {
	for _, k := range realSite(t).kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p, _ := finder(t, k.url, view{width: 390})
			if p.focused(); eval[bool](p, inBox) {
				t.Error("the box takes the focus by itself")
			}
			open := map[string]func(){"/": func() { p.press("/") }, "Ctrl-K": func() { p.press("k", ctrl) }, "Command-K": func() { p.press("k", meta) }}
			for name, press := range open {
				p.tabTo("link", "All errors")
				press()
				if !eval[bool](p, inBox) {
					t.Fatalf("%s does not open the search box", name)
				}
				if got := p.box(); got.Role != "combobox" || got.Value != "" || got.Expanded != "false" || got.Controls == "" {
					t.Errorf("after %s the box is %+v", name, got)
				}
				p.press(kb.Escape)
				if x := p.focused(); x.name != "All errors" {
					t.Errorf("Escape after %s gives the focus to %v and not back", name, x)
				}
			}
		})
	}
}

// TestFinderLeavesFieldsAlone: a slash typed into another field is a slash.
func TestFinderLeavesFieldsAlone(t *testing.T) {
	p, _ := finder(t, realSite(t).url("index2"), view{})
	p.click(p.thing("searchbox", "^Contains"))
	p.press("/")
	if got := eval[string](p, "() => document.activeElement.value"); got != "/" {
		t.Errorf("the filter says %q after a slash was typed into it", got)
	}
}

// TestFinderCombobox holds the list to the WAI-ARIA combobox pattern while one types, moves, leaves and comes back.
func TestFinderCombobox(t *testing.T) {
	p, _ := finder(t, realSite(t).url("full"), view{width: 390})
	p.press("/")
	p.write("template paused")
	got := p.options(2)
	consistent := func(how string, at int) {
		t.Helper()
		b := p.box()
		if b.Expanded != "true" || !b.List {
			t.Errorf("%s: the list is not open: %+v", how, b)
		}
		if at < 0 && (b.Active != "" || len(b.Selected) > 0) || at >= 0 && (b.ActiveAt != at || len(b.Selected) != 1 || b.Selected[0] != at) {
			t.Errorf("%s: option %d should be selected: %+v", how, at, b)
		}
		if !eval[bool](p, inBox) {
			t.Errorf("%s: the focus has left the box", how)
		}
	}
	start := -1
	if len(got.Selected) > 0 {
		start = 0
	}
	consistent("typed", start)
	n := len(got.Options)
	for i := range n + 1 {
		p.press(kb.ArrowDown)
		consistent(fmt.Sprintf("down %d", i+1), (start+1+i)%n)
	}
	at := (start + 1 + n) % n
	p.press(kb.ArrowUp)
	consistent("up", (at-1+n)%n)
	if !p.has("listbox", ".") {
		t.Error("the list has no name")
	}
	if got.Said == "" {
		t.Error("nothing is said of what was found")
	}
	for i, o := range got.Options {
		if !strings.Contains(strings.ToLower(o), "template") && i == 0 {
			t.Errorf("the first option for \"template paused\" is %q", o)
		}
	}
	p.press(kb.Escape)
	if b := p.box(); b.Expanded != "false" || b.List || b.Active != "" {
		t.Errorf("after Escape the list is %+v", b)
	}
	p.press("/")
	p.press(kb.ArrowDown)
	p.options(2)
	p.press(kb.Tab)
	if b := p.box(); b.List || b.Expanded != "false" {
		t.Errorf("the list stays open when the focus goes on: %+v", b)
	}
	report(t, "combobox", p.troubles())
}

// TestFinderPaste pastes a response and lands on the place of its sub-code, with the values of the paste in the message.
func TestFinderPaste(t *testing.T) {
	site := realSite(t)
	for _, from := range []string{"/", site.url("index1"), site.url("stub"), site.url("full"), "/docs/nothing-is-here"} {
		p, h := finder(t, from, view{width: 1280})
		p.press("/")
		p.paste(body)
		first := p.options(1)
		if !strings.Contains(first.Options[0], "190") || len(first.Selected) != 1 {
			t.Fatalf("%s: the paste finds %+v", from, first)
		}
		if !strings.Contains(first.Options[0], "463") || !strings.Contains(first.Options[0], "code") {
			t.Errorf("%s: the option does not say why: %q", from, first.Options[0])
		}
		p.press(kb.Enter)
		(hand{tab: p}).arrive("/docs/whatsapp-error-190#subcode-463")
		p.wait("the sub-code in the window", `() => {
			const e = document.getElementById('subcode-463'), r = e && e.getBoundingClientRect();
			return !!e && r.top >= 0 && r.bottom <= innerHeight && e.matches(':target');
		}`)
		if !p.within(patience/10, filled) {
			t.Errorf("%s: the message on the landing page does not show the values of the paste", from)
		}
		if title := eval[string](p, "() => document.title"); !strings.Contains(title, "190") {
			t.Errorf("%s: the landing page is titled %q", from, title)
		}
		// The page that was put in place behaves as one that was loaded.
		p.click(p.thing("button", "^Copy for ticket$"))
		p.heard("Copied")
		if n := eval[int](p, "() => document.querySelectorAll('h1').length"); n != 1 {
			t.Errorf("%s: the landing page has %d h1", from, n)
		}
		report(t, from, p.check("outline"))
		report(t, from, p.troubles("404"))
		p.press("/")
		p.write("131047")
		if got := p.box().Value; got != "131047" {
			t.Errorf("%s: after a paste and a slash, what is typed goes behind what was pasted: %.30q", from, got)
			p.press("a", ctrl)
			p.write("131047")
		}
		p.wait("131047 to be found", "() => /^131047/.test(([...document.querySelectorAll('[role=option]')][0] || { innerText: '' }).innerText)")
		p.press(kb.Enter)
		(hand{tab: p}).arrive("/docs/whatsapp-error-131047")
		p.do("() => history.back()")
		(hand{tab: p}).arrive("/docs/whatsapp-error-190#subcode-463")
		p.wait("the page that was left", "() => document.querySelector('h1').innerText.includes('190') && document.title.includes('190')")
		p.do("() => location.reload()")
		p.wait("the reload", "() => performance.getEntriesByType('navigation')[0].type === 'reload' && document.querySelector('h1').innerText.includes('190')")
		h.release()
		report(t, from, p.troubles("404"))
	}
}

// TestFinderUnfolds lands on a text that its page keeps folded: it is open, with the value of the paste.
func TestFinderUnfolds(t *testing.T) {
	p, _ := finder(t, "/", view{width: 1280})
	p.press("/")
	p.paste("131009 Interactive Message type, `sticker` not supported. Supported types [`button`, `list`]")
	p.options(1)
	p.press(kb.Enter)
	(hand{tab: p}).arrive("/docs/whatsapp-error-131009")
	p.wait("the value in its text", "() => { const h = document.querySelector('.more .filled'); return !!h && h.textContent === 'sticker' && h.checkVisibility(); }")
}

// TestFinderUndo takes a paste of many lines back as any other, and does it again: all of it is read again, not only what the box shows.
func TestFinderUndo(t *testing.T) {
	site := realSite(t)
	needs(t, site)
	p := open(t, serve(t, site), view{width: 1024, height: 768})
	p.allowClipboard()
	p.visit("/")
	p.press("/")
	p.write("131026")
	p.options(1)
	p.paste("\nstarted\nstill running\nerror code 190, subcode 463\n" + strings.Repeat("at handler (app.js:10)\n", 60))
	read := "() => /63 lines read/.test(document.querySelector('[role=listbox]').innerText)"
	const value = "() => document.activeElement.value"
	p.wait("the answer to all lines", read)
	first := p.options(1).Options[0]
	for range 2 {
		p.command("undo", "z", 90)
		p.wait("what was there before", "() => document.activeElement.value === '131026' && !/lines read/.test(document.querySelector('[role=listbox]').innerText)")
		p.command("redo", "y", 89)
		p.wait("all lines again", read)
		if again := p.options(1).Options[0]; again != first || !strings.HasPrefix(eval[string](p, value), "131026started still running") {
			t.Errorf("done again it finds %+v and shows %.60q, before %+v", again, eval[string](p, value), first)
		}
	}
	p.write("x")
	p.wait("that what was typed behind the paste counts", "() => !/lines read/.test(document.querySelector('[role=listbox]').innerText)")
}

// TestFinderLines pastes a log of many lines, with the error in the last: all of it is read, the box shows its beginning on one line and says
// how much it has. What is typed behind a word stays behind it, and dropping a text is as good as pasting it.
func TestFinderLines(t *testing.T) {
	p, _ := finder(t, "/", view{})
	log := strings.Repeat("2026-03-01T10:00:00Z INFO worker=7 queue is empty\n", 40) + body
	p.press("/")
	p.paste(log)
	got := p.options(1)
	if !strings.HasPrefix(got.Options[0], "190") {
		t.Errorf("the error in the last lines is not found: %q", got.Options)
	}
	if !strings.HasPrefix(got.Value, "2026-03-01T10:00:00Z INFO worker=7 queue is empty 2026-03-01") || strings.Contains(got.Value, "\n") || len(got.Value) > 600 {
		t.Errorf("the box shows %q", got.Value)
	}
	if says := eval[string](p, "() => document.querySelector('[role=listbox]').innerText"); !strings.Contains(says, "49 lines") {
		t.Errorf("the list does not say how many lines were read: %q", says)
	}
	p.press("a", ctrl)
	p.write("please see ")
	p.paste("{\n\"error\": {\"code\": 131047}\n}")
	p.wait("131047", "() => /^131047/.test((document.querySelector('[role=option]') || { innerText: '' }).innerText)")
	if got := p.box().Value; !strings.HasPrefix(got, "please see { ") {
		t.Errorf("what was typed before the paste is gone: %q", got)
	}
	p.do(`text => {
		const data = new DataTransfer();
		data.setData('text/plain', text);
		document.querySelector('[data-finder] input').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
	}`, body)
	p.wait("190", "() => /^190/.test((document.querySelector('[role=option]') || { innerText: '' }).innerText)")
}

// TestFinderBeforeData types a code and presses Enter while the engine and its data hang on the network: the reader gets there, for
// every collection, and a code that nobody has is said to have no page.
func TestFinderBeforeData(t *testing.T) {
	for _, c := range []struct{ text, to string }{
		{"131047", "/docs/whatsapp-error-131047"}, {" 190 ", "/docs/whatsapp-error-190"}, {"(#131030)", "/docs/whatsapp-error-131030"},
		{"waba_webhook_conflict", "/docs/dualhook-error-waba_webhook_conflict"}, {"999999", ""},
	} {
		p, h := finder(t, realSite(t).url("stub"), view{})
		h.hold("/assets/finder.")
		p.press("/")
		p.write(c.text)
		if !p.within(patience/10, "() => { const l = document.querySelector('[role=listbox]'); return l.checkVisibility() && l.innerText.trim() !== ''; }") {
			t.Errorf("%q: nothing shows that it was heard", c.text)
		}
		p.press(kb.Enter)
		if c.to == "" {
			p.wait("a word that there is no page", "() => /no page/i.test(document.querySelector('[role=listbox]').innerText)")
			continue
		}
		if !p.within(patience/6, "url => location.pathname === url && document.readyState === 'complete'", c.to) {
			t.Errorf("%q and Enter without the data do not go to %s", c.text, c.to)
		}
	}
}

// TestFinderBeforeScript types into the box before its script has arrived: the text is not lost.
func TestFinderBeforeScript(t *testing.T) {
	p, h := finder(t, "/", view{})
	p.spoiled = true
	call(p, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	h.hold("/assets/findbox.")
	p.do("() => { setTimeout(() => location.assign('/docs/whatsapp-error-131031')); }")
	p.wait("the box", "() => location.pathname.endsWith('131031') && !!document.querySelector('[data-finder] input')")
	if eval[bool](p, "() => document.readyState === 'complete'") {
		t.Fatal("the script was not held back: this test tests nothing")
	}
	p.do("() => document.querySelector('[data-finder] input').focus()")
	p.write("131047")
	p.press(kb.Enter) // nothing hears it yet; the reader stays and the text does too
	if at := eval[string](p, "() => location.pathname + location.search"); at != "/docs/whatsapp-error-131031" {
		t.Errorf("Enter before the script has come goes to %s", at)
	}
	h.release()
	p.wait("the script", "() => document.readyState === 'complete'")
	if !p.within(patience/6, optionCount, 1) {
		t.Error("what was typed before the script had arrived is not looked for")
	}
}

// TestFinderFails: where the engine cannot be had, the box says so, whether that is known before the first letter or after it.
func TestFinderFails(t *testing.T) {
	p, h := finder(t, realSite(t).url("stub"), view{})
	h.unplug()
	p.press("/")
	p.do("() => new Promise(r => setTimeout(r, 500))")
	p.write("token expired")
	p.wait("a word that it failed", "() => /could not|cannot|offline/i.test(document.querySelector('[role=listbox]').innerText)")
}

// TestFinderOffline goes on without a network once the data is there.
func TestFinderOffline(t *testing.T) {
	p, h := finder(t, "/", view{})
	p.press("/")
	p.write("131047")
	p.options(1)
	h.unplug()
	p.press("a", ctrl)
	p.write("business account locked")
	p.wait("options without a network", "() => /131031/.test(document.querySelector('[role=listbox]').innerText)")
}

// TestFinderNothing: where nothing applies it says so, selects nothing, and Enter stays.
func TestFinderNothing(t *testing.T) {
	p, _ := finder(t, "/", view{})
	before := len(call(p, page.GetNavigationHistory, cdp.Empty{}).Entries)
	p.press("/")
	for _, s := range []string{"the quick brown fox jumps over the lazy dog", "order 190 shipped at 17:45 for 130 euro, thank you", `{"object":"whatsapp_business_account","entry":[{"id":"1029384756","changes":[]}]}`} {
		p.press("a", ctrl)
		p.write(s)
		p.wait("a word that nothing applies", "() => /nothing/i.test(document.querySelector('[role=listbox]').innerText) && /nothing/i.test(document.querySelector('[data-finder] [role=status]').textContent)")
		if b := p.box(); len(b.Selected) > 0 || b.Active != "" {
			t.Errorf("%q selects %+v", s, b)
		}
		p.press(kb.Enter)
	}
	if at := eval[string](p, "() => location.pathname"); at != "/" {
		t.Errorf("nothing was found and Enter went to %s", at)
	}
	if n := len(call(p, page.GetNavigationHistory, cdp.Empty{}).Entries); n != before {
		t.Errorf("%d entries of the history and not %d", n, before)
	}
}
