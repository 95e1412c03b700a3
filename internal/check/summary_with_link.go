package check

import "errdex/internal/catalog"

func summaryWithLink() rule {
	return rule{Rule: warning("summary-with-link", "The summary holds a link, which a meta description and a list of results cannot show."), definition: func(p *pass, d *catalog.Definition) {
		if d.Summary.Doc == nil {
			return
		}
		for _, l := range d.Summary.Doc.Links {
			p.report(d.Summary.Part(d.File, l.At.Start, l.At.End), "the summary stands where links cannot: in search results and lists",
				"write its text only, and link from `meaning`")
		}
	}}
}
