package corpus

import (
	"math/rand/v2"
	"strings"
)

const guideCount = 6

var guides = func() (out [guideCount]struct{ slug, title string }) {
	for i, name := range guideNames {
		out[i].slug, out[i].title = name, strings.ToUpper(name[:1])+strings.ReplaceAll(name[1:], "-", " ")
	}
	return out
}()

// guideMarkdown is a supporting page of a few hundred words.
func guideMarkdown(c Config, i int) []byte {
	r := rand.New(rand.NewPCG(c.Seed, uint64(i)+1<<32))
	var b strings.Builder
	b.WriteString("---\ntitle: " + guides[i].title + "\ndescription: What to know about it, in five minutes.\nverified: 2026-09-01\n---\n")
	for range 5 {
		m := &maker{Rand: r, c: c, o: pick(r, objects), stat: pick(r, states), d: definition{api: apis[0], code: code(0, 0), group: groups[0].id}, i: -1}
		b.WriteString("## The " + m.o.name + " and " + pick(r, objects).name + "\n\n")
		for range 2 {
			b.WriteString(wrap(strings.ReplaceAll(m.fill(pick(r, meanings)), "(error:", "(error:"+apis[0].id+"/")) + "\n\n")
		}
		b.WriteString("- Look at `" + m.o.field + "` first.\n- Then under **" + pick(r, screens) + "**.\n\n")
	}
	return []byte(b.String())
}
