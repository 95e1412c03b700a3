// The search box: what is pasted or typed in it goes to the engine in a worker of this page, and nowhere else. No request, address,
// history entry or storage holds any of it. The one request that follows from a paste is the one for the page that the reader goes
// to; that page is fetched here and put in place of this one, so that the values found in the paste can be shown in its message
// without leaving memory. Whenever that does not work out, the browser goes there in the ordinary way, without them.
(() => {
  'use strict';
  const me = document.currentScript.src;
  const make = (tag, cls, text = '') => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  let worker, loaded, failed, busy, asked, shown = location.pathname;
  let form, box, list, said, held, text, options, active, sure, eager, before;

  // ---- the engine

  const start = () => {
    if (worker) return;
    failed = false;
    busy = true;
    worker = new Worker(form.dataset.engine);
    worker.onmessage = ({ data }) => {
      if (data.failed) return lost();
      loaded = true;
      busy = false;
      if (asked) send();
      else heard(data);
    };
    worker.onerror = lost;
    worker.postMessage({ index: form.dataset.index.split(' ').map(url => new URL(url, location).href) });
  };

  // Without engine or data the box says so, and the next key tries again.
  const lost = () => {
    worker?.terminate();
    worker = null;
    failed = true;
    heard({});
  };

  // Only the last text counts: while the engine is busy with one, the next waits and those between are forgotten.
  const send = () => {
    asked = busy;
    if (busy) return;
    busy = true;
    worker.postMessage({ text });
  };

  // ---- the list

  const close = () => {
    list.hidden = true;
    box.setAttribute('aria-expanded', false);
    pick(-1);
  };

  const note = words => {
    list.append(Object.assign(make('div', 'finder-note', words), { ariaHidden: 'true' }));
    said.textContent = words;
  };

  const open = () => {
    options = [];
    list.replaceChildren();
    list.hidden = false;
    box.setAttribute('aria-expanded', true);
  };

  const pick = i => {
    active = i;
    options.forEach((o, n) => o.setAttribute('aria-selected', n === i));
    if (i < 0) box.removeAttribute('aria-activedescendant');
    else {
      box.setAttribute('aria-activedescendant', options[i].id);
      options[i].scrollIntoView({ block: 'nearest' });
    }
  };

  const changed = () => {
    text = held || box.value;
    sure = eager = false;
    if (!/\S/.test(text)) return close();
    if (!loaded) {
      open();
      note('Reading …');
    }
    start();
    send();
  };

  // An answer of the engine; an empty one says that its data has arrived.
  const heard = ({ matches, confident }) => {
    if (!text || document.activeElement !== box) return;
    if (failed) {
      open();
      return note('The search could not be loaded.');
    }
    if (!matches) return send();
    open();
    sure = confident;
    options = matches.map((m, i) => {
      const o = make('div', 'finder-option');
      Object.assign(o, { id: 'finder-' + i, role: 'option', match: m });
      o.append(make('span', 'finder-code', m.code), make('span', 'finder-title', m.title), make('span', 'finder-why', m.why));
      o.onpointerdown = e => e.preventDefault();
      o.onclick = e => e.ctrlKey || e.metaKey ? window.open(m.url, '_blank', 'noopener') : go(m);
      return o;
    });
    const n = matches.length, first = n ? `${matches[0].code} ${matches[0].title}` : '';
    const none = 'Nothing here applies. Try the code alone, or a few words of its message.';
    if (!sure) note(n ? 'Nothing certain. The nearest:' : none);
    list.append(...options);
    const lines = held.split('\n').length;
    note((lines > 1 ? `${lines} lines read. ` : '') + 'What you paste stays in this browser.');
    said.textContent = sure ? `${n} found. ${first}` : n ? `Nothing certain. ${n} near.` : none;
    pick(sure ? 0 : -1);
    if (eager && sure) go(matches[0]);
  };

  const enter = () => {
    if (options[active]) return options[active].onclick({});
    eager = true;
    const code = /^[\s"'(#]*((?=\D*\d|.*_)\w[\w.-]{0,40})[\s"'),.]*$/.exec(text || '');
    if (loaded || !code) return;
    go(...JSON.parse(form.dataset.routes || '[]').map(r => ({ url: r.url.replace('{slug}', code[1]) })));
  };

  // ---- going there

  // To the page of a match; of several, which are guesses without data, to the first that is there.
  const go = async (match, ...others) => {
    if (!match) {
      open();
      return note('There is no page for this code.');
    }
    const to = new URL(match.url, location);
    if (to.pathname === location.pathname) {
      box.value = held = '';
      changed();
      return land(to, match);
    }
    try {
      const answer = await fetch(to.pathname);
      if (answer.status === 404) return go(...others);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const sheet = d => d.querySelector('link[rel=stylesheet]').getAttribute('href');
      if (!answer.ok || sheet(page) !== sheet(document)) throw 0;
      history.pushState(null, '', to.pathname);
      shown = to.pathname;
      const head = d => [...d.head.children].filter(e => !e.matches('script[src],[rel=stylesheet],[rel=icon]'));
      head(document).forEach(e => e.remove());
      document.head.append(...head(page));
      document.body.replaceWith(page.body);
      // The scripts of the page run as they would have; this one is running.
      for (const { src } of document.querySelectorAll('head script[src]')) {
        if (src !== me) document.head.append(Object.assign(make('script', ''), { src, onload() { this.remove(); } }));
      }
      attach();
      land(to, match);
      document.dispatchEvent(new Event('errdex:page'));
    } catch {
      location.assign(to);
    }
  };

  // Shows and focuses the place that an address names; the fragment is set by the browser, so that :target holds.
  const land = (to, match) => {
    fill(match);
    if (to.hash) location.replace(to.hash);
    else scrollTo(0, 0);
    const spot = to.hash && document.getElementById(decodeURIComponent(to.hash.slice(1))) || document.querySelector('h1');
    spot.tabIndex = -1;
    spot.focus({ preventScroll: true });
  };

  // Puts the values found in the paste into the holes of the message that it had, as text.
  const fill = match => {
    if (!match.message) return;
    const whole = match.message.replace(/\{\{([a-z0-9_]+)\}\}/g, '{$1}');
    for (const block of new Set([...document.querySelectorAll('[data-hole]')].map(h => h.parentElement))) {
      if (block.textContent.replace(/\s+/g, ' ').trim() !== whole) continue;
      block.querySelectorAll('[data-hole]').forEach((hole, i) => {
        hole.textContent = match.values[i].text || hole.textContent;
        hole.classList.add('filled');
      });
      block.closest('details')?.setAttribute('open', '');
      block.after(make('p', 'finder-note', 'Filled in from your paste, in this tab only.'));
    }
  };

  addEventListener('popstate', () => { if (location.pathname !== shown) location.reload(); });

  // ---- the box

  const attach = () => {
    form = [...document.querySelectorAll('[data-finder]')].find(f => f.offsetParent) || document.querySelector('[data-finder]');
    if (!form) return;
    box = form.querySelector('input');
    list = Object.assign(make('div', 'finder-list'), { id: 'finder-list', role: 'listbox', ariaLabel: 'Pages', hidden: true });
    said = Object.assign(make('p', 'vh'), { role: 'status' });
    form.append(list, said);
    options = [];
    // A list beside a text is a combobox, and a combobox is an input of one line (ARIA in HTML; a textarea may have no other role).
    // No help from a speller that asks its maker.
    const ways = { role: 'combobox', 'aria-expanded': false, 'aria-controls': 'finder-list', 'aria-autocomplete': 'list', writingsuggestions: false };
    for (const k in ways) box.setAttribute(k, ways[k]);
    held = '';
    let brief, whole; // the last long paste: what the box shows of it, and all of it
    box.onfocus = start;
    box.oninput = () => {
      held = box.value === brief ? whole : ''; // taken back and done again, it is whole again
      changed();
    };
    // A text of several lines is kept beside the box, which shows its beginning: one line cannot hold it, and laying out
    // megabytes would freeze the page.
    box.onpaste = box.ondrop = e => {
      const all = (e.clipboardData || e.dataTransfer).getData('text').trim();
      if (all.length < 500 && !all.includes('\n')) return;
      e.preventDefault();
      box.focus();
      if (e.type === 'drop') box.select();
      const { value, selectionStart: a, selectionEnd: b } = box, short = all.slice(0, 500).replace(/\s+/g, ' ') + (all[500] ? '…' : '');
      brief = value.slice(0, a) + short + value.slice(b);
      whole = value.slice(0, a) + all + value.slice(b);
      // The one way to put text into a field that can be taken back with Ctrl+Z.
      if (!document.execCommand('insertText', false, short)) {
        box.value = brief;
        box.oninput();
      }
      box.scrollLeft = 0;
    };
    box.onblur = () => {
      close();
      before = null;
    };
    const up = document.querySelector('.up'); // in the bar of the contents, where the page has been scrolled
    if (up) up.onclick = e => come(e, up.parentNode.querySelector('summary'));
    box.onkeydown = e => {
      const n = options.length, step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (e.isComposing) return;
      if (step && n && !list.hidden) pick(active < 0 && step < 0 ? n - 1 : (active + step + n) % n);
      else if (step) changed();
      else if (e.key === 'Enter' && !e.shiftKey) enter();
      else if (e.key === 'Escape') {
        const back = before;
        box.blur();
        back?.();
      } else return;
      e.preventDefault();
    };
    close();
  };

  // To the box, and with Escape back to what had the focus and to what was in the window.
  const come = (e, from) => {
    e.preventDefault();
    const y = scrollY;
    before = () => {
      if (from.isConnected) from.focus({ preventScroll: true });
      scrollTo(0, y);
    };
    box.focus();
  };

  document.addEventListener('keydown', e => {
    const there = e.target, key = e.key.toLowerCase();
    if (!form || there.isContentEditable || /^(input|textarea|select)$/i.test(there.tagName)) return;
    if (key === '/' && !e.ctrlKey && !e.metaKey && !e.altKey || key === 'k' && (e.ctrlKey || e.metaKey)) come(e, document.activeElement);
  });

  attach();
  if (form && box === document.activeElement) changed(); // typed before this script had come
  // From the address bar (OpenSearch): the text is in the address because the browser put it there; it is taken out at once.
  const q = new URLSearchParams(location.search).get('q');
  if (form && q) {
    history.replaceState(null, '', location.pathname);
    box.value = q;
    box.focus();
    changed();
    eager = true;
  }
})();
