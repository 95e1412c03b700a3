package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/check"
)

// made is a source folder with n definitions of the size and the kind of the real ones: two payloads, a list of causes and
// fixes that name each other, references, links, messages with holes.
func made(n int) fstest.MapFS {
	fsys := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\nreview_after: 180d\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nnoun: API error\nurl: /docs/api-{slug}\nindex: /docs/api\ngroups: [{id: a, title: A}, {id: b, title: B}]\n")},
	}
	prose := strings.Repeat("The API refuses the call because the token has run out, which happens after sixty days. ", 4)
	for i := range n {
		code := 100_000 + i
		fsys[fmt.Sprintf("content/api/%d.yaml", code)] = &fstest.MapFile{Data: fmt.Appendf(nil, `code: "%[1]d"
title: Error %[1]d
group: a
depth: full
summary: |
  The token of call %[1]d has run out. Get another one and send the call again.
message: "Error %[1]d validating the token of {user} at {time}."
variants: ["Token %[1]d has expired.", {text: "Session %[1]d is over", field: details, subcode: "463"}]
params: [{name: user, meaning: Who called.}, {name: time, meaning: When.}]
http_status: 401
retry: {policy: backoff, after: 4s}
subcodes: [{code: "463", title: Expired, text: "%[3]s", fixes: [new-token]}]
meaning: |
  %[3]sSee [%[2]d](error:%[2]d#fixes) and the [causes](#causes).
where: |
  %[3]s
causes:
  - {id: ran-out, text: "%[3]s", likelihood: common, fixes: [new-token]}
  - {id: revoked, text: "%[3]s", fixes: [new-token, ask]}
fixes:
  - {id: new-token, title: Get another token, steps: ["%[3]s", "%[3]s"], verify: "The call works."}
  - {id: ask, title: Ask, steps: ["%[3]s"]}
examples:
  - kind: payload
    language: json
    body: |
      {"error": {"message": "Error %[1]d", "type": "OAuthException", "code": %[1]d, "error_subcode": 463, "fbtrace_id": "AbCdEfGhIjK"}}
  - kind: request
    language: bash
    body: |
      curl -H "Authorization: Bearer $TOKEN" -d '{"to": "15550100001", "type": "text"}' https://graph.example.com/v23.0/106540352242922/messages
faq:
  - {question: "Why %[1]d?", answer: "%[3]s"}
related: [{ref: "%[2]d", relation: see_also, note: the next one}]
sources: [{title: The API, url: "https://example.com", retrieved: 2026-09-11}]
verified: 2026-09-11
`, code, 100_000+(i+1)%n, prose)}
	}
	return fsys
}

// TestQuiet holds that definitions without a fault give no finding: the rules do not cry wolf.
func TestQuiet(t *testing.T) {
	_, m, problems := read(t, made(50))
	list := check.Run(m, today)
	list.Merge(problems)
	for d := range list.All() {
		t.Errorf("%s:%d: %s: %s", d.Span.File, d.Span.Start.Line, d.ID, d.Message)
	}
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			site, m, _ := read(b, made(n))
			b.ReportAllocs()
			for b.Loop() {
				check.Silence(site, check.Run(m, today))
			}
		})
	}
}

// BenchmarkRunFaulty is a site in which everything is wrong in the same way, where a rule that compares each with each would
// show.
func BenchmarkRunFaulty(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := made(2)
			for i := range n {
				fsys[fmt.Sprintf("content/api/x%d.yaml", i)] = &fstest.MapFile{Data: []byte("code: same\ntitle: T\nsummary: S\nmessage: The same\ngroup: none\ncauses: [{text: C, fixes: [x]}]\nrelated: [100000]\nreplaced_by: [x0]\nstatus: deprecated\n")}
			}
			_, m, _ := read(b, fsys)
			b.ReportAllocs()
			for b.Loop() {
				check.Run(m, time.Time{})
			}
		})
	}
}
