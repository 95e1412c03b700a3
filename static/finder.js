// The finder's engine: from anything pasted to the page about it. It runs in a Web Worker and under node, has no DOM, and
// does what the Go package internal/finder does, in the same order: the reasons are told there, and a test there holds both to
// the same answers. The index and the paste live in closures: handing them around would cost a tenth of the bytes.
'use strict';
(() => {
  // ---- the rules, as in rules.go: seven moods of a text, then what place a code stands in (place, most digits, expression)

  const raw = String.raw;
  const gap = raw`[ \n"'\`:=>()\[\]#<*|~/_-]{0,16}`;
  const code = raw`${gap}(?:(?:is|was|no|nr|num|number|numero|nummer|n|int|integer|int32|int64|long|string|str|some|der|de|do|da|del|es|ist|lautet|mit|com|con|avec|value|valor)${gap}){0,3}\x01`;
  const neutralWord = 'what|which|why|how|where|when|who|is|are|was|the|a|an|my|our|your|i|we|you|me|it|its|this|that|these|those|do|does|did|can|could|would|should|may|might|been|being|be|means?|meaning|to|fix|solve|resolve|help|please|got|getting|gets?|has|have|had|having|see|seeing|saw|on|in|of|for|from|with|and|or|by|at|as|if|not|no|any|some|about|while|then|so|but|after|again|always|still|keeps?|keeping|just|only|here|there|all|api|errors?|codes?|subcodes?|sub|exceptions?|number|que|el|la|los|las|un|una|significa|como|do|da|o|os|com|em|na|por|con|en|y|e|der|die|das|ein|eine|ist|was|bedeutet|wie|mit|und|beim|ich|wir|le|les|une|est|quoi|signifie|pour|avec|et|dans|comment|je|sur|il|mi|tengo|de|es|hola|hi|hey|cannot|cant|unable|couldnt|wont|doesnt|isnt|didnt|dont|team|thanks?|urgent|anyone|know|kann|mir|jemand|sagen|warum|kommt|bitte|hilfe|recibo|sale|ayuda|ajuda|porque|recebo|estou|aparece|pourquoi|ai|bonjour|s|t|n|nr|num|numero';
  const counted = 'order|invoice|ticket|case|ids?|phone|tel|telephone|mobile|cell|port|line|page|row|col|column|step|room|flight|pr|issue|pull|request|build|version|v|ver|release|chapter|section|year|uid|pid|tid|thread|worker|process|user|account|customer|ref|reference|tracking|booking|sku|zip|postcode|amount|total|price|sum|count|size|limit|offset|index|at|on|in|to|from|for|since|until|pedido|factura|rechnung|commande|bestellung|ext|extension|option|part|model|serial|po|parcel|shipment|policy|claim|timestamp|ts|time|date|duration|took|after|before|within|about|around|nearly|over|under|than|approximately|call|dial|ring|text|sent|delivered|batch|job|task|run|wamid|contacts?|recipients?';
  const unit = 'ms|msecs?|milliseconds?|s|secs?|seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|bytes?|[kmgt]?b|px|pt|usd|eur|gbp|inr|brl|dollars?|euros?|messages|items?|rows?|users?|customers?|files?|lines?|times?|attempts?|retries|requests?|calls?|results?|records?|people|tests?|warnings?|errors|contacts?|points?|km|kg|mg|am|pm|st|nd|rd|th|x|of';
  const errorWord = 'err|erro|erros|erreur|fehler|fehlern|errore|errori|fout|blad|hata|hatasi|fel|feil|fejl|virhe|chyba|hiba|eroare|kesalahan|galat';
  const errorSign = 'ошибк[аиу]|ошибкои|помилка|σφαλμα|خطأ|שגיאה|त्रुटि|错误|錯誤|エラー|오류|에러|lỗi|bład';
  const codeWord = 'codigo|codice|kod|kode|kodu|kodi|koodi|cod';
  const codeSign = 'код|кода|κωδικος|رمز|كود|קוד|कोड|代码|代碼|码|碼|コード|코드|mã';
  const failWord = 'fail|failed|failure|fails|failing|reason|denied|rejected|undelivered|undeliverable|warning|fatal|falha|falhou|fallo|echec|fehlgeschlagen';
  const rules = raw`^(?:${neutralWord}|${errorWord}|${errorSign}|${codeWord}|${codeSign})$
(?:errors?|exceptions?|${failWord}|invalid|unable|cannot)(?:[^a-z"']|["'] ?[^ :=]|["']? ?[:=]>? ?[^ nf0\[{]|["']? ?[:=]>? ?[\[{] ?[^\]} ]|$)|${errorSign}|(?:^|[^a-z])(?:${errorWord})(?:[^a-z]|$)
(?:^|[^a-z])(?:success[a-z]{0,8}|ok|true|delivered|accepted)(?:[^a-z]|$)
(?:^|[^a-z])(?:errno|sqlstate|mysql|mariadb|postgres[a-z]{0,6}|psql|sqlite[0-9]?|oracle|hy000|mongo[a-z]{0,6}|redis|npm|yarn|curl|exit|exited|econn[a-z]{0,9}|enoent|eacces|etimedout|printer|seg[a-z]{0,8}fault|sig[a-z]{3,4}|kernel|systemd|nginx|apache|docker|kube[a-z]{0,8}|grpc|rpc|gcc|clang|linker)(?:[^a-z]|$)
(?:message|msg|details?|desc|description|reason|text)["']? ?(?:=>|[:=]) ?["']?[^ "'{\[]{2,40} [a-z]
^ ?(?:[,/|;&+]|and|or|und|oder|et|ou|e|y|o) ?$
(?:[ck]od|err|#|xcept|feh|fout|[^\n -~])[^0-9]{0,24}$
0 98 (?:[+$€£@%]|[0-9][.,])\x01|\x01(?:%|[.#][0-9])
0 3 \x01,[0-9][0-9][0-9](?:[^0-9]|$)
9 99 (sub[ _-]?cod(?:e|igo|ice))${code}
0 99 (?:country|zip|postal|post|area|phone|verif[a-z]{0,8}|otp|pin|security|sms|promo|coupon|discount|voucher|gift|product|item|currency|language|lang|locale|dial[a-z]{0,4}|calling|key|char|bar|qr|sku|access|region|state|iso|branch|bank|sort|swift|source|byte|color|tax|airport|invite|referral|booking|reservation|confirmation|tracking|order|build|version|activation|license|login|signal|your|tu|su|seu|ihr|votre|door|gate|room|party|auth|mfa)[a-z0-9_]{0,12}[ _-]?(?:codes?|pin|${codeWord})${code}
0 4 (?:http(?:[ _-]?(?:status|error|code)){0,2}|(?:status|exit|exited|return|response)(?:[ _-]?(?:status|code|with)){0,3})${code}
7 99 (?:^|[^a-z0-9 ] ?|[:.] )\(#\x01\)|\(#\x01\)[ :]{1,2}[a-z]
6 99 ([a-z0-9_-]{0,24}codes?|(?:^|[^a-z])(?:${codeWord})|${codeSign})${code}
1 2 errors?["']? ?[:=]>? ?\x01
0 4 (?:errors|errs)[ :="'\[(]{1,6}\x01
5 99 (?:^|[^a-z0-9])(errors?|exceptions?|${errorWord})${code}|(${errorSign})[^ ]{0,3}${code}
3 99 ([a-z0-9_]{1,30}(?:error|exception)s?)${code}
6 99 /(e)/(?:[a-z0-9-]{1,30}/)?\x01
1 4 \x01
4 99 (?:^|[^a-z])(${failWord})${code}
0 98 (?:["'\]] ?:|=>?) ?["'(\[]{0,3}\x01|(?:^|[^a-z])(?:${counted})${code}|\x01 ?(?:${unit})(?:[^a-z]|$)|[0-9][-/:]\x01|\x01[-/:][0-9]`.split('\n');

  // ---- text

  // The parts of a long paste that are read: its head, its tail, and what lies around signs of a failure.
  const bound = s => {
    if (s.length <= 65536) return s;
    let end = 32768, out = s.slice(0, end);
    const last = s.length - 8192, spots = [last];
    for (const sign of ['(#', 'code"', 'rror', 'code', 'Code', 'xception', 'ailed']) {
      for (let at = end, n = 0; n++ < 16 && (at = s.indexOf(sign, at)) >= 0 && at < last; at += 1024) spots.push(at - 256);
    }
    for (const at of spots.sort((a, b) => a - b)) out += '\n' + s.slice(Math.max(at, end), end = Math.max(end, at + (at < last ? 512 : 8192)));
    return out;
  };

  // Undoes escapes of any depth, entities, percent signs and terminal colours; runs of blanks become one.
  const char = hex => String.fromCharCode(parseInt(hex, 16));
  const clean = s => s
    .replace(/\\{1,16}(?:u([0-9a-fA-F]{4})|([nrt])|(["'/]))|&(?:amp;)*(?:(quot|#34)|(apos|#0?39|#x27)|#?[a-z0-9]{2,5});|%([2-7][0-9a-fA-F])|\x1b\[[0-9;]*[a-zA-Z]/g,
      (_, u, n, kept, double, single, x) => u || x ? char(u || x) : n ? '\n' : kept || (double ? '"' : single ? "'" : ' '))
    .replace(/[\0-\x08\x0e-\x1f\x7f\xad\u0300-\u036f\u200b-\u200f\ufe00-\ufe0f\ufeff]+/g, '')
    .replace(/[\t-\r \xa0\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u200a\u3000]+/g, b => /[\n\r]/.test(b) ? '\n' : ' ');

  // Small letters without accents, plain digits, quotes and dashes: what is compared. Every unit stays in its place.
  const fold = s => s
    .replace(/[A-Z\xc0-\u017f\u0386-\u03ce\u0400-\u045f\uff01-\uff5e]/g, c => c.normalize('NFKD')[0].toLowerCase())
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, c => c.charCodeAt(0) & 15)
    .replace(/[\u2010-\u2015]/g, '-').replace(/[\u2018-\u201b]/g, "'").replace(/[\u201c-\u201f]/g, '"');

  const stem = w => /[^s]s$/.test(w) && w.length > 3 ? w.slice(0, -1) : w;

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

  const moods = rules.slice(0, 7).map(r => RegExp(r));
  const places = rules.slice(7).map(r => {
    const [at, max, ...re] = r.split(' ');
    return { at: +at, max: +max, re: RegExp(re.join(' ')) };
  });

  // A template's words (what touches a hole is none), and its literals and holes by turns, as chain() wants them.
  const body = text => text.replace(/^\(#\d+\) /, '');
  const literals = text => words(body(text).replace(/[A-Za-z0-9]*\{[a-z0-9_]+\}[A-Za-z0-9]*/g, ' ')).map(w => w.t);
  const pieces = text => fold(body(text)).replace(/\{\{([a-z0-9_]+)\}\}/g, '\x01$1\x02').replace(/[ .!…]+$/, '')
    .split(/\{([a-z0-9_]+)\}/).map(t => t.replace(/\x01/g, '{').replace(/\x02/g, '}'));

  // Whether n edits make b of a: a letter put in, left out or changed, two swapped.
  const close = (a, b, n) => {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const x = a.slice(i), y = b.slice(i), x1 = x.slice(1), y1 = y.slice(1);
    return x === y || n > 0 && Math.abs(x.length - y.length) <= n && (close(x1, y, n - 1) || close(x, y1, n - 1) || close(x1, y1, n - 1) ||
      x[0] === y[1] && x[1] === y[0] && close(x.slice(2), y.slice(2), n - 1));
  };

  const sum = list => list.reduce((a, b) => a + b, 0);
  const by = (...keys) => (a, b) => keys.reduce((d, k) => d || k(b) - k(a), 0);
  const add = (map, key, value) => {
    const list = map.get(key);
    if (!list) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };

  // ---- the index: reads the data file and returns the function that answers a paste

  const decode = data => {
    const parts = data.split('\x1e'), rows = i => parts[i] ? parts[i].split('\n') : [];
    if (parts[0] !== 'errdex-finder 1') throw Error('not of this version');
    const entries = [], lines = [], names = new Map(), subNames = new Map(), starts = new Set(), nouns = new Set(), vocab = new Map(), heads = new Map(), postings = [], owners = [];
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
    const dictionary = rows(8);
    let word, code, left = 0, next = 0;
    const texts = (dictionary.length ? parts[3].replace(/[^]/g, c => {
      const n = c.charCodeAt(0), w = n < 32 ? c : dictionary[n - (n < 128 ? 32 : 33)], gap = word;
      word = /\w$/.test(w);
      return gap && word ? ' ' + w : w;
    }) : parts[3]).split('\n'), keywords = parts[4].split('\n'), subs = parts[5].split('\n');
    const collections = rows(1).map(r => {
      const [id, noun, prefix, suffix, count, marks] = r.split('\t');
      const own = words(`${id} ${noun}`).map(w => w.w).filter(w => !moods[0].test(w));
      own.forEach(n => nouns.add(n));
      return { id, prefix, suffix, count, marks: marks.split(' '), nouns: own.map(n => RegExp('(?:^|[^a-z])' + n)) };
    });
    rows(2).forEach((row, i) => {
      while (!left) left = +collections[next++].count;
      left--;
      const c = collections[next - 1], [step, slug, url] = row.split('\t'), [title, ...messages] = texts[i].split('\t'), [status, popularity] = parts[6].substr(2 * i, 2);
      code = /^[^+=]/.test(step) ? step : step[0] === '=' ? step.slice(1) : code.replace(/\d{1,15}$/, d => String(+d + +(step || 1)).padStart(d.length, '0'));
      const e = { i, c, code, slug: slug === undefined ? code : slug, title, lines: [], active: +(status === 'a'), popularity: +popularity };
      e.url = url || c.prefix + e.slug + c.suffix;
      e.names = [code, e.slug, e.url.split('/').pop()].map(text => name(names, text, e));
      e.subs = subs[i] ? subs[i].split('\t').map(s => {
        const [k, ...words] = s.split(' ');
        return { code: k, title: words.join(' '), k: name(subNames, k, e) };
      }) : [];
      const line = (text, sub = -1, title = 0) => {
        const ids = literals(text).map(number), l = { n: lines.length, e, text, sub, title, ids, set: [...new Set(ids)], holes: text.includes('{') ? pieces(text).length >> 1 : 0 };
        if (ids.length) lines.push(l) && e.lines.push(l);
      };
      line(title, -1, 1);
      for (const m of messages) m[0] === '\x1f' ? line(m.replace(/^\S+ /, ''), parseInt(m.slice(1)) - 1) : line(m);
      e.subs.forEach((s, j) => line(s.title, j, 1));
      if (/[A-Za-z].*[^A-Za-z0-9].*[A-Za-z]/.test(code)) line(code.replace(/[^A-Za-z0-9]+/g, ' '), -1, 1);
      for (const id of new Set(e.lines.flatMap(l => l.ids).concat(words(keywords[i]).map(w => number(w.t))))) owners[id].push(e);
      entries.push(e);
    });
    for (const row of rows(7)) {
      const [i, ...aliases] = row.split('\t'), e = entries[i];
      aliases.forEach(a => e.names.push(name(names, a, e)));
    }
    // How rare each word is among the lines, in bits.
    lines.forEach(l => l.set.forEach(id => postings[id].push(l)));
    const bits = n => 32 - Math.clz32(n), rare = bits(lines.length), weight = postings.map(p => bits(lines.length / (p.length || 1)));
    const weigh = ids => sum(ids.map(id => weight[id]));
    lines.forEach(l => { l.total = weigh(l.set); });
    const known = w => vocab.has(stem(w)) || starts.has(bare(w));

    // The numbers of the words that t may stand for: itself, or those it begins or misspells.
    const alike = t => {
      if (vocab.has(t)) return [vocab.get(t)];
      const all = heads.get(t[0]) || [], n = t.length, fits = all.filter(w => n > 2 && w.startsWith(t) || n > 5 && w.startsWith(t.slice(0, Math.max(5, n - 3))) || n > 3 && close(t, w, 1));
      return (fits.length || n < 8 ? fits : all.filter(w => w[1] === t[1] && close(t, w, 2))).slice(0, 12).map(number);
    };

    return text => {
      const s = clean(bound(text)), f = fold(s), g = f.replace(/\n/g, ' '), ws = words(s, f, known);
      const before = (i, n) => f.slice(Math.max(0, i - n), i);
      const gap = i => s.slice(i ? ws[i - 1].b : 0, i < ws.length ? ws[i].a : s.length);
      const [, failure, success, foreign, told] = moods.map(re => re.test(f));
      const out = [], best = new Map();

      // ---- the codes in the paste

      // The first rule that fits decides what kind of place the code at units a to b stands in.
      const place = (a, b, digits) => {
        for (const { at, max, re } of places) {
          const m = digits <= max && re.exec(before(a, 64) + '\x01' + f.slice(b, b + 16));
          if (m) return { at, label: m[1] || m[2] || '' };
        }
        return { at: 2, label: '' };
      };

      // The codes of the reference that the paste has: words i to j, the entries, the place, and how little the code tells by
      // itself (0 enough, 1 short, 2 tiny).
      const found = [], spotted = new Set();
      for (let i = 0, asked = 0; i < ws.length && asked < 2048; i++) {
        const { a, b, w } = ws[i];
        let k = '', m;
        if (!starts.has(bare(w)) || /^\d[:.-]\d| \d[:.]\d/.test(f.slice(Math.max(0, a - 2), a + 1) + ' ' + f.slice(b - 1, b + 2))) continue;
        for (let j = i; j < ws.length && j < i + 6 && ws[j].w; j++) {
          if (j > i && !(/^(?:[-_./:]?|::)$/.test(gap(j)) || gap(j) === ' ' && /^[a-z]+ \d+$/.test(k + ' ' + ws[j].w))) break;
          k = join(k, ws[j].w);
          const all = names.get(bare(k)) || [], same = all.filter(e => e.names.includes(k)), subs = subNames.get(bare(k)) || [];
          if (all.length + subs.length && !(m && m.same && !same.length)) m = { i, j, k, same: same.length, list: same.length ? same : all, subs };
        }
        const num = m && /^[\d-]+$/.test(m.k), dash = /^[-_]$/;
        if (!m || !num && (i && dash.test(gap(i)) || dash.test(gap(m.j + 1)))) continue;
        const size = m.k.length, lettered = /\d/.test(m.k), telling = !num && (size > 15 || m.j - i > 1 || size > 4 && lettered);
        let weak = num ? size < 3 ? 2 : +(size < 5) : +!telling;
        if (asked > 255 && num && weak && !moods[6].test(before(a, 32))) continue;
        asked++;
        let { at, label } = place(a, ws[m.j].b, num ? size : 99), sub = at === 9;
        if (sub) at = 6;
        if (!num && m.list.length && (telling || s[a - 1] === '/') && m.list.every(e => bare(e.names[0]) !== bare(m.k))) at = 8;
        else if (!num && at === 2) at = telling ? 3 : lettered ? 2 : 1;
        else if (!num && (at > 3 && lettered || at === 6 && m.j > i)) weak = 0;
        else if (!num && !telling && at === 5 || at === 3 && weak) weak = 2;
        const last = found[found.length - 1];
        if (num && at < 3 && last && last.num && last.at > 3 && moods[5].test(f.slice(ws[last.j].b, a))) ({ at, sub, label } = last);
        if (!at) {
          if (!weak) m.list.forEach(e => spotted.add(e));
          continue;
        }
        found.push(Object.assign(m, { num, at, sub, label, weak }));
        i = m.j;
      }

      // What else it says: the nouns of collections and marks of their envelopes, the words that could say which error it is.
      const named = collections.filter(c => c.nouns.some(n => n.test(f))), vendor = named.length || collections.some(c => c.marks.some(m => m && f.includes(m)));
      const within = new Set(found.flatMap(m => ws.slice(m.i, m.j + 1)));
      const content = ws.length > 60 ? ws : ws.filter(word => !within.has(word) && word.w.length > 2 && !nouns.has(word.w) && !moods[0].test(word.w));
      if (!content.length) for (const m of found) if (m.list.length && m.at < 8) m.at = 9;

      // ---- the messages in the paste

      // Whether units a to b are a text of their own: nothing but marks before and after.
      const apart = (a, b) => /^$|[^a-z0-9 ] ?$/.test(before(a, 2)) && !/[a-z0-9 ]/.test(f[b] || '');

      // The literals of a template one after the other, and what stands between them; undefined where they do not.
      const chain = text => {
        const parts = pieces(text), trim = t => t.replace(/^[ \n]+|[ \n]+$/g, ''), lead = parts[0] ? 0 : 2;
        const edge = at => Math.min(at + 200, ...['"', '\n'].map(c => (f + c).indexOf(c, at)));
        for (let start = g.indexOf(parts[lead]), tries = 0; start >= 0 && tries < 8; start = g.indexOf(parts[lead], start + 1), tries++) {
          const head = f.slice(0, start), values = [];
          if (lead) values.push({ name: parts[1], text: trim(s.slice(Math.max(start - 201, head.lastIndexOf('"'), head.lastIndexOf('\n')) + 1, start)) });
          let at = start + parts[lead].length, k = lead + 1;
          for (; k < parts.length; k += 2) {
            const literal = parts[k + 1], to = literal || k + 2 < parts.length ? g.indexOf(literal, at) : edge(at);
            if (to < 0 || to > at + 200) break;
            values.push({ name: parts[k], text: trim(s.slice(at, to)).replace(literal ? '' : /[.!…]$/, '') });
            at = to + literal.length;
          }
          if (k > parts.length - 1) return { values, apart: apart(start, at) };
        }
      };

      // The lines that the words vote for, and those of entries whose codes are there, each where its words stand closest:
      // around the rarest of them, as far as its length and holes allow. The best of each entry.
      const numbers = ws.map(w => vocab.get(w.t)), where = new Map(), votes = new Int32Array(lines.length);
      numbers.forEach((id, i) => id === undefined || add(where, id, i));
      for (const id of where.keys()) for (const l of postings[id]) votes[l.n] += weight[id];
      const value = l => votes[l.n] * votes[l.n] / l.total | 0;
      const tried = new Set(lines.filter(({ n, total }) => votes[n] * 2 >= rare && (votes[n] * 2 >= total || votes[n] >= 3 * rare)).sort(by(value, l => -l.n)).slice(0, 40));
      for (const m of found) for (const e of m.list.concat(m.subs)) for (const l of e.lines) if (votes[l.n]) tried.add(l);
      for (const l of [...tried].sort(by(l => -l.n))) {
        const a = l.ids.reduce((a, id, k) => where.has(id) && (a < 0 || weight[id] > weight[l.ids[a]]) ? k : a, -1), room = 4 + 30 * l.holes;
        let b = { got: -1 }, whole;
        for (const at of where.get(l.ids[a]).slice(0, 8)) {
          const there = l.set.map(id => [id, (where.get(id) || []).find(i => i >= at - a - room && i <= at + l.ids.length - a + room)]).filter(t => t[1] >= 0);
          const got = weigh(there.map(t => t[0])), spots = there.map(t => t[1]);
          if (!l.holes && l.ids.every((id, k) => numbers[at - a + k] === id)) whole = whole || { values: [], apart: apart(ws[at - a].a, ws[at - a + l.ids.length - 1].b) };
          if (got > b.got) b = { l, got, n: there.length, from: Math.min(...spots), to: Math.max(...spots) };
        }
        b.cov = b.got * 100 / l.total | 0;
        b.chain = whole || l.holes && b.cov > 69 && chain(l.text);
        b.points = Math.min(300, b.got * 100 / rare | 0) * (b.chain ? 100 : Math.max(Math.min(b.cov, 90), b.got >= 3 * rare && b.cov > 34 ? 75 : 0)) / 100 | 0;
        const old = best.get(l.e), all = (old ? old.all : 0) + (b.cov > 79 ? b.points : b.points >> 2);
        b.order = b.points * 4 + 2 * (l.sub >= 0) + (l.holes > 0);
        best.set(l.e, Object.assign(!old || b.order > old.order ? b : old, { all }));
      }

      // ---- the answer

      const shares = (m, e) => weigh([...where.keys()].filter(id => weight[id] * 2 >= rare && id !== numbers[m.i] && owners[id].includes(e))) >= rare;
      if (ws.length < 9) for (const m of found) if (m.at === 1 && m.num && m.list.some(e => shares(m, e))) m.at = 2;

      // Sub-codes go to the nearest code; one that has none is a code itself.
      const heads = found.filter(m => m.list.length && m.at > 1 && !m.sub);
      for (const m of found) {
        const home = heads.filter(h => h !== m && !h.minor && (m.sub || h.list.some(e => m.subs.includes(e)) && (m.num ? m.i - h.j < 3 && m.i > h.j : !m.list.length))).sort(by(h => -Math.abs(h.i - m.i), h => -h.i))[0];
        if (home) {
          home.minor = m;
          m.taken = true;
        } else if (m.sub) heads.push(m);
      }

      // What a number that stands nowhere special is worth more for what stands around it; nothing where it counts something.
      const lone = (m, e, points) => {
        if (m.at !== 2) return 0;
        const around = f.slice(ws[Math.max(0, m.i - 3)].a, ws[Math.min(ws.length - 1, m.j + 3)].b), next = ws[m.j + 1];
        const counts = next && gap(m.j + 1) === ' ' && !moods[0].test(next.w) && !moods[1].test(next.w) && !nouns.has(next.w) && !(owners[vocab.get(next.t)] || []).includes(e);
        return points ? 150 : shares(m, e) || !counts && (moods[1].test(around) || vendor && s[ws[m.i].a - 1] === '(' && s[ws[m.j].b] === ')' || collections.some(c => c.nouns.some(n => n.test(around))) ||
          m.num && m.k.length > 5 && ws.length < 6 && content.length < 2 && (!m.i || moods[0].test(ws[m.i - 1].w))) ? 170 : 0;
      };

      // Which of the pages that share a code, which sub-code, whether to believe it.
      for (const m of heads) {
        if (m.taken) continue;
        const minor = m.sub ? m : m.minor = m.minor || (heads.find(h => h.k === m.k && h.minor) || {}).minor, own = minor ? minor.list : [], base = m.sub ? m.subs : m.list;
        [...new Set(base.concat(own))].map(e => {
          const lists = minor && minor.subs.includes(e), b = best.get(e);
          const tie = lists ? e.subs.length < 2 && !m.sub ? 320 : 120 : !own.includes(e) ? 0 : minor.k.length > 4 ? 300 : minor.subs.length ? 0 : 20;
          return { e, m, pos: m.i, lists, away: !base.includes(e), b: b && b.points > 49 && b, rank: (b ? Math.min(400, b.all) : 0) + tie + 15 * named.includes(e.c) + 3 * (e.names[1] === m.k) + 2 * e.active };
        }).sort(by(r => r.rank, r => r.e.popularity, r => -r.e.i)).forEach((r, n) => {
          const points = r.b ? r.b.points : 0, weak = (r.away ? Math.min(m.weak, minor.weak) : m.weak) - (m.at === 7), minorTold = r.lists || r.away;
          const support = vendor || points > (weak > 1 ? 99 : 0) || m.at > 7 || m.minor && minorTold || !m.num && found.some(o => o !== m && o.k === m.k);
          const doubt = foreign || told || success && !failure || m.at === 6 && !failure && content.length > 1;
          r.n = n;
          r.sub = r.lists ? r.e.subs.findIndex(s => s.k === minor.k) : -1;
          r.arrived = r.away ? minor.k : '';
          r.score = [0, 0, 250, 450, 480, 500, 520, 560, 650, 700][m.at] + (points > 99 ? 60 : points && 30) + (minorTold ? 20 : 0) + lone(m, r.e, points) - (support || weak < 1 || weak < 2 && !doubt ? 0 : 300) - (n && 200 + Math.min(n, 20));
          out.push(r);
        });
      }

      // The pages whose messages stand in the paste without their codes.
      const believed = out.filter(r => !r.n && r.score > 399), codes = [...out];
      for (const [e, b] of best) {
        if (codes.some(r => r.e === e && !r.n) || believed.some(r => r.b && r.b.from <= b.to && b.from <= r.b.to)) continue;
        const sure = b.points > 199 && b.n > 5 && !believed.length && (b.chain || ws.length > 24) || b.n > 2 && b.chain && b.points > (spotted.has(e) ? 59 : b.chain.apart && !foreign ? 109 : 149);
        out.push({ e, b, pos: b.from, sub: b.l.sub, score: (sure ? 400 : 0) + Math.min(85, b.points / 3 | 0) + 9 * e.active + (b.chain ? 5 : 0) + (b.l.sub < 0) });
      }

      // A few typed words: the entries that have them in any order.
      if (!out.some(r => r.score > 399) && content.length < 16 && ws.length < 60) {
        const got = new Map(), ids = new Set(numbers);
        let total = 0;
        for (const t of new Set(content.map(w => w.t))) {
          const fits = alike(t), w = fits.length ? Math.max(...fits.map(id => weight[id])) : rare;
          total += w;
          fits.forEach(id => ids.add(id));
          for (const e of new Set(fits.flatMap(id => owners[id]))) got.set(e, (got.get(e) || 0) + w - (vocab.has(t) ? 0 : w >> 3));
        }
        for (const [e, g] of [...got].sort(by(x => x[1], x => -x[0].i)).slice(0, 60)) {
          const cov = g * 100 / total | 0;
          let fit = -1, part = 0, had = 0, sub = -1;
          for (const l of e.lines) {
            const there = weigh(l.set.filter(id => ids.has(id))), p = there * 100 / l.total | 0, v = p * (1 + l.title) + there * 10;
            if (v > fit) [fit, part, had, sub] = [v, p, there, l.sub];
          }
          const sure = !told && !/[{}<>=]/.test(s) && cov > 74 && (part > 49 || had * 2 >= 3 * rare) && had * 5 >= 4 * rare;
          out.push({ e, pos: 0, sub, score: (sure ? 400 : 100) + (cov * 4 + fit >> 3) + 40 * e.active + e.popularity + (sub < 0) });
        }
      }

      // Why, in one line.
      const reason = ({ m, b, arrived }, sub, values) => {
        const why = [];
        if (m) {
          const word = s.slice(ws[m.i].a, ws[m.j].b), from = f.lastIndexOf(m.label, ws[m.i].a - 1);
          const [, object, list] = m.label && /([A-Za-z_]{1,40})["']? ?[:=]>? ?(\[?)[ \n]?\{[^{}]*$/.exec(s.slice(Math.max(0, from - 600), from)) || [];
          why.push(m.at === 8 ? 'its address' : `code ${m.at === 7 ? `(#${word})` : word}` + (m.label ? ` in ${object ? object + (list && '[]') + '.' : ''}${s.substr(from, m.label.length)}` : ''));
        }
        if (sub || arrived) why.push('sub-code ' + (sub ? sub.code : arrived));
        if (b) why.push((b.l.title ? 'title' : 'message') + (b.chain ? ' matched' : ' nearly matched'));
        if (!m && !b) why.push('words matched');
        for (const v of values.slice(0, 3)) why.push(`${v.name} = ${v.text.length > 40 ? v.text.slice(0, 40) + '…' : v.text}`);
        return why.join(', ').replace(/\n/g, ' ');
      };

      out.sort(by(r => r.score, r => -r.pos, r => r.e.active, r => r.e.popularity, r => -r.e.i));
      const confident = out.length > 0 && out[0].score > 399, have = new Set();
      return {
        confident,
        matches: out.filter(({ e, score }) => !have.has(e) && have.add(e) && (!confident || score > 199)).slice(0, 8).map(r => {
          const { e, b } = r, sub = e.subs[r.sub >= 0 ? r.sub : b && b.cov > 69 ? b.l.sub : -1], values = b && b.chain ? b.chain.values : [];
          return {
            entry: e.i, collection: e.c.id, slug: e.slug, code: e.code, subcode: sub ? sub.code : r.arrived || '', url: e.url + (sub ? '#subcode-' + sub.code : ''), title: e.title, score: r.score,
            why: reason(r, sub, values), message: values.length ? b.l.text : '', values,
          };
        }),
      };
    };
  };

  // In a worker: { index } names the data file, { text } is answered with the matches.
  if (typeof module === 'object') module.exports = { decode, fold, rules };
  else {
    let find;
    onmessage = async ({ data: { text, index } }) => {
      try {
        if (index) find = fetch(index).then(r => r.text()).then(decode);
        const answer = await find;
        postMessage(index ? {} : answer(text));
      } catch (e) {
        postMessage({ failed: String(e) });
      }
    };
  }
})();
