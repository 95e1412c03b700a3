// Before the first paint: script is on, and this theme was chosen. In a file of its own so that neither flashes.
(d => {
  d.className = 'js';
  try { d.dataset.theme = localStorage.theme || ''; } catch { /* refused: the system's theme stands */ }
})(document.documentElement);
