package check

import "errdex/internal/catalog"

func causeWithoutFix() rule {
	return rule{Rule: warning("cause-without-fix", "A cause names no fix, on a page whose fixes have ids."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if d.Stub() || !fixesHaveIDs(d) {
			return // nothing could be named
		}
		for i := range d.Causes {
			if c := &d.Causes[i]; len(c.Fixes) == 0 && c.Text.Set() {
				p.report(d.At(c.Text.Text), "this cause names no fix", "say what ends it: `fixes: ["+firstFixID(d)+"]`")
			}
		}
	}}
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
