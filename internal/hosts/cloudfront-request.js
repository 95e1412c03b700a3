// CloudFront function for viewer requests, runtime cloudfront-js-2.0, with a key-value store made from redirects.json.
import cf from 'cloudfront'

const store = cf.kvs()
const patterns = 'PATTERNS' // URLs of pages that have both twins: what stands before and behind the slug

async function find(key) {
  try {
    return await store.get(key)
  } catch (e) {
    return '' // there is no such key
  }
}

// weight returns how much a type is wanted, from 0 to 1, and where it stands among the others.
function weight(accept, type) {
  const parts = accept.toLowerCase().split(',')
  for (let i = 0; i < parts.length; i++) {
    const fields = parts[i].split(';')
    if (fields[0].trim() !== type) continue
    let q = 1
    for (let j = 1; j < fields.length; j++) {
      const field = fields[j].trim()
      if (field.indexOf('q=') === 0) q = Number(field.slice(2)) || 0
      else return { q: 0, at: i }
    }
    return { q: q, at: i }
  }
  return { q: 0, at: parts.length }
}

// twin returns the ending of the twin that is wanted rather than the page.
function twin(path, accept) {
  let has = false
  for (const p of patterns) {
    const slug = path.slice(p[0].length, path.length - p[1].length)
    if (path.indexOf(p[0]) === 0 && path.endsWith(p[1]) && slug !== '' && slug.indexOf('/') < 0 && !/\.(json|md)$/.test(path)) has = true
  }
  if (!has) return ''
  const html = weight(accept, 'text/html')
  let best = html
  let ending = ''
  for (const t of [['application/problem+json', '.json'], ['application/json', '.json'], ['text/markdown', '.md']]) {
    const w = weight(accept, t[0])
    if (w.q > best.q || (w.q === best.q && w.q > 0 && w.at < best.at)) {
      best = w
      ending = t[1]
    }
  }
  return ending
}

function query(q) {
  const out = []
  for (const name in q) {
    const values = q[name].multiValue || [q[name]]
    for (const v of values) out.push(v.value === '' ? name : name + '=' + v.value)
  }
  return out.length > 0 ? '?' + out.join('&') : ''
}

function redirect(status, to, request) {
  return {
    statusCode: status,
    statusDescription: status === 301 ? 'Moved Permanently' : 'Found',
    headers: {
      location: { value: to.indexOf('?') < 0 ? to + query(request.querystring) : to },
      'cache-control': { value: 'public, max-age=3600' }
    }
  }
}

async function handler(event) {
  const request = event.request
  const uri = request.uri
  if (uri.indexOf('/assets/') === 0) return request
  if (!/^\/(?!\/)[A-Za-z0-9_.~\/-]*$/.test(uri)) return request // no path of this site; nothing of it goes into a redirect
  const path = /^\/(index(\.html)?\/*)?$/.test(uri) ? '/' : uri.replace(/(\/index\.html|\.html)?\/*$/, '')
  const key = path.toLowerCase()
  if (uri === '/404.html') return request
  const found = (await find('=' + path)) || (await find(key))
  const status = found === '' ? 301 : Number(found.slice(0, 3))
  const to = found === '' ? key : found.slice(4)
  if (to !== uri) return redirect(status === 302 ? 302 : 301, to, request)
  if (uri === '/') {
    request.uri = '/index.html'
  } else if (request.headers.accept) {
    request.uri = uri + twin(uri, request.headers.accept.value)
  }
  return request
}
