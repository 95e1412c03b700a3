package check

import "errdex/internal/catalog"

func causeWithoutFix() rule {
	return warning("cause-without-fix", "A cause names no fix, on a page whose fixes have ids.", func(p *pass) {
		for d := range p.definitions() {
			if d.Stub() || !fixesHaveIDs(d) {
				continue // nothing could be named
			}
			for i := range d.Causes {
				if c := &d.Causes[i]; len(c.Fixes) == 0 && c.Text.Set() {
					p.report(d.At(c.Text.Text), "this cause names no fix", "say what ends it: `fixes: ["+firstFixID(d)+"]`")
				}
			}
		}
	})
}

func fixesHaveIDs(d *catalog.Definition) bool { return firstFixID(d) != "" }

// firstFixID returns the first id among the fixes, or "".
func firstFixID(d *catalog.Definition) string {
	for i := range d.Fixes {
		if id := d.Fixes[i].ID.Value; id != "" {
			return id
		}
	}
	return ""
}
