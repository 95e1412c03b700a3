// Keeps a page that `errdex serve` shows up to date. It is part of no build.
(() => {
  'use strict';
  const base = '/__errdex/';
  let have = document.currentScript.dataset.page;
  let stream, again, panel;

  const close = () => {
    clearTimeout(again);
    if (stream) stream.close();
    stream = null;
  };

  // A hidden tab lets go of its stream: a browser opens at most six connections to a host, and the seventh tab would wait for ever.
  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(base + 'events?' + new URLSearchParams({path: decodeURI(location.pathname), have}));
    stream.addEventListener('reload', () => { close(); location.reload(); });
    stream.addEventListener('style', e => restyle(JSON.parse(e.data)));
    stream.addEventListener('problems', e => lay(JSON.parse(e.data) || []));
    stream.onerror = () => { close(); again = setTimeout(open, 1000); };
  };

  // The new sheet is in force before the old one goes, so that the page is never without.
  const restyle = ({page, sheets}) => {
    have = page;
    for (const [from, to] of sheets) {
      for (const old of document.querySelectorAll('link[rel=stylesheet]')) {
        if (old.getAttribute('href') !== from) continue;
        const next = old.cloneNode();
        next.href = to;
        next.onload = () => old.remove();
        next.onerror = () => location.reload();
        old.after(next);
      }
    }
  };

  const element = (name, text, className) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  };

  const hide = () => { if (panel) panel.remove(); panel = null; };

  // Everything that comes from the content is set as text. The panel stands in a tree of its own, where the site's style does not reach.
  const lay = problems => {
    hide();
    if (!problems.length) return;
    panel = element('div');
    panel.hidden = true;
    const root = panel.attachShadow({mode: 'open'});
    const style = element('link');
    style.rel = 'stylesheet';
    style.href = base + 'problems.css';
    style.onload = () => { if (panel) panel.hidden = false; };
    const box = element('section', '', 'errdex-problems');
    box.setAttribute('role', 'alert');
    box.append(element('h2', problems.length === 1 ? 'One problem' : problems.length + ' problems'));
    box.append(element('p', 'Underneath is the last good site. This goes away when it is mended.'));
    const shut = element('button', 'Hide');
    shut.onclick = hide;
    box.append(shut);
    for (const p of problems) {
      const item = element('article', '', p.kind);
      item.append(element('h3', p.message));
      item.append(element('p', [p.place, p.id && '[' + p.id + ']'].filter(Boolean).join('  '), 'place'));
      if (p.detail) item.append(element('pre', p.detail));
      box.append(item);
    }
    root.append(style, box);
    document.body.append(panel);
  };

  addEventListener('keydown', e => { if (e.key === 'Escape') hide(); });
  document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
})();
