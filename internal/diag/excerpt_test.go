package diag

import (
	"strings"
	"testing"
)

// FuzzCutRow holds that a row never has more columns than it may, that the mark lies in it or just behind it, and that a
// mark of one visible character stands under that character.
func FuzzCutRow(f *testing.F) {
	f.Add("a\tb漢字c\u0301d", 3, 6, 24)
	f.Add(strings.Repeat("x", 400)+"y"+strings.Repeat("z", 400), 400, 401, 60)
	f.Add(strings.Repeat("漢", 200), 300, 303, 33)
	f.Add(strings.Repeat("\u0301", 900)+"x", 1800, 1801, 20)
	f.Fuzz(func(t *testing.T, line string, start, end, limit int) {
		if strings.Contains(line, "\n") || limit < 20 || limit > 500 {
			return
		}
		r := cutRow(line, start, end, limit)
		if w := textWidth(r.text); w > limit || r.mark < 0 || r.wide < 1 || r.mark > w || r.mark+r.wide > max(w, r.mark+1) {
			t.Errorf("limit %d: %d columns, mark %d+%d: %q", limit, w, r.mark, r.wide, r.text)
		}
		if start >= 0 && start < len(line) && line[start] > ' ' && line[start] < 0x7F {
			column := 0
			for rest := r.text; rest != ""; {
				g := nextGlyph(rest)
				if column == r.mark && g.width > 0 {
					if g.text != line[start:start+1] {
						t.Errorf("the mark stands under %q, not %q: %+v", g.text, line[start], r)
					}
					return
				}
				column += g.width
				rest = rest[g.size:]
			}
			t.Errorf("the mark stands under nothing: %+v", r)
		}
	})
}
