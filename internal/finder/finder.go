// Package finder leads from anything a person pastes to the page about it.
//
// It holds the index of a reference's codes and message templates and the matcher. Package site builds the index and
// publishes it as one small file, or a few; `errdex find` asks it in the terminal; static/finder.js asks the same files in the browser.
// It reads no files, knows nothing of YAML, HTML or HTTP, and sends nothing anywhere.
//
// # Two implementations, one promise
//
// The matcher exists twice, here and in static/finder.js, and gives the same ranking, score and reason for the same paste.
// One implementation run in both places would be a WebAssembly module of over a megabyte, or a JavaScript engine inside the
// Go program: neither fits a page that arrives in one round trip. What keeps two small ones equal:
//
//   - Both read the same data files. Build makes an index from what it is going to encode, never from more.
//   - Both have one table of rules (rules.go), which the browser fetches as a file of its own: it is words, and the engine stays small.
//   - Both work on UTF-16 code units, with their own table of letters, so that no Unicode version, regular expression
//     or locale of a host has a say. All scores are small integers; all ties are settled by position and order.
//   - They do the same things in the same order, and a test runs both over every case and thousands of mutated pastes and
//     demands the same answers, down to the reason and the values.
//
// # How a paste is read
//
// The text is cleaned (escapes of any depth, entities, percent signs), cut into words, and asked three things:
//
//   - Which codes stand in a place for codes (mention.go, place.go, rules.go)? The label decides: "code", "error_code", "(#n)", "error n",
//     our own addresses. A number elsewhere (a time, a telephone number, an HTTP status) is not looked at, however well it fits,
//     unless something else says what it is (promote.go): the head of its column, its own message beside it, the name whose value it is; or,
//     where it is long and the text short, that an API is said to have answered it (around.go).
//   - Which messages stand in it (lines.go, chain.go)? Words vote, by how rare they are, for the texts that have them; the best few
//     are then looked for closely, and what falls into their holes is read off. A text speaks for the page that has most of it.
//   - If it is a few typed words: which pages have them (typed.go), or what is said in their place (speech.go), with a slip or two a word allowed?
//     A word counts by how rare it is and where the page has it; an answer is believed by how much of the question is its own.
//
// rank.go weighs the three. A code that several pages share goes to the one whose text or sub-code is there. A small number
// (100, 3, 0) is believed only where something else speaks for it. A code in the hole of a message is a value. Where the evidence
// is thin, or what any API says, the result is not confident: a wrong page is worse than none.
package finder

// Entry is what the finder knows of one definition.
type Entry struct {
	Collection, Noun       string // "whatsapp", "WhatsApp error"
	Slug, Code, Title, URL string // URL is the page's path, without an anchor
	Status                 string // active, deprecated, removed or reserved; empty is active
	Keywords, Aliases      []string
	Messages               []Message
	Subcodes               []Subcode
	Popularity             int      // settles ties, higher first; only its magnitude counts
	Examples               []string // payloads; keys that many share mark the vendor's own envelope. May be nil
}

// Message is a text that the API prints for the error.
type Message struct {
	Text    string // a template, see ParseTemplate
	Field   string // where it was seen: message, details, title; not used in matching
	Subcode string // the sub-code it belongs to, if any
}

// Subcode is a finer code of an entry; its anchor is #subcode-<Code>.
type Subcode struct{ Code, Title, Text string }

// Result is what Find found, best first.
type Result struct {
	Matches   []Match // at most 8; where Confident is false these are the nearest, not answers
	Confident bool    // something in the reference applies
}

// Match is one page, or one place in it.
type Match struct {
	Entry      int // index into the entries given to Build; after Decode, into their encoded order
	Collection string
	Slug       string
	Code       string
	Subcode    string // the sub-code that the paste names, or whose message it has
	URL        string // with the sub-code's anchor, where the page has it
	Title      string
	Score      int     // comparable within one result
	Why        string  // one line, for people
	Message    string  // the template that matched, as written; empty without one
	Values     []Value // what stood in its holes, in order
}

// Value is the text found in a hole.
type Value struct{ Name, Text string }
