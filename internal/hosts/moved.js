// A page that has moved, on a host without redirects: goes on to the new one with the fragment and the query of this one.
const to = document.currentScript.dataset.to
location.replace(to + (to.includes('?') ? '' : location.search) + location.hash)
