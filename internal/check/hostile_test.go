package check_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/check"
)

// TestHostileMessages holds that no text takes long to judge, however many holes, braces or tokens it has. Each is nearly as large as a
// file may be; what grows with the square of the size takes a minute and more.
func TestHostileMessages(t *testing.T) {
	const size = 1_000_000
	for name, field := range map[string]string{
		"holes":    "message: \"" + strings.Repeat("{a}", size/3) + "\"",
		"braces":   "message: \"" + strings.Repeat("{a", size/2) + "\"",
		"doubled":  "message: \"" + strings.Repeat("{{a", size/3) + "\"",
		"no holes": "message: \"" + strings.Repeat("{A b}", size/5) + "\"",
		"tokens":   "meaning: \"" + strings.Repeat("eyJabcdefghijklmnopqrstu.", size/25) + "\"",
		"headers":  "meaning: \"" + strings.Repeat("-----BEGIN PRIVATE KEY-----", size/27) + "\"",
		"payload":  "examples: [{kind: payload, body: '" + strings.Repeat("{\"to\":", size/6) + "'}]",
		"numbers":  "examples: [{kind: payload, body: '" + strings.Repeat("\"to\":\"1 \"", size/10) + "'}]",
	} {
		_, m, problems := read(t, fstest.MapFS{
			"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
			"content/api/collection.yaml": {Data: []byte("title: API errors\nnoun: API error\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
			"content/api/1.yaml":          {Data: []byte("code: \"1\"\ntitle: T\nsummary: S\ncauses: [C]\nparams: [{name: b}]\n" + field + "\n")},
		})
		if errors, _ := problems.Count(); errors > 0 {
			t.Errorf("%s: %v", name, problems.Sorted()[0])
		}
		start := time.Now()
		list := check.Run(m, today)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: took %v", name, took)
		} else {
			t.Logf("%s: %v, %d findings", name, took, list.Len())
		}
	}
}
