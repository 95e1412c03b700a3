package render

import (
	"fmt"
	"html/template"
	"io"
	"math/bits"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// tickName is the beginning of the functions that bound puts at the head of every template and of every body of a loop; what they count follows, as a
// power of two. No author can write a template that calls one: they are not known when templates are parsed.
const tickName = "_errdex_tick_"

// bound makes the templates of a set countable: html/template goes through any range (`{{range 999999999999}}`) and lets templates call themselves twice in each
// call, with no limit but that of nested calls. So every template and every body of a loop begins with `{{if _errdex_tick_0}}{{end}}`, which counts how much
// there is to execute and ends the execution when it has been too much. The trees must be as parsed: html/template escapes what stands around it and leaves a condition as it is.
func bound(set *template.Template) {
	for _, t := range set.Templates() {
		if t.Tree != nil && !parse.IsEmptyTree(t.Tree.Root) {
			boundList(t.Tree, t.Tree.Root)
			t.Tree.Root.Nodes = append([]parse.Node{tick(t.Tree, t.Tree.Root, t.Tree.Root.Pos, callWeight)}, t.Tree.Root.Nodes...)
		}
	}
}

func boundList(tree *parse.Tree, l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			boundList(tree, n.List)
			boundList(tree, n.ElseList)
		case *parse.WithNode:
			boundList(tree, n.List)
			boundList(tree, n.ElseList)
		case *parse.RangeNode:
			boundList(tree, n.List)
			boundList(tree, n.ElseList)
			n.List.Nodes = append([]parse.Node{tick(tree, n.List, n.Pos, 0)}, n.List.Nodes...)
		}
	}
}

// weight is what one execution of a list counts, as a power of two: more where it has more actions, but for those of lists within it that count themselves.
func weight(l *parse.ListNode) int { return bits.Len(uint(len(l.Nodes) / 8)) }

const (
	callWeight = 2  // what a call weighs more than going through an item of a loop
	maxWeight  = 17 // of a list of a million actions
)

// tick returns the condition that counts a list, with the place that a fault is to be told for, and what its weight is more.
func tick(tree *parse.Tree, l *parse.ListNode, at parse.Pos, more int) *parse.IfNode {
	name := tickName + strconv.Itoa(min(weight(l)+more, maxWeight))
	cmd := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{parse.NewIdentifier(name).SetTree(tree).SetPos(at)}}
	return &parse.IfNode{BranchNode: parse.BranchNode{
		NodeType: parse.NodeIf, Pos: at, Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: at, Cmds: []*parse.CommandNode{cmd}},
		List: &parse.ListNode{NodeType: parse.NodeList, Pos: at},
	}}
}

// isTick reports whether a node is one that bound has put there.
func isTick(n *parse.IfNode) bool {
	if len(n.Pipe.Cmds) != 1 {
		return false
	}
	id, ok := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	return ok && strings.HasPrefix(id.Ident, tickName)
}

// counted is a set of templates that html/template executes, one execution at a time, with its own count.
type counted struct {
	t     *template.Template
	spent int
}

// What html/template may do for one page.
var maxTicks = 1 << 24 // some seconds; the index of 100,000 errors needs some million

const maxText = 16 << 20 // bytes of one text that an action makes of others

// spend counts what has been executed.
func (c *counted) spend(n int) error {
	if c.spent += n; c.spent > maxTicks {
		return errTooLong
	}
	return nil
}

// text makes a text of others. A variable that is set to twice itself in a loop would fill the memory, since it need not be written.
func (c *counted) text(limit int, make func() string) (string, error) {
	if limit > maxText {
		return "", errTooLong
	}
	s := make()
	return s, c.spend(len(s) >> 5)
}

// longest is the most bytes that one of the arguments may have when it is printed, of those that can be of any length: texts.
func longest(args []any) (n int) {
	for _, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.String {
			n = max(n, v.Len())
		}
	}
	return n
}

// count returns a copy of a bound set, not executed yet, that counts.
func count(set *template.Template) *counted {
	c := &counted{t: template.Must(set.Clone())}
	of := func(f func(...any) string, times int) func(...any) (string, error) {
		return func(args ...any) (string, error) {
			return c.text(longest(args)*len(args)*times, func() string { return f(args...) })
		}
	}
	funcs := template.FuncMap{
		"print":    of(fmt.Sprint, 1),
		"println":  of(fmt.Sprintln, 1),
		"js":       of(template.JSEscaper, 6),
		"html":     of(template.HTMLEscaper, 5),
		"urlquery": of(template.URLQueryEscaper, 3),
		"printf": func(format string, args ...any) (string, error) {
			// An argument may be named many times, `%[1]s`, and quoted.
			return c.text(len(format)+strings.Count(format, "%")*(6*longest(args)+64), func() string { return fmt.Sprintf(format, args...) })
		},
	}
	for i := range maxWeight + 1 {
		funcs[tickName+strconv.Itoa(i)] = func() (bool, error) { return false, c.spend(1 << i) }
	}
	c.t.Funcs(funcs)
	return c
}

// counters are copies of one bound set, for as many executions as there are at once.
type counters struct {
	set  *template.Template // never executed: html/template copies no other
	pool sync.Pool
}

func (c *counters) execute(w io.Writer, page any) error {
	x, ok := c.pool.Get().(*counted)
	if !ok {
		x = count(c.set)
	}
	defer c.pool.Put(x)
	x.spent = 0
	return x.t.Execute(w, page)
}
