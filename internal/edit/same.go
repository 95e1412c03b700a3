package edit

import (
	"reflect"
	"slices"

	"errdex/internal/catalog"
)

// same holds what the site would say to what it says: every text is what it was, but for the references that were rewritten. Texts can share their
// bytes, by an alias of YAML, and then one changes with the other. The aliases of pages are left out, since one page gains one.
func (d *draft) same(after *project, name func(string) string) error {
	now := map[string]any{}
	after.each(func(key string, x any) { now[key] = x })
	var err error
	d.p.each(func(key string, x any) {
		if err != nil {
			return
		}
		y, there := now[name(key)]
		if !there {
			err = refuse("change it by hand", "%s would no longer be read", key)
			return
		}
		was, is := allTexts(x), allTexts(y)
		for i, t := range was {
			if i >= len(is) || d.expected(t) != is[i].Value {
				err = refuse("write it out there, then try again", "%s would say something else: the text %q changes with a reference, as an alias of YAML does", key, t.Value)
				return
			}
		}
	})
	return err
}

// expected returns what a text of the site should become.
func (d *draft) expected(t *catalog.Text) string {
	all := slices.Clone(d.touched[t])
	slices.SortFunc(all, func(a, b splice) int { return b.at - a.at })
	value := t.Value
	for _, s := range slices.Compact(all) {
		value = value[:s.at] + s.text + value[s.end:]
	}
	return value
}

// each calls f for everything that holds texts, by the name that a renaming gives it.
func (p *project) each(f func(key string, x any)) {
	for _, c := range p.site.Collections {
		f(c.ID, c)
		for _, d := range c.Definitions {
			f(d.Ref(), d)
		}
	}
	for _, g := range p.site.Guides {
		f("guides/"+g.Slug, g)
	}
}

var textType = reflect.TypeFor[catalog.Text]()

// allTexts returns the texts of what x points to, in the order of its fields.
func allTexts(x any) []*catalog.Text {
	var out []*catalog.Text
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch {
		case v.Type() == textType:
			out = append(out, v.Addr().Interface().(*catalog.Text))
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				if name := v.Type().Field(i).Name; name != "Aliases" && name != "Collection" && name != "Definitions" {
					walk(v.Field(i))
				}
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	walk(reflect.ValueOf(x).Elem())
	return out
}
