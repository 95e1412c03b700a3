package check

import "errdex/internal/catalog"

func headingInField() rule {
	return warning("heading-in-field", "A Markdown field has a heading, which would break the outline of its page.", func(p *pass) {
		p.prose(func(file, key string, x *catalog.Prose) {
			if x.Doc == nil {
				return
			}
			for _, h := range x.Doc.Headings {
				p.report(x.Part(file, h.At.Start, h.At.End), "a heading inside `"+key+"` is shown as a bold line",
					"make it **bold** text, or give it a page section of its own under `sections`")
			}
		})
	})
}
