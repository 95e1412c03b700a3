// The finder's engine: from anything pasted to the page about it. It runs in a Web Worker and under node, has no DOM, and
// does what the Go package internal/finder does, in the same order: the reasons are told there, and a test there holds both to
// the same answers. The index and the paste live in closures: handing them around would cost a tenth of the bytes.
'use strict';
(() => {
  // ---- text

  // Small letters without accents, plain digits, quotes and dashes: what is compared. Every unit stays in its place.
  const fold = s => s
    .replace(/[A-Z\xc0-\u017f\u0386-\u03ce\u0400-\u045f\uff01-\uff5e]/g, c => c.normalize('NFKD')[0].toLowerCase())
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, c => c.charCodeAt(0) & 15)
    .replace(/[\u2010-\u2015]/g, '-').replace(/[\u2018-\u201b]/g, "'").replace(/[\u201c-\u201f]/g, '"');

  // Without what English adds to a word: the s of a plural, ing, ed, a last e. A log has each of its words many times.
  const stems = new Map(), stem = w => stems.get(w) || (stems.set(w, w.replace(/^(...+)(?<!s)s$/, '$1').replace(/^(.{4,}?)(ing|ed|e)$/, (_, head, end) => end[1] ? head.replace(/([a-km-rt-z])\1$/, '$1') : head)), stems.get(w));

  // The words of s, whose folded form is f: where each begins and ends, w itself, t without the s of a plural. What is not
  // known is cut where letters meet digits (error190) and at inner capitals (ReEngagementMessage).
  const words = (s, f = fold(s), known = () => true) => [...f.matchAll(/[0-9a-z\xdf-\u024f\u1e00-\u1eff]+|[\u0370-\u1dff\u1f00-\u1fff\u3041-\ud7ff\uf900-\ufefe]+/g)].flatMap(({ 0: run, index: a }) => {
    const whole = run.length > 64 || known(run) ? run : s.substr(a, run.length).replace(/^[A-Za-z]{2,20}(?=\d+$)|^\d+(?=[A-Za-z]+$)|[a-z](?=[A-Z])/g, '$&\0');
    return whole.split('\0').map(part => {
      const b = a + part.length, w = part.length > 64 ? '' : f.slice(a, b), word = { a, b, w, t: stem(w) };
      a = b;
      return word;
    });
  });

  // A code, slug or address as names compare it: its words run together. bare() also drops leading zeros.
  const join = (k, w) => k + (/\d$/.test(k) && /^\d/.test(w) ? '-' : '') + w;
  const bare = k => k.replace(/(^|\D)0+(?=\d)/g, '$1');

  // A template's words (what touches a hole is none), and its literals and holes by turns, as chain() wants them.
  const body = text => text.replace(/^\(#\d+\) /, '');
  const literals = text => words(body(text).replace(/[A-Za-z0-9]*\{[a-z0-9_]+\}[A-Za-z0-9]*/g, ' '));
  const pieces = text => fold(body(text)).replace(/\{\{([a-z0-9_]+)\}\}/g, '\x01$1\x02').replace(/[ .!…]+$/, '')
    .split(/\{([a-z0-9_]+)\}/).map(t => t.replace(/\x01/g, '{').replace(/\x02/g, '}'));

  // Whether n edits make b of a: a letter put in, left out or changed, two swapped.
  const close = (a, b, n, x = a.slice(1), y = b.slice(1)) => a === b || (a[0] === b[0] ? close(x, y, n) : n > 0 && Math.abs(a.length - b.length) <= n &&
    (close(x, b, n - 1) || close(a, y, n - 1) || close(x, y, n - 1) || a[0] === b[1] && a[1] === b[0] && close(a.slice(2), b.slice(2), n - 1)));

  const sum = list => list.reduce((a, b) => a + b, 0);
  const by = (...keys) => (a, b) => keys.reduce((d, k) => d || k(b) - k(a), 0);
  // The n with the greatest values, in order; list is in the order that settles ties.
  const top = (list, n, value) => {
    const floor = Int32Array.from(list, value).sort().at(-n) || 0;
    return list.filter(x => value(x) >= floor).sort(by(value)).slice(0, n);
  };
  const add = (map, key, value) => {
    const list = map.get(key);
    if (!list) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };

  // ---- the index: reads the table of rules and the data files, and returns the function that answers a paste

  const decode = (table, ...files) => {
    // The rules, made by rules.go: moods of a text, what place a code stands in (place, most digits, expression), common words, signs of a failure.
    const rules = table.split('\n'), signs = rules.pop().split(' '), commonWords = rules.pop(), moods = rules.splice(0, 21).map(r => RegExp(r)), places = rules.map(r => {
      const [at, max, ...re] = r.split(' ');
      return { at: +at, max, re: RegExp(re.join(' ')) };
    });
    const collections = [], entries = [], lines = [], speech = [], names = new Map(), subNames = new Map(), starts = new Set(), nouns = new Set(), sizes = new Set(), vocab = new Map(), heads = new Map(), postings = [], owners = [];
    const name = (map, text, e) => {
      const ws = words(text), k = ws.reduce((k, w) => join(k, w.w), '');
      add(map, bare(k), e);
      starts.add(ws.length ? bare(ws[0].w) : '');
      return k;
    };
    const number = word => {
      if (!vocab.has(word)) {
        vocab.set(word, vocab.size);
        add(heads, word[0], word);
        postings.push([]);
        owners.push([]);
      }
      return vocab.get(word);
    };
    const great = t => t[0] === '\x1d' ? t.slice(1) : t.replace(/^[a-z]/, c => c.toUpperCase());
    const untold = (t = '') => t.includes('{') ? t.replace(/\{\{([a-z0-9_]+)\}\}|\{[a-z0-9_]+\}/g, (_, name) => name ? `{${name}}` : '…').replace(/\.$/, '') : '';
    for (const data of files) {
      const parts = data.split('\x1e'), rows = i => parts[i] ? parts[i].split('\n') : [], base = entries.length;
      if (parts[0] !== 'errdex-finder 3') throw Error();
      const dictionary = rows(9);
      speech.push(...rows(8));
      let word, code, left = 0, next = 0;
      const texts = (dictionary.length ? parts[3].replace(/[^]/g, c => {
        const n = c.charCodeAt(0), w = n < 32 ? c : dictionary[n - (n < 128 ? 32 : 33)], gap = word;
        word = /\w$|.}$/.test(w);
        return gap && word ? ' ' + w : w;
      }) : parts[3]).split('\n'), keywords = parts[4].split('\n'), subs = parts[5].split('\n');
      const sections = rows(1).map(r => {
        const [id, noun, prefix, suffix, count, marks] = r.split('\t');
        const own = words(`${id} ${noun}`).map(w => w.w).filter(w => !moods[0].test(w)), capitals = noun.replace(/[^A-Z ]/g, '').toLowerCase().split(' ');
        let c = collections.find(c => c.id === id);
        if (!c) collections.push(c = {
          id, marks: [], nouns: own.map(n => RegExp('(?:^|[^a-z])' + n)),
          short: w => w.length > 1 && capitals.includes(w) || w.length > 2 && !moods[0].test(w) && own.some(n => n.startsWith(w)),
        });
        for (const n of own) nouns.add(n);
        c.marks.push(...marks.split(' '));
        return { c, prefix, suffix, count };
      });
      rows(2).forEach((row, i) => {
        while (!left) left = +sections[next++].count;
        left--;
        const { c, prefix, suffix } = sections[next - 1], [step, slug, url] = row.split('\t'), [first, ...more] = texts[i].split('\t'), [status, popularity] = parts[6].substr(2 * i, 2);
        code = /^[^+=]/.test(step) ? step : step[0] === '=' ? step.slice(1) : code.replace(/\d{1,15}$/, d => String(+d + +(step || 1)).padStart(d.length, '0'));
        const messages = more.map(m => {
          const [, sub = 0, text] = /^(?:\x1f(\S+) )?(.*)/.exec(m);
          return { sub: sub - 1, text: text.includes('{') ? great(text) : text };
        });
        const title = first ? great(first) : untold(messages[0]?.text);
        const e = { i: entries.length, c, code, slug: slug ?? code, title, lines: [], active: status === 'a', popularity };
        e.url = url || prefix + e.slug + suffix;
        e.names = [code, e.slug, e.url.split('/').pop()].map(text => name(names, text, e));
        // A code of up to 32 bits in hexadecimal is also told without its 0x, as a number, and as the signed number that it is.
        const v = /^0x[0-9a-f]{1,8}$/i.test(code) ? +code : -1, spellings = v < 0 ? [] : [code.slice(2), v, code.slice(2) + 'h', code + 'l', '00000000' + code.slice(2), 2 ** 32 - v];
        e.codes = [e.names[0], ...spellings.map(text => name(names, String(text), e))];
        e.names.push(...e.codes);
        e.subs = subs[i] ? subs[i].split('\t').map(s => {
          const [k, ...words] = s.split(' ');
          sizes.add(k.length);
          return { code: k, title: words.join(' '), k: name(subNames, k, e) };
        }) : [];
        const line = (text, sub = -1, title = 0) => {
          const ids = literals(text).filter(w => !moods[13].test(w.w)).map(w => number(w.t)), l = { n: lines.length, e, text, sub, title, ids, set: [...new Set(ids)], holes: text.includes('{') ? pieces(text).length >> 1 : 0 };
          if (ids.length) lines.push(l) && e.lines.push(l);
        };
        line(title, -1, 1);
        for (const m of messages) line(m.text, m.sub);
        e.subs.map((s, j) => line(s.title, j, 1));
        if (/[A-Za-z].*[^A-Za-z0-9].*[A-Za-z]/.test(code)) line(code.replace(/[^A-Za-z0-9]+/g, ' '), -1, 1);
        for (const id of new Set(e.lines.flatMap(l => l.ids).concat(words(keywords[i]).map(w => number(w.t))))) owners[id].push(e);
        entries.push(e);
      });
      for (const row of rows(7)) {
        const [i, ...aliases] = row.split('\t'), e = entries[base + +i];
        for (const a of aliases) e.names.push(name(names, a, e));
      }
    }
    // A code such as 200-299 also stands for its numbers that have no page.
    for (const e of entries) e.code.replace(/^(\d{1,4})-(\d{1,4})$/, (_, n, to) => {
      for (; +n <= to; n++) names.has(n + '') || e.names.push(name(names, n + '', e));
    });
    // How rare each word is among the lines, in bits.
    for (const l of lines) for (const id of l.set) postings[id].push(l.n);
    const bits = n => 32 - Math.clz32(n), rare = bits(lines.length), weight = postings.map((p, id) => bits(lines.length / Math.max(1, p.length, owners[id].length)));
    const system = [...nouns].some(n => moods[3].test(n));
    const usual = new Set(commonWords.split(' ').map(w => vocab.get(stem(w))));
    const weights = ids => ids.map(id => weight[id]), weigh = ids => sum(weights(ids));
    // Sets of words that stand for one another.
    const says = [...new Set(speech)].map(row => row.split(' '));
    const totals = lines.map(l => weigh(l.set));

    // The parts of a long paste that are read: its head, its tail, and what lies around signs of a failure.
    const bound = s => {
      if (s.length <= 65536) return s;
      let end = 32768, out = s.slice(0, end);
      const last = s.length - 8192, spots = [last];
      for (const sign of signs) {
        for (let at = end, n = 0; n++ < 16 && (at = s.indexOf(sign, at)) >= 0 && at < last; at += 1024) spots.push(at - 256);
      }
      for (const at of spots.sort((a, b) => a - b)) out += '\n' + s.slice(Math.max(at, end), end = Math.max(end, at + (at < last ? 512 : 8192)));
      return out;
    };

    // Undoes escapes of any depth, entities, percent signs and terminal colours; runs of blanks become one.
    const [escapes, nothing, blanks] = moods.slice(18).map(r => RegExp(r, 'g'));
    const clean = s => s
      .replace(escapes, (_, u, n, kept, double, single, x) => u || x ? String.fromCharCode(parseInt(u || x, 16)) : n ? '\n' : kept || (double ? '"' : single ? "'" : ' '))
      .replace(nothing, '').replace(blanks, b => /[\n\r]/.test(b) ? '\n' : ' ');

    const feel = t => moods.slice(0, 6).map(re => re.test(t));

    // The numbers of the words that t may stand for: itself and those said in its place, or those it begins or misspells; and what it weighs.
    const alike = t => {
      const own = vocab.get(t), said = [...new Set([own, ...says.flatMap(forms => forms.some(w => w.length > 4 || w > '\x7f' ? t.includes(w) : t === w) ? forms.map(w => vocab.get(w)) : [])])].filter(id => id >= 0);
      if (said.length) return [weight[own] ?? Math.min(...weights(said)), ...said];
      const near = heads.get(t[0]) || [], n = t.length, fits = near.filter(w => n > 2 && w.startsWith(t) || n > 5 && w.startsWith(t.slice(0, Math.max(5, n - 3))) || n > 3 && close(t, w, 1));
      const ids = (fits[0] || n < 8 ? fits : near.filter(w => w[1] === t[1] && close(t, w, 2))).slice(0, 12).map(number);
      return [ids.length ? Math.max(...weights(ids)) : n > 3 ? rare : rare >> 1, ...ids];
    };

    return text => {
      stems.clear();
      const s = clean(bound(text)), f = fold(s), g = f.replace(/\n/g, ' '), ws = words(s, f, w => vocab.has(stem(w)) || starts.has(bare(w))), numbers = ws.map(w => vocab.get(w.t)), firm = [...ws.keys()].filter(i => !moods[13].test(ws[i].w));
      const before = (i, n) => f.slice(Math.max(0, i - n), i);
      const gap = i => s.slice(i ? ws[i - 1].b : 0, i < ws.length ? ws[i].a : s.length);
      const [, failure, , other, marks, told] = feel(f), marked = told || /[{}<>=]/.test(f.replace(RegExp(moods[15], 'g'), ''));
      const out = [], best = new Map();

      // ---- the codes in the paste

      // The first rule that fits decides what kind of place the code at units a to b stands in.
      const place = (a, b, digits) => {
        let m;
        const around = before(a, 64) + '\x01' + f.slice(b, b + 16), { at } = places.find(r => digits <= r.max && (m = r.re.exec(around)));
        return { at, label: m[1] || m[2] || '' };
      };

      // The codes of the reference that the paste has: words i to j, the entries, the place, and how little the code tells by
      // itself (0 enough, 1 short, 2 tiny).
      const found = [], spotted = [];
      for (let i = 0, asked = 0; i < ws.length && asked < 2048; i++) {
        const { a, b, w } = ws[i], group = /^\d{1,3}$/.test(w) && (ws.length < 3 ? /^(?:[.,' ]\d{3})+(?!\d)/ : /^(?:[.,']\d{3})+(?!\d)/).exec(f.slice(b, b + 12));
        let k = '', m;
        const look = j => {
          const all = (names.get(bare(k)) || []).filter(e => e.names.includes(k) || bare(e.names[0]) === bare(k)), same = all.filter(e => e.names.includes(k)), subs = subNames.get(bare(k)) || [];
          if ((all[0] || subs[0]) && !(m?.same && !same[0])) m = { i, j, k, same: same[0], list: same[0] ? same : all, subs };
        };
        if (group) { // 131.047
          k = w + group[0].replace(/\D/g, '');
          look(i + group[0].length / 4);
        }
        k = '';
        if (!m && starts.has(bare(w))) for (let j = i; j < ws.length && j < i + 6 && ws[j].w; j++) {
          if (j > i && !(/^(?:[-_./:]?|::)$/.test(gap(j)) || gap(j) === ' ' && /^[a-z]+ \d+$/.test(k + ' ' + ws[j].w))) break;
          k = join(k, ws[j].w);
          look(j);
        }
        const num = m && /^[\d-]+$/.test(m.k), dash = /^[-_]$/;
        if (!m || !num && (i && dash.test(gap(i)) || dash.test(gap(m.j + 1)))) continue;
        // A code with one of its sub-codes, as in 190/463 or 190.463, and two long codes, are looked at as one number.
        const next = num && ws[m.j + 1] || { w: '' }, between = next.w && gap(m.j + 1);
        const own = next.w && m.k.length < 5 && next.w.length > 4 && sizes.has(next.w.length) && names.has(bare(next.w));
        const both = next.w && (/^ ?[-./:#] ?$/.test(between) && m.list.some(e => e.subs.some(s => s.k === next.w)) || own && /^ ?[,/] ?$/.test(between));
        const twin = next.w.length > 4 && m.k.length > 4 && /^ ?[/|;+&] ?$/.test(between) && names.has(bare(next.w));
        const end = both || twin ? next.b : num ? ws[m.j].b : b;
        if (moods[10].test(before(a, 2) + f[a] + '\x01' + f.slice(end - 1, end + 3))) continue;
        const size = m.k.length + (both ? next.w.length : 0), lettered = /\d/.test(m.k), hex = m.list[0]?.codes[1], telling = !num && (!hex || m.k[1] === 'x') && (size > 15 || m.j - i > 1 || size > 4 && lettered);
        let weak = num ? size < 3 ? 2 : +(size < 5) : +!telling;
        // The short name of a collection before it: TS2304.
        const prior = num && i && /^[-_( ]?$/.test(gap(i)) && !dash.test(gap(m.j + 1)) && ws[i - 1], home = prior && m.list.find(e => e.c.short(prior.w)), tight = !/[- ]/.test(gap(i));
        if (asked > 255 && num && weak && !home && !moods[7].test(before(a, 32))) continue;
        asked++;
        let { at, label } = place(home ? prior.a : a, both || twin ? end : ws[m.j].b, num ? size : hex ? 98 : 99), sub = at === 9;
        if (sub) at = 6;
        if (home && at) {
          m.i--;
          m.list = m.list.filter(e => e.c === home.c);
          if (tight || ws.length < 24) at = Math.max(at, 5 + tight);
          if (tight) weak = 0;
        } else if (!num && m.list[0] && (telling || s[a - 1] === '/') && m.list.every(e => !e.codes.includes(m.k) && bare(e.names[0]) !== bare(m.k))) at = 8;
        else if (!num && at === 2) at = telling ? 3 : lettered ? 2 : 1;
        else if (!num && (at > 3 && lettered || at === 6 && m.j > i)) weak = 0;
        else if (!num && !telling && at === 5 || at === 3 && weak) weak = 2;
        if (num && !m.same && m.list[0] && m.list.every(e => e.names[0].length > size)) at = Math.min(at, 2);
        const last = found.at(-1);
        if (num && at < 3 && last?.num && (last.at > 3 || last.twin) && moods[6].test(f.slice(ws[last.j].b, a))) ({ at, sub, label } = last);
        Object.assign(m, { num, at, sub, label, weak, both, twin });
        if (!at) {
          spotted.push(m);
          continue;
        }
        found.push(m);
        i = m.j;
        if (both) found.push({ i: ++i, j: i, k: next.w, list: names.get(bare(next.w)) || [], subs: subNames.get(bare(next.w)) || [], num, at, sub: true, label, weak });
      }

      // Names of errors in words: ER_DUP_ENTRY, UniqueViolation. All words are the entry's, and among them a whole title.
      const codeWords = new Set(found.flatMap(m => ws.slice(m.i, m.j + 1)));
      for (let i = 0, asked = 0; i < ws.length && asked < 64; i++) {
        let j = i;
        while (j + 1 < ws.length && j < i + 9 && /^_?$/.test(gap(j + 1))) j++;
        const last = /^(?:error|exception)$/.test(ws[j].w) ? j : j + 1, ids = numbers.slice(i, last).filter((_, k) => !moods[13].test(ws[i + k].w));
        if (ids.length > 1 + !gap(i + 1) && !ids.includes(undefined) && weigh(ids) >= rare && !ids.every(id => usual.has(id)) && !ws.slice(i, j + 1).some(w => codeWords.has(w))) {
          asked++;
          const list = owners[ids.reduce((a, b) => owners[b].length < owners[a].length ? b : a)].slice(0, 64).filter(e => ids.every(id => owners[id].includes(e)) && e.lines.some(l => l.title && l.sub < 0 && (weigh(ids) * 2 >= rare * 3 || !l.text.includes(' ')) && l.set.every(id => ids.includes(id))));
          if (list[0]) found.push({ i, j: last - 1, k: '_' + i, list, subs: [], num: 0, at: 3, label: '', weak: 0 });
        }
        i = j;
      }
      found.sort(by(m => -m.i));

      // What else it says: the nouns of collections and marks of their envelopes, the words that could say which error it is.
      const named = collections.filter(c => c.nouns.some(n => n.test(f))), foreign = other && !named[0] || marks && !system, vendor = named[0] || collections.some(c => c.marks.some(m => m && f.includes(m)));
      const within = new Set(found.flatMap(m => ws.slice(m.i, m.j + 1)));
      const telling = ws.filter(word => !within.has(word) && !nouns.has(word.w) && !moods[0].test(word.w));
      const content = ws.length > 60 ? ws : telling.filter(({ w }) => (w.length > 2 || w > '\x7f') && (ws.length > 2 || /\D/.test(w)));
      if (!content.length && telling.filter(({ w }) => /\D/.test(w)).length < 2) for (const m of found) if (m.at < 8) m.at = 9;

      // ---- the messages in the paste

      // The literals of a template one after the other, and what stands between them; undefined where they do not. A paste may
      // begin or end within the message.
      const chain = text => {
        const parts = pieces(text), trim = t => t.replace(/^[ \n]+|[ \n]+$/g, ''), lead = parts[0] ? 0 : 2, first = parts[lead];
        const edge = at => at + /^[^"\n]{0,200}/.exec(f.slice(at))[0].length;
        const follow = (start, skipped) => {
          const head = f.slice(0, start), values = [], holes = [];
          const value = (name, a, b, end) => {
            values.push({ name, text: trim(s.slice(a, b)).replace(end ? /[.!…]$/ : '', '') });
            holes.push([a, b]);
          };
          if (lead) value(parts[1], Math.max(start - 201, head.lastIndexOf('"'), head.lastIndexOf('\n')) + 1, start);
          let at = start + first.length - skipped, k = lead + 1, lit = at - start;
          for (; k < parts.length; k += 2) {
            const literal = parts[k + 1], to = literal || k + 2 < parts.length ? g.indexOf(literal, at) : edge(at);
            if (to < 0 && g.length < at + 200 && !/["\n][^\n]/.test(f.slice(at)) && !/[a-z] $/.test(head)) {
              value(parts[k], at, g.length);
              return { values, holes, lit, cut: 1, from: start, to: g.length };
            }
            if (to < 0 || to > at + 200) return;
            value(parts[k], at, to, !literal);
            at = to + literal.length;
            lit += literal.length;
          }
          return { values, holes, lit, cut: skipped, from: start, to: at };
        };
        let c;
        for (let start = g.indexOf(first), tries = 0; !c && start >= 0 && tries < 8; start = g.indexOf(first, start + 1), tries++) c = follow(start, 0);
        const begin = /^[ .…"'\n]*/.exec(g)[0].length;
        if (!lead) for (let skip = 1; !c && skip < first.length - 7; skip++) if (g.startsWith(first.slice(skip), begin)) c = follow(begin, skip);
        return c;
      };

      // The lines that the words vote for, and those of entries whose codes are there, each where its words stand closest:
      // around the rarest of them, as far as its length and holes allow. The best of each entry.
      const where = new Map(), votes = new Int32Array(lines.length);
      firm.forEach((w, i) => numbers[w] === undefined || add(where, numbers[w], i));
      for (const id of where.keys()) for (const n of postings[id]) votes[n] += weight[id];
      const voted = [];
      votes.forEach((v, n) => v * 2 >= rare && (v * 2 >= totals[n] || v >= 3 * rare) && voted.push(n));
      const tried = new Set(top(voted, 40, n => votes[n] * votes[n] / totals[n] | 0).map(n => lines[n]));
      for (const m of found.concat(spotted)) for (const e of m.list.concat(m.subs)) for (const l of e.lines) if (votes[l.n]) tried.add(l);
      for (const l of [...tried].sort(by(l => -l.n))) {
        const a = l.ids.reduce((a, id, k) => where.has(id) && (a < 0 || weight[id] > weight[l.ids[a]]) ? k : a, -1), room = 4 + 30 * l.holes, n = l.ids.length;
        let b = { got: -1 }, whole;
        for (const at of where.get(l.ids[a]).slice(0, 8)) {
          const there = l.set.map(id => [id, where.get(id)?.find(i => i >= at - a - room && i <= at + n - a + room)]).filter(t => t[1] >= 0);
          const got = weigh(there.map(t => t[0])), spots = there.map(t => t[1]);
          if (!l.holes && !whole) {
            // The paste may begin or end within the message.
            const from = Math.max(0, at - a), to = Math.min(firm.length, at - a + n), u = ws[firm[from]].a, v = ws[firm[to - 1]].b;
            if (to - from === n || to - from > 3 && (to < firm.length ? !from : /^[a-z0-9 .…]{0,64}$/.test(f.slice(v)))) if (l.ids.slice(from - at + a, to - at + a).every((id, k) => numbers[firm[from + k]] === id)) whole = { values: [], holes: [], lit: v - u, cut: to - from < n, from: u, to: v };
          }
          if (got > b.got) b = { l, got, n: there.length, from: firm[Math.min(...spots)], to: firm[Math.max(...spots)] };
        }
        b.cov = b.got * 100 / totals[l.n] | 0;
        b.chain = whole || l.holes && b.cov > 39 && chain(l.text);
        if (b.cov < (b.chain?.cut ? 40 : 70)) b.chain = 0;
        b.points = Math.min(300, b.got * 100 / rare | 0) * (b.chain ? 100 : Math.max(Math.min(b.cov, 90), b.got >= 3 * rare && b.cov > 34 ? 75 : 0)) / 100 | 0;
        const old = best.get(l.e) || { all: 0, near: 0 }, all = old.all + (b.cov > 79 ? b.points : 0), near = Math.max(old.near, b.cov > 79 ? 0 : b.points >> 2);
        b.order = b.points * 4 + 2 * (l.sub >= 0 && !l.title) + (l.holes > 0) + (b.chain ? 400 : 0);
        best.set(l.e, Object.assign(old.l && b.order <= old.order ? old : b, { all, near }));
      }

      // A text speaks for the page that has most of it: what lies within a longer one does not count.
      const texts = [...best.values()].filter(b => b.chain && b.points > 99);
      for (const b of best.values()) b.under = texts.some(o => o !== b && o.from <= b.from && o.to >= b.to && (b.chain ? o.chain.lit > b.chain.lit : o.got >= b.got));

      // A code that stands beside its own message is one wherever it stands.
      const beside = m => m.list.some(e => {
        const b = best.get(e), c = b?.chain, { a } = ws[m.i], z = ws[m.j].b;
        return c && b.points > 49 && (c.from >= z && /^[^a-z]{0,12}$/.test(f.slice(z, c.from)) || a >= c.to && /^[^a-z0-9]{0,4}$/.test(f.slice(c.to, a)));
      });
      // So is the value of a name that says what its page says: PAIR_RATE_LIMIT = 131056.
      const called = m => {
        if (!moods[12].test(gap(m.i))) return;
        let i = m.i - 1;
        while (i > 0 && /^_?$/.test(gap(i)) && m.i - i < 6) i--;
        return m.list.some(e => weigh([...new Set(numbers.slice(i, m.i))].filter(id => id !== undefined && owners[id].includes(e))) * 2 >= rare * 3);
      };
      // In a table the head of its column tells what a number is.
      const columns = [];
      let row = 0;
      for (const line of f.split('\n', 2000)) {
        const from = row;
        line.slice(0, 2000).split(/[|;,]/).forEach((cell, column, { length }) => length > 1 && columns.length < 64 && moods[8].test(cell) && columns.push({ from, column, label: cell.replace(/^[ "']+|[ "']+$/g, '') }));
        row += line.length + 1;
      }
      if (columns[0]) for (const m of found.concat(spotted)) {
        const { a } = ws[m.i], start = f.lastIndexOf('\n', a) + 1, column = a < start + 2000 ? f.slice(start, a).split(/[|;,]/).length - 1 : -1;
        const head = m.at < 3 && m.k[3] && columns.findLast(h => h.from < start && h.column === column);
        if (head) {
          if (!m.at) found.push(m);
          [m.at, m.label] = [6, head.label];
        }
      }
      for (const m of found.concat(spotted)) if (m.at < 5 && !m.sub && (beside(m) || !m.weak && m.i && called(m))) {
        if (!m.at) found.push(m);
        m.at = 5;
      }
      found.sort(by(m => -m.i));

      // ---- the answer

      const shares = (m, e) => weigh([...new Set(numbers.slice(Math.max(0, m.i - 12), m.j + 13))].filter(id => weight[id] * 2 >= rare && id !== numbers[m.i] && (m.weak || !usual.has(id)) && owners[id].includes(e))) * (m.weak || content.length > 4 ? 1 : 2) >= rare;
      if (ws.length < 9) for (const m of found) if (m.at === 1 && m.num && m.list.some(e => shares(m, e))) m.at = 2;

      // Sub-codes go to the nearest code; one that has none is a code itself.
      const heads = found.filter(m => m.list[0] && m.at > 1 && !m.sub);
      for (const m of found) {
        const home = heads.filter(h => h !== m && !h.minor && (m.sub || h.list.some(e => m.subs.includes(e)) && (m.num ? m.i - h.j < 3 && m.i > h.j : !m.list[0]))).sort(by(h => -Math.abs(h.i - m.i), h => -h.i))[0];
        if (home) m.taken = home.minor = m;
        else if (m.sub || !m.list[0] && m.at > 5) {
          m.sub = true;
          heads.push(m);
        }
      }

      // Whether word i, with a blank at gap k, is about something else than e.
      const elsewhere = (i, k, e, { w, t } = ws[i] || {}) => w && gap(k) === ' ' && !moods[0].test(w) && !moods[1].test(w) && !nouns.has(w) && !owners[vocab.get(t)]?.includes(e);
      const counts = (m, e) => elsewhere(m.j + 1, m.j + 1, e), owned = (m, e) => elsewhere(m.i - 1, m.i, e);

      // Several long codes that stand nowhere special, where something failed: a summary.
      const listed = found.filter(m => m.at === 2 && m.num && !m.weak && !counts(m, m.list[0]) && !owned(m, m.list[0]));
      if (listed[1] && (failure || !marked && !foreign && !f.includes('\n'))) for (const m of listed) m.at = 4;

      // What a number that stands nowhere special is worth more for what stands around it; nothing where it counts something.
      const lone = (m, e, points, b) => {
        if (m.at !== 2) return 0;
        const around = (ws.length < 24 ? g : f).slice(ws[Math.max(0, m.i - 3)].a, ws[m.i].a).split('\n').pop() + f.slice(ws[m.i].a, ws[Math.min(ws.length - 1, m.j + 3)].b).split('\n')[0];
        return points && b.from - 40 < m.i && b.to + 40 > m.i ? 150 : m.both || shares(m, e) || !counts(m, e) && (!owned(m, e) && moods[1].test(around) || m.num && !m.weak && !marked && (vendor && failure || ws.length < 24 && !foreign && moods[17].test(before(ws[m.i].a, 64)) && !moods[16].test(f)) || collections.some(c => c.nouns.some(n => n.test(around)))) ? 170 : 0;
      };

      // Which of the pages that share a code, which sub-code, whether to believe it.
      for (const m of heads) {
        if (m.taken) continue;
        const minor = m.sub ? m : m.minor = m.minor || heads.find(h => h.k === m.k && h.minor)?.minor, own = minor?.list || [], base = m.sub ? m.subs : m.list;
        [...new Set(base.concat(own))].map(e => {
          const lists = minor?.subs.includes(e), b = best.get(e);
          const tie = lists ? e.subs.length < 2 && !m.sub ? 320 : 120 : !own.includes(e) ? 0 : minor.k.length > 4 ? 300 : minor.subs.length ? 0 : 20;
          return { e, m, pos: m.i, lists, away: !base.includes(e), b: b && b.points > 49 && (b.chain || !b.under) && b, rank: (b ? Math.min(400, b.all + b.near) : 0) + tie + 15 * named.includes(e.c) + 3 * (e.names[1] === m.k) + 2 * e.active };
        }).sort(by(r => r.rank, r => r.e.popularity, r => -r.e.i)).forEach((r, n) => {
          const points = r.b?.points || 0, weak = (r.away ? Math.min(m.weak, minor.weak) : m.weak) - (m.at === 7), minorTold = r.lists || r.away;
          const support = vendor || points > (weak > 1 && 99) || m.at > 7 || m.minor && minorTold || !m.num && found.some(o => o !== m && o.k === m.k);
          const near = f.slice(Math.max(0, ws[m.i].a - 300), ws[m.j].b + 300), [, fails, success, other, marks, says] = weak > 0 && !support ? feel(near) : [];
          const doubt = other && !named[0] || marks && !system || says || success && !fails || m.at === 6 && !fails && content.length > 1;
          r.n = n;
          r.sub = r.lists ? r.e.subs.findIndex(s => s.k === minor.k) : -1;
          r.arrived = r.away && minor.k;
          r.score = [0, 0, 250, 450, 480, 500, 520, 560, 650, 700, 690][m.at] + (points > 99 ? 60 : points && 30) + (minorTold && 20) + lone(m, r.e, points, r.b) - (support || weak < 1 || weak < 2 && !doubt ? 0 : 300) - (n && 200 + n);
          out.push(r);
        });
      }

      // The pages whose messages stand in the paste without their codes. A sentence that any API might say needs more than itself.
      const believed = out.filter(r => !r.n && r.score > 399), codes = [...out], numbered = new Set(spotted.flatMap(m => m.weak ? [] : m.list));
      for (const [e, b] of best) {
        if (codes.some(r => r.e === e && !r.n) || believed.some(r => r.b && r.b.from <= b.to && b.from <= r.b.to)) continue;
        const common = !vendor && !texts.some(o => o.points > 199 && o.l.set.some(id => !usual.has(id))) && (marked || ws.length > b.l.ids.length + 4) && b.l.set.every(id => usual.has(id)) || b.chain && b.chain.lit < 18 && ws.length > 15;
        const whole = b.chain && b.n > 2 - (numbered.has(e) || f[b.chain.from - 1] === '"') && (!b.l.holes || b.chain.lit > 11) && b.points > (numbered.has(e) ? 59 : !marked && !foreign ? 109 : 149);
        const sure = !b.under && !common && (whole || b.points > 199 && b.n > 5 && !believed.length && (b.chain || ws.length > 24 && b.cov > 59));
        out.push({ e, b, pos: b.from, sub: b.l.sub, score: (sure && 400) + Math.min(60, sure && whole ? 60 : b.points / 3 | 0) + 9 * e.active + (b.chain ? 5 : 0) + (b.l.sub < 0) });
        // A code within a hole of it is a value.
        if (sure && whole) for (const r of codes) if (r.e !== e && b.chain.holes.some(([from, to]) => ws[r.m.i].a >= from && ws[r.m.j].b <= to)) r.score -= 300;
      }

      // A few typed words: the entries that have them in any order.
      if (!out.some(r => r.score > 399) && content.length < 30 && ws.length < 60) {
        const got = new Int32Array(entries.length), ids = new Set(numbers), value = ({ a, b }) => moods[9].test(before(a, 1) + '\x01' + f.slice(b, b + 2));
        let total = 0, words = 0, least = 1e9;
        for (const t of new Set(content.filter(w => vocab.has(w.t) || !value(w)).map(w => w.t))) {
          const [w, ...fits] = alike(t), each = new Map();
          total += w;
          words += fits.length > 0;
          for (const id of fits) {
            ids.add(id);
            for (const e of owners[id]) {
              const n = sum(e.lines.map(l => l.set.includes(id) && (l.title && l.sub < 0 ? 4 : 2))) || 3;
              each.set(e, Math.max(each.get(e) || 0, Math.min(w, weight[id]) * 60 * n / (n + 2) | 0));
            }
          }
          each.forEach((w, e) => got[e.i] += w);
        }
        const need = total * (1 + 2 * foreign + moods[14].test(f) + content.some(value));
        top(entries.filter(e => got[e.i]), 60, e => got[e.i]).map(e => {
          const all = got[e.i];
          let fit = -1, part = 0, had = 0, sub = -1;
          for (const l of e.lines) {
            const w = weigh(l.set.filter(id => ids.has(id))), p = w * 100 / totals[l.n] | 0, v = p * (1 + l.title) + w * 10;
            if (v > fit) [fit, part, had, sub] = [v, p, w, l.sub];
          }
          const score = (all * 5 / (3 * rare) | 0) + (fit >> 3) + 50 * e.active + 4 * e.popularity + (sub < 0 || -9 * names.has(bare(e.subs[sub].k)));
          if (!marked && !codes.some(r => !r.n && !r.m.weak && r.e !== e) && (words > 1 || part === 100) &&
            (all * all > 1250 * rare * need || part > 50 && (had * (5 * all + 2 * part * total) > 480 * rare * need || part * all > 3500 * need))) least = Math.min(least, score);
          return { e, pos: 0, sub, score };
        }).forEach(r => {
          r.score = r.score < least ? Math.min(399, 100 + r.score) : 400 + r.score;
          out.push(r);
        });
      }

      // Why, in one line.
      const reason = ({ m, b, arrived }, sub, values) => {
        const why = [];
        if (m) {
          const word = s.slice(ws[m.i].a, ws[m.j].b), from = f.lastIndexOf(m.label, ws[m.i].a - 1);
          const [, object, list] = m.label && moods[11].exec(s.slice(Math.max(0, from - 600), from)) || [];
          why.push(m.at === 8 ? 'its address' : (m.sub ? 'sub-code ' : 'code ') + (m.at === 7 ? `(#${word})` : word) + (m.label ? ` in ${object ? object + (list && '[]') + '.' : ''}${s.substr(from, m.label.length)}` : ''));
        }
        if (!m?.sub && (sub || arrived)) why.push('sub-code ' + (sub ? sub.code : arrived));
        if (b) why.push((b.l.title ? 'title' : 'message') + (b.chain ? ' matched' : ' nearly matched'));
        if (!m && !b) why.push('words matched');
        for (const v of values.slice(0, 3)) why.push(`${v.name} = ${v.text.length > 40 ? v.text.slice(0, 40) + '…' : v.text}`);
        return why.join(', ').replace(/\n/g, ' ');
      };

      // How deep in braces each word is: of two answers as good, the outer one comes first.
      let deep = 0;
      const depth = ws.map((_, i) => {
        for (const c of gap(i)) deep = c === '{' ? deep + 1 : Math.max(0, deep - (c === '}'));
        return deep;
      });
      // Codes that tell enough are one as good as another: what went wrong first comes first.
      out.forEach(r => r.m && !r.n && r.m.at !== 8 && r.score > 480 && (r.m.at > 8 || !r.m.weak && !r.m.minor && !r.m.sub || r.m.at > 5 && (r.m.weak < 2 && r.lists || r.b?.points > 99)) && (r.score = 600));
      out.sort(by(r => r.score, r => -depth[r.pos], r => -r.pos, r => r.e.active, r => r.e.popularity, r => -r.e.i));
      const confident = out[0]?.score > 399, have = new Set();
      return {
        confident,
        matches: out.filter(({ e, score }) => !have.has(e) && have.add(e) && (!confident || score > 199)).slice(0, 8).map(r => {
          const { e, b } = r, sub = e.subs[r.sub >= 0 ? r.sub : b && (b.chain || b.cov > 69 && !b.l.title) ? b.l.sub : -1], values = b?.chain ? b.chain.values : [];
          return {
            entry: e.i, collection: e.c.id, slug: e.slug, code: e.code, subcode: sub ? sub.code : r.arrived || '', url: e.url + (sub ? '#subcode-' + sub.code : ''), title: e.title, score: r.score,
            why: reason(r, sub, values), message: values.length ? b.l.text : '', values,
          };
        }),
      };
    };
  };

  // In a worker: { index } names the data files, all of them fetched whatever is asked; { text } is answered with the matches.
  if (typeof module === 'object') module.exports = { decode, fold };
  else {
    let find;
    onmessage = async ({ data: { text, index } }) => {
      try {
        if (index) find = Promise.all(index.map(url => fetch(url).then(r => r.text()))).then(files => decode(...files));
        const answer = await find;
        postMessage(index ? {} : answer(text));
      } catch (e) {
        postMessage({ failed: String(e) });
      }
    };
  }
})();
