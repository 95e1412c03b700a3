package render

import (
	"html/template"

	"errdex/internal/catalog"
)

// indexMap draws the map of a reference.
func (r *Renderer) indexMap(c *catalog.Collection, groups []IndexGroup) template.HTML { return "" }
