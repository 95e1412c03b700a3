package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// GitHub prints a list as workflow commands, which GitHub Actions turns into annotations of the changed lines. It shows
// ten of each severity a step, so Summary is worth printing beside it. The error is the writer's.
func GitHub(w io.Writer, list *List, o Options) error {
	out := bufio.NewWriter(w)
	for _, d := range list.Sorted() {
		fmt.Fprintf(out, "::%s file=%s", d.Severity, property(o.Prefix+d.Span.File))
		if d.Span.Start.Line > 0 {
			start, end := bounds(d.Span)
			fmt.Fprintf(out, ",line=%d", start.Line)
			switch { // GitHub reads columns only where start and end stand on one line
			case end.Line == start.Line && end.Col > start.Col:
				fmt.Fprintf(out, ",endLine=%d,col=%d,endColumn=%d", end.Line, start.Col, end.Col)
			case end.Line > start.Line:
				fmt.Fprintf(out, ",endLine=%d", end.Line)
			default:
				fmt.Fprintf(out, ",col=%d", start.Col)
			}
		}
		text := d.Message
		if d.Hint != "" {
			text += "\n" + d.Hint
		}
		for _, r := range d.Related {
			r.Span.File = o.Prefix + r.Span.File
			text += "\n" + location(r.Span) + ": " + r.Message
		}
		fmt.Fprintf(out, ",title=%s::%s\n", property(d.ID), data(text))
	}
	return out.Flush()
}

// The two escapes of workflow commands (actions/toolkit, command.ts): a property has two more bytes to lose.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func data(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = safe(lines[i])
	}
	return dataEscapes.Replace(strings.Join(lines, "\n"))
}

func property(s string) string { return propertyEscapes.Replace(safe(s)) }

// summaryRows is how many diagnostics Summary lists: GitHub refuses a summary above 1 MiB.
const summaryRows = 200

// Summary prints a list as Markdown, for the file that GITHUB_STEP_SUMMARY names: the totals, a count for each id, and the
// diagnostics in a table. The error is the writer's.
func Summary(w io.Writer, list *List, o Options) error {
	out := bufio.NewWriter(w)
	all := list.Sorted()
	fmt.Fprintf(out, "### errdex %s\n", Totals(all))
	if len(all) > 0 {
		summaryCounts(out, all, o)
		fmt.Fprint(out, "\n| where | what |\n|---|---|\n")
	}
	for i, d := range all {
		if i == summaryRows {
			fmt.Fprintf(out, "\n%d more are in the log.\n", len(all)-i)
			break
		}
		d.Span.File = o.Prefix + d.Span.File
		fmt.Fprintf(out, "| %s | **%s**: %s", cell(location(d.Span)), d.Severity, cell(d.Message))
		if d.Hint != "" {
			fmt.Fprintf(out, "<br>%s", cell(d.Hint))
		}
		fmt.Fprintf(out, " `%s` |\n", safe(d.ID))
	}
	return out.Flush()
}

// summaryCounts lists the ids in the order of their first appearance.
func summaryCounts(out *bufio.Writer, all []Diagnostic, o Options) {
	counts, order := map[string]int{}, []string{}
	severity := map[string]Severity{}
	for _, d := range all {
		if counts[d.ID] == 0 {
			order = append(order, d.ID)
			severity[d.ID] = d.Severity
		}
		counts[d.ID]++
	}
	fmt.Fprint(out, "\n| rule | severity | count |\n|---|---|---:|\n")
	for _, id := range order {
		name := "`" + safe(id) + "`"
		if o.URL != nil && o.URL(id) != "" {
			name = "[" + name + "](" + o.URL(id) + ")"
		}
		fmt.Fprintf(out, "| %s | %s | %d |\n", name, severity[id], counts[id])
	}
}

// cell returns text that stands in a Markdown table as it is: nothing in it is markup.
func cell(s string) string {
	var b strings.Builder
	for _, c := range safe(s) {
		switch {
		case c == '<':
			b.WriteString("&lt;")
		case c == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_{}[]()#+!|~@", c):
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
