package check

import (
	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// Markdown has no syntax errors: what it cannot read is shown as it is written. That a reader sees `[the page](https://...` is a fault all the same.
func brokenMarkdown() rule {
	return rule{Rule: warning("broken-markdown", "A Markdown text has a link, a mark, a heading or a block of code that is not one, and is shown as text."),
		definition: func(p *pass, d *catalog.Definition) {
			for _, x := range p.fields(d) {
				p.slips(d.File, x.Prose)
			}
		},
		site: func(p *pass) {
			p.otherProse(func(file, _ string, x *catalog.Prose) { p.slips(file, x) })
		},
	}
}

func (p *pass) slips(file string, x *catalog.Prose) {
	if x.Doc != nil && len(x.Doc.Slips) > 0 {
		p.reportSlips(file, x)
	}
}

func (p *pass) reportSlips(file string, x *catalog.Prose) {
	for _, s := range x.Doc.Slips {
		if s.Kind == markdown.OpenFence || s.Kind == markdown.NextFence {
			continue // see unclosedCode
		}
		message, hint := slipWords(s)
		p.report(x.Part(file, s.At.Start, s.At.End), message, hint)
	}
}

func slipWords(s markdown.Slip) (message, hint string) {
	write := func(otherwise string) string {
		if s.Meant == "" {
			return otherwise
		}
		return "write `" + s.Meant + "`"
	}
	switch s.Kind {
	case markdown.OpenLink:
		return "this link is not closed", write("write `)` behind its address")
	case markdown.SpacedAddress:
		return "this is no link: its address has a space in it", write("remove the space, or write it as %20")
	case markdown.PartedLink:
		return "this is no link: a space stands between its text and its address", write("remove the space: `[text](address)`")
	case markdown.ReversedLink:
		return "this is no link: text and address have each other's brackets", write("write `[text](address)`")
	case markdown.OpenCode:
		if s.Meant == "|" {
			return "this backtick has no other", "a `|` ends a cell, even in code: write it `\\|` there"
		}
		return "this backtick has no other", "write one where the code ends or begins; for a backtick itself write it between two on each side: `` ` ``"
	case markdown.WikiLink:
		return "this is no link: two brackets are shown as they are", write("write `[text](error:CODE)`") + ", or guide: for a guide"
	case markdown.EmptyFence:
		return "this line begins a block of code, and nothing follows it", "where it is to end one, write a line " + s.Meant + " before the code too; else remove it"
	case markdown.OpenEmphasis:
		return "this emphasis is not closed", "write the same sign where it ends; where it is meant as it stands, put it into `code font` or a backslash before it"
	case markdown.SpacedEmphasis:
		return "this is no emphasis: spaces stand on the inner side of its signs", write("remove the spaces")
	}
	return "this is no heading: a space is missing behind the `#`", write("write a space there")
}
