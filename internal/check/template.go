package check

import (
	"errdex/internal/catalog"
	"errdex/internal/finder"
)

// messages calls f for the message of a definition and each of its variants.
func messages(d *catalog.Definition, f func(catalog.Text)) {
	if d.Message.Value != "" {
		f(d.Message)
	}
	for i := range d.Variants {
		if t := d.Variants[i].Text; t.Value != "" {
			f(t)
		}
	}
}

// parts returns the pieces of a message; a text that is no template has none (malformed-hole says so).
func parts(t catalog.Text) []finder.Part {
	parsed, err := finder.ParseTemplate(t.Value)
	if err != nil {
		return nil
	}
	return parsed.Parts
}
