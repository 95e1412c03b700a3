package corpus

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"
)

func TestSameConfigSameFiles(t *testing.T) {
	digest := func(c Config) [32]byte {
		h := sha256.New()
		for name, data := range Files(c) {
			h.Write([]byte(name))
			h.Write(data)
		}
		for name, data := range Hugo(c, Adapter) {
			h.Write([]byte(name))
			h.Write(data)
		}
		return [32]byte(h.Sum(nil))
	}
	a := Config{Definitions: 100, Seed: 7}
	if digest(a) != digest(a) {
		t.Error("the same corpus comes out differently")
	}
	if b := (Config{Definitions: 100, Seed: 8}); digest(a) == digest(b) {
		t.Error("the seed changes nothing")
	}
}

// TestCorpusIsRealistic holds the size of a definition to that of real ones, and that every one has its two samples, all
// different, so that a cache of blocks gains nothing.
func TestCorpusIsRealistic(t *testing.T) {
	const n = 400
	definitions, size := 0, 0
	samples := map[string]bool{}
	for name, data := range Files(Config{Definitions: n}) {
		if !strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, "collection.yaml") || name == "content/site.yaml" {
			continue
		}
		definitions++
		size += len(data)
		for _, key := range []string{"code: ", "summary: |", "causes:", "fixes:", "subcodes:", "faq:", "related:", "(error:", "(guide:", "`", "**", "language: json", "language: bash"} {
			if key != "(error:" && key != "**" && !bytes.Contains(data, []byte(key)) {
				t.Errorf("%s has no %q", name, key)
			}
		}
		for i, part := range strings.Split(string(data), "    body: |\n") {
			if i > 0 {
				body, _, _ := strings.Cut(part, "\n  - title")
				body, _, _ = strings.Cut(body, "\nfaq:")
				if samples[body] {
					t.Errorf("%s has a sample that another has", name)
				}
				samples[body] = true
			}
		}
	}
	if definitions != n || len(samples) != 2*n {
		t.Errorf("%d definitions with %d samples, want %d with %d", definitions, len(samples), n, 2*n)
	}
	if mean := size / definitions; mean < 4_000 || mean > 6_500 {
		t.Errorf("a definition has %d bytes: real ones have some 5,500", mean)
	}
}

func TestHugoHasTheSameDefinitions(t *testing.T) {
	c := Config{Definitions: 40, Seed: 3}
	ours := map[string]bool{}
	for name := range Files(c) {
		if strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, "collection.yaml") {
			ours[name[strings.LastIndexByte(name, '/')+1:]] = true
		}
	}
	for _, layout := range []Layout{FrontMatter, Adapter} {
		names := map[string]bool{}
		for name, data := range Hugo(c, layout) {
			names[name] = true
			if strings.Contains(name, "error-") && !bytes.Contains(data, []byte("\n    summary: |\n")) {
				t.Errorf("%s, %s: the definition is not there as it is for errdex", layout, name)
			}
		}
		found := 0
		for name := range names {
			if i := strings.Index(name, "-error-"); i > 0 {
				base := name[i+len("-error-"):]
				if ours[strings.TrimSuffix(strings.TrimSuffix(base, ".md"), ".yaml")+".yaml"] {
					found++
				}
			}
		}
		if found != c.Definitions {
			t.Errorf("%s: %d definitions of %d", layout, found, c.Definitions)
		}
		if !names[EditedHugoFile(c, layout)] {
			t.Errorf("%s: there is no %s to edit", layout, EditedHugoFile(c, layout))
		}
	}
	edited := false
	for name := range Files(c) {
		edited = edited || name == EditedFile(c)
	}
	if !edited {
		t.Errorf("there is no %s to edit", EditedFile(c))
	}
}
