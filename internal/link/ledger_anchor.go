package link

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// anchorHint says how a lost anchor is kept; lost are all that this page lost. renamed is the anchor of a definition that it probably became: one that is
// new there, "" where that is not sure. alias is the entry of anchor_aliases that the hint asks for, "" where it has another way too.
func (c *ledgerCheck) anchorHint(r *record, p Page, lost []*record) (hint, renamed, alias string) {
	path, id := r.split()
	var file string
	var aliases []catalog.AnchorAlias
	restore := "bring it back in "
	switch {
	case p.Collection != nil:
		old := strings.TrimPrefix(id, GroupAnchor(""))
		if to := c.newGroup(p, path, id, lost); to != "" {
			return fmt.Sprintf("`%s` is new, and `%s`, which is gone, was published: write `id: %s`", strings.TrimPrefix(to, GroupAnchor("")), old, old), to, ""
		}
		return fmt.Sprintf("give the group in %s its id back: %s", p.Collection.File, old), "", ""
	case p.Definition != nil:
		file, aliases = p.Definition.File, p.Definition.AnchorAliases
	case p.Guide != nil:
		file, aliases, restore = p.Guide.File, p.Guide.AnchorAliases, "bring the heading back as it was in "
	default:
		return "bring it back", "", ""
	}
	if !aliasable.MatchString(id) {
		return restore + file, "", ""
	}
	if key := keySections[id]; p.Definition != nil && key != "" {
		return fmt.Sprintf("bring the key `%s` back in %s, or add `anchor_aliases: [{from: %s, to: ...}]` there", key, file, id), "", ""
	}
	own := c.m.pageAnchors(p)
	for _, a := range aliases { // they come last
		if a.From.Value != "" {
			own = own[:len(own)-1]
		}
	}
	own = slices.DeleteFunc(slices.Clone(own), func(a string) bool { return !aliasable.MatchString(a) })
	if len(own) == 0 {
		return restore + file, "", ""
	}
	var rivals []string
	for _, other := range lost {
		if _, x := other.split(); x != id && kindOf(x) == kindOf(id) {
			rivals = append(rivals, x)
		}
	}
	to, young := c.successor(p, path, id, own, rivals)
	known := to != "" && !c.recorded(p, path, to)
	if known && p.Definition != nil {
		if old := strings.TrimPrefix(id, kindOf(id)+"-"); kindOf(id) == "fix" {
			if n := len(fixRefs(p.Definition, old)); n > 0 {
				return fmt.Sprintf("`%s` stands where `%s` was, which %s: write `id: %s`", strings.TrimPrefix(to, "fix-"), old, stillName(n), old), to, ""
			}
		}
	}
	choice := ""
	if len(young) > 0 && to == "" {
		to, choice = "...", "; new on this page: "+strings.Join(young[:min(len(young), 8)], ", ")
	} else if to == "" {
		to, choice = "...", "; anchors that it can lead to: "+strings.Join(own[:min(len(own), 8)], ", ")
	}
	entry := fmt.Sprintf("{from: %s, to: %s}", yamlWord(id), yamlWord(to))
	if known { // it was renamed: one way is enough
		if p.Definition == nil {
			to = ""
		}
		switch {
		case len(aliases) > 0:
			return fmt.Sprintf("add `%s` to the `anchor_aliases` of %s", entry, file), to, entry
		case p.Guide != nil:
			return fmt.Sprintf("add `anchor_aliases: [%s]` between the first two lines --- of %s", entry, file), to, entry
		}
		return fmt.Sprintf("add `anchor_aliases: [%s]` to %s", entry, file), to, entry
	}
	switch {
	case len(aliases) > 0:
		return fmt.Sprintf("%s%s, or add `%s` to its `anchor_aliases`%s", restore, file, entry, choice), "", ""
	case p.Guide != nil:
		return fmt.Sprintf("%s%s, or add `anchor_aliases: [%s]` between its first two lines ---%s", restore, file, entry, choice), "", ""
	}
	return fmt.Sprintf("%s%s, or add `anchor_aliases: [%s]` there%s", restore, file, entry, choice), "", ""
}

// stillName says how many places name what is gone.
func stillName(n int) string {
	if n == 1 {
		return "1 place still names"
	}
	return fmt.Sprintf("%d places still name", n)
}

// recorded reports whether an anchor of a page was published, under its URL or under the alias that path is.
func (c *ledgerCheck) recorded(p Page, path, anchor string) bool {
	anchor = "#" + escape(anchor)
	return c.live.has([]byte(path+anchor)) || c.live.has([]byte(escape(p.URL)+anchor))
}

// keySections are the anchors that stand for a key of a definition, and the key.
var keySections = map[string]string{"message": "message", "message.variants": "variants", "causes": "causes", "fixes": "fixes", "retry": "retry", "meaning": "meaning", "where": "where",
	"subcodes": "subcodes", "examples": "examples", "prevention": "prevention", "reproduce": "reproduce", "faq": "faq", "support": "support", "support.collect": "collect",
	"related.equivalents": "equivalents", "sources": "sources", "sources.links": "links"}

// newGroup returns the anchor of the group that surely took the place of a lost one, or "".
func (c *ledgerCheck) newGroup(p Page, path, id string, lost []*record) string {
	var old, young []string
	for _, r := range lost {
		_, x := r.split()
		old = append(old, x)
	}
	for _, a := range c.m.pageAnchors(p) {
		if strings.HasPrefix(a, GroupAnchor("")) && !c.recorded(p, path, a) {
			young = append(young, a)
		}
	}
	if len(old)*len(young) > maxPairs {
		return ""
	}
	slices.Sort(old)
	return pair(old, young, func(a string) []string {
		words := wordsOf(strings.TrimPrefix(a, GroupAnchor("")))
		for i := range p.Collection.Groups {
			if g := &p.Collection.Groups[i]; GroupAnchor(g.ID.Value) == a {
				words = append(words, wordsOf(g.Title.Value)...)
			}
		}
		return words
	})[id]
}

// atRenamed points a lost anchor to the id that was probably renamed, and to what still names the old one.
func (c *ledgerCheck) atRenamed(d *diag.Diagnostic, r *record, def *catalog.Definition, to string) {
	t := partID(def, to)
	if !t.Set() {
		return
	}
	d.Related = append(d.Related, diag.Related{Span: d.Span, Message: "recorded here"})
	d.Span = def.At(t)
	_, id := r.split()
	if old, ok := strings.CutPrefix(id, "fix-"); ok {
		c.named(d, def, fixRefs(def, old))
	}
}

// maxRefs is how many of the places that name a lost fix are shown.
const maxRefs = 8

// partID returns the id that an anchor of a definition was made of, where it was made of one.
func partID(d *catalog.Definition, anchor string) catalog.Text {
	kind, id, _ := strings.Cut(anchor, "-")
	switch kind {
	case "cause":
		for i := range d.Causes {
			if d.Causes[i].ID.Value == id {
				return d.Causes[i].ID
			}
		}
	case "fix":
		for i := range d.Fixes {
			if d.Fixes[i].ID.Value == id {
				return d.Fixes[i].ID
			}
		}
	case "faq":
		for i := range d.FAQ {
			if d.FAQ[i].ID.Value == id {
				return d.FAQ[i].ID
			}
		}
	case "subcode":
		for i := range d.Subcodes {
			if d.Subcodes[i].Code.Value == id {
				return d.Subcodes[i].Code
			}
		}
	}
	return catalog.Text{}
}

// fixRefs returns the places of causes and subcodes that name a fix.
func fixRefs(d *catalog.Definition, id string) []catalog.Text {
	var out []catalog.Text
	for i := range d.Causes {
		for _, t := range d.Causes[i].Fixes {
			if t.Value == id {
				out = append(out, t)
			}
		}
	}
	for i := range d.Subcodes {
		for _, t := range d.Subcodes[i].Fixes {
			if t.Value == id {
				out = append(out, t)
			}
		}
	}
	return out
}

// aliasable is what an entry of anchor_aliases can hold without quotes of its own.
var aliasable = regexp.MustCompile(`^[\pL\pN_][\pL\pN._~-]*$`)

// anchorForm is what the rule invalid-anchor lets pass.
var anchorForm = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

// yamlWord quotes what YAML would read as a number or a word of its own.
func yamlWord(s string) string {
	if s[0] >= '0' && s[0] <= '9' || slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s)) {
		return `"` + s + `"`
	}
	return s
}

// successor returns the anchor of a page that most likely took the place of a lost one, or "" and those that may have: what was renamed is not recorded
// yet, so it is one among those. Where several of a kind were lost (rivals), which took whose place is only said where it is sure. Where nothing is new it is the
// nearest of all, then the section that it was in.
func (c *ledgerCheck) successor(p Page, path, id string, own, rivals []string) (to string, young []string) {
	kind, _, ok := strings.Cut(id, "-")
	for _, a := range own {
		if kindOf(a) == kindOf(id) && !c.recorded(p, path, a) {
			young = append(young, a)
		}
	}
	if near := diag.Nearest(id, young); near != "" && len(rivals) == 0 {
		return near, nil
	}
	if (len(rivals)+1)*len(young) <= maxPairs {
		all := append([]string{id}, rivals...)
		slices.Sort(all) // the same pairs for each of them
		pairs := pair(all, young, func(a string) []string { return partWords(p, a) })
		if to := pairs[id]; to != "" {
			return to, nil
		}
		young = slices.DeleteFunc(young, func(a string) bool { // it took another one's place
			return slices.ContainsFunc(rivals, func(r string) bool { return pairs[r] == a })
		})
	}
	if len(young) > 0 && len(rivals) > 0 {
		return "", young
	}
	if near := diag.Nearest(id, own); near != "" {
		return near, nil
	}
	for _, a := range own {
		if ok && (a == kind || a == kind+"s" || a == kind+"es") {
			return a, nil
		}
	}
	return "", nil
}

// kindOf is the word before an id that an author gave to a part of a definition, "" for anything else.
func kindOf(anchor string) string {
	kind, _, _ := strings.Cut(anchor, "-")
	if slices.Contains(kinds, kind) {
		return kind
	}
	return ""
}

// kinds are the words before the ids that authors give to the parts of a definition.
var kinds = []string{"cause", "fix", "subcode", "faq"}

// saidOfPart reports whether the part that an anchor names may be there under an id that is an error of its own: one that cannot be an anchor, or one that is
// missing while others name it.
func saidOfPart(d *catalog.Definition, anchor string) bool {
	kind, id, _ := strings.Cut(anchor, "-")
	faulty := func(t catalog.Text) bool { return t.Value != "" && !anchorForm.MatchString(t.Value) }
	switch kind {
	case "cause":
		return slices.ContainsFunc(d.Causes, func(x catalog.Cause) bool { return faulty(x.ID) })
	case "faq":
		return slices.ContainsFunc(d.FAQ, func(x catalog.Question) bool { return faulty(x.ID) })
	case "fix":
		if slices.ContainsFunc(d.Fixes, func(x catalog.Fix) bool { return faulty(x.ID) }) {
			return true
		}
		named := func(ids []catalog.Text) bool {
			return slices.ContainsFunc(ids, func(t catalog.Text) bool { return t.Value == id })
		}
		return slices.ContainsFunc(d.Fixes, func(x catalog.Fix) bool { return x.ID.Value == "" }) &&
			(slices.ContainsFunc(d.Causes, func(x catalog.Cause) bool { return named(x.Fixes) }) ||
				slices.ContainsFunc(d.Subcodes, func(x catalog.Subcode) bool { return named(x.Fixes) }))
	}
	return false
}
