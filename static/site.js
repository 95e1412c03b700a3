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
    if (!b.dataset.copy) return one('.reply blockquote').innerText.trim();
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
  // The page's own code stands out in its samples.
  const code = one('.plate h1 b');
  all('.chroma :is(.mi, .s2)').forEach(e => code && e.textContent.replace(/"/g, '') === code.textContent && e.classList.add('hit'));

  // Contents: the last heading above the upper quarter of the window is being read; what a filter hides has no height.
  const bar = one('.toc details'), head = bar && one('summary', bar), marks = bar ? all('li a', bar).map(a => [target(a), a]) : [];
  document.onscroll = bar && (() => {
    let here;
    for (const [h, a] of marks) {
      const { top, height } = (h.closest('section') || h).getBoundingClientRect();
      if (height && top < innerHeight / 4) here = a;
    }
    for (const [, a] of marks) a.ariaCurrent = a === here || null;
    head.dataset.at = here ? here.textContent : '';
  });
  document.onscroll?.();
  // Where they are a bar over the text, their list goes when a line is chosen, or the focus or a finger goes elsewhere.
  if (bar) {
    const fold = e => { if (!bar.contains(e.relatedTarget || e.target)) bar.open = false; };
    bar.addEventListener('focusout', fold);
    document.body.addEventListener('pointerdown', fold);
    bar.onclick = e => { if (e.target.closest('a')) bar.open = false; };
    bar.onkeydown = e => {
      if (e.key !== 'Escape' || !bar.open) return;
      bar.open = false;
      head.focus();
    };
  }

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
      form.classList.toggle('none', !kept[0]);
      document.onscroll?.();
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

  // The map: the lines of the group that is pointed at stand out, by its name or by its row of marks, and the names they lead to.
  const rows = all('.map li'), svg = one('.map svg'), lines = all('.map path');
  const show = i => {
    lines.forEach(p => p.classList.toggle('on', p.matches('.g' + i)));
    rows.forEach((li, j) => { li.className = j === i ? 'at' : lines.some(p => p.matches(`.g${i}.g${j}`)) ? 'on' : ''; });
  };
  rows.forEach((li, i) => {
    const link = one('a', li);
    li.onpointerenter = link.onfocus = () => show(i);
    li.onpointerleave = link.onblur = () => show();
  });
  if (svg) {
    svg.onpointermove = svg.onpointerdown = e => show(~~((e.clientY - svg.getBoundingClientRect().top) * rows.length / svg.clientHeight));
    svg.onpointerleave = e => e.pointerType === 'mouse' && show(); // what a finger has shown stays
  }

  // 404: the code that the address asks for, or those that are nearest to it.
  const lost = one('[data-lost]');
  const clean = s => decodeURIComponent(s).toLowerCase().replace(/^\W+|\.(html?|json|md)\W*$|\W+$/g, '');
  // How many letters have to be changed to make b of a; two that are swapped count as one.
  const apart = (a, b) => {
    let before, last, row = [...b, 0].map((_, j) => j);
    for (let i = 0; i < a.length; i++) {
      [before, last, row] = [last, row, [i + 1]];
      for (let j = 0; j < b.length; j++) {
        row.push(Math.min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] !== b[j]), i && j && a[i] === b[j - 1] && a[i - 1] === b[j] ? before[j - 1] + 1 : 99));
      }
    }
    return row[b.length];
  };
  const guess = async () => {
    const path = clean(location.pathname), end = path.split('/').pop();
    const look = async own => (await Promise.all(all('[data-catalogue]').map(async ({ dataset: { catalogue, noun, pattern } }) => {
      const before = clean(pattern.split('{')[0]).split('/').pop(), ours = end.startsWith(before);
      if (ours !== own) return [];
      const inPath = ours ? clean(end.slice(before.length)) : (/\d+(?!.*\d)/.exec(path) || [end])[0];
      const want = inPath || clean(location.hash); // the browser takes what follows a # for a place: whatsapp-error-(#190)
      const { errors } = await (await fetch(catalogue)).json();
      return errors.map(e => {
        const [far, slug] = [e.code, e.slug].map(s => apart(want, s.toLowerCase()));
        let same = 0;
        while (same < want.length && want[same] === e.slug[same]) same++;
        return { e, noun, want, far: Math.min(far, slug), same, place: inPath && location.hash };
      });
    }))).flat().filter(m => m.far <= m.want.length / 3).sort((a, b) => a.far - b.far || b.same - a.same);
    let near = await look(true);
    if (!near[0]) near = await look(false);
    if (!near[0]) return;
    const { e, noun, want, far } = near[0], list = one('ul', lost);
    one('.lead', lost).textContent = far ? `There is no ${noun} ${want} here. The nearest are:` : `You want ${noun} ${e.code}. It is here:`;
    list.hidden = false;
    for (const { e, place } of near.filter(m => far || !m.far).slice(0, 8)) {
      const a = add(add(list, 'li', ''), 'a', e.title);
      a.href = new URL(e.url, location).pathname + (far ? '' : place);
      a.prepend(add(a, 'b', e.code + ' '));
      a.classList.toggle('long', e.code.length > 8);
    }
  };
  if (lost) guess().catch(() => { /* the links below stand */ }).then(() => lost.classList.add('done'));
})();
