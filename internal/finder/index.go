package finder

type Index struct {
	collections []collection
	records     []record
	order       []int
}

func newIndex(c []collection, r []record) *Index { return &Index{collections: c, records: r} }
