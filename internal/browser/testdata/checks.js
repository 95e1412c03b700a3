// What the tests measure in a page. Each function returns a list of findings in words; an empty list is a pass.
// The whole file is one expression, so that a test can call one function of it in a page it does not otherwise touch.
(() => {
  const name = e => {
    const id = e.id ? '#' + e.id : '', cls = typeof e.className === 'string' && e.className ? '.' + e.className.trim().split(/\s+/).join('.') : '';
    const up = e.parentElement, at = up && up !== document.body && !id ? name1(up) + ' > ' : '';
    return `${at}${e.localName}${id}${cls} "${(e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
  };
  const name1 = e => e.localName + (e.id ? '#' + e.id : typeof e.className === 'string' && e.className ? '.' + e.className.split(' ')[0] : '');
  const style = e => getComputedStyle(e);
  const clipped = e => { // hidden from the eye and not from assistive technology
    for (let x = e; x && x !== document.body; x = x.parentElement) if (style(x).clipPath.startsWith('inset(50%') || style(x).clip === 'rect(0px, 0px, 0px, 0px)') return true;
    return false;
  };
  const visible = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length > 0 && !clipped(e);
  const all = (s, r = document) => [...r.querySelectorAll(s)];
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^="-"]), [role=option]';

  // Colours: channels of 0 to 255 and an opacity; contrast as WCAG 2 defines it.
  const colour = s => {
    const [r, g, b, a = 1] = (s.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return s.startsWith('color(') ? { r: r * 255, g: g * 255, b: b * 255, a } : { r, g, b, a };
  };
  const light = ({ r, g, b }) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = e => {
    for (let x = e; x; x = x.parentElement) {
      const c = colour(style(x).backgroundColor);
      if (c.a > 0.5) return c;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };

  const checks = {
    // Sideways: the page is no wider than the window, nothing hangs over its edge, no text is cut off.
    overflow(width) {
      const out = [], page = document.scrollingElement;
      if (page.scrollWidth > width) out.push(`the page is ${page.scrollWidth} px wide in a window of ${width}`);
      const held = e => {
        for (let x = e.parentElement; x && x !== document.body; x = x.parentElement) if (/auto|scroll/.test(style(x).overflowX)) return true;
        return false;
      };
      for (const e of all('body *')) {
        if (e instanceof SVGElement) continue;
        const r = e.getBoundingClientRect(), over = r.width && (r.right > width + 1 || r.left < -1), cut = e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1;
        if (over && visible(e) && !held(e)) out.push(`${name(e)} reaches from ${Math.round(r.left)} to ${Math.round(r.right)}`);
        if (cut && /hidden|clip/.test(style(e).overflowX) && visible(e) && !/textarea|input/.test(e.localName)) out.push(`${name(e)} cuts off its text`);
      }
      return out;
    },

    // What every page is asked, in one go.
    small() { return [...checks.overflow(320), ...checks.outline()]; },

    // Targets of at least 24 by 24 px; a link within a sentence is as high as its line (WCAG 2.5.8).
    targets() {
      // The marks of the map are as small as they must be; each leads where a row of the list beside it leads.
      return all(controls).filter(e => visible(e) && !e.closest('svg')).flatMap(e => {
        const r = e.getBoundingClientRect();
        let box = e.parentElement;
        while (box && style(box).display.startsWith('inline')) box = box.parentElement;
        const text = s => s.textContent.replace(/\s+/g, '');
        const inSentence = e.localName === 'a' && style(e).display === 'inline' && text(box).length > all('a', box).reduce((n, a) => n + text(a).length, 0) + 3;
        return inSentence || r.width >= 23.9 && r.height >= 23.9 ? [] : [`${name(e)} is ${r.width < 23.9 ? `${r.width.toFixed()} px wide` : `${r.height.toFixed(1)} px high`}`];
      });
    },

    // One h1, no level left out, no empty heading.
    outline() {
      const out = [], heads = all('h1, h2, h3, h4, h5, h6, [role=heading]').filter(h => h.checkVisibility());
      const ones = heads.filter(h => h.localName === 'h1');
      if (ones.length !== 1) out.push(`${ones.length} headings of level 1`);
      let last = 0;
      for (const h of heads) {
        const level = +(h.getAttribute('aria-level') || h.localName.slice(1));
        if (level > last + 1) out.push(`${name(h)} is of level ${level} behind level ${last}`);
        if (!h.textContent.trim()) out.push(`${name(h)} is empty`);
        last = level;
      }
      return out;
    },

    // Text and its ground: at least this contrast, whatever the size.
    ink(least) {
      const out = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = new Set();
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (seen.has(e) || !walk.currentNode.data.trim() || !visible(e)) continue;
        seen.add(e);
        const ratio = contrast(colour(style(e).color), ground(e));
        if (ratio < least) out.push(`${name(e)} is ${style(e).color}, ${ratio.toFixed(1)} : 1`);
      }
      return out;
    },

    // What moves: nothing, for those who asked for that.
    motion() {
      // Some wait for a while and then show a thing at once; that is no movement.
      const out = document.getAnimations().filter(a => a.effect.getComputedTiming().duration > 10).map(a => `an animation runs on ${a.effect && a.effect.target && name(a.effect.target)}`);
      for (const e of [document.documentElement, ...all('body, body *')]) {
        for (const pseudo of [null, '::before', '::after']) {
          const s = getComputedStyle(e, pseudo);
          if (s.scrollBehavior === 'smooth' || s.transitionDuration.split(', ').some(d => parseFloat(d) > 0.01) || s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.01) out.push(`${name(e)}${pseudo || ''} moves`);
        }
      }
      return out;
    },

    // Paper: no controls, no navigation but where the page belongs, and ink that can be read where browsers leave out backgrounds, as they do unless told.
    sheet() {
      const out = all('button, input, select, textarea, form, nav:not([aria-label=Breadcrumb]), body > header, body > footer, .skip').filter(visible).map(e => `${name(e)} is printed`);
      const paper = colour(style(document.body).backgroundColor);
      if (paper.a > 0.01 && light(paper) < 0.99) out.push(`the paper is ${style(document.body).backgroundColor}`);
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = new Set();
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (seen.has(e) || !walk.currentNode.data.trim() || !visible(e)) continue;
        seen.add(e);
        const s = style(e), ratio = contrast(colour(s.color), { r: 255, g: 255, b: 255 });
        if (ratio < 4.5 && s.printColorAdjust !== 'exact') out.push(`${name(e)} is ${s.color} on white, ${ratio.toFixed(1)} : 1`);
        if (/fixed|sticky/.test(s.position)) out.push(`${name(e)} is ${s.position}`);
      }
      for (const e of all('pre')) if (visible(e) && e.scrollWidth > e.clientWidth + 1) out.push(`${name(e)} is cut off at the edge`);
      return out;
    },

    // Without script: no control that does nothing, and every text can be seen or opened.
    plain() {
      const out = all('button, input, select, textarea, [role=button], [role=combobox]').filter(visible).map(e => `${name(e)} does nothing`);
      const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || e.closest('form, [data-finder], button, .jo, details:not([open]), script')) continue;
        if (!e.checkVisibility()) out.push(`${name(e)} cannot be read`);
      }
      return out;
    },

    // Keeps the order in which things get the focus, with what can be seen of it.
    watchFocus() {
      const order = all(controls).filter(e => visible(e) || e.classList.contains('skip')).filter(e => !e.disabled && e.tabIndex >= 0 && e.getAttribute('role') !== 'option');
      // Scrolled boxes get the focus too, so that they can be scrolled by keyboard; they are no controls.
      window.focusLog = [];
      document.addEventListener('focusin', ev => {
        const e = ev.target, s = style(e), r = e.getBoundingClientRect(), out = [];
        const outline = parseFloat(s.outlineWidth), c = colour(s.outlineColor);
        if (s.outlineStyle === 'none' || outline < 2) out.push('has no outline');
        else if (Math.max(contrast(c, ground(e.parentElement)), contrast(c, ground(e))) < 3) out.push(`has the outline ${s.outlineColor} on its ground`);
        const [box] = e.getClientRects();
        if (r.bottom <= 0 || r.top >= innerHeight || r.width < 2) out.push('is out of sight');
        else if (box) {
          const x = box.left + Math.min(box.width / 2, 20), y = Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 1), innerHeight - 1), top = document.elementFromPoint(x, y);
          if (top && !e.contains(top) && !top.contains(e)) out.push(`lies under ${name(top)}`);
        }
        focusLog.push({ at: order.indexOf(e), what: name(e), faults: out });
      });
      window.focusOrder = order;
      return order.map(name);
    },
  };
  return checks;
})()
