package check

func summaryWithLink() rule {
	return warning("summary-with-link", "The summary holds a link, which a meta description and a list of results cannot show.", func(p *pass) {
		for d := range p.definitions() {
			if d.Summary.Doc == nil {
				continue
			}
			for _, l := range d.Summary.Doc.Links {
				p.report(d.Summary.Part(d.File, l.At.Start, l.At.End), "the summary stands where links cannot: in search results and lists",
					"write its text only, and link from `meaning`")
			}
		}
	})
}
