package check

import "errdex/internal/catalog"

func deprecatedWithoutReplacement() rule {
	return rule{Rule: warning("deprecated-without-replacement", "A deprecated code does not say what takes its place."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if d.Status.Value == "deprecated" && len(d.ReplacedBy) == 0 {
			p.report(d.At(d.Status), "this code is deprecated, but nothing says what takes its place",
				"add `replaced_by`, or where nothing does, say so: `allow: [{rule: deprecated-without-replacement, reason: ...}]`")
		}
	}}
}
