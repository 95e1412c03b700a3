package check

func fixWithoutCause() rule {
	return warning("fix-without-cause", "A fix is named by no cause and no subcode, on a page where others are.", func(p *pass) {
		named := map[string]bool{}
		for d := range p.definitions() {
			clear(named)
			for i := range d.Causes {
				for _, f := range d.Causes[i].Fixes {
					named[f.Value] = true
				}
			}
			for i := range d.Subcodes {
				for _, f := range d.Subcodes[i].Fixes {
					named[f.Value] = true
				}
			}
			if len(named) == 0 {
				continue // this page does not tie causes to fixes at all
			}
			for i := range d.Fixes {
				if id := d.Fixes[i].ID; id.Value != "" && !named[id.Value] {
					p.report(d.At(id), "no cause names the fix `"+id.Value+"`", "name it in the `fixes` of the cause or subcode that it ends")
				}
			}
		}
	})
}
