package hosts

import "regexp"

// acceptPattern is a regular expression on an Accept header and what it means, "1" for the twin and "" for the page. Patterns are tried in order.
type acceptPattern struct{ pattern, value string }

// acceptPatterns say when a type is preferred to text/html, without arithmetic, since servers choose by patterns. It is RFC 9110, section 12.5.1,
// for the headers that programs send: a type counts as wanted when it is named with full weight, and wins over text/html unless that is named
// before it with full weight; with less weight it counts only where text/html is not named. Wildcards stand for the page, which is what
// browsers and curl get.
func acceptPatterns(mime string) []acceptPattern {
	name := `(^|[, \t])` + regexp.QuoteMeta(mime)
	const (
		full  = `[ \t]*(;[ \t]*(?:q=1(?:\.0*)?)[ \t]*)?(,|$)`
		none  = `[ \t]*;[ \t]*q=0(\.0*)?[ \t]*(,|$)`
		html  = `(^|[, \t])(text/html|application/xhtml\+xml)`
		least = `[ \t]*;[ \t]*q=`
	)
	return []acceptPattern{
		{name + none, ""},
		{html + full + `.*` + regexp.QuoteMeta(mime), ""},
		{name + full, "1"},
		{html, ""},
		{name + least, "1"},
	}
}
