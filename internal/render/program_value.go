package render

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"
)

// value is an expression of a template whose type is known: something to begin with, and a path of fields from there.
type value struct {
	kind  reflect.Type
	slot  int                                           // of the variable that it begins with, from 1; with the dot where it is 0
	begin func(r *run, dot reflect.Value) reflect.Value // where it begins with neither
	path  []field
}

// field is a field of a struct, or of what a pointer to one points to.
type field struct {
	index   int
	pointer bool
}

func (v *value) get(r *run, dot reflect.Value) reflect.Value {
	x := dot
	switch {
	case v.slot > 0:
		x = r.vars[r.base+v.slot-1]
	case v.begin != nil:
		x = v.begin(r, dot)
	}
	for _, f := range v.path {
		if f.pointer {
			if x.IsNil() {
				panic(giveUp{})
			}
			x = x.Elem()
		}
		x = x.Field(f.index)
	}
	return x
}

var (
	intType      = reflect.TypeFor[int]()
	stringType   = reflect.TypeFor[string]()
	htmlType     = reflect.TypeFor[template.HTML]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
	errorType    = reflect.TypeFor[error]()
)

// pipe compiles a pipe of a single command.
func (c *compiler) pipe(p *parse.PipeNode, dot reflect.Type) value {
	if len(p.Cmds) != 1 {
		c.fail()
	}
	return c.command(p.Cmds[0], dot)
}

func (c *compiler) command(cmd *parse.CommandNode, dot reflect.Type) value {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(id.Ident, cmd.Args[1:], dot)
	}
	if len(cmd.Args) != 1 {
		c.fail()
	}
	return c.arg(cmd.Args[0], dot)
}

func (c *compiler) arg(n parse.Node, dot reflect.Type) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return value{kind: dot}
	case *parse.FieldNode:
		return c.fields(value{kind: dot}, n.Ident)
	case *parse.VariableNode:
		slot := c.lookup(n.Ident[0])
		return c.fields(value{kind: c.scope[slot].kind, slot: slot + 1}, n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(c.arg(n.Node, dot), n.Field)
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			c.fail()
		}
		return c.pipe(n, dot)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	}
	c.fail()
	return value{}
}

func constant(x any) value {
	v := reflect.ValueOf(x)
	return value{kind: v.Type(), begin: func(*run, reflect.Value) reflect.Value { return v }}
}

// fields follows a path of names from a value, through pointers that are not nil.
func (c *compiler) fields(v value, names []string) value {
	for _, name := range names {
		v = c.field(v, name)
	}
	return v
}

func (c *compiler) field(v value, name string) value {
	kind, pointer := v.kind, v.kind.Kind() == reflect.Pointer
	if pointer {
		kind = kind.Elem()
	}
	f, ok := reflect.StructField{}, false
	if kind.Kind() == reflect.Struct {
		f, ok = kind.FieldByName(name)
	}
	if _, method := reflect.PointerTo(kind).MethodByName(name); !ok || method || !f.IsExported() {
		c.fail()
	}
	for i := 1; i < len(f.Index); i++ {
		if kind.FieldByIndex(f.Index[:i]).Type.Kind() == reflect.Pointer {
			c.fail()
		}
	}
	path := slices.Clip(v.path)
	for _, index := range f.Index {
		path = append(path, field{index, pointer})
		pointer = false
	}
	v.kind, v.path = f.Type, path
	return v
}

// function compiles the functions that have a value.
func (c *compiler) function(name string, args []parse.Node, dot reflect.Type) value {
	switch {
	case name == "len" && len(args) == 1:
		v := c.arg(args[0], dot)
		if k := v.kind.Kind(); k != reflect.Slice && k != reflect.String {
			c.fail()
		}
		return value{kind: intType, begin: func(r *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(v.get(r, dot).Len()) }}
	case name == "index" && len(args) == 2:
		v, i := c.arg(args[0], dot), c.arg(args[1], dot)
		if v.kind.Kind() != reflect.Slice || i.kind != intType {
			c.fail()
		}
		return value{kind: v.kind.Elem(), begin: func(r *run, dot reflect.Value) reflect.Value {
			list, at := v.get(r, dot), int(i.get(r, dot).Int())
			if at < 0 || at >= list.Len() {
				panic(giveUp{})
			}
			return list.Index(at)
		}}
	}
	c.fail()
	return value{}
}

// nonzero returns what html/template calls the truth of a value of a type.
func (c *compiler) nonzero(t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.String, reflect.Slice:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Bool:
		return func(v reflect.Value) bool { return v.Bool() }
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	c.fail()
	return nil
}

type test func(r *run, dot reflect.Value) bool

// truth compiles a condition.
func (c *compiler) truth(p *parse.PipeNode, dot reflect.Type) test {
	if len(p.Cmds) != 1 {
		c.fail()
	}
	cmd := p.Cmds[0]
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return c.holds(c.command(cmd, dot))
	}
	args := cmd.Args[1:]
	switch id.Ident {
	case "and", "or":
		tests := make([]test, len(args))
		for i, a := range args {
			tests[i] = c.truthArg(a, dot)
		}
		if len(tests) == 0 {
			c.fail()
		}
		all := id.Ident == "and"
		return func(r *run, dot reflect.Value) bool {
			for _, t := range tests {
				if t(r, dot) != all {
					return !all
				}
			}
			return all
		}
	case "not":
		if len(args) != 1 {
			c.fail()
		}
		t := c.truthArg(args[0], dot)
		return func(r *run, dot reflect.Value) bool { return !t(r, dot) }
	case "eq", "ne", "lt", "le", "gt", "ge":
		return c.comparison(id.Ident, args, dot)
	}
	return c.holds(c.command(cmd, dot))
}

func (c *compiler) truthArg(n parse.Node, dot reflect.Type) test {
	if p, ok := n.(*parse.PipeNode); ok && len(p.Decl) == 0 {
		return c.truth(p, dot)
	}
	return c.holds(c.arg(n, dot))
}

func (c *compiler) holds(v value) test {
	nonzero := c.nonzero(v.kind)
	return func(r *run, dot reflect.Value) bool { return nonzero(v.get(r, dot)) }
}

// comparison compiles a comparison of two strings or two numbers.
func (c *compiler) comparison(name string, args []parse.Node, dot reflect.Type) test {
	if len(args) != 2 {
		c.fail()
	}
	a, b := c.arg(args[0], dot), c.arg(args[1], dot)
	compare := func(x, y reflect.Value) int { return compareInts(x.Int(), y.Int()) }
	switch {
	case a.kind.Kind() == reflect.Int && b.kind.Kind() == reflect.Int:
	case a.kind.Kind() == reflect.String && b.kind.Kind() == reflect.String:
		compare = func(x, y reflect.Value) int { return compareStrings(x.String(), y.String()) }
	default:
		c.fail()
	}
	wanted := map[string][3]bool{"eq": {false, true, false}, "ne": {true, false, true}, "lt": {true, false, false}, "le": {true, true, false}, "gt": {false, false, true}, "ge": {false, true, true}}[name]
	return func(r *run, dot reflect.Value) bool { return wanted[compare(a.get(r, dot), b.get(r, dot))+1] }
}

// print compiles the output of a value through the escapers that html/template has chosen.
func (c *compiler) print(v value, escapers string) action {
	if v.kind.Implements(stringerType) || v.kind.Implements(errorType) || reflect.PointerTo(v.kind).Implements(stringerType) || reflect.PointerTo(v.kind).Implements(errorType) {
		c.fail()
	}
	switch {
	case escapers == "":
		c.fail()
	case v.kind.Kind() == reflect.Int: // digits and a minus: no escaper here touches them
		return func(r *run, dot reflect.Value) { r.keep(strconv.AppendInt(r.b, v.get(r, dot).Int(), 10)) }
	case v.kind == htmlType && escapers == "htmlescaper":
		return func(r *run, dot reflect.Value) { r.print(v.get(r, dot).String()) }
	case v.kind != stringType:
		c.fail()
	}
	appendTo := appenders[escapers]
	if appendTo == nil {
		c.fail()
	}
	return func(r *run, dot reflect.Value) {
		page, ok := appendTo(r.b, v.get(r, dot).String())
		if !ok {
			panic(giveUp{})
		}
		r.keep(page)
	}
}
