// Before the first paint, in a file of its own so that nothing flashes: script is on, this theme was chosen, and an index
// with filters in its address waits for them.
(d => {
  d.className = location.search ? 'js wait' : 'js';
  try { d.dataset.theme = localStorage.theme || ''; } catch { /* refused: the system's theme stands */ }
})(document.documentElement);
