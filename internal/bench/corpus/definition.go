package corpus

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// definition is one generated error: the text of every key of the contract.
type definition struct {
	api                           api
	code, slug                    string
	title, group, status          string
	since, deprecated, removed    string
	replacedBy, keywords, aliases []string
	summary, first, message       string
	variants                      []variant
	http                          []int
	attribution, severity         string
	retry, after                  string
	attempts                      int
	retryNote, side, blast        string
	surfaces                      []surface
	subcodes                      []subcode
	meaning, where                string
	causes                        []cause
	fixes                         []fix
	prevention                    []string
	reproduce                     string
	payload, request              string
	faq                           [][2]string
	reply                         string
	collect                       []string
	related                       []related
	vendor, vendorCode            string
	section, sectionText          string
	sources                       int
	verified                      string
}

type (
	variant struct{ text, field, subcode string }
	surface struct{ kind, where, path string }
	subcode struct{ code, title, text, fix string }
	cause   struct{ id, text, likelihood, fix string }
	fix     struct {
		id, title       string
		steps           []string
		verify, caution string
	}
	related struct{ ref, relation, note string }
)

// maker draws one definition.
type maker struct {
	*rand.Rand
	c    Config
	ci   int // collection
	i    int // in its collection
	d    definition
	o    object
	stat string
}

func generate(c Config, ci, i int) *definition {
	m := &maker{Rand: rand.New(rand.NewPCG(c.Seed+uint64(ci)<<40, uint64(i))), c: c, ci: ci, i: i}
	m.o, m.stat = pick(m.Rand, objects), pick(m.Rand, states)
	m.d = definition{api: apis[ci], code: code(ci, i), slug: slug(ci, i)}
	m.identity()
	m.decision()
	m.prose()
	m.help()
	m.samples()
	m.rest()
	return &m.d
}

// removed tells by its number alone whether a definition is a tombstone, so that others do not refer to it.
func removed(i int) bool { return i%120 == 17 }

// other is the slug of another living definition of the same collection, or this one's own where there is no other.
func (m *maker) other() string {
	n := size(m.c.Definitions, m.ci)
	for range 8 {
		if j := m.IntN(n); j != m.i && !removed(j) {
			return slug(m.ci, j)
		}
	}
	return m.d.slug
}

// next is the slug of the definition behind this one, so that every living page is referred to by one other.
func (m *maker) next() string {
	if j := (m.i + 1) % size(m.c.Definitions, m.ci); !removed(j) {
		return slug(m.ci, j)
	}
	return m.other()
}

func (m *maker) id(length int) string {
	const digits = "0123456789"
	b := make([]byte, length)
	b[0] = digits[1+m.IntN(9)]
	for i := 1; i < length; i++ {
		b[i] = digits[m.IntN(10)]
	}
	return string(b)
}

func (m *maker) trace() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, 11)
	for i := range b {
		b[i] = alphabet[m.IntN(len(alphabet))]
	}
	return string(b)
}

// subcode is the definition's k-th subcode.
func (m *maker) subcode(k int) string { return "2" + m.d.code[3:] + strconv.Itoa(k) }

func (m *maker) date() string { return fmt.Sprintf("2026-%02d-%02d", 5+m.IntN(5), 1+m.IntN(28)) }

func (m *maker) identity() {
	d := &m.d
	d.title = strings.ToUpper(m.o.name[:1]) + m.o.name[1:] + " " + m.stat
	d.group = groups[m.IntN(len(groups))].id
	d.status = "active"
	d.since = fmt.Sprintf("v%d.%d", 1+m.IntN(22), m.IntN(3))
	switch {
	case m.i%40 == 11:
		d.status, d.deprecated, d.replacedBy = "deprecated", "2026-03-01", []string{m.other()}
	case removed(m.i):
		d.status, d.removed, d.replacedBy = "removed", "2025-11-30", []string{m.other()}
	}
	d.keywords = []string{m.o.name + " " + m.stat, m.o.field, pick(m.Rand, states) + " " + m.o.name, pick(m.Rand, objects).name}
	if m.i%9 == 4 {
		d.aliases = []string{m.o.slug + "-" + d.code}
	}
	d.message = m.fill(pick(m.Rand, messages))
	d.variants = []variant{
		{text: "(#" + d.code + ") " + d.title, field: "message"},
		{text: m.fill("Your <object> is <state>: no <operation>."), field: "details", subcode: m.subcode(1)},
	}
}

func (m *maker) decision() {
	d := &m.d
	d.http = []int{pick(m.Rand, []int{400, 401, 403, 404, 409, 422, 429, 500, 503})}
	if chance(m.Rand, 15) {
		d.http = append(d.http, 400)
		if d.http[0] == 400 {
			d.http[1] = 500
		}
	}
	d.attribution = pick(m.Rand, []string{"caller", "account_admin", "end_user", "provider", "network"})
	d.severity = pick(m.Rand, []string{"info", "warning", "error", "error", "critical"})
	d.retry = pick(m.Rand, []string{"never", "immediately", "backoff", "after_change", "after_change"})
	if d.retry == "backoff" {
		d.after, d.attempts = fmt.Sprintf("%ds", 2+m.IntN(30)), 3+m.IntN(5)
	}
	d.retryNote = "Replay each refused call once, after the change of the " + m.o.name + ": it did nothing."
	d.side = pick(m.Rand, []string{"none", "none", "possible", "unknown"})
	d.blast = pick(m.Rand, []string{"request", "recipient", "number", "account", "app"})
	d.surfaces = []surface{{"response", "any call that needs the " + m.o.name, pick(m.Rand, fields)}}
	if chance(m.Rand, 40) {
		d.surfaces = append(d.surfaces, surface{"webhook", "the `statuses` field", fields[2]})
	}
}

// fill replaces the <words> of a bank's sentence.
func (m *maker) fill(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, ">")
		b.WriteString(m.slot(slot))
		s = after
	}
}

func (m *maker) slot(name string) string {
	switch name {
	case "object":
		return m.o.name
	case "state":
		return m.stat
	case "field":
		return m.o.field
	case "path":
		return strings.ReplaceAll(m.o.slug, "-", "_") + "s"
	case "name":
		return m.d.api.noun + " " + m.d.code
	case "operation":
		return operations[m.i%len(operations)] + " a " + objects[m.i/len(operations)%len(objects)].name + " of a " + objects[m.i/len(operations)/len(objects)%len(objects)].name
	case "code":
		return m.d.code
	case "group":
		return m.d.group
	case "moment":
		return pick(m.Rand, moments)
	case "actor":
		return pick(m.Rand, actors)
	case "verb":
		return pick(m.Rand, verbs)
	case "screen":
		return pick(m.Rand, screens)
	case "id":
		return m.id(9)
	case "trace":
		return m.trace()
	case "link":
		ref := m.other()
		return "[" + ref + "](error:" + ref + ")"
	}
	panic("internal error: no slot <" + name + ">")
}

func (m *maker) prose() {
	d := &m.d
	d.summary = wrap(m.fill(pick(m.Rand, summaries)))
	d.first = m.fill(pick(m.Rand, firstActions))
	order := m.Perm(len(meanings))
	var ps []string
	for _, k := range order[:1+m.IntN(10)/7] {
		ps = append(ps, wrap(m.fill(meanings[k])))
	}
	d.meaning = strings.Join(ps, "\n\n")
	guide := pick(m.Rand, guideNames)
	d.where = wrap("It comes at once, in the response to " + pick(m.Rand, calls) + ". The request is blocked, so the status webhook never carries it; look at `" +
		pick(m.Rand, fields) + "` in the log. How to read one: [" + strings.ReplaceAll(guide, "-", " ") + "](guide:" + guide + ").")
	if chance(m.Rand, 25) {
		d.where += "\n\n- in the console, under **" + pick(m.Rand, screens) + "**\n- in the export, as `" + m.o.field + "`"
	}
}

// wrap breaks a text into lines of about 110 bytes, as people write block scalars.
func wrap(s string) string {
	var b strings.Builder
	col := 0
	for i, word := range strings.Fields(s) {
		if i > 0 {
			if col+1+len(word) > 110 {
				b.WriteByte('\n')
				col = 0
			} else {
				b.WriteByte(' ')
				col++
			}
		}
		b.WriteString(word)
		col += len(word)
	}
	return b.String()
}

func (m *maker) help() {
	d := &m.d
	ids := []string{"replace-it", "match-account", "slow-down"}
	for k, p := range m.Perm(len(fixTitles))[:2] {
		f := fix{id: ids[k], title: m.fill(fixTitles[p])}
		for _, s := range m.Perm(len(stepTexts))[:2+m.IntN(4)/3] {
			f.steps = append(f.steps, m.fill(stepTexts[s]))
		}
		f.verify = m.fill(pick(m.Rand, verifies))
		if chance(m.Rand, 25) {
			f.caution = m.fill(pick(m.Rand, cautions))
		}
		d.fixes = append(d.fixes, f)
	}
	for k, p := range m.Perm(len(causeTexts))[:2+m.IntN(4)/3] {
		d.causes = append(d.causes, cause{
			id: []string{"quick-start", "changed", "shared"}[k], text: m.fill(causeTexts[p]),
			likelihood: []string{"common", "occasional", "rare"}[k], fix: ids[k%2],
		})
	}
	for k := range 2 {
		s := pick(m.Rand, states)
		d.subcodes = append(d.subcodes, subcode{m.subcode(k + 1), "The " + m.o.name + " is " + s,
			"Seen " + pick(m.Rand, moments) + "; the `details` text ends in *" + s + "*.", ids[m.IntN(2)]})
	}
	for _, p := range m.Perm(len(preventions))[:2] {
		d.prevention = append(d.prevention, m.fill(preventions[p]))
	}
	d.reproduce = "Send " + pick(m.Rand, calls) + " with `" + m.o.field + "` set to `" + m.id(6) + "` against the sandbox."
	order := m.Perm(len(questions))
	for _, p := range order[:2] {
		d.faq = append(d.faq, [2]string{m.fill(questions[p]), m.fill(pick(m.Rand, answers))})
	}
	d.reply = wrap(m.fill(pick(m.Rand, replies)))
	for _, p := range m.Perm(len(collects))[:3] {
		d.collect = append(d.collect, collects[p])
	}
}

func (m *maker) rest() {
	d := &m.d
	seen := map[string]bool{d.slug: true}
	refs := []string{m.next(), m.other(), m.other()}
	for _, ref := range refs {
		if !seen[ref] {
			seen[ref] = true
			d.related = append(d.related, related{ref, pick(m.Rand, relations), pick(m.Rand, notes)})
		}
	}
	if chance(m.Rand, 25) {
		d.vendor, d.vendorCode = pick(m.Rand, vendors), m.id(5)
	}
	if chance(m.Rand, 30) {
		d.section = "How we handle " + d.code
		d.sectionText = wrap(m.fill("Our gateway marks the <object> as <state> and stops the queue for it. See [the whole list](/docs/" + d.api.id + "-errors) and [this guide](guide:" +
			pick(m.Rand, guideNames) + "), or jump to [the causes](#causes)."))
	}
	d.sources = 1
	d.verified = m.date()
}
