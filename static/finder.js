// The finder's engine: from anything pasted to the page about it. It runs in a Web Worker and under node, has no DOM, and
// mirrors the Go package internal/finder function by function: the reasons are told there, and a test there holds both to
// the same answers. The rules about places and words come with the data.
'use strict';
(() => {
  const LIMIT = 65536;
  const stem = w => w.length > 3 && /[^s]s$/.test(w) ? w.slice(0, -1) : w;
  const sum = list => list.reduce((a, b) => a + b, 0);
  const add = (map, key, value) => map.has(key) ? map.get(key).includes(value) || map.get(key).push(value) : map.set(key, [value]);

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
      out += '\n' + s.slice(Math.max(at, end), at === last ? s.length : at + 512);
      end = Math.max(end, at + 512);
    }
    return out;
  };

  // Undoes escapes of any depth, entities, percent signs, terminal colours; blanks are single.
  const quotes = { quot: '"', '#34': '"', apos: "'", '#39': "'", '#x27': "'", lt: '<', gt: '>' };
  const clean = s => s
    .replace(/\\+(?:u([0-9a-fA-F]{4})|([nrt])|(["'/]))|&(?:amp;)*(quot|apos|lt|gt|amp|nbsp|#[0-9a-f]{2,3});|%([0-9a-fA-F]{2})|\x1b\[[0-9;]*[a-zA-Z]/g,
      (_, u, n, q, e, x) => u ? String.fromCharCode(parseInt(u, 16)) : n ? '\n' : q || (e ? quotes[e] || ' ' : x > '1' && x < '7F' ? String.fromCharCode(parseInt(x, 16)) : ' '))
    .replace(/[\u200b-\u200f\u00ad\ufeff\u0000-\u0008]+/g, '')
    .replace(/[ \t-\r\u00a0\u2000-\u200a\u3000]+/g, b => /[\n\r]/.test(b) ? '\n' : ' ');

  // Small letters, no accents, plain quotes, digits and full-width forms; every unit stays where it is.
  const latin = 'aaaaaaaceeeeiiiidnooooo×ouuuuyþsaaaaaaaceeeeiiiidnooooo÷ouuuuyþyaaaaaaccccccccdddd';
  const fold = s => s.replace(/[A-Z\u00c0-\u0111\u0386-\u03ce\u0400-\u042f\u0660-\u0669\u06f0-\u06f9\u2010-\u201f\uff01-\uff5e]/g, ch => {
    const c = ch.charCodeAt(0);
    return c > 0x24f && c < 0x2000 ? c > 0x65f ? c & 15 : greek[c] || (c > 0x40f && c < 0x430 ? c + 32 : c) : c;
  });
})();
