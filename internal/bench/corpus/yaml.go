package corpus

import (
	"strconv"
	"strings"
)

// yamlWriter writes a definition the way its authors write theirs: plain words, quoted sentences, flow lists and mappings on
// one line, and block scalars for prose. Every line begins with indent.
type yamlWriter struct {
	b      strings.Builder
	indent string
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func quotedAll(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quoted(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (w *yamlWriter) line(parts ...string) {
	w.b.WriteString(w.indent)
	for _, p := range parts {
		w.b.WriteString(p)
	}
	w.b.WriteByte('\n')
}

// word writes a key whose value needs no quotes; an empty value is left out.
func (w *yamlWriter) word(key, value string) {
	if value != "" {
		w.line(key, ": ", value)
	}
}

func (w *yamlWriter) text(key, value string) {
	if value != "" {
		w.line(key, ": ", quoted(value))
	}
}

// block writes a literal block scalar; extra is its indentation beyond the key's own column.
func (w *yamlWriter) block(key, value, extra string) {
	if value == "" {
		return
	}
	w.line(key, ": |")
	for line := range strings.SplitSeq(value, "\n") {
		if line == "" {
			w.b.WriteByte('\n')
			continue
		}
		w.line(extra, "  ", line)
	}
}

// yaml is the definition's file.
func (d *definition) yaml(indent string) []byte {
	w := &yamlWriter{indent: indent}
	w.text("code", d.code)
	w.text("title", d.title)
	w.word("group", d.group)
	w.word("status", d.status)
	w.text("since", d.since)
	w.word("deprecated_since", d.deprecated)
	w.word("removed_in", d.removed)
	if len(d.replacedBy) > 0 {
		w.line("replaced_by: ", quotedAll(d.replacedBy))
	}
	w.word("depth", "full")
	w.line("keywords: [", strings.Join(d.keywords, ", "), "]")
	if len(d.aliases) > 0 {
		w.line("aliases: [", strings.Join(d.aliases, ", "), "]")
	}
	w.block("summary", d.summary, "")
	w.text("first_action", d.first)
	w.text("message", d.message)
	w.line("variants:")
	for _, v := range d.variants {
		sub := ""
		if v.subcode != "" {
			sub = ", subcode: " + quoted(v.subcode)
		}
		w.line("  - {text: ", quoted(v.text), ", field: ", v.field, sub, "}")
	}
	w.params(d.message)
	d.yamlDecision(w)
	w.block("meaning", d.meaning, "")
	w.block("where", d.where, "")
	d.yamlHelp(w)
	d.yamlRest(w)
	return []byte(w.b.String())
}

func (w *yamlWriter) params(message string) {
	known := [][3]string{{"{time}", "when the state changed, in UTC", "Friday, 26-Apr-24 06:00:00 UTC"}, {"{now}", "the platform's clock at the refusal", "Sunday, 28-Apr-24 03:40:10 UTC"},
		{"{id}", "the object that is meant", "106540352242922"}}
	open := false
	for _, k := range known {
		if !strings.Contains(message, k[0]) {
			continue
		}
		if !open {
			w.line("params:")
			open = true
		}
		w.line("  - {name: ", strings.Trim(k[0], "{}"), ", meaning: ", quoted(k[1]), ", example: ", quoted(k[2]), "}")
	}
}

func (d *definition) yamlDecision(w *yamlWriter) {
	if len(d.http) == 1 {
		w.line("http_status: ", strconv.Itoa(d.http[0]))
	} else {
		w.line("http_status: [", strconv.Itoa(d.http[0]), ", ", strconv.Itoa(d.http[1]), "]")
	}
	w.word("attribution", d.attribution)
	w.word("severity", d.severity)
	w.line("retry:")
	w.line("  policy: ", d.retry)
	if d.after != "" {
		w.line("  after: ", d.after)
		w.line("  max_attempts: ", strconv.Itoa(d.attempts))
	}
	w.block("  note", d.retryNote, "  ")
	w.word("side_effects", d.side)
	w.word("blast_radius", d.blast)
	w.line("surfaces:")
	for _, s := range d.surfaces {
		w.line("  - {kind: ", s.kind, ", where: ", quoted(s.where), ", path: ", quoted(s.path), "}")
	}
	w.line("subcodes:")
	for _, s := range d.subcodes {
		w.line("  - {code: ", quoted(s.code), ", title: ", quoted(s.title), ", text: ", quoted(s.text), ", fixes: [", s.fix, "]}")
	}
}

func (d *definition) yamlHelp(w *yamlWriter) {
	w.line("causes:")
	for _, c := range d.causes {
		w.line("  - id: ", c.id)
		w.line("    text: ", quoted(c.text))
		w.line("    likelihood: ", c.likelihood)
		w.line("    fixes: [", c.fix, "]")
	}
	w.line("fixes:")
	for _, f := range d.fixes {
		w.line("  - id: ", f.id)
		w.line("    title: ", quoted(f.title))
		w.line("    steps:")
		for _, s := range f.steps {
			w.line("      - ", quoted(s))
		}
		w.text("    verify", f.verify)
		w.text("    caution", f.caution)
	}
	w.line("prevention:")
	for _, p := range d.prevention {
		w.line("  - ", quoted(p))
	}
	w.block("reproduce", d.reproduce, "")
	w.line("examples:")
	w.line("  - title: The response")
	w.line("    kind: payload")
	w.line("    language: json")
	w.block("    body", d.payload, "    ")
	w.line("  - title: The request, again")
	w.line("    kind: request")
	w.line("    language: bash")
	w.block("    body", d.request, "    ")
	w.line("faq:")
	for _, q := range d.faq {
		w.line("  - question: ", quoted(q[0]))
		w.line("    answer: ", quoted(q[1]))
	}
}

func (d *definition) yamlRest(w *yamlWriter) {
	w.line("support:")
	w.block("  reply", d.reply, "  ")
	w.line("  collect: ", quotedAll(d.collect))
	w.line("related:")
	for _, r := range d.related {
		w.line("  - {ref: ", quoted(r.ref), ", relation: ", r.relation, ", note: ", quoted(r.note), "}")
	}
	if d.vendor != "" {
		w.line("equivalents: [{vendor: ", d.vendor, ", code: ", quoted(d.vendorCode), ", url: ", quoted("https://"+strings.ToLower(d.vendor)+".example/errors/"+d.vendorCode),
			", note: \"the nearest match\"}]")
	}
	if d.section != "" {
		w.line("sections:")
		w.line("  - title: ", quoted(d.section))
		w.block("    text", d.sectionText, "    ")
	}
	w.line("links: [{title: \"Error handling\", url: \"https://", d.api.host, "/docs/errors\"}]")
	w.line("sources:")
	for i := range d.sources {
		w.line("  - {title: ", quoted("Reference, part "+strconv.Itoa(i+1)), ", url: ", quoted("https://"+d.api.host+"/reference/"+d.code), ", retrieved: ", d.verified, "}")
	}
	w.line("verified: ", d.verified)
}
