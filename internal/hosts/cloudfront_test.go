package hosts_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errdex/internal/hosts"
)

// edge runs the two functions of CloudFront in node, with a key-value store made from the file that was written, and calls the first for each
// request. The event has the structure of the developer guide, "CloudFront Functions event structure".
type edge struct{ dir string }

type edgeRequest struct {
	URI    string `json:"uri"`
	Query  string `json:"query"`
	Accept string `json:"accept"`
}

type edgeAnswer struct {
	URI     string                       `json:"uri"` // of the request that goes on to the bucket
	Status  int                          `json:"statusCode"`
	Headers map[string]map[string]string `json:"headers"`
}

const edgeDriver = `
import { handler } from './request.mjs'
import { handler as respond } from './response.mjs'
let input = ''
process.stdin.on('data', d => input += d).on('end', async () => {
  const out = []
  for (const r of JSON.parse(input)) {
    const querystring = {}
    for (const part of r.query.split('&').filter(Boolean)) {
      const [name, value = ''] = part.split('=')
      if (querystring[name]) (querystring[name].multiValue ??= [{ value: querystring[name].value }]).push({ value })
      else querystring[name] = { value }
    }
    const headers = r.accept ? { accept: { value: r.accept } } : {}
    const got = await handler({ version: '1.0', context: { eventType: 'viewer-request' }, request: { method: 'GET', uri: r.uri, querystring, headers, cookies: {} } })
    if (!got.statusCode) got.headers = respond({ response: { statusCode: 200, headers: { 'content-type': { value: 'text/html; charset=utf-8' } } } }).headers
    out.push({ uri: got.uri ?? '', statusCode: got.statusCode ?? 0, headers: got.headers })
  }
  console.log(JSON.stringify(out))
})
`

func newEdge(t *testing.T, files map[string]string) edge {
	t.Helper()
	dir := t.TempDir()
	pairs := files[".hosts/cloudfront/redirects.json"]
	store := "const data = new Map(" + pairs[:0] + "JSON.parse(" + quoteJS(pairs) + ").data.map(p => [p.key, p.value]))\n" +
		"export default { kvs: () => ({ get: async key => { if (!data.has(key)) throw new Error('KeyNotFound'); return data.get(key) } }) }\n"
	for name, text := range map[string]string{
		"request.mjs": files[".hosts/cloudfront/request.js"] + "\nexport { handler }\n", "response.mjs": files[".hosts/cloudfront/response.js"] + "\nexport { handler }\n",
		"driver.mjs": edgeDriver, "node_modules/cloudfront/package.json": `{"name": "cloudfront", "type": "module", "main": "index.js"}`, "node_modules/cloudfront/index.js": store,
	} {
		to := filepath.Join(dir, filepath.FromSlash(name))
		_ = os.MkdirAll(filepath.Dir(to), 0o755)
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return edge{dir}
}

func quoteJS(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

func (e edge) ask(t *testing.T, requests []edgeRequest) []edgeAnswer {
	t.Helper()
	input, _ := json.Marshal(requests)
	cmd := exec.Command(need(t, "node"), filepath.Join(e.dir, "driver.mjs"))
	cmd.Stdin = strings.NewReader(string(input))
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, log.String())
	}
	var answers []edgeAnswer
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(requests) {
		t.Fatalf("%v: %s", err, out)
	}
	return answers
}

func TestCloudFront(t *testing.T) {
	m := resolve(t, content())
	files, in, _ := written(t, m, "s3")
	for _, name := range []string{"request.js", "response.js"} {
		if n := len(files[".hosts/cloudfront/"+name]); n > 10<<10 {
			t.Errorf("%s has %d bytes, CloudFront takes 10 KB", name, n)
		}
	}
	var pairs struct {
		Data []struct{ Key, Value string }
	}
	if err := json.Unmarshal([]byte(files[".hosts/cloudfront/redirects.json"]), &pairs); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range pairs.Data {
		if seen[p.Key] || len(p.Key) > 512 || len(p.Value) > 1024 || p.Key == "" {
			t.Errorf("pair %+v", p)
		}
		seen[p.Key] = true
	}
	e := newEdge(t, files)
	s3 := bucket(t, files, "s3")
	var requests []edgeRequest
	var want []string // "301 /to", or what the bucket is asked for
	add := func(uri, query, accept, to string) {
		requests, want = append(requests, edgeRequest{uri, query, accept}), append(want, to)
	}
	for _, p := range m.Pages {
		if p.URL == "/" {
			add("/", "", "", "/index.html")
			continue
		}
		add(p.URL, "", "text/html,*/*;q=0.8", p.URL)
		add(p.URL+"/", "", "", "301 "+p.URL)
		add(p.URL+".html", "a=b&a=c&d", "", "301 "+p.URL+"?a=b&a=c&d")
		add("/"+strings.ToUpper(p.URL[1:]), "", "", "301 "+p.URL)
		for _, ending := range p.Twins() {
			add(p.URL+ending, "", "", p.URL+ending)
		}
	}
	for _, r := range in.Redirects {
		add(r.From, "x=1", "", "301 "+r.To+"?x=1")
		if !strings.HasSuffix(r.From, ".json") && !strings.HasSuffix(r.From, ".md") {
			add(r.From+".html", "", "", "301 "+r.To)
			add(r.From+"/", "", "", "301 "+r.To)
		}
	}
	add("/e/7", "", "", "302 /docs/api-error-7")
	add("/E/API/190/", "", "", "302 /docs/api-error-190")
	add("/e/190", "utm=1", "", "302 /?q=190")
	add("/img/Photo.svg", "", "", "/img/Photo.svg")
	add("/img/photo.svg", "", "", "301 /img/Photo.svg")
	add("/assets/site.0123456789ab.css", "", "text/markdown", "/assets/site.0123456789ab.css")
	add("/index.html", "q=1", "", "301 /?q=1")
	add("/404.html", "", "", "/404.html")
	for _, uri := range []string{"//evil.example/", "/%2fevil", "/a%0d%0ab", "//docs/api-error-190.html", "/é"} {
		add(uri, "", "", uri) // goes to the bucket as it is, which has no such key
	}
	for accept, ending := range map[string]string{
		"application/json": ".json", "application/problem+json": ".json", "text/markdown": ".md", "text/markdown;q=0.9, text/html;q=0.8": ".md", "text/html, text/markdown": "", "*/*": "",
		"text/html;q=0.5,application/json;q=0.4": "", "text/markdown;q=0": "", "text/markdown, text/html": ".md", "text/markdown;level=1": "",
	} {
		add("/docs/api-error-190", "", accept, "/docs/api-error-190"+ending)
	}
	add("/docs/account-health", "", "text/markdown", "/docs/account-health")
	for i, a := range e.ask(t, requests) {
		got := a.URI
		if a.Status != 0 {
			got = map[int]string{301: "301 ", 302: "302 "}[a.Status] + a.Headers["location"]["value"]
		} else if a.Headers["content-security-policy"]["value"] != hosts.CSP || a.Headers["vary"]["value"] != "Accept, Accept-Encoding" {
			t.Errorf("%+v: the response has %v", requests[i], a.Headers)
		}
		if got != want[i] {
			t.Errorf("%+v: %q, want %q", requests[i], got, want[i])
		}
		path, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(got, "301 "), "302 "), "?")
		if status, _, _ := s3(path); status != 200 && !strings.Contains(path, "%") && !strings.HasPrefix(path, "//") && path != "/é" {
			t.Errorf("%+v: the bucket answers %s with %d", requests[i], path, status)
		}
	}
}
