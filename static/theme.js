// Before the first paint, in a file of its own so that nothing flashes: this theme was chosen, and an index with filters in its address waits for them. It is small and
// asynchronous, and blocking="render" has the browser paint after it; where that is not known it comes as early as it can. The class says that scripts arrive.
(d => {
  d.className ||= location.search ? 'js wait' : 'js';
  try { d.dataset.theme = localStorage.theme || ''; } catch { /* refused: the system's theme stands */ }
})(document.documentElement);
