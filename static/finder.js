// The finder's engine: from anything pasted to the page about it. It runs in a Web Worker and under node, has no DOM, and
// mirrors the Go package internal/finder function by function: the reasons are told there, and a test there holds both to
// the same answers. The rules about places and words come with the data.
'use strict';
(() => {
  const LIMIT = 65536;
  const stem = w => w.length > 3 && w.endsWith('s') && !w.endsWith('ss') ? w.slice(0, -1) : w;
  const trim = s => s.replace(/^[ \n]+|[ \n]+$/g, '');
  const sum = list => list.reduce((a, b) => a + b, 0);
  const add = (map, key, value) => {
    const list = map.get(key);
    if (!list) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };

  // ---- text

  // The parts of a long paste that are read: its head, its tail, and what lies around signs of a failure.
  const bound = s => {
    if (s.length <= LIMIT) return s;
    const half = LIMIT / 2, last = s.length - 8192, spots = [last];
    for (const sign of ['(#', 'code"', 'rror', 'code', 'Code', 'xception', 'ailed']) {
      for (let at = half, n = 0; n++ < 16 && (at = s.indexOf(sign, at)) >= 0 && at < last; at += 1024) spots.push(at - 256);
    }
    let out = s.slice(0, half), end = half;
    for (const at of spots.sort((a, b) => a - b)) {
      const to = at === last ? s.length : at + 512;
      out += '\n' + s.slice(Math.max(at, end), to);
      end = Math.max(end, to);
    }
    return out;
  };

  // Undoes escapes of any depth, entities, percent signs and terminal colours; runs of blanks become one.
  const entities = { quot: '"', '#34': '"', apos: "'", '#39': "'", '#x27': "'", lt: '<', gt: '>' };
  const char = hex => String.fromCharCode(parseInt(hex, 16));
  const clean = s => s
    .replace(/\\+(?:u([0-9a-fA-F]{4})|([nrt])|(["'/]))|&(?:amp;)*(quot|apos|lt|gt|amp|nbsp|#x?[0-9a-f]{2,3});|%([0-9a-fA-F]{2})|\x1b\[[0-9;]*[a-zA-Z]/g,
      (_, u, n, quote, e, x) => u ? char(u) : n ? '\n' : quote || (e ? entities[e] || ' ' : x && /[2-6].|7[^fF]/.test(x) ? char(x) : ' '))
    .replace(/[\0-\x08\x0e-\x1f\xad\u0300-\u036f\u200b-\u200f\ufeff]+/g, '')
    .replace(/[\t-\r \xa0\u2000-\u200a\u3000]+/g, b => /[\n\r]/.test(b) ? '\n' : ' ');

  // Small letters without accents, plain digits, quotes and dashes: what the finder compares. Every unit stays in its place.
  const latin = 'aaaaaaaceeeeiiiidnooooo×ouuuuyþsaaaaaaaceeeeiiiidnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk' +
    'llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs';
  const fold = s => s.replace(/[A-Z\xc0-\u017f\u0391-\u03a9\u0410-\u042f\u0660-\u0669\u06f0-\u06f9\u2010-\u201f\uff01-\uff5e]/g, c => {
    const n = c.charCodeAt(0);
    return n > 0xff00 ? fold(String.fromCharCode(n - 0xfee0)) : n > 0x201b ? '"' : n > 0x2015 ? n > 0x2017 ? "'" : '-' : n > 0x200f ? '-' : n > 0x65f ? String(n & 15)
      : n > 0xbf && n < 0x180 ? latin[n - 0xc0] : String.fromCharCode(n + 32);
  });

  // The words of s, whose folded form is f: where each begins and ends, w itself, t without the s of a plural. What ix does
  // not know is cut where letters meet digits (error190) and at inner capitals (ReEngagementMessage).
  const wordShape = /[0-9a-z\u0180-\u024f\u1e00-\u1eff]+|[\u0370-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u06d3\u06d5-\u0963\u0966-\u1dff\u1f00-\u1fff\u3041-\ud7ff\uf900-\ufdff\ufe70-\ufefe]+/g;
  const words = (s, f = fold(s), ix) => {
    const out = [];
    for (const m of f.matchAll(wordShape)) {
      let a = m.index, parts = [m[0]];
      const whole = m[0].length > 64 || !ix || ix.vocab.has(stem(m[0])) || ix.starts.has(bare(m[0]));
      if (!whole) parts = s.substr(a, m[0].length).replace(/^[A-Za-z]{2,20}(?=\d+$)|^\d+(?=[A-Za-z]+$)|[a-z](?=[A-Z])/g, '$&\0').split('\0');
      for (const part of parts) {
        const b = a + part.length, w = b - a > 64 ? '' : f.slice(a, b);
        out.push({ a, b, w, t: stem(w) });
        a = b;
      }
    }
    return out;
  };

  // A code, slug or address as names compare it: its words run together. bare() also drops leading zeros.
  const join = (k, w) => k + (/\d$/.test(k) && /^\d/.test(w) ? '-' : '') + w;
  const nameOf = text => words(text).reduce((k, w) => join(k, w.w), '');
  const bare = k => k.replace(/(^|\D)0+(?=\d)/g, '$1');

  // ---- the index

  const holes = /\{\{([a-z0-9_]+)\}\}|\{([a-z0-9_]+)\}/;

  // The words of a template's literals; what touches a hole is none.
  const literals = text => words(text.replace(/^\(#\d+\) /, '').replace(/[A-Za-z0-9]*\{[a-z0-9_]+\}[A-Za-z0-9]*/g, ' ')).map(w => w.t);

  function decode(data) {
    const parts = data.split('\x1e'), rows = i => parts[i] ? parts[i].split('\n') : [];
    if (parts[0] !== 'errdex-finder 1' || parts.length !== 9) throw Error('finder data: not of this version');
    const ix = { entries: [], lines: [], names: new Map(), subs: new Map(), starts: new Set(), nouns: new Set(), vocab: new Map(), weight: [], postings: [], owners: [] };
    const rules = rows(1);
    ix.moods = rules.slice(0, 6).map(r => RegExp(r));
    ix.places = rules.slice(6).map(r => ({ at: +r[0], max: +r.slice(2, 4), re: RegExp(r.slice(5)) }));
    const name = (map, text, e) => {
      const k = nameOf(text);
      add(map, bare(k), e);
      ix.starts.add(bare((words(text)[0] || {}).w || ''));
      return k;
    };
    const texts = parts[4].split('\n'), keywords = parts[5].split('\n'), subs = parts[6].split('\n');
    let code = '', collection = -1, left = 0, noun;
    ix.collections = rows(2).map(r => {
      const [id, title, prefix, suffix, count, marks] = r.split('\t');
      const nouns = words(`${id} ${title}`).map(w => w.w).filter(w => !ix.moods[0].test(w));
      nouns.forEach(n => ix.nouns.add(n));
      return { id, nouns: nouns.map(n => RegExp('(?:^|[^a-z])' + n)), prefix, suffix, count: +count, marks: marks ? marks.split(' ') : [] };
    });
    rows(3).forEach((row, i) => {
      while (!left) left = ix.collections[++collection].count;
      left--;
      const c = ix.collections[collection], [step, slug, url] = row.split('\t'), [title, ...messages] = texts[i].split('\t');
      code = /^[^+=]/.test(step) ? step : step[0] === '=' ? step.slice(1) : code.replace(/\d{1,15}$/, d => String(+d + +(step || 1)).padStart(d.length, '0'));
      const e = { i, c, code, slug: slug === undefined ? code : slug, title, lines: [], active: +(parts[7][2 * i] === 'a'), popularity: +parts[7][2 * i + 1] };
      e.url = url || c.prefix + e.slug + c.suffix;
      e.k = name(ix.names, code, e);
      e.names = [e.k, name(ix.names, e.slug, e), name(ix.names, e.url.split('/').pop(), e)];
      e.subs = subs[i] ? subs[i].split('\t').map(s => {
        const [k, ...words] = s.split(' ');
        return { code: k, title: words.join(' '), k: name(ix.subs, k, e) };
      }) : [];
      const line = (text, sub, title) => {
        const ids = literals(text).map(w => number(ix, w));
        if (ids.length) ix.lines.push(e.lines[e.lines.push({ n: ix.lines.length, e, text, sub, title, ids, set: [...new Set(ids)], holes: text.split(holes).length / 3 | 0 }) - 1]);
      };
      line(title, -1, true);
      for (const m of messages) m[0] === '\x1f' ? line(m.slice(m.indexOf(' ') + 1), parseInt(m.slice(1)) - 1) : line(m, -1);
      e.subs.forEach((s, j) => line(s.title, j, true));
      if (/[a-z].*[^a-z0-9].*[a-z]/i.test(code)) line(code.replace(/[^a-z0-9]+/gi, ' '), -1, true);
      e.words = words(keywords[i]).map(w => number(ix, w.t));
      ix.entries.push(e);
    });
    for (const row of rows(8)) {
      const [i, ...aliases] = row.split('\t'), e = ix.entries[i];
      aliases.forEach(a => e.names.push(name(ix.names, a, e)));
    }
    return weigh(ix);
  }

  const number = (ix, word) => {
    let id = ix.vocab.get(word);
    if (id === undefined) ix.vocab.set(word, id = ix.vocab.size);
    return id;
  };

  // How rare each word is among the lines, in bits, and where it stands.
  function weigh(ix) {
    const { lines, postings, owners } = ix;
    ix.heads = new Map();
    for (const [w, id] of ix.vocab) {
      postings.push([]);
      owners.push([]);
      if (ix.heads.has(w[0])) ix.heads.get(w[0]).push([w, id]);
      else ix.heads.set(w[0], [[w, id]]);
    }
    for (const l of lines) for (const id of l.set) postings[id].push(l.n);
    for (const e of ix.entries) for (const id of new Set(e.lines.flatMap(l => l.set).concat(e.words))) owners[id].push(e);
    const bits = n => 32 - Math.clz32(n);
    ix.rare = bits(lines.length);
    ix.weight = postings.map(p => bits(lines.length / (p.length || 1)));
    for (const l of lines) l.total = sum(l.set.map(id => ix.weight[id]));
    return ix;
  }

  // ---- the codes in a paste

  // The first rule that fits decides what kind of place the code at units a to b stands in.
  function place(ix, p, a, b, digits) {
    const around = p.f.slice(Math.max(0, a - 64), a) + '\x01' + p.f.slice(b, b + 16);
    for (const { at, max, re } of ix.places) {
      const m = digits <= max && re.exec(around);
      if (m) return { at, label: m[1] || m[2] || '' };
    }
    return { at: 2, label: '' };
  }

  // The codes of the reference that the paste has: words i to j, the entries, the place, and how little the code tells by
  // itself (0 enough, 1 short, 2 tiny).
  function mentions(ix, p) {
    const { ws, gap } = p, out = [];
    for (let i = 0; i < ws.length && out.length < 512; i++) {
      let k = '', m = null;
      if (!ix.starts.has(bare(ws[i].w)) || /^\d[:.-]\d| \d[:.]\d/.test(p.f.slice(Math.max(0, ws[i].a - 2), ws[i].a + 1) + ' ' + p.f.slice(ws[i].b - 1, ws[i].b + 2))) continue;
      for (let j = i; j < ws.length && j < i + 6 && ws[j].w; j++) {
        if (j > i && !(/^(?:[-_./:]?|::)$/.test(gap(j)) || gap(j) === ' ' && /^[a-z]+ \d+$/.test(k + ' ' + ws[j].w))) break;
        k = join(k, ws[j].w);
        const all = ix.names.get(bare(k)) || [], same = all.filter(e => e.names.includes(k)), subs = ix.subs.get(bare(k)) || [];
        if (all.length + subs.length && !(m && m.same && !same.length)) m = { i, j, k, same: same.length, list: same.length ? same : all, subs };
      }
      const num = m && /^[\d-]+$/.test(m.k);
      if (!m || !num && (/^[-_]$/.test(i ? gap(i) : '') || /^[-_]$/.test(gap(m.j + 1)))) continue;
      const telling = !num && (m.k.length > 15 || m.j - i > 1 || m.k.length > 4 && /\d/.test(m.k));
      const named = !num && m.list.length && m.list.every(e => bare(e.k) !== bare(m.k));
      Object.assign(m, { num, sub: false, weak: num ? m.k.length < 3 ? 2 : +(m.k.length < 5) : +!telling }, place(ix, p, ws[i].a, ws[m.j].b, num ? m.k.length : 99));
      if (m.at === 9) {
        m.sub = true;
        m.at = 6;
      }
      const lettered = /\d/.test(m.k);
      if (named && (telling || p.s[ws[i].a - 1] === '/')) m.at = 8;
      else if (!num && m.at === 2) m.at = telling ? 3 : lettered ? 2 : 1;
      else if (!num && (m.at > 3 && lettered || m.at === 6 && m.j > m.i)) m.weak = 0;
      else if (!num && !telling && m.at === 5 || m.at === 3 && m.weak) m.weak = 2;
      const last = out[out.length - 1];
      if (num && m.at < 3 && last && last.num && last.at > 3 && ix.moods[5].test(p.f.slice(ws[last.j].b, ws[i].a))) Object.assign(m, { at: last.at, sub: last.sub, label: last.label });
      out.push(m);
      i = m.j;
    }
    return out;
  }

  // ---- the messages in a paste

  // The lines that the words of the paste vote for, and those of the entries in must, each where its words stand closest.
  function evidence(ix, p, must) {
    const where = new Map(), votes = new Int32Array(ix.lines.length), best = new Map();
    p.ws.forEach((w, i) => {
      const id = ix.vocab.get(w.t);
      if (id !== undefined) where.has(id) ? where.get(id).push(i) : where.set(id, [i]);
    });
    for (const id of where.keys()) for (const n of ix.postings[id]) votes[n] += ix.weight[id];
    const value = n => votes[n] * votes[n] / ix.lines[n].total | 0;
    const top = [];
    votes.forEach((v, n) => { if (v * 2 >= ix.rare && (v * 2 >= ix.lines[n].total || v >= 3 * ix.rare)) top.push(n); });
    const tried = new Set(top.sort((a, b) => value(b) - value(a) || a - b).slice(0, 40));
    for (const e of must) for (const l of e.lines) if (votes[l.n]) tried.add(l.n);
    for (const n of [...tried].sort((a, b) => a - b)) {
      const b = closest(ix, p, ix.lines[n], where), old = best.get(b.l.e), all = (old ? old.all : 0) + (b.cov > 79 ? b.points : b.points >> 2);
      const win = !old || b.points > old.points || b.points === old.points && b.l.sub >= 0 && old.l.sub < 0;
      best.set(b.l.e, Object.assign(win ? b : old, { all }));
    }
    return best;
  }

  // Where in the paste line l is: around the rarest of its words, as far as its length and holes allow.
  function closest(ix, p, l, where) {
    let a = -1, best = { got: -1 };
    l.ids.forEach((id, k) => { if (where.has(id) && (a < 0 || ix.weight[id] > ix.weight[l.ids[a]])) a = k; });
    for (const at of where.get(l.ids[a]).slice(0, 8)) {
      const lo = at - a - 4 - 30 * l.holes, hi = at + l.ids.length - a + 4 + 30 * l.holes;
      const hits = l.set.map(id => (where.get(id) || []).find(i => i >= lo && i <= hi)), there = hits.filter(h => h !== undefined);
      const got = sum(l.set.map((id, k) => hits[k] === undefined ? 0 : ix.weight[id]));
      if (got > best.got) best = { l, got, n: there.length, from: Math.min(...there), to: Math.max(...there) };
    }
    best.cov = best.got * 100 / l.total | 0;
    best.chain = best.cov > 69 && chain(p, l.text);
    const near = best.got >= 3 * ix.rare && best.cov > 34 ? 75 : 0;
    best.points = Math.min(300, best.got * 100 / ix.rare | 0) * (best.chain ? 100 : Math.max(near, Math.min(best.cov, 90))) / 100 | 0;
    return best;
  }

  // The literals of a template one after the other in the paste, and what stands between them; null where they do not.
  function chain(p, text) {
    const names = [], pieces = [], parts = fold(text.replace(/^\(#\d+\) /, '')).split(holes);
    let piece = parts[0];
    for (let i = 1; i < parts.length; i += 3) {
      if (parts[i]) piece += `{${parts[i]}}` + parts[i + 2];
      else {
        pieces.push(piece);
        names.push(parts[i + 1]);
        piece = parts[i + 2];
      }
    }
    pieces.push(piece.replace(/[ .!…]+$/, ''));
    const { g, s } = p, edge = at => Math.min(...['"', '\n'].map(c => (p.f + c).indexOf(c, at)), at + 200);
    const lead = +!pieces[0], back = at => Math.max(...['"', '\n'].map(c => p.f.slice(0, at).lastIndexOf(c)), at - 201) + 1;
    for (let start = g.indexOf(pieces[lead]), tries = 0; start >= 0 && tries < 8; start = g.indexOf(pieces[lead], start + 1), tries++) {
      let at = start + pieces[lead].length;
      const values = lead ? [{ name: names[0], text: trim(s.slice(back(start), start)) }] : [];
      for (const [n, name] of names.entries()) {
        if (n < lead) continue;
        const lit = pieces[n + 1], next = lit || n + 1 < names.length ? g.indexOf(lit, at) : edge(at);
        if (next < 0 || next > at + 200) break;
        values.push({ name, text: trim(s.slice(at, next)) });
        at = next + lit.length;
      }
      if (values.length === names.length) return { values, apart: /^$|[^a-z0-9 ] ?$/.test(p.f.slice(Math.max(0, start - 2), start)) && /^$|^[^a-z0-9 ]/.test(p.f.slice(at, at + 1)) };
    }
    return null;
  }

  // ---- a few typed words

  // Whether n edits make b of a: a letter put in, left out or changed, two swapped.
  const close = (a, b, n) => {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    a = a.slice(i);
    b = b.slice(i);
    return a === b || n > 0 && Math.abs(a.length - b.length) <= n && (close(a.slice(1), b, n - 1) || close(a, b.slice(1), n - 1) || close(a.slice(1), b.slice(1), n - 1) ||
      a[0] === b[1] && a[1] === b[0] && close(a.slice(2), b.slice(2), n - 1));
  };

  // The words that t may stand for: itself, or those it begins or misspells.
  function alike(ix, t) {
    if (ix.vocab.has(t)) return [ix.vocab.get(t)];
    const fits = [[], []], max = t.length < 4 ? 0 : t.length < 8 ? 1 : 2;
    for (const [w, id] of ix.heads.get(t[0]) || []) {
      if (t.length > 2 && (w.startsWith(t) || t.length > 5 && w.startsWith(t.slice(0, Math.max(5, t.length - 3)))) || max && close(t, w, 1)) fits[0].push(id);
      else if (max > 1 && w[1] === t[1] && close(t, w, 2)) fits[1].push(id);
    }
    return fits[fits[0].length ? 0 : 1].slice(0, 12);
  }

  // The entries that have the typed words in any order, and how sure that is.
  function typed(ix, { ws, content }) {
    const got = new Map(), ids = new Set(ws.map(w => ix.vocab.get(w.t)));
    let total = 0;
    for (const t of new Set(content.map(w => w.t))) {
      const fits = alike(ix, t), exact = ix.vocab.has(t), w = fits.length ? Math.max(...fits.map(id => ix.weight[id])) : ix.rare;
      total += w;
      fits.forEach(id => ids.add(id));
      for (const e of new Set(fits.flatMap(id => ix.owners[id]))) got.set(e, (got.get(e) || 0) + (exact ? w : w - (w >> 3)));
    }
    return [...got].sort((a, b) => b[1] - a[1] || a[0].i - b[0].i).slice(0, 60).map(([e, g]) => {
      const r = { e, pos: 0, at: 0, sub: -1, why: 'words matched' }, cov = g * 100 / total | 0;
      let fit = -1, share = 0, had = 0;
      for (const l of e.lines) {
        const there = sum(l.set.map(id => ids.has(id) ? ix.weight[id] : 0)), f = (there * 100 / l.total | 0) * (l.title ? 2 : 1) + there * 10;
        if (f > fit) [fit, share, had, r.sub] = [f, there * 100 / l.total | 0, there, l.sub];
      }
      const sure = cov > 74 && (share > 49 || had * 2 >= 3 * ix.rare) && had * 5 >= 4 * ix.rare;
      r.score = (sure ? 400 : 100) + (cov * 4 + fit >> 3) + 40 * e.active + e.popularity;
      return r;
    });
  }

  // ---- the answer

  const worth = [0, 0, 250, 450, 480, 500, 520, 560, 650, 700];

  function find(ix, text) {
    const s = clean(bound(text)), f = fold(s), ws = words(s, f, ix), out = [];
    const p = { s, f, g: f.replace(/\n/g, ' '), ws, gap: i => s.slice(i ? ws[i - 1].b : 0, i < ws.length ? ws[i].a : s.length) };
    const found = mentions(ix, p), within = new Set(found.flatMap(m => ws.slice(m.i, m.j + 1)));
    p.nouns = ix.collections.filter(c => c.nouns.some(n => n.test(f)));
    p.vendor = p.nouns.length || ix.collections.some(c => c.marks.some(m => f.includes(m)));
    p.content = ws.length > 60 ? ws : ws.filter(w => !within.has(w) && w.w && !ix.nouns.has(w.w) && !ix.moods[0].test(w.w));
    // "WA-190": a few letters of the noun stand for it.
    const sign = w => w.w.length < 4 && [...ix.nouns].some(n => RegExp('^' + w.w.replace(/./g, '$&.*')).test(n));
    if (p.content.every(sign)) for (const m of found) if (m.list.length && m.at && m.at < 8) m.at = 9;
    const best = evidence(ix, p, new Set(found.flatMap(m => m.list.concat(m.subs))));
    codes(ix, p, found, best, out);
    texts(ix, p, best, out);
    if (!out.some(r => r.score > 399) && p.content.length < 16 && ws.length < 60) out.push(...typed(ix, p));
    return answer(p, out);
  }

  // Settles each mention of a code: which of the pages that share it, which sub-code, whether to believe it.
  function codes(ix, p, found, best, out) {
    const [, failure, success, foreign, told] = ix.moods.map(re => re.test(p.f));
    const heads = found.filter(m => m.list.length && m.at > 1 && !m.sub), far = (a, b) => Math.abs(a.i - b.i);
    for (const m of found) {
      const homes = heads.filter(h => h !== m && !h.minor && (m.sub || h.list.some(e => m.subs.includes(e)) && (m.num ? m.i - h.j < 3 && m.i > h.j : !m.list.length)));
      const home = homes.sort((a, b) => far(a, m) - far(b, m) || a.i - b.i)[0];
      if (home) {
        home.minor = m;
        m.taken = true;
      } else if (m.sub) heads.push(m);
    }
    for (const m of heads) {
      if (m.taken) continue;
      const minor = m.sub ? m : m.minor, own = minor ? minor.list : [], base = m.sub ? m.subs : m.list;
      const ranked = [...new Set(base.concat(own))].map(e => {
        const lists = minor && minor.subs.includes(e), away = !base.includes(e), b = best.get(e);
        const tie = lists ? e.subs.length < 2 ? 320 : 120 : own.includes(e) ? minor.k.length > 4 ? 300 : 20 - 20 * Math.sign(minor.subs.length) : 0;
        return { e, lists, away, b: b && b.points > 49 && b, rank: (b ? Math.min(400, b.all) : 0) + tie + 15 * p.nouns.includes(e.c) + 3 * (e.names[1] === m.k) + 2 * e.active };
      }).sort((x, y) => y.rank - x.rank || y.e.popularity - x.e.popularity || x.e.i - y.e.i);
      ranked.forEach((r, n) => {
        const points = r.b ? r.b.points : 0, weak = (r.away ? Math.min(m.weak, minor.weak) : m.weak) - (m.at === 7);
        const support = p.vendor || !m.num && found.some(o => o !== m && o.k === m.k) || points || m.at > 7 || m.minor && (r.lists || r.away);
        const doubt = foreign || success && !failure || told || m.at === 6 && !failure && p.content.length > 1;
        r.score = worth[m.at] + (points > 99 ? 60 : points && 30) + (r.lists || r.away ? 20 : 0) + lone(ix, p, m, points) - (support || weak < 1 || weak < 2 && !doubt ? 0 : 300) - (n && 200 + Math.min(n, 20));
        out.push(Object.assign(r, { m, n, pos: m.i, at: m.at, sub: r.lists ? r.e.subs.findIndex(s => s.k === minor.k) : -1, arrived: r.away ? minor.k : '' }));
      });
    }
  }

  // What a long number that stands nowhere special is worth more for what stands around it.
  function lone(ix, p, m, points) {
    if (m.at !== 2) return 0;
    const { ws } = p, around = p.f.slice(ws[Math.max(0, m.i - 3)].a, ws[Math.min(ws.length - 1, m.j + 3)].b);
    return points ? 150 : ix.moods[1].test(around) || p.nouns.length && ix.collections.some(c => c.nouns.some(n => n.test(around))) ||
      m.num && m.k.length > 5 && ws.length < 6 && p.content.length < 2 && (!m.i || ix.moods[0].test(ws[m.i - 1].w)) ? 170 : 0;
  }

  // Adds the pages whose messages stand in the paste without their codes.
  function texts(ix, p, best, out) {
    const foreign = ix.moods[3].test(p.f);
    const believed = out.filter(r => !r.n && r.score > 399), chosen = believed.filter(r => r.b);
    for (const [e, b] of best) {
      if (out.some(r => r.e === e && !r.n) || chosen.some(r => r.b.from <= b.to && b.from <= r.b.to)) continue;
      const sure = b.points > 199 && b.n > 3 && !believed.length && (b.chain || p.ws.length > 24) || b.n > 2 && b.chain && b.points > (b.chain.apart && !foreign ? 109 : 149);
      out.push({ e, b, pos: b.from, at: 0, sub: b.l.sub, score: (sure ? 400 : 0) + Math.min(85, b.points / 3 | 0) + 9 * e.active + (b.chain && 5) });
    }
  }

  function answer(p, out) {
    out.sort((a, b) => b.score - a.score || a.pos - b.pos || b.e.active - a.e.active || b.e.popularity - a.e.popularity || a.e.i - b.e.i);
    const confident = out.length > 0 && out[0].score > 399, have = new Set();
    return {
      confident,
      matches: out.filter(r => !have.has(r.e) && have.add(r.e) && (!confident || r.score > 199)).slice(0, 8).map(r => {
        const { e, b } = r, l = b && b.l, sub = e.subs[r.sub >= 0 ? r.sub : l && b.cov > 69 ? l.sub : -1], values = b && b.chain ? b.chain.values : [];
        return {
          entry: e.i, collection: e.c.id, slug: e.slug, code: e.code, subcode: sub ? sub.code : r.arrived || '', url: e.url + (sub ? '#subcode-' + sub.code : ''), title: e.title, score: r.score,
          why: reason(p, r, sub, values), message: values.length ? l.text : '', values,
        };
      }),
    };
  }

  function reason(p, { m, b, arrived, why }, sub, values) {
    const out = [];
    if (m) {
      const at = p.ws[m.i].a, word = p.s.slice(at, p.ws[m.j].b), from = p.f.lastIndexOf(m.label, at - 1), left = p.s.slice(Math.max(0, from - 600), from);
      const [, object, list] = m.label && /([A-Za-z_]{1,40})["']? ?[:=]>? ?(\[?)[ \n]?\{[^{}]*$/.exec(left) || [];
      out.push(m.at === 8 ? 'its address' : `code ${m.at === 7 ? `(#${word})` : word}` + (m.label ? ` in ${object ? object + (list && '[]') + '.' : ''}${p.s.substr(from, m.label.length)}` : ''));
    }
    if (sub || arrived) out.push('sub-code ' + (sub ? sub.code : arrived));
    if (b) out.push((b.l.title ? 'title' : 'message') + (b.chain ? ' matched' : ' nearly matched'));
    if (why) out.push(why);
    for (const v of values.slice(0, 3)) out.push(`${v.name} = ${v.text.length > 40 ? v.text.slice(0, 40) + '…' : v.text}`);
    return out.join(', ').replace(/\n/g, ' ');
  }

  // In a worker: { index } names the data file, { id, text } is answered with the matches.
  if (typeof module === 'object') module.exports = { decode, find };
  else {
    let index;
    onmessage = async ({ data: { id, text, index: url } }) => {
      if (url) index = fetch(url).then(r => r.text()).then(decode);
      try {
        const ix = await index;
        postMessage(id ? { id, ...find(ix, text) } : {});
      } catch (e) {
        postMessage({ id, failed: String(e) });
      }
    };
  }
})();
