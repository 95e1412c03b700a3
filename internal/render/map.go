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

// The map of a reference stands beside the list of its groups, a row of 24 px a group: a mark for each error, which one can click, and arcs
// between groups whose errors refer to each other. Its measures, in px.
const (
	mapRow    = 24
	mapArcs   = 28  // room for the arcs, left of the marks
	mapMarks  = 116 // room for the marks
	mapWidth  = mapArcs + mapMarks
	mapArcMax = 40 // arcs that are drawn; more would be a knot
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
	fmt.Fprintf(&b, `<svg aria-hidden="true" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d">`, mapWidth, mapRow*len(groups))
	for _, a := range r.arcs(c, groups) {
		y1, y2 := float64(mapRow)*(float64(a.from)+.5), float64(mapRow)*(float64(a.to)+.5)
		bulge := min(mapArcs-4, 8+4*(a.to-a.from))
		fmt.Fprintf(&b, `<path d="M%d %gQ%d %g %[1]d %[5]g" stroke-width="%.1f"/>`, mapArcs, y1, mapArcs-2*bulge, (y1+y2)/2, y2, math.Min(5, 1+float64(a.count)/3))
	}
	for i, g := range groups {
		step := math.Min(5, float64(mapMarks)/float64(len(g.Rows)))
		for j, row := range g.Rows {
			fmt.Fprintf(&b, `<a href="%s" tabindex="-1"><title>%s %s</title><rect class="v %s" x="%.1f" y="%d" width="%.1f" height="14"/></a>`,
				html.EscapeString(row.URL), html.EscapeString(row.Code), html.EscapeString(row.Title), html.EscapeString(row.Retry.Key),
				float64(mapArcs+4)+float64(j)*step, mapRow*i+5, math.Max(1, step-1))
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
