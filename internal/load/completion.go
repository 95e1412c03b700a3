package load

import (
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// completion names what an editor can offer for a text.
type completion uint8

const (
	completeNothing completion = iota
	completeGroup
	completeReference
	completeRule
	completeHost
	completeCollection
)

// completions collects what there is: a text may be another all the same, since what does not exist yet can be written first.
func (opt SchemaOptions) completions() map[completion][]choice {
	out := map[completion][]choice{}
	for _, r := range opt.Rules {
		out[completeRule] = append(out[completeRule], choice{r, ""})
	}
	for _, h := range opt.Hosts {
		out[completeHost] = append(out[completeHost], choice{h, ""})
	}
	if opt.Site == nil {
		return out
	}
	for _, c := range opt.Site.Collections {
		out[completeCollection] = append(out[completeCollection], choice{c.ID, c.Title.Value})
		own := opt.Collection == "" || opt.Collection == c.ID
		if own {
			for _, g := range c.Groups {
				out[completeGroup] = append(out[completeGroup], choice{g.ID.Value, g.Title.Value})
			}
		}
		out[completeReference] = append(out[completeReference], references(c, own, len(opt.Site.Collections) > 1 && opt.Collection != c.ID)...)
	}
	for k := range out {
		slices.SortStableFunc(out[k], func(a, b choice) int { return strings.Compare(a.value, b.value) })
		out[k] = slices.CompactFunc(out[k], func(a, b choice) bool { return a.value == b.value })
	}
	return out
}

// references are the names of a collection's definitions, by their slug alone and with the collection before it.
func references(c *catalog.Collection, short, long bool) []choice {
	var out []choice
	for _, d := range c.Definitions {
		if short {
			out = append(out, choice{d.Slug, d.Title.Value})
		}
		if long {
			out = append(out, choice{d.Ref(), d.Title.Value})
		}
	}
	return out
}
