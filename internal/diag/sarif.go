package diag

import (
	"io"
	"net/url"
	"unicode/utf16"
	"unicode/utf8"
)

// Rule describes one kind of diagnostic.
type Rule struct {
	ID       string
	Severity Severity
	Doc      string // one line, a sentence
	Fixed    bool   // an author cannot silence it: the page would be wrong, unsafe or not there
}

// The types below are the part of SARIF 2.1.0 (OASIS, 27 March 2020) that GitHub and editors read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifText    `json:"shortDescription"`
		Default sarifDefault `json:"defaultConfiguration"`
		HelpURI string       `json:"helpUri,omitempty"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// SARIF prints a list as a SARIF 2.1.0 log with one run. rules describes the program's rules; the id of a diagnostic that
// is not among them is added. Columns are converted from bytes to UTF-16 units with o.Source; o.URL and o.Prefix are used
// as well. The error is the writer's.
func SARIF(w io.Writer, list *List, rules []Rule, o Options) error {
	s := sarif{src: sources{read: o.Source}, o: o, index: map[string]int{}}
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "errdex", Rules: []sarifRule{}}
	add := func(r Rule) {
		if _, there := s.index[r.ID]; there {
			return
		}
		s.index[r.ID] = len(run.Tool.Driver.Rules)
		rule := sarifRule{ID: r.ID, Short: sarifText{r.Doc}, Default: sarifDefault{r.Severity.String()}}
		if o.URL != nil {
			rule.HelpURI = o.URL(r.ID)
		}
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, r := range rules {
		add(r)
	}
	for _, d := range list.Sorted() {
		add(Rule{ID: d.ID, Severity: d.Severity, Doc: d.ID})
		run.Results = append(run.Results, s.result(d))
	}
	_, err := w.Write(marshal(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}))
	return err
}

type sarif struct {
	src   sources
	o     Options
	index map[string]int
}

func (s *sarif) result(d Diagnostic) sarifResult {
	text := d.Message
	if d.Hint != "" {
		text += "\n" + d.Hint
	}
	r := sarifResult{RuleID: d.ID, RuleIndex: s.index[d.ID], Level: d.Severity.String(), Message: sarifText{text},
		Locations: []sarifLocation{{Physical: s.place(d.Span)}}}
	for i, rel := range d.Related {
		r.Related = append(r.Related, sarifLocation{ID: &i, Physical: s.place(rel.Span), Message: &sarifText{rel.Message}})
	}
	return r
}

func (s *sarif) place(at Span) sarifPhysical {
	p := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: s.o.Prefix + at.File}).EscapedPath()}}
	if at.Start.Line < 1 {
		return p
	}
	start, end := bounds(at)
	p.Region = &sarifRegion{StartLine: start.Line, StartColumn: s.column(at.File, start)}
	if end != start {
		p.Region.EndLine, p.Region.EndColumn = end.Line, s.column(at.File, end)
	}
	return p
}

// column converts a position's column from bytes to UTF-16 units.
func (s *sarif) column(file string, p Pos) int {
	line, ok := s.src.line(file, p.Line)
	if !ok || p.Col-1 > len(line) {
		return p.Col
	}
	n := 1
	for rest := line[:p.Col-1]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		n += max(1, utf16.RuneLen(r))
		rest = rest[size:]
	}
	return n
}
