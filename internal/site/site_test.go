package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"errdex/internal/output"
	"errdex/internal/site"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// day is the tests' own today.
var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

const root = "../.."

// real builds the project's own site once for all tests.
var real = sync.OnceValues(func() (*output.Memory, error) {
	mem := &output.Memory{}
	r, err := site.Build(context.Background(), site.Options{Source: os.DirFS(root), Now: day, Version: "test"}, false, mem)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", err, r.Diags.Sorted())
	}
	return mem, nil
})

func realSite(t *testing.T) *output.Memory {
	t.Helper()
	mem, err := real()
	if err != nil {
		t.Fatal(err)
	}
	return mem
}

// TestRealContent holds what the first site promises: the pages that are linked from outside, each with its twins.
func TestRealContent(t *testing.T) {
	mem := realSite(t)
	for _, slug := range strings.Fields(`190 131031 100-webhook-override 80007 130429 131026 131030 131042 131045 131047 131048 131049 131051 131053 131056
		132000 132001 132012 132015 133010 133016 130472 130497 131005 131008 131009 368 4 10 100 0 3 200 33`) {
		for _, ending := range []string{".html", ".json", ".md"} {
			if _, ok := mem.Get("docs/whatsapp-error-" + slug + ending); !ok {
				t.Errorf("docs/whatsapp-error-%s%s is missing", slug, ending)
			}
		}
	}
	for _, path := range strings.Fields(`index.html 404.html docs/whatsapp-errors.html docs/whatsapp-errors.json docs/platform-api-errors.html docs/dualhook-error-waba_webhook_conflict.html
		docs/account-health.html docs/messaging-health-status.html docs/tokens-and-permissions.html docs/throttling-and-back-off.html docs/webhooks-and-errors.html docs/template-rejections.html
		docs/how-to-read-a-whatsapp-error.html sitemap.xml robots.txt llms.txt feed.xml opensearch.xml`) {
		if _, ok := mem.Get(path); !ok {
			t.Errorf("%s is missing", path)
		}
	}
	index, _ := mem.Get("docs/whatsapp-errors.html")
	if !bytes.Contains(index, []byte("<b>189</b> full pages, <b>30</b> stubs")) {
		t.Error("the index does not say how much is covered: 189 full pages, 30 stubs")
	}
}

// TestTwins holds the JSON twin to RFC 9457 and to its page: the type is the page's canonical URL, and every URL of the site in it leads to a page.
func TestTwins(t *testing.T) {
	mem := realSite(t)
	n := 0
	for _, path := range mem.Paths() {
		base, ok := strings.CutSuffix(path, ".json")
		page, isPage := mem.Get(base + ".html")
		if !ok || !isPage {
			continue
		}
		data, _ := mem.Get(path)
		var twin struct{ Type, Title, Detail, Code string }
		if err := json.Unmarshal(data, &twin); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if twin.Code == "" {
			continue // a catalogue
		}
		n++
		if u, err := url.Parse(twin.Type); err != nil || !u.IsAbs() || !bytes.Contains(page, []byte(`<link rel="canonical" href="`+twin.Type+`">`)) {
			t.Errorf("%s: type %q is not the page's canonical URL", path, twin.Type)
		}
		if twin.Title == "" || twin.Detail == "" {
			t.Errorf("%s: a problem type needs title and detail", path)
		}
		for _, m := range regexp.MustCompile(`https://dualhook\.com(/[^\s"\\)<>#]*)`).FindAllStringSubmatch(string(data), -1) {
			if p := strings.TrimSuffix(m[1], "."); p != "/" {
				if _, ok := mem.Get(site.PagePath(p)); !ok {
					t.Errorf("%s: %s leads nowhere", path, p)
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d twins", n)
	}
}

// TestSitemap holds the sitemap to the pages, both ways.
func TestSitemap(t *testing.T) {
	mem := realSite(t)
	data, _ := mem.Get("sitemap.xml")
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`<loc>https://dualhook\.com(/[^<]*)</loc>`).FindAllStringSubmatch(string(data), -1) {
		listed[site.PagePath(m[1])] = true
		if _, ok := mem.Get(site.PagePath(m[1])); !ok {
			t.Errorf("%s is listed and is not there", m[1])
		}
	}
	for _, path := range mem.Paths() {
		if strings.HasSuffix(path, ".html") && path != "404.html" && !listed[path] {
			t.Errorf("%s is not in the sitemap", path)
		}
	}
}

// TestDeterministic builds twice with everything different that may differ: workers, time of the day, zone, folder. Every byte is the same.
func TestDeterministic(t *testing.T) {
	copied := filepath.Join(t.TempDir(), "elsewhere")
	for _, dir := range []string{"content", "templates", "static"} {
		if err := os.CopyFS(filepath.Join(copied, dir), os.DirFS(filepath.Join(root, dir))); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TZ", "Pacific/Kiritimati")
	t.Setenv("LC_ALL", "tr_TR.UTF-8")
	first := realSite(t)
	for _, workers := range []int{1, 7} {
		second := &output.Memory{}
		opt := site.Options{Source: os.DirFS(copied), Workers: workers, Now: day.Add(5 * time.Hour).In(time.FixedZone("x", 9*3600)), Version: "test"}
		if _, err := site.Build(context.Background(), opt, false, second); err != nil {
			t.Fatal(err)
		}
		same(t, first, second)
	}
}

func same(t *testing.T, a, b *output.Memory) {
	t.Helper()
	if x, y := strings.Join(a.Paths(), "\n"), strings.Join(b.Paths(), "\n"); x != y {
		t.Fatalf("other files:\n%s\n---\n%s", x, y)
	}
	for _, p := range a.Paths() {
		x, _ := a.Get(p)
		y, _ := b.Get(p)
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs: %s", p, firstDifference(string(x), string(y)))
		}
	}
}

// TestGolden compares the <main> of one page of each kind, from a small site that uses every field. Read the difference before -update.
func TestGolden(t *testing.T) {
	mem := &output.Memory{}
	opt := site.Options{Source: os.DirFS("testdata/every"), Now: day, Version: "test"}
	r, err := site.Build(context.Background(), opt, false, mem)
	if err != nil {
		t.Fatal(err, r.Diags.Sorted())
	}
	golden := map[string]string{
		"docs/acme-error-E7.html": "error.html", "docs/acme-error-E7.json": "error.json", "docs/acme-error-E7.md": "error.md", "docs/acme-error-8.html": "stub.html",
		"docs/acme-error-9.html": "removed.html", "docs/acme-errors.html": "index.html", "docs/acme-errors.json": "catalogue.json", "index.html": "home.html", "docs/start.html": "guide.html",
		"docs/start.md": "guide.md", "404.html": "404.html", "llms.txt": "llms.txt", "sitemap.xml": "sitemap.xml", "feed.xml": "feed.xml", "opensearch.xml": "opensearch.xml", "robots.txt": "robots.txt",
	}
	for path, name := range golden {
		data, ok := mem.Get(path)
		if !ok {
			t.Errorf("%s was not made", path)
			continue
		}
		got := string(data)
		if strings.HasSuffix(path, ".html") {
			got = mainOf(got)
		}
		file := filepath.Join("testdata", "golden", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not %s any more; -update rewrites it\n%s", path, file, firstDifference(got, string(want)))
		}
	}
	entries, err := os.ReadDir("testdata/golden")
	if err != nil || len(entries) != len(golden) {
		t.Errorf("testdata/golden has %d files, %d are expected: one without a test (%v)", len(entries), len(golden), err)
	}
}

// mainOf cuts a page to its <main>; hashed asset names are blotted out.
func mainOf(html string) string {
	_, rest, _ := strings.Cut(html, "<main")
	body, _, _ := strings.Cut(rest, "</main>")
	return regexp.MustCompile(`(/assets/[\w-]+)\.[a-z2-7]{10}\.`).ReplaceAllString("<main"+body+"</main>\n", "$1.HASH.")
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
