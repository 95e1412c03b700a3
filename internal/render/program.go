package render

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"strings"
	"text/template/parse"
)

// A program is a template of html/template compiled for the one type of struct that it is run with. Which field a name
// means, and how its value is escaped, is settled once instead of for each page: that takes a page from half a
// millisecond to a few hundredths.
//
// html/template stays the authority. It parses the template and decides every escaping; the program is made from the tree
// that it has escaped, for the constructs that the built-in templates use. A template with any other construct has no
// program, and a run that meets a value the program does not handle (a nil pointer, a URL that must be defused) is thrown
// away: both are executed by html/template, which also words every error. TestProgramsAgree holds the two together.
type program struct{ main *block }

// run is one execution. vars are the variables of the templates that are being executed.
type run struct {
	sheet
	vars  []reflect.Value
	base  int // of the current template's variables
	depth int // of calls
	items int // that loops have gone through
}

// What a template may ask for. html/template has a limit for calls of its own and words what goes beyond; it has none for the rest.
const (
	maxCalls = 1000
	maxItems = 1 << 26   // in all loops of a page, which is a second; the index of 100,000 errors goes through some million
	maxPage  = 512 << 20 // bytes; the index of 100,000 errors has 60 MB
)

// step is something to do, and the text of the template that stands before it. The last step of a block may be text alone.
type step struct {
	text string
	do   action
}

type action func(r *run, dot reflect.Value)

// block is a list of steps. Of a template's outermost block, vars is the number of variables that it declares, $ among them, or 0 where it looks at none.
type block struct {
	steps []step
	vars  int
}

func (b *block) exec(r *run, dot reflect.Value) {
	steps := b.steps
	for i := range steps {
		s := &steps[i]
		r.print(s.text)
		if s.do != nil {
			s.do(r, dot)
		}
	}
}

// tooLong is what a step panics with where a page has no end in sight.
type tooLong struct{}

// giveUp is what a step panics with where html/template must decide; it never leaves this file.
type giveUp struct{}

// compile makes the program of a bound template for data of type page, a pointer to a struct. It returns
// nil where the template has something that only html/template can do.
func compile(x *counted, page reflect.Type) (p *program) {
	t := x.t
	// Executing is what makes html/template escape. Nothing else is wanted of it: it has spent all, and ends where it begins.
	x.spent = maxTicks
	if err := t.Execute(io.Discard, nil); isEscapeError(err) {
		return nil
	}
	defer func() {
		switch x := recover().(type) {
		case nil:
		case giveUp:
			p = nil
		default:
			panic(x)
		}
	}()
	c := &compiler{set: t, blocks: map[blockKey]*block{}}
	return &program{c.template(t.Name(), page.Elem())}
}

func isEscapeError(err error) bool {
	var e *template.Error
	return errors.As(err, &e)
}

// errTooLong says that a template takes too long or writes too much.
var errTooLong = errors.New("the template has no end in sight")

// execute appends the page for data to buf, or reports false: then html/template must do it. The error is errTooLong.
func (p *program) execute(buf []byte, data any) (out []byte, ok bool, err error) {
	r := &run{sheet: sheet{buf}, vars: make([]reflect.Value, 0, 8)}
	defer func() {
		switch x := recover().(type) {
		case nil:
		case giveUp:
			out, ok = buf, false
		case tooLong:
			out, err = nil, errTooLong
		default:
			panic(x)
		}
	}()
	r.call(p.main, reflect.ValueOf(data).Elem()) // to a template a struct and a pointer to one are the same
	return r.b, true, nil
}

// call executes a template's block with variables of its own.
func (r *run) call(b *block, dot reflect.Value) {
	if r.depth++; r.depth > maxCalls {
		panic(giveUp{})
	}
	if b.vars == 0 {
		b.exec(r, dot)
	} else {
		outer, size := r.base, len(r.vars)
		r.base = size
		r.vars = append(r.vars, dot)
		for range b.vars - 1 {
			r.vars = append(r.vars, reflect.Value{})
		}
		b.exec(r, dot)
		r.base, r.vars = outer, r.vars[:size]
	}
	r.depth--
}

type blockKey struct {
	name string
	dot  reflect.Type
}

// compiler turns trees into blocks. A template that is called with several types is compiled for each.
type compiler struct {
	set    *template.Template
	blocks map[blockKey]*block
	vars   int // the most variables in scope at once in the template that is being compiled, or 0 while none has been looked at
	scope  []variable
}

// variable is a declared variable and its place among those of its template.
type variable struct {
	name string
	kind reflect.Type
}

func (c *compiler) fail() { panic(giveUp{}) }

func (c *compiler) template(name string, dot reflect.Type) *block {
	key := blockKey{name, dot}
	if b, ok := c.blocks[key]; ok {
		return b
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		c.fail()
	}
	b := &block{}
	c.blocks[key] = b // before its body: templates may call themselves
	scope, vars := c.scope, c.vars
	c.scope, c.vars = []variable{{"$", dot}}, 0
	b.steps = c.list(t.Tree.Root, dot).steps
	b.vars = c.vars
	c.scope, c.vars = scope, vars
	return b
}

func (c *compiler) list(l *parse.ListNode, dot reflect.Type) *block {
	b := &block{}
	if l == nil {
		return b
	}
	text := ""
	for _, n := range l.Nodes {
		if t, ok := n.(*parse.TextNode); ok {
			text += string(t.Text)
		} else if do := c.node(n, dot); do != nil {
			b.steps = append(b.steps, step{text, do})
			text = ""
		}
	}
	if text != "" {
		b.steps = append(b.steps, step{text: text})
	}
	return b
}

// inner compiles a list whose variables end with it.
func (c *compiler) inner(l *parse.ListNode, dot reflect.Type) *block {
	depth := len(c.scope)
	b := c.list(l, dot)
	c.scope = c.scope[:depth]
	return b
}

// node returns what a node does, or nil where that is nothing.
func (c *compiler) node(n parse.Node, dot reflect.Type) action {
	switch n := n.(type) {
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return c.action(n.Pipe, dot)
	case *parse.IfNode:
		if isTick(n) {
			return nil
		}
		return c.branch(&n.BranchNode, dot, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, dot, true)
	case *parse.RangeNode:
		return c.loop(&n.BranchNode, dot)
	case *parse.TemplateNode:
		return c.call(n, dot)
	}
	c.fail()
	return nil
}

func (c *compiler) action(pipe *parse.PipeNode, dot reflect.Type) action {
	if len(pipe.Decl) > 1 {
		c.fail()
	}
	if len(pipe.Decl) == 1 {
		v := c.pipe(pipe, dot)
		slot := c.assign(pipe, v)
		return func(r *run, dot reflect.Value) { r.vars[r.base+slot] = v.get(r, dot) }
	}
	first := c.command(pipe.Cmds[0], dot)
	var names []string
	for _, cmd := range pipe.Cmds[1:] {
		id, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) != 1 {
			c.fail()
		}
		names = append(names, strings.TrimPrefix(id.Ident, "_html_template_"))
	}
	return c.print(first, strings.Join(names, " "))
}

// assign returns the slot of the variable that a pipe declares or sets.
func (c *compiler) assign(pipe *parse.PipeNode, v value) int {
	name := pipe.Decl[0].Ident[0]
	if !pipe.IsAssign {
		return c.declare(name, v.kind)
	}
	slot := c.lookup(name)
	if c.scope[slot].kind != v.kind {
		c.fail()
	}
	return slot
}

func (c *compiler) declare(name string, kind reflect.Type) int {
	c.scope = append(c.scope, variable{name, kind})
	c.vars = max(c.vars, len(c.scope))
	return len(c.scope) - 1
}

func (c *compiler) lookup(name string) int {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if c.scope[i].name == name {
			c.vars = max(c.vars, len(c.scope))
			return i
		}
	}
	c.fail()
	return 0
}

// branch compiles if and with.
func (c *compiler) branch(n *parse.BranchNode, dot reflect.Type, with bool) action {
	depth := len(c.scope)
	defer func() { c.scope = c.scope[:depth] }()
	if !with {
		if len(n.Pipe.Decl) > 0 {
			c.fail()
		}
		holds := c.truth(n.Pipe, dot)
		yes, no := c.inner(n.List, dot), c.inner(n.ElseList, dot)
		return func(r *run, dot reflect.Value) {
			if holds(r, dot) {
				yes.exec(r, dot)
			} else {
				no.exec(r, dot)
			}
		}
	}
	v := c.pipe(n.Pipe, dot)
	slot := 0
	if len(n.Pipe.Decl) > 0 {
		slot = c.assign(n.Pipe, v)
	}
	holds := c.nonzero(v.kind)
	yes, no := c.inner(n.List, v.kind), c.inner(n.ElseList, dot)
	return func(r *run, dot reflect.Value) {
		x := v.get(r, dot)
		if slot > 0 {
			r.vars[r.base+slot] = x
		}
		if holds(x) {
			yes.exec(r, x)
		} else {
			no.exec(r, dot)
		}
	}
}

func (c *compiler) loop(n *parse.BranchNode, dot reflect.Type) action {
	depth := len(c.scope)
	defer func() { c.scope = c.scope[:depth] }()
	if n.Pipe.IsAssign {
		c.fail()
	}
	list := c.pipe(n.Pipe, dot)
	if list.kind.Kind() != reflect.Slice {
		c.fail()
	}
	index, elem := 0, 0
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		elem = c.declare(d[0].Ident[0], list.kind.Elem())
	case 2:
		index = c.declare(d[0].Ident[0], intType)
		elem = c.declare(d[1].Ident[0], list.kind.Elem())
	}
	body, none, weight := c.inner(n.List, list.kind.Elem()), c.inner(n.ElseList, dot), 1<<weight(n.List)
	return func(r *run, dot reflect.Value) {
		l := list.get(r, dot)
		n := l.Len()
		if n == 0 {
			none.exec(r, dot)
			return
		}
		if r.items += n * weight; r.items > maxItems || len(r.b) > maxPage {
			panic(tooLong{})
		}
		for i := range n {
			x := l.Index(i)
			if index > 0 {
				r.vars[r.base+index] = reflect.ValueOf(i)
			}
			if elem > 0 {
				r.vars[r.base+elem] = x
			}
			body.exec(r, x)
		}
	}
}

func (c *compiler) call(n *parse.TemplateNode, dot reflect.Type) action {
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 {
		c.fail()
	}
	arg := c.pipe(n.Pipe, dot)
	body := c.template(n.Name, arg.kind)
	return func(r *run, dot reflect.Value) { r.call(body, arg.get(r, dot)) }
}
