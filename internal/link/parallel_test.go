package link_test

import (
	"fmt"
	"reflect"
	"testing"

	"errdex/internal/link"
)

// TestResolveOn resolves a site on one core and on several. Nothing that is asked of the map, and nothing that is said of a fault, tells how many there were.
func TestResolveOn(t *testing.T) {
	for _, faults := range []int{0, 1, 900} { // more faults than names are compared for
		files := map[string]string{}
		for g := range 3 {
			files[fmt.Sprintf("guides/g%d.md", g)] = fmt.Sprintf("---\ntitle: G%d\ndescription: D\n---\n\nSee [one](error:a/%d) and [two](error:a/%d).\n", g, g, g+1)
		}
		for i := range 60 {
			text := fmt.Sprintf("meaning: \"See [that](error:%d), [the guide](guide:g%d), [here](#related) and [there](/docs/a-%d).\"\nrelated: [\"%d\"]\n", (i*7+3)%60, i%3, (i+1)%60, (i+5)%60)
			if i >= 60-min(faults, 60) {
				text = "related: [\"1\"]\nmeaning: |\n"
				for k := range max(1, faults/60) {
					text += fmt.Sprintf("  [a](error:no-%d-%d) [b](guide:g%d) [c](#nowhere-%d) [d](/docs/a-%d-%d)\n", i, k, 9+k, k, i, k)
				}
			}
			files[fmt.Sprintf("a/%d.yaml", i)] = text
		}
		site, list := loaded(t, files)
		if list.Len() > 0 {
			t.Fatal(list.Sorted())
		}
		one, said := link.ResolveOn(1, site)
		if said.Len() < faults {
			t.Fatalf("%d diagnostics for %d faults", said.Len(), faults)
		}
		for _, cores := range []int{2, 3, 7, 100} {
			m, list := link.ResolveOn(cores, site)
			if !reflect.DeepEqual(list.Sorted(), said.Sorted()) {
				t.Fatalf("%d faults on %d cores: %d diagnostics, and %d on one", faults, cores, list.Len(), said.Len())
			}
			for _, c := range site.Collections {
				for _, d := range c.Definitions {
					if !reflect.DeepEqual(m.Related(d), one.Related(d)) || !reflect.DeepEqual(m.Incoming(d), one.Incoming(d)) ||
						!reflect.DeepEqual(m.GuidesTo(d), one.GuidesTo(d)) || m.Meant(d) != one.Meant(d) || m.Href(d.Meaning.Doc)(0) != one.Href(d.Meaning.Doc)(0) {
						t.Errorf("%d faults on %d cores: %s is linked otherwise than on one", faults, cores, d.Slug)
					}
				}
			}
			for _, g := range site.Guides {
				if !reflect.DeepEqual(m.DefinitionsTo(g), one.DefinitionsTo(g)) {
					t.Errorf("%d faults on %d cores: the guide %s is linked otherwise than on one", faults, cores, g.Slug)
				}
			}
		}
	}
}
