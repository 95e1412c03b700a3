package hosts_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/edit"
	"errdex/internal/hosts"
	"errdex/internal/link"
)

// TestServersKeepWhatWasPublished renames and retires pages at random, records what each state publishes, and asks real servers for every URL of the
// record: each answers at once or after one redirect.
func TestServersKeepWhatWasPublished(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	files := content()
	ledger := &link.Ledger{}
	for step := range 40 {
		m := resolve(t, files)
		if list := ledger.Check(m, link.LedgerFile); list.Failed(false) {
			t.Fatalf("step %d: %+v", step, list.Sorted()[0])
		}
		ledger, _ = ledger.Lock(m)
		var refs []string
		for _, p := range m.Pages {
			if p.Definition != nil {
				refs = append(refs, p.Definition.Ref())
			} else if p.Guide != nil {
				refs = append(refs, "guides/"+p.Guide.Slug)
			}
		}
		ref := refs[r.IntN(len(refs))]
		folder, slug, _ := strings.Cut(ref, "/")
		fsys := fstest.MapFS{}
		for name, text := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		var plan *edit.Plan
		var err error
		if folder != "guides" && r.IntN(4) == 0 {
			plan, err = edit.Retire(fsys, ref, edit.Withdrawal{In: "v2"})
		} else {
			plan, err = edit.Move(fsys, ref, folder+"/"+[]string{slug + ".b", strings.ToUpper(slug), strings.TrimSuffix(slug, ".b"), fmt.Sprintf("N%d", step)}[r.IntN(4)])
		}
		if refusal := new(edit.Refusal); errors.As(err, &refusal) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		for _, c := range plan.Changes {
			delete(files, c.From)
		}
		for _, c := range plan.Changes {
			files[c.Path] = string(c.New)
		}
	}
	m := resolve(t, files)
	ledger, _ = ledger.Lock(m)
	var urls []string
	for line := range strings.Lines(string(ledger.Bytes())) {
		if url, _, _ := strings.Cut(line, "\t"); strings.HasPrefix(url, "/") && !strings.Contains(url, "#") {
			urls = append(urls, url)
		}
	}
	if len(m.Redirects) < 10 || len(urls) < 80 {
		t.Fatalf("%d redirects, %d URLs: nothing to test with", len(m.Redirects), len(urls))
	}
	eachServer(t, m, false, func(t *testing.T, s server, _ hosts.Input) {
		for _, url := range urls {
			a := s.get(t, url)
			if a.status == 301 {
				a = s.get(t, strings.TrimPrefix(a.header.Get("Location"), s.url))
			}
			if a.status != 200 {
				t.Errorf("%s ends with %d", url, a.status)
			}
		}
	})
	for _, c := range []struct {
		name string
		host func(map[string]string) host
	}{
		{"cloudflare", func(f map[string]string) host { return cloudflare(t, f) }}, {"netlify", func(f map[string]string) host { return netlify(t, f) }},
		{"vercel", func(f map[string]string) host { return vercel(t, f) }}, {"github_pages", githubPages}, {"s3", func(f map[string]string) host { return bucket(t, f, "s3") }},
		{"gcs", func(f map[string]string) host { return bucket(t, f, "gcs") }},
	} {
		written, _, _ := written(t, m, c.name)
		h := c.host(written)
		for _, url := range urls {
			status, to, _ := h(url)
			if status == 301 {
				status, _, _ = h(to)
			}
			if status != 200 {
				t.Errorf("%s: %s ends with %d", c.name, url, status)
			}
		}
	}
}
