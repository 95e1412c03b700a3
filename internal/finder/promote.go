package finder

import (
	"slices"
	"strings"
)

// promote believes codes that stand in no place for codes where something else says that they are one: the head of their column, their
// own message beside them, a name that says what their page says.
func (ix *Index) promote(p *paste, found []*mention, best map[*entry]*hit) []*mention {
	all := slices.Concat(found, p.spotted)
	if columns := ix.columns(p); len(columns) > 0 {
		for _, m := range all {
			if m.at > plain || len(m.k) < 4 { // three digits and less are a status or a count as well
				continue
			}
			if label := p.under(m, columns); label != "" {
				if m.at == nowhere {
					found = append(found, m)
				}
				m.at, m.label = keyed, label
			}
		}
	}
	for _, m := range all {
		if m.at < labeled && !m.sub && (p.beside(m, best) || m.weak == 0 && m.i > 0 && ix.called(p, m)) {
			if m.at == nowhere {
				found = append(found, m)
			}
			m.at = labeled
		}
	}
	slices.SortStableFunc(found, func(a, b *mention) int { return a.i - b.i })
	return found
}

// column is a cell of a table below which codes stand.
type column struct {
	from, n int // where its row begins; which cell of it it is
	label   string
}

// What is looked at of a table: so many rows, so many units of each, so many cells with such a name.
const maxRows, maxRow, maxColumns = 2000, 2000, 64

func cellMark(c uint16) bool { return c == '|' || c == ';' || c == ',' }

func (ix *Index) columns(p *paste) []column {
	var out []column
	for from, n := 0, 0; n < maxRows && from <= len(p.f) && len(out) < maxColumns; n++ {
		end := p.f.index(units{'\n'}, from)
		if end < 0 {
			end = len(p.f)
		}
		row := p.f[from:min(end, from+maxRow)]
		for a, i := 0, 0; a <= len(row) && len(out) < maxColumns; i++ {
			b := slices.IndexFunc(row[a:], cellMark)
			if b < 0 {
				b = len(row) - a
			}
			// No name of a column is longer than 48 units.
			if cell := row[a : a+b]; len(cell) < len(row) && len(cell) < 48 && ix.moods[isColumn].MatchString(cell.String()) {
				out = append(out, column{from, i, strings.Trim(cell.String(), ` "'`)})
			}
			a += b + 1
		}
		from = end + 1
	}
	return out
}

// under returns the label of the column that m stands in, the nearest above it.
func (p *paste) under(m *mention, columns []column) string {
	a := p.ws[m.i].a
	start := p.f.lastIndex(units{'\n'}, a) + 1
	if a >= start+maxRow {
		return ""
	}
	n := 0
	for _, c := range p.f[start:a] {
		if cellMark(c) {
			n++
		}
	}
	for _, c := range slices.Backward(columns) {
		if c.from < start && c.n == n {
			return c.label
		}
	}
	return ""
}

// beside reports whether the message of a code's entry stands right behind it or right before it.
func (p *paste) beside(m *mention, best map[*entry]*hit) bool {
	a, z := p.ws[m.i].a, p.ws[m.j].b
	return slices.ContainsFunc(m.list, func(e *entry) bool {
		h := best[e]
		if h == nil || h.chain == nil || h.points < 50 {
			return false
		}
		c := h.chain
		letter := func(u uint16) bool { return u >= 'a' && u <= 'z' }
		return c.from >= z && c.from <= z+12 && !slices.ContainsFunc(p.f[z:c.from], letter) ||
			a >= c.to && a <= c.to+4 && !slices.ContainsFunc(p.f[c.to:a], inWord)
	})
}

// called reports whether the number is the value of a name that says what its page says: PAIR_RATE_LIMIT = 131056.
func (ix *Index) called(p *paste, m *mention) bool {
	if len(p.between(m.i)) > 7 || !ix.moods[isValued].MatchString(p.gap(m.i)) {
		return false
	}
	i := m.i - 1
	for i > 0 && m.i-i < 6 && (p.gap(i) == "" || p.gap(i) == "_") {
		i--
	}
	ids := p.numbers[i:m.i]
	return slices.ContainsFunc(m.list, func(e *entry) bool {
		sum := 0
		for k, id := range ids {
			if id >= 0 && slices.Index(ids, id) == k && slices.Contains(ix.owners[id], e) {
				sum += ix.weight[id]
			}
		}
		return sum*2 >= ix.rare*3
	})
}
