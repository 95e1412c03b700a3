// What script adds to reading: the theme switch, copying, contents that follow, filters of an index, guesses on 404.html.
(() => {
  'use strict';
  const all = (s, r = document) => [...r.querySelectorAll(s)], one = (s, r) => all(s, r)[0];
  const add = (to, tag, text) => {
    const e = document.createElement(tag);
    e.textContent = text;
    to.append(e);
    return e;
  };
  const target = a => document.getElementById(decodeURIComponent(a.hash.slice(1)));
  const { dataset } = document.documentElement;

  // The switch goes to the other theme; where that is the system's own, nothing is stored.
  const dark = matchMedia('(prefers-color-scheme: dark)'), lamp = one('.theme');
  const system = () => dark.matches ? 'dark' : 'light';
  const other = () => (dataset.theme || system()) === 'dark' ? 'light' : 'dark';
  const name = () => { lamp.ariaLabel = `Switch to ${other()} theme`; };
  lamp.onclick = () => {
    dataset.theme = other() === system() ? '' : other();
    try { localStorage.theme = dataset.theme; } catch { /* not kept */ }
    name();
  };
  dark.onchange = name;
  name();

  // Copying, said aloud.
  const said = add(document.body, 'p', '');
  said.className = 'vh';
  said.role = 'status';
  const copier = (button, text) => {
    const label = button.textContent;
    button.onclick = async () => {
      let word = 'Copied';
      try { await navigator.clipboard.writeText(text()); } catch { word = 'Not copied'; }
      button.textContent = said.textContent = word;
      setTimeout(() => { button.textContent = label; said.textContent = ''; }, 2e3);
    };
  };
  all('[data-copy]').forEach(b => copier(b, () => {
    const sub = location.hash.startsWith('#subcode') && target(location);
    return b.dataset.copy.trim() + (sub ? `\nSubcode ${all('a, strong', sub).slice(0, 2).map(e => e.textContent).join(': ')}` : '');
  }));
  all('.sample, .prose > pre').forEach(box => {
    let head = one('figcaption', box);
    if (!head) {
      head = add(box.parentNode, 'div', '');
      head.className = 'pre';
      box.replaceWith(head);
      head.append(box);
    }
    const button = add(head, 'button', box.matches('.reply') ? 'Copy reply' : 'Copy');
    button.type = 'button';
    copier(button, () => (one('pre, .quote, blockquote', box) || box).innerText.trim());
  });
  all('.prose [id]').forEach(h => {
    const a = add(h, 'a', ' #');
    a.href = '#' + h.id;
    a.ariaLabel = 'Link to this section';
  });

  // The page's own code stands out in its samples.
  const code = one('.plate h1 b');
  all('.chroma :is(.mi, .s2)').forEach(e => code && e.textContent.replace(/"/g, '') === code.textContent && e.classList.add('hit'));

  // Contents: the last heading above the upper quarter of the window is being read.
  const marks = one('.text') ? all('.toc a').map(a => [target(a), a]) : [];
  const watch = new IntersectionObserver(() => {
    let here;
    for (const [h, a] of marks) if ((h.closest('section') || h).getBoundingClientRect().top < innerHeight / 4) here = a;
    for (const [, a] of marks) a.ariaCurrent = a === here || null;
  }, { rootMargin: '0px 0px -75%' });
  marks.forEach(m => watch.observe(m[0]));

  // Filters: one pass over the rows; the address keeps them.
  const form = one('.filters');
  if (form) {
    const rows = all('.list tbody tr').map(tr => [tr, tr.closest('section'), (tr.textContent + tr.dataset.k).toLowerCase()]);
    const fields = all('[name]', form);
    const apply = () => {
      const [words, ...picks] = fields.map(f => f.value.toLowerCase());
      const kept = rows.filter(([tr, , text]) => !(tr.hidden = !(words.split(/\s+/).every(w => text.includes(w)) &&
        picks.every((v, i) => !v || ` ${tr.dataset[fields[i + 1].name]} `.includes(` ${v} `)))));
      const boxes = new Set(kept.map(r => r[1]));
      all('.list section').forEach(s => { s.hidden = !boxes.has(s); });
      one('[role]', form).textContent = `${kept[rows.length - 1] ? '' : `${kept.length} of `}${rows.length} errors`;
    };
    const keep = () => {
      const q = `${new URLSearchParams(fields.filter(f => f.value).map(f => [f.name, f.value]))}`;
      history.replaceState(null, '', location.pathname + (q && '?' + q) + location.hash);
      apply();
    };
    form.oninput = keep;
    form.onsubmit = () => false;
    form.onreset = () => setTimeout(keep);
    const q = new URLSearchParams(location.search);
    for (const f of fields) f.value = q.get(f.name) || '';
    if (fields.some((f, i) => i && f.value)) one('details', form).open = true;
    apply();
    document.documentElement.className = 'js';
  }

  // 404: the code that the address ends with, or those that begin like it.
  const lost = one('[data-lost]');
  const clean = s => s.toLowerCase().replace(/^\W+|\.\w+$|\W+$/g, '');
  const guess = async () => {
    const path = clean(decodeURIComponent(location.pathname)), end = path.split('/').pop();
    for (const { dataset: { catalogue, noun, pattern } } of all('[data-catalogue]')) {
      const before = clean(pattern.split('{')[0]).split('/').pop();
      const want = end.startsWith(before) ? clean(end.slice(before.length)) : (/\d+(?!.*\d)/.exec(path) || [end])[0];
      const { errors } = await (await fetch(catalogue)).json();
      let near = errors.filter(e => [e.code, e.slug].some(s => s.toLowerCase() === want));
      const text = near[0] ? `You want ${noun} ${want}. It is here:` : `There is no ${noun} ${want} here. The nearest are:`;
      if (!near[0]) for (let n = want.length; n > 2 && !near[3]; n--) near = [...new Set([...near, ...errors.filter(e => e.slug.startsWith(want.slice(0, n)))])];
      if (!near[0]) continue;
      one('.lead', lost).textContent = text;
      const list = one('ul', lost);
      list.hidden = false;
      for (const e of near.slice(0, 8)) {
        const a = add(add(list, 'li', ''), 'a', e.title);
        a.href = new URL(e.url, location).pathname;
        a.prepend(add(a, 'b', `${e.code} `));
      }
      return;
    }
  };
  if (lost) guess().catch(() => { /* the links below stand */ });
})();
