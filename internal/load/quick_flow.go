package load

import (
	"bytes"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// quoted reads a quoted scalar on one line and returns the offset behind it.
func (q *quick) quoted(i int) (*yaml.Node, int, bool) {
	quote, style := q.src[i], yaml.DoubleQuotedStyle
	if quote == '\'' {
		style = yaml.SingleQuotedStyle
	}
	col, start := q.column(i), len(q.text)
	rest := q.src[i+1 : q.end()]
	if size := bytes.IndexByte(rest, quote); size >= 0 && (quote == '"' && bytes.IndexByte(rest[:size], '\\') < 0 || quote == '\'' && q.src[i+size+2] != '\'') {
		q.text = append(q.text, rest[:size]...)
		return q.scalar(style, "!!str", q.line, col, start), i + size + 2, true
	}
	for i++; ; i++ {
		from := i
		for c := q.src[i]; c != quote && c != '\\' && c != '\n'; c = q.src[i] {
			i++
		}
		q.text = append(q.text, q.src[from:i]...)
		switch c := q.src[i]; {
		case c == '\n':
			return nil, 0, false
		case c == quote:
			if quote == '\'' && q.src[i+1] == '\'' {
				i++
				break
			}
			return q.scalar(style, "!!str", q.line, col, start), i + 1, true
		case quote == '"': // a backslash
			i++
			switch q.src[i] {
			case '"', '\\':
			case 'n':
				q.text = append(q.text, '\n')
				continue
			case 't':
				q.text = append(q.text, '\t')
				continue
			default:
				return nil, 0, false
			}
		}
		q.text = append(q.text, q.src[i])
	}
}

// flow reads a flow collection on one line and returns the offset behind it.
func (q *quick) flow(i int) (*yaml.Node, int, bool) {
	if q.depth++; q.depth > maxNesting {
		return nil, 0, false
	}
	mapping := q.src[i] == '{'
	n, end := q.node(yaml.SequenceNode, yaml.FlowStyle, "!!seq", q.line, q.column(i)), byte(']')
	if mapping {
		n.Kind, n.Tag, end = yaml.MappingNode, "!!map", '}'
	}
	mark := len(q.stack)
	if i = q.spaces(i + 1); q.src[i] == end {
		q.depth--
		return q.close(n, mark), i + 1, true
	}
	for {
		if mapping {
			size := keySize(q.src[i:])
			if size == 0 {
				return nil, 0, false
			}
			q.stack = append(q.stack, q.key(q.src[i:i+size], q.column(i)))
			i = q.spaces(i + size + 1)
		}
		v, next, ok := q.flowValue(i)
		if !ok {
			return nil, 0, false
		}
		q.stack = append(q.stack, v)
		switch i = q.spaces(next); {
		case q.src[i] == end:
			q.depth--
			return q.close(n, mark), i + 1, true
		case q.src[i] != ',' || q.src[i+1] != ' ':
			return nil, 0, false
		}
		i = q.spaces(i + 1)
	}
}

func (q *quick) spaces(i int) int {
	for q.src[i] == ' ' {
		i++
	}
	return i
}

func (q *quick) flowValue(i int) (*yaml.Node, int, bool) {
	switch q.src[i] {
	case '"', '\'':
		return q.quoted(i)
	case '[', '{':
		return q.flow(i)
	}
	end := i
	for ; ; end++ {
		end += markdown.Before(&flowSigns, q.src[end:])
		c := q.src[end]
		if c == ',' || c == ']' || c == '}' {
			break
		}
		// A colon within a word, as in a URL, is text; every other sign might be more than it seems.
		if c != ':' || !wordByte(q.src[end+1]) && q.src[end+1] != '/' {
			return nil, 0, false
		}
	}
	s := bytes.TrimRight(q.src[i:end], " ")
	if len(s) == 0 {
		return nil, 0, false
	}
	tag := tagOfPlain(s)
	if tag == "" {
		return nil, 0, false
	}
	return q.word(s, tag, q.column(i)), end, true
}

// flowSigns are the bytes that end a plain scalar within brackets, or might mean something in it.
var flowSigns = markdown.SetOf(",]}\n\t[{#?:")

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// literal reads a literal block (`|` or `|-`) whose indicator stands at offset i.
func (q *quick) literal(i, indent int) (*yaml.Node, bool) {
	strip := q.src[i+1] == '-'
	end := i + 1
	if strip {
		end++
	}
	if q.src[end] != '\n' {
		return nil, false
	}
	line, col, start := q.line, q.column(i), len(q.text)
	q.advance(end)
	own := q.pos
	for own < len(q.src) && q.src[own] == ' ' {
		own++
	}
	own -= q.pos // the block's indentation is that of its first line
	if q.pos+own >= len(q.src) || q.src[q.pos+own] == '\n' || q.src[q.pos+own] == '\t' || own <= indent {
		return nil, false
	}
	kept := start // behind the last line that is not empty
	for q.pos < len(q.src) {
		end := q.end()
		from := q.pos
		for from < end && from < q.pos+own && q.src[from] == ' ' {
			from++
		}
		if from < q.pos+own && from < end {
			if q.src[from] == '\t' {
				return nil, false
			}
			break // a line that is indented less is not part of it
		}
		q.text = append(append(q.text, q.src[from:end]...), '\n')
		if from < end {
			kept = len(q.text)
		}
		q.advance(end)
	}
	q.text = q.text[:kept]
	if strip {
		q.text = q.text[:kept-1]
	}
	return q.scalar(yaml.LiteralStyle, "!!str", line, col, start), true
}
