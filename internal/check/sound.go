package check

import (
	"iter"

	"errdex/internal/catalog"
)

// sound yields the definitions whose files had no error. Rules about what is missing look at these only: in a file that could not be read
// as it was meant, what seems to be missing may stand under a misspelt key.
func (p *pass) sound() iter.Seq[*catalog.Definition] {
	return func(yield func(*catalog.Definition) bool) {
		for d := range p.definitions() {
			if !d.Faulty && !yield(d) {
				return
			}
		}
	}
}
