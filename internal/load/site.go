package load

import "errdex/internal/catalog"

func siteObject() object[catalog.Site] {
	type s = catalog.Site
	organization := object[catalog.Organization]{
		name: "`organization`", doc: "Who publishes the site.",
		fields: []field[catalog.Organization]{
			text("name", "Its name.", func(v *catalog.Organization) *t { return &v.Name }).must(),
			url("url", "Its home page.", func(v *catalog.Organization) *t { return &v.URL }),
		},
	}
	return object[s]{
		name: "site.yaml", doc: "The site: what it is called, where it will stand, who publishes it.",
		fields: []field[s]{
			text("title", "The site's name.", func(v *s) *t { return &v.Title }).must(),
			text("description", "One sentence about the site; the home page's meta description.", func(v *s) *t { return &v.Description }),
			url("base_url", "Where the site will stand: an absolute URL. Canonical URLs, the sitemap and the problem types come from it.", func(v *s) *t { return &v.BaseURL }).must(),
			{name: "language", doc: "The language of the content, such as en.", read: func(r *reader, n yn, v *s) { v.Language = r.text(n, "language").Value }},
			nested("organization", "Who publishes the site.", organization, func(v *s) *catalog.Organization { return &v.Organization }),
			url("edit_url", "Where a file can be edited: an address in which {path} is the file's path.", func(v *s) *t { return &v.EditURL }),
			nameOf("guides_url", "The URL of a guide; {slug} is the file's name without .md. Default: /docs/{slug}.", func(v *s) *t { return &v.GuidesURL }),
			{name: "review_after", doc: "Warn where `verified` is older, such as 180d.", shape: shape{pattern: "^[0-9]{1,6}d$", example: "180d"},
				read: func(r *reader, n yn, v *s) { v.ReviewAfter = r.days(n, "review_after") }},
			names("collections", "The collections in the order readers want them; those left out follow by name.", func(v *s) *list { return &v.Order }).offers(completeCollection),
			names("hosts", "For which hosts redirects and headers are written.", func(v *s) *list { return &v.Hosts }).offers(completeHost),
		},
	}
}

func collectionObject() object[catalog.Collection] {
	type c = catalog.Collection
	group := object[catalog.Group]{
		name: "a group", doc: "A heading of the index.",
		fields: []field[catalog.Group]{
			nameOf("id", "The name by which definitions call it.", func(v *catalog.Group) *t { return &v.ID }).must(),
			text("title", "Its heading.", func(v *catalog.Group) *t { return &v.Title }).must(),
			prose("description", "What belongs here, to help a reader choose.", func(v *catalog.Group) *p { return &v.Description }),
		},
	}
	return object[c]{
		name: "collection.yaml", doc: "One API's errors.",
		fields: []field[c]{
			text("title", "The heading of the reference.", func(v *c) *t { return &v.Title }).must(),
			text("noun", "What one error is called: with WhatsApp error, a page speaks of WhatsApp error 190.", func(v *c) *t { return &v.Noun }),
			prose("description", "What the reference covers.", func(v *c) *p { return &v.Description }),
			nameOf("url", "The URL of a definition; {slug} is the file's name without .yaml.", func(v *c) *t { return &v.URL }).must(),
			nameOf("index", "The URL of the full reference.", func(v *c) *t { return &v.Index }).must(),
			listOf("groups", "The groups of the index, in order.", group, func(v *c) *[]catalog.Group { return &v.Groups }),
		},
	}
}

func guideObject() object[catalog.Guide] {
	type g = catalog.Guide
	return object[g]{
		name: "a guide's front matter", doc: "What stands above a guide's text.",
		fields: []field[g]{
			text("title", "The page's heading.", func(v *g) *t { return &v.Title }).must(),
			text("description", "One sentence; the meta description.", func(v *g) *t { return &v.Description }),
			names("aliases", "Other slugs that must lead here for ever.", func(v *g) *list { return &v.Aliases }),
			listOf("anchor_aliases", "Anchors that this page once had and that must lead somewhere for ever.", anchorAliasObject(), func(v *g) *[]catalog.AnchorAlias { return &v.AnchorAliases }),
			listOf("sources", "What the facts rest on.", sourceObject(), func(v *g) *[]catalog.Source { return &v.Sources }),
			date("verified", "The day the facts were last checked.", func(v *g) *t { return &v.Verified }),
		},
	}
}
