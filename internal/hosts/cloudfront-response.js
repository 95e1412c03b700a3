// CloudFront function for viewer responses, runtime cloudfront-js-2.0: the headers of every answer.
const headers = 'HEADERS'

function handler(event) {
  const response = event.response
  for (const name in headers) response.headers[name] = headers[name]
  const type = response.headers['content-type']
  if (type && /^(text\/html|text\/markdown|application\/json)/.test(type.value)) {
    response.headers.vary = { value: 'Accept, Accept-Encoding' }
  }
  return response
}
