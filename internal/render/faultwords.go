package render

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"errdex/internal/diag"
)

// What the parser and html/template find is told in our own words: theirs speak of operands, clauses and contexts to someone who wrote HTML, and
// change with the version of Go. Where a fault is none of those known here, the general words are used, never theirs.

// said is how a fault of the parser is told.
type said struct {
	form          *regexp.Regexp // of the parser's words; what it captures stands for %1 below
	message, hint string
	mark          string // what to look for in the action, to put the mark on; %1 too; empty: the action's start
}

func saying(form, message, hint, mark string) said {
	return said{regexp.MustCompile(form), message, hint, mark}
}

const actionForm = "an action is a field such as `{{.Title}}`, a function with its values, or a block: `{{if}}`, `{{range}}`, `{{with}}`"

// sayings go from the surest to the most general.
var sayings = []said{
	saying(`^function "(.*)" not defined`, "there is no function `%1` in templates", "", "%1"),
	saying(`^undefined variable:? "?(\$\w*)`, "there is no variable `%1` here", "", "%1"),
	saying(`^unexpected \{\{end\}\}`, "this `{{end}}` ends nothing", "remove it, or write the `{{if}}`, `{{range}}` or `{{with}}` that it ends", ""),
	saying(`^(?:unexpected \{\{else\}\}|expected end; found \{\{else)`, "this `{{else}}` belongs to no block", "it stands once, between `{{if}}`, `{{range}}` or `{{with}}` and its `{{end}}`", ""),
	saying(`^unexpected EOF`, "this file ends inside a block", "write the `{{end}}` that is missing", ""),
	saying(`^(?:unclosed action|unexpected EOF in|unexpected "\\n")`, "this action does not end", "write `}}` behind it", ""),
	saying(`^unclosed comment|comment ends before`, "this comment does not end", "a comment is written `{{/* ... */}}`, with nothing else between the braces", ""),
	saying(`^(?:bad character|unexpected bad character|unexpected "\}"|unrecognized character in action:) ?(?:U\+007D)?(?: '\}')?(?: in .*)?$`, "a single brace stands in this action", "an action ends with two: write `}}`", "}"),
	saying(`^(?:bad character|unrecognized character in action:) U\+201[89CDEF] '(.)'`, "this quote is none in a template", "write straight quotes: \"...\"", "%1"),
	saying(`^(?:bad character|unrecognized character in action:) \S+ '(.)'`, "`%1` means nothing in an action", actionForm, "%1"),
	saying(`^bad character`, "this sign means nothing in an action", actionForm, ""),
	saying(`^unterminated (?:raw )?quoted string`, "this text in quotes does not end", "write the quote that closes it, before the `}}`", `"`),
	saying(`^unterminated character constant|^malformed character constant`, "a single quote stands in this action", "a text stands in double quotes: \"...\"", "'"),
	saying(`^missing value for (if|with|range|else)`, "this `{{%1}}` has no value behind it", "write what it is about, such as `{{%1 .Groups}}`", ""),
	saying(`^missing value for|^empty command`, "this action is empty, or a value is missing in it", actionForm, ""),
	saying(`^unexpected "(.*)" in (define|template|block) clause`, "the name of a template stands in quotes", "write `{{%2 \"%1\"}}`", "%1"),
	saying(`^multiple definition of template "(.*)"|^template: multiple definition of template "(.*)"`, "the template `%1` is defined twice", "keep one of the two", ""),
	saying(`^bad number syntax: "(.*)"`, "`%1` is no number", "a text stands in double quotes; a name begins with a letter", "%1"),
	saying(`^\{\{(break|continue)\}\} outside`, "this `{{%1}}` stands in no `{{range}}`", "remove it, or move it into the loop that it is about", ""),
	saying(`^illegal number syntax: "(.*)"`, "`%1` stands here where a value belongs", actionForm, "%1"),
	saying(`^unclosed left paren`, "this parenthesis is not closed", "write `)` behind the value", "("),
	saying(`^unexpected right paren`, "this parenthesis closes nothing", "remove it, or write the `(` that it closes", ")"),
	saying(`^non executable command in pipeline`, "what stands behind `|` is no function", "a value is handed to a function: `{{.Title | printf \"%s\"}}`", "|"),
	saying(`^unexpected \. after term "(.*)"`, "a field cannot follow `%1`", "put what comes before it in parentheses, or leave a space before the dot", "%1"),
	saying(`^(?:expected :=|too many declarations|range can only initialize)`, "a variable is not made in this way", "write `{{$name := .Title}}`, or `{{range $number, $item := .Groups}}`", "$"),
	saying(`^wrong number of args for (\w+): want (?:at least )?(\d+) got (\d+)`, "`%1` takes %2 values, and here it has %3", "", "%1"),
	saying(`^unexpected "([^"]{1,20})" in`, "`%1` is not expected here", actionForm, "%1"),
	saying(`^unexpected <([^>]+)>`, "`%1` is not expected here", actionForm, "%1"),
}

// say words what the parser says of the action at an offset of a template, and returns where the mark belongs.
func say(words, src string, action int) (message, hint string, at int) {
	for _, s := range sayings {
		m := s.form.FindStringSubmatch(words)
		if m == nil {
			continue
		}
		fill := func(text string) string {
			for i := len(m) - 1; i > 0; i-- {
				if m[i] != "" || i < 2 {
					text = strings.ReplaceAll(text, "%"+string(rune('0'+i)), m[i])
				}
			}
			return text
		}
		if len(m) > 2 && m[1] == "" {
			m[1] = m[2]
		}
		message, hint, at = fill(s.message), fill(s.hint), action
		if mark := fill(s.mark); mark != "" {
			if i := strings.Index(src[min(action+2, len(src)):], mark); i >= 0 {
				at = action + 2 + i
			}
		}
		if hint == "" && len(m) > 1 {
			hint = hintFor(s, m[1], src)
		}
		return message, hint, at
	}
	return "this action cannot be read", actionForm, action
}

// builtins are the functions that templates have.
var builtins = []string{"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf", "println", "slice", "urlquery"}

var variables = regexp.MustCompile(`\$\w+`)

// hintFor is the hint about a name that is not known.
func hintFor(s said, name, src string) string {
	if strings.HasPrefix(name, "$") {
		declared := regexp.MustCompile(`(\$\w+)\s*(?:,\s*(\$\w+)\s*)?:=`)
		var names []string
		for _, m := range declared.FindAllStringSubmatch(src, -1) {
			names = append(names, m[1])
			if m[2] != "" {
				names = append(names, m[2])
			}
		}
		if near := diag.Nearest(name, names); near != "" && near != name {
			return "did you mean " + near + "?"
		} else if slices.Contains(names, name) {
			return "it ends with the block in which it is made: make it in one that holds this as well"
		}
		return "make it first: `{{" + name + " := ...}}`"
	}
	if near := diag.Nearest(name, builtins); near != "" {
		return "did you mean " + near + "?"
	}
	if name != "" && name[0] >= 'A' && name[0] <= 'Z' {
		return "a field begins with a dot: `." + name + "`"
	}
	return "a field begins with a dot: `.Title`; the functions are " + strings.Join(builtins, ", ")
}

// escapeSayings are what html/template holds against a template, by its number for the fault.
var escapeSayings = map[template.ErrorCode][2]string{
	template.ErrAmbigContext:      {"it cannot be told which part of an address this is", "write the address in one action, or the `?` and `#` in every branch"},
	template.ErrBadHTML:           {"this is no sound HTML", "look for a quote that is missing around the value of an attribute, or for a stray `<`, `=` or quote"},
	template.ErrBranchEnd:         {"the branches of this block end in different places of the HTML", "let each open what it closes: a tag or a quote that begins inside `{{if}}` must end inside it"},
	template.ErrEndContext:        {"the HTML is not finished where this file ends", "close the tag, the quote, the comment or the script that is open"},
	template.ErrNoSuchTemplate:    {"no template has the name that is called here", "write `{{define \"NAME\"}}...{{end}}` in layout.html, or correct the name"},
	template.ErrOutputContext:     {"it cannot be told where in the HTML a template ends that calls itself", "let it begin and end in the text of the page, outside of tags"},
	template.ErrPartialCharset:    {"a pattern of script is cut in two here", "write its brackets within one action or outside of any"},
	template.ErrPartialEscape:     {"a backslash stands right before this action", "remove it, or write what it escapes"},
	template.ErrRangeLoopReentry:  {"a round of this loop ends in another place of the HTML than it begins", "let each round close the tags and quotes that it opens"},
	template.ErrSlashAmbig:        {"it cannot be told whether this slash divides or begins a pattern", "put the script into a file of static/"},
	template.ErrPredefinedEscaper: {"`html` and `urlquery` do not belong into a page's template", "remove it: what an action writes is escaped as its place in the HTML asks for"},
	template.ErrJSTemplate:        {"an action stands inside a script's text in backticks", "put the script into a file of static/"},
}

const escapeHint = "write the HTML plainly around the action: each quote and tag in one place"
