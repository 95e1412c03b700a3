package browser

import (
	"fmt"
	"strings"
	"testing"
)

// body is what a support engineer holds: a response of the Graph API, with values that nobody else may see.
const body = `{
  "error": {
    "message": "Error validating access token: Session has expired on Friday, 26-Apr-24 06:00:00 PDT. The current time is Sunday, 28-Apr-24 03:40:10 PDT.",
    "type": "OAuthException",
    "code": 190,
    "error_subcode": 463,
    "fbtrace_id": "AbcZebraQuagga7"
  }
}`

// finder opens a page of a host of its own; where the site has no search box yet, the test is skipped.
func finder(t *testing.T, url string, v view) (*tab, *host) {
	t.Helper()
	site := realSite(t)
	needs(t, site)
	h := serve(t, site)
	p := open(t, h, v)
	p.allowClipboard()
	p.visit(url)
	return p, h
}

// box describes the search box as assistive technology is told of it.
type box struct {
	Role, Expanded, Controls, Active, Value string
	List                                    bool     // the list is there and can be seen
	Options                                 []string // texts of its options
	Selected                                []int    // which are selected
	ActiveAt                                int      // which of them aria-activedescendant names, or -1
	Said                                    string   // what its status says
}

func (p *tab) box() box {
	p.t.Helper()
	return eval[box](p, `() => {
		const b = [...document.querySelectorAll('[data-finder] input')].find(e => e.checkVisibility()), list = document.getElementById(b.getAttribute('aria-controls'));
		const options = list ? [...list.querySelectorAll('[role=option]')] : [], status = b.closest('[data-finder]').querySelector('[role=status]');
		const a = k => b.getAttribute(k) || '';
		return {
			Role: a('role'), Expanded: a('aria-expanded'), Controls: a('aria-controls'), Active: a('aria-activedescendant'), Value: b.value,
			List: !!list && list.getAttribute('role') === 'listbox' && list.checkVisibility(), Options: options.map(o => o.innerText),
			Selected: options.flatMap((o, i) => o.getAttribute('aria-selected') === 'true' ? [i] : []),
			ActiveAt: options.findIndex(o => o.id && o.id === a('aria-activedescendant')), Said: status ? status.textContent : '',
		};
	}`)
}

const optionCount = `n => document.querySelectorAll('[role=listbox]:not([hidden]) [role=option]').length >= n`

func (p *tab) options(least int) box {
	p.t.Helper()
	p.wait(fmt.Sprint(least, " options"), optionCount, least)
	return p.box()
}

// filled says whether the time of the paste stands in the message of the page.
const filled = "() => [...document.querySelectorAll('.filled')].some(e => /ZebraQuagga7|Friday, 26-Apr-24/.test(e.textContent))"

const inBox = "() => !!document.activeElement.closest('[data-finder]')"

// TestFinderAdvice: who pastes what no page fits is told so, and what to try.
func TestFinderAdvice(t *testing.T) {
	p, _ := finder(t, realSite(t).url("full"), view{width: 390})
	p.press("/")
	p.write("zzqqxx")
	p.wait("an answer", "() => /Nothing here applies/.test(document.querySelector('.finder-list').textContent)")
	for _, place := range []string{".finder-list", ".finder [role=status]"} {
		if got := eval[string](p, "s => document.querySelector(s).textContent", place); !strings.Contains(got, "Try the code alone") {
			t.Errorf("%s says %q", place, got)
		}
	}
}
