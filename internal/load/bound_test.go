package load_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/diag"
	"errdex/internal/load"
)

// TestBounds gives a file what took minutes or gigabytes: it is refused with the limit in the hint, or it is read in a moment.
func TestBounds(t *testing.T) {
	head := "code: \"2\"\ntitle: T\nsummary: W\nfixes: [W]\n"
	var keywords strings.Builder
	for i := range 90_000 {
		fmt.Fprintf(&keywords, "a%d, ", i)
	}
	for what, c := range map[string]struct{ text, limit string }{
		"short rows under a wide head": {head + "meaning: |\n  " + strings.Repeat("|a", 300) + "|\n  " + strings.Repeat("|-", 300) + "|\n" + strings.Repeat("  |x|\n", 100_000), "50000 cells"},
		"a long list on one line":      {head + "keywords: [" + keywords.String() + "]\n", ""},
		"values":                       {head + "keywords: [" + strings.Repeat("a, ", 250_000) + "]\n", "200000 values"},
		"brackets":                     {head + "meaning: |\n  " + strings.Repeat("[a](", 20_000) + "\n", "8000 brackets"},
		"quotes":                       {head + "meaning: |\n  " + strings.Repeat("> ", 5000) + "x\n", "100 quotes"},
	} {
		start := time.Now()
		tree, err := load.Scan(fstest.MapFS{
			"content/site.yaml":         {Data: []byte("title: T\nbase_url: https://a.example\n")},
			"content/a/collection.yaml": {Data: []byte("title: A\nnoun: A\nurl: /docs/a-{slug}\nindex: /docs/a\n")},
			"content/a/2.yaml":          {Data: []byte(c.text)},
		})
		if err != nil {
			t.Fatal(err)
		}
		items := make([]load.Item, len(tree.Files()))
		for i := range items {
			items[i] = tree.Read(i)
		}
		_, list := tree.Assemble(items)
		var found []diag.Diagnostic
		for _, d := range list.Sorted() {
			if d.ID == "file-too-large" {
				found = append(found, d)
			}
		}
		if (len(found) > 0) != (c.limit != "") || c.limit != "" && !strings.Contains(found[0].Hint, c.limit) {
			t.Errorf("%s: %v, want the limit %q", what, found, c.limit)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", what, took)
		}
	}
}
