package main

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
	"errdex/internal/site"
)

var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestExplainWidths prints pages of every kind at three widths, with and without colour. Only what must be copied whole goes beyond the
// width: samples, addresses, and words without a space. Both ways say the same, and colours are the only escape sequences.
func TestExplainWidths(t *testing.T) {
	c, err := site.Check(context.Background(), site.Options{Source: os.DirFS("../..")})
	if err != nil {
		t.Fatal(err)
	}
	underline := regexp.MustCompile(`(?m)^(=+|-+)\n`) // of headings, where there is no bold
	for _, slug := range []string{"190", "131031", "100-webhook-override", "131059", "invalid_request", "yaml-syntax", "folded-prose"} {
		found, _ := named(c.Map, slug)
		if len(found) != 1 {
			t.Fatalf("%s is %d definitions", slug, len(found))
		}
		for _, width := range []int{40, 80, 120} {
			plain := explain(c.Map, found, markdown.Style{Width: width})
			colour := explain(c.Map, found, markdown.Style{Width: width, Color: true})
			if !strings.Contains(colour, "\x1b[1m") || sgr.MatchString(plain) {
				t.Errorf("%s: colours are where they should not be, or are not", slug)
			}
			bare := sgr.ReplaceAllString(colour, "")
			if !slices.Equal(said(underline.ReplaceAllString(plain, "")), said(bare)) {
				t.Errorf("%s at %d columns says other words with colour than without", slug, width)
			}
			for _, text := range []string{plain, bare} {
				if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
					t.Errorf("%s: a control character: %q", slug, text[max(0, i-10):i+1])
				}
				for line := range strings.Lines(text) {
					line = strings.TrimRight(line, "\n")
					free := strings.HasPrefix(line, "    ") || strings.Contains(line, "://") || len(strings.Fields(line)) < 3
					if utf8.RuneCountInString(line) > min(width, 100) && !free {
						t.Errorf("%s at %d columns: %q", slug, width, line)
					}
				}
			}
		}
	}
}

// said are the words of a text without the marks of code, which is coloured where there is colour.
func said(text string) []string { return strings.Fields(strings.ReplaceAll(text, "`", "")) }

// TestExplainOwn holds that the program explains each of its diagnostics without a source folder, from what it carries.
func TestExplainOwn(t *testing.T) {
	for _, d := range ownPages(t) {
		m, found, suggestion, err := ownDefinitions(context.Background(), d.Slug)
		if err != nil || len(found) != 1 || suggestion != "" {
			t.Fatalf("%s: %d found, %q, %v", d.Slug, len(found), suggestion, err)
		}
		text := explain(m, found, markdown.Style{})
		for _, part := range []string{d.Slug, "Do this first:", "Causes", "Fixes", "How to see that it worked"} {
			if !strings.Contains(text, part) && !(part == "How to see that it worked" && strings.Contains(strings.ToLower(text), "worked")) {
				t.Errorf("%s: %q is not in its explanation:\n%s", d.Slug, part, text)
			}
		}
	}
}

func ownPages(t *testing.T) []*catalog.Definition {
	c, err := site.Check(context.Background(), site.Options{Source: ownContent{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, col := range c.Site.Collections {
		if col.ID == "errdex" {
			return col.Definitions
		}
	}
	t.Fatal("the program carries no collection errdex")
	return nil
}
