package site_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/finder"
	"errdex/internal/output"
	"errdex/internal/site"
)

// TestShards builds a reference that outgrows one file of the finder: every page names all files, in order, and together they hold every
// definition. An edit changes the name of its own file only.
func TestShards(t *testing.T) {
	content := fstest.MapFS{
		"content/site.yaml":            {Data: []byte("title: \"Many\"\nbase_url: https://example.com\n")},
		"content/acme/collection.yaml": {Data: []byte("title: \"Acme errors\"\nnoun: \"Acme error\"\nurl: /docs/{slug}\nindex: /docs/errors\ngroups:\n  - {id: all, title: \"All\"}\n")},
	}
	n := finder.Shard + 30
	set := func(i int, title string) {
		content[fmt.Sprintf("content/acme/%d.yaml", 10000+i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "code: \"%d\"\ntitle: \"%s %d\"\ngroup: all\ndepth: stub\nsummary: \"It is number %d.\"\n", 10000+i, title, i, i)}
	}
	for i := range n {
		set(i, "Fault")
	}
	build := func() (names []string, sink *output.Memory) {
		sink = &output.Memory{}
		r, err := site.Build(context.Background(), site.Options{Source: content}, false, sink)
		if err != nil {
			t.Fatalf("%v: %+v", err, r.Diags.Sorted()[:min(3, len(r.Diags.Sorted()))])
		}
		return regexp.MustCompile(`/assets/finder\.[a-z0-9]+\.txt`).FindAllString(dataIndex(t, sink, "index.html"), -1), sink
	}
	names, sink := build()
	all := dataIndex(t, sink, "index.html")
	rules, _, _ := strings.Cut(all, " ")
	if data, _ := sink.Get(rules[1:]); !bytes.Equal(data, finder.Rules()) || len(names) != 2 || all != rules+" "+strings.Join(names, " ") || dataIndex(t, sink, "docs/10007.html") != all {
		t.Fatalf("home names %q, a page %q", all, dataIndex(t, sink, "docs/10007.html"))
	}
	var files [][]byte
	for _, name := range names {
		data, _ := sink.Get(name[1:])
		files = append(files, data)
	}
	ix, err := finder.Decode(files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, finder.Shard - 1, finder.Shard, n - 1} {
		if r := ix.Find(fmt.Sprint("Acme error ", 10000+i)); !r.Confident || r.Matches[0].URL != fmt.Sprint("/docs/", 10000+i) {
			t.Errorf("%d: %+v", 10000+i, r)
		}
	}
	set(finder.Shard+3, "Failure")
	again, _ := build()
	if again[0] != names[0] || again[1] == names[1] {
		t.Errorf("after an edit in the second file: %v, before %v", again, names)
	}
}

func dataIndex(t *testing.T, sink *output.Memory, path string) string {
	t.Helper()
	page, _ := sink.Get(path)
	m := regexp.MustCompile(`data-index="([^"]*)"`).FindSubmatch(page)
	if m == nil {
		t.Fatalf("%s: no data-index in %d bytes", path, len(page))
	}
	return string(m[1])
}
