package load

// shape says what stands behind a key, for the schema.
type shape struct {
	kind      kind
	enum      []string
	pattern   string
	items     *shape
	object    func() objectShape // deferred: shapes nest
	string    bool               // an object that may also be written as a plain string
	oneOrMore bool               // a list that may also be written as one value
	low, high int                // of a number
	complete  completion         // what an editor can offer
	example   string
}

type kind uint8

const (
	kindText kind = iota
	kindProse
	kindNumber
	kindDate
	kindURL
	kindList
	kindObject
)

type objectShape struct {
	name, doc              string
	fields                 []fieldShape
	anyOf                  []string
	unlessKey, unlessValue string
}

type fieldShape struct {
	name, doc string
	required  bool
	shape     shape
}
