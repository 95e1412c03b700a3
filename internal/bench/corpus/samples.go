package corpus

import "fmt"

// samples draws the two highlighted samples: a JSON payload that carries the code, and a shell request.
func (m *maker) samples() {
	m.d.payload = m.jsonSample()
	m.d.request = m.bashSample()
}

func (m *maker) jsonSample() string {
	d := &m.d
	switch m.IntN(3) {
	case 0:
		return fmt.Sprintf(`{
  "error": {
    "message": "(#%s) %s",
    "type": "%sException",
    "code": %s,
    "error_subcode": %s,
    "is_transient": %t,
    "error_data": {
      "%s": "%s",
      "details": "%s"
    },
    "fbtrace_id": "%s"
  }
}`, d.code, d.title, d.api.id, d.code, m.subcode(1), chance(m.Rand, 50), m.o.field, m.id(15), d.variants[1].text, m.trace())
	case 1:
		return fmt.Sprintf(`{
  "object": "%s_account",
  "entry": [
    {
      "id": "%s",
      "changes": [
        {
          "field": "messages",
          "value": {
            "statuses": [
              {
                "id": "wamid.%s==",
                "status": "failed",
                "timestamp": "%s",
                "errors": [{"code": %s, "title": "%s", "retry": null, "score": %d.%d}]
              }
            ]
          }
        }
      ]
    }
  ]
}`, d.api.id, m.id(15), m.trace(), m.id(10), d.code, d.title, m.IntN(90), m.IntN(99))
	}
	return fmt.Sprintf(`{
  "type": "https://%s/problems/%s",
  "title": "%s",
  "status": %d,
  "code": %s,
  "instance": "/v3/%ss/%s",
  "retryable": %t,
  "limits": [%d, %d, %d],
  "trace_id": "%s"
}`, d.api.host, d.code, d.title, d.http[0], d.code, m.o.field, m.id(12), d.retry != "never", m.IntN(1000), m.IntN(1000), m.IntN(1000), m.trace())
}

func (m *maker) bashSample() string {
	d := &m.d
	switch m.IntN(3) {
	case 0:
		return fmt.Sprintf(`# Test the production %s with a read
curl -sS "https://%s/v%d.0/$ACCOUNT_ID/%s?fields=status,%s" \
  -H "Authorization: Bearer $TOKEN" | jq '.error.code // "none"'`, m.o.name, d.api.host, 1+m.IntN(22), m.id(9), m.o.field)
	case 1:
		return fmt.Sprintf(`curl -X POST "https://%s/v%d.0/%s/messages" \
  -H "Authorization: Bearer ${TOKEN}" \
  -H 'Content-Type: application/json' \
  -d '{"to": "%s", "type": "text", "%s": "%s", "text": {"body": "hello"}}'`, d.api.host, 1+m.IntN(22), m.id(15), "1555010"+m.id(4), m.o.field, m.trace())
	}
	return fmt.Sprintf(`export %s_ID=%s
for try in 1 2 %d; do
  code=$(curl -s -o /tmp/out.json -w '%%{http_code}' "https://%s/v3/$PATH_ID/%s")
  if [ "$code" -lt 400 ]; then break; fi
  sleep $((try * %d)) # back off
done
cat /tmp/out.json`, d.api.id, m.id(12), 3+m.IntN(5), d.api.host, m.id(8), 2+m.IntN(9))
}
