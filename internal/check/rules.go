package check

import (
	"slices"
	"strings"

	"errdex/internal/diag"
)

// Rule describes one kind of diagnostic; Fixed tells that `allow` cannot silence it.
type Rule = diag.Rule

// Rules lists every diagnostic of the whole program by id: those of this package, and those that load and link raise.
func Rules() []Rule {
	out := slices.Concat(loadRules(), elsewhere(), Own(), allowRules())
	slices.SortFunc(out, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Own lists the rules that Run applies, by id.
func Own() []Rule {
	var out []Rule
	for _, r := range rules() {
		r.Rule.Fixed = slices.Contains(unsilenceable(), r.ID)
		out = append(out, r.Rule)
	}
	return out
}

// unsilenceable are the rules of this package whose fault breaks a page or a promise: two anchors of one name, a cause that
// leads to nothing, a circle.
func unsilenceable() []string {
	return []string{"duplicate-anchor", "invalid-anchor", "unresolved-fix", "unknown-group", "unknown-host", "replacement-loop"}
}

func faultElsewhere(id, doc string) Rule {
	return Rule{ID: id, Severity: diag.Error, Doc: doc, Fixed: true}
}

func warningElsewhere(id, doc string) Rule {
	return Rule{ID: id, Severity: diag.Warning, Doc: doc}
}

// loadRules lists what load raises. Its errors are about what cannot be read, so none can be silenced; a warning can.
func loadRules() []Rule {
	fault, warning := faultElsewhere, warningElsewhere
	return []Rule{
		// load: the files
		fault("file-too-large", "A file is larger than is read, or stands for more values than are read."),
		fault("invalid-encoding", "A file holds bytes that are not text in UTF-8, or control characters."),
		fault("missing-file", "A file that must be there is not."),
		warning("stray-file", "A file in content/ or templates/ is not read."),
		fault("unreadable-file", "A file cannot be read."),
		// load: the keys
		fault("duplicate-key", "A key is written twice."),
		fault("missing-field", "A key that must be there is missing or empty."),
		fault("quotes-in-name", "A code or a name has quote signs at its ends that are part of it."),
		warning("folded-prose", "A Markdown field is folded (`>`): its lines are joined before Markdown sees them, and places in it are not exact."),
		fault("unknown-key", "A key is not one of those that are read."),
		fault("unknown-value", "A value is not one of those that the key may have."),
		warning("swallowed-text", "YAML makes another text of a value than its author saw: it ends at a `#`, goes on with an item, or keeps quote signs and odd spaces."),
		warning("unquoted-code", "A code without quotes is a number, a date or a truth value to other readers of YAML."),
		fault("wrong-type", "A value is of another kind than the key holds."),
		fault("yaml-syntax", "A file is not YAML."),
	}
}

// elsewhere lists what link and what comes after it raise: their errors are about what does not resolve, so none can be
// silenced either.
func elsewhere() []Rule {
	fault, warning := faultElsewhere, warningElsewhere
	return []Rule{
		// link: places
		fault("alias-shadows-page", "An alias is the URL of a page."),
		fault("duplicate-alias", "Two pages have the same alias, or one has it twice."),
		fault("duplicate-slug", "Two files' names differ only by case."),
		fault("duplicate-url", "Two pages would stand at one URL."),
		fault("invalid-slug", "A file's name cannot be part of a URL."),
		fault("invalid-url", "A URL, a URL pattern or an alias is not one."),
		// link: references
		fault("ambiguous-reference", "A reference names a code that several definitions have."),
		fault("duplicate-reference", "A definition is among `related` twice."),
		fault("missing-image", "An image is not in static/."),
		fault("self-reference", "A definition refers to itself."),
		fault("unresolved-anchor", "A link leads to an anchor that its page does not have."),
		fault("unresolved-link", "A link leads to a page or a file that is not there."),
		fault("unresolved-reference", "A reference names an error or a guide that is not there."),
		fault("unsafe-link", "A link has a scheme that may run something or leave the web."),
		// link: the ledger of published URLs
		fault("altered-ledger", "Lines of content/urls.lock were taken away or changed by hand."),
		fault("changed-code", "A published URL has come to stand for another code."),
		fault("lost-anchor", "A published anchor is no longer on its page."),
		fault("lost-url", "A published URL is answered by nothing."),
		fault("malformed-ledger", "A line of content/urls.lock cannot be read."),
		fault("unmerged-ledger", "content/urls.lock holds the marks of an unfinished merge."),
		warning("unrecorded-url", "The site publishes URLs or anchors that content/urls.lock does not have."),
		// site: the hosts, and what verify says of the finished pages
		warning("host-limit", "A host that site.yaml names cannot do something that the site needs."),
		fault("broken-anchor", "A finished page links to a part that its target does not have."),
		fault("broken-link", "A finished page links to or loads something that the site does not have."),
		fault("duplicate-id", "A finished page has one id twice."),
		fault("template-syntax", "A file of templates/ cannot be parsed, or a page cannot be made with it."),
		fault("missing-anchor", "A finished page lacks an anchor that is promised."),
		fault("unsafe-markup", "A finished page has markup that its content security policy blocks."),
	}
}

// allowRules are what Silence raises.
func allowRules() []Rule {
	return []Rule{
		{ID: "forbidden-allow", Severity: diag.Error, Fixed: true, Doc: "`allow` names a rule that cannot be silenced."},
		{ID: "unknown-rule", Severity: diag.Error, Fixed: true, Doc: "`allow` names a rule that does not exist."},
		{ID: "unused-allow", Severity: diag.Warning, Doc: "`allow` names a rule that finds nothing here."},
	}
}
