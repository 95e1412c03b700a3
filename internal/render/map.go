package render

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// The map of a reference stands beside the list of its groups, a row of 1.5rem a group: a mark for each error, which one can click, and
// right of the marks an arc for each pair of groups whose errors refer to each other. Its measures, in px at a rem of 16 px.
const (
	mapRow    = 24
	mapMarks  = 84 // room for the marks
	mapArcs   = 68 // room for the arcs
	mapWidth  = mapMarks + mapArcs
	mapArcMax = 90 // arcs that are drawn; more would be a knot
)

// indexMap draws the map as SVG. It says nothing that the list does not say, so it is hidden from screen readers and from the keyboard. A
// reference with fewer than three groups or more than a thousand errors has none: there it would show nothing, or weigh more than the list.
func (r *Renderer) indexMap(c *catalog.Collection, groups []IndexGroup) template.HTML {
	total := 0
	for _, g := range groups {
		total += len(g.Rows)
	}
	if len(groups) < 3 || total > 1000 {
		return ""
	}
	var b strings.Builder
	// The size is in rem, so that the rows keep to the lines of the list where the reader has made the text larger.
	fmt.Fprintf(&b, `<svg aria-hidden="true" width="%grem" height="%grem" viewBox="0 0 %d %d" preserveAspectRatio="none">`, mapWidth/16.0, mapRow*float64(len(groups))/16, mapWidth, mapRow*len(groups))
	for _, a := range r.arcs(c, groups) {
		y1, y2 := mapRow*a.from+mapRow/2, mapRow*a.to+mapRow/2
		out := mapMarks + min(mapArcs*5/4, 12+7*(a.to-a.from)) // the control points; the curve goes three quarters of the way
		fmt.Fprintf(&b, `<path class="g%d g%d" d="M%d %dC%d %d %[5]d %[7]d %[3]d %[7]d" stroke-width="%.1f"/>`, a.from, a.to, mapMarks+4, y1, out, y1, y2, math.Min(4, .75*math.Sqrt(float64(a.count))))
	}
	for i, g := range groups {
		step := math.Min(5.5, float64(mapMarks)/float64(len(g.Rows)))
		for j, row := range g.Rows {
			fmt.Fprintf(&b, `<a href="%s" tabindex="-1"><title>%s %s</title><rect class="v %s" x="%.1f" y="%d" width="%.1f" height="12"/></a>`,
				html.EscapeString(row.URL), html.EscapeString(row.Code), html.EscapeString(row.Title), html.EscapeString(row.Retry.Key),
				float64(j)*step, mapRow*i+6, step*.75)
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

type arc struct{ from, to, count int }

// arcs counts the references between groups and returns the strongest, from above to below.
func (r *Renderer) arcs(c *catalog.Collection, groups []IndexGroup) []arc {
	place := make(map[string]int, len(groups))
	for i, g := range groups {
		place[g.ID] = i
	}
	counts := map[[2]int]int{}
	for _, d := range c.Definitions {
		from, ok := place[d.Group.Value]
		if !ok || d.Removed() {
			continue
		}
		for _, e := range r.m.Related(d) {
			if to, ok := place[e.To.Group.Value]; ok && e.To.Collection.ID == c.ID && to != from {
				counts[[2]int{min(from, to), max(from, to)}]++
			}
		}
	}
	out := make([]arc, 0, len(counts))
	for k, n := range counts {
		out = append(out, arc{k[0], k[1], n})
	}
	slices.SortFunc(out, func(a, b arc) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return (a.from-b.from)*1000 + a.to - b.to
	})
	return out[:min(mapArcMax, len(out))]
}
