package scene

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/needs"
)

// Registry collects the sentences that scenarios are made of, bound to a scene.
type Registry struct {
	Definitions []*Definition

	// Acts is what every act needs that is registered from then on.
	Acts []needs.Need

	scene        *Scene
	finds, gives map[reflect.Type]find
}

// NewRegistry returns a registry without sentences.
func NewRegistry(s *Scene) *Registry {
	r := &Registry{scene: s, finds: map[reflect.Type]find{}, gives: map[reflect.Type]find{}}
	Find(r, func(_ context.Context, who string) (*Person, error) { return s.Person(who) })
	Find(r, func(ctx context.Context, firm string) (client.Taxpayer, error) { return s.Taxpayer(ctx, s.Named, firm) })
	Give(r, s.Now)
	Give(r, s.Elsewhere)
	Give(r, func(context.Context) (Exchange, error) { return s.Trace.Last() })
	Give(r, func(context.Context) (*Flow, error) { return s.Named.CurrentFlow() })
	Give(r, func(context.Context) (*client.Problem, error) { return s.Problem() })
	Give(r, func(context.Context) (*client.APIError, error) { return s.APIError() })
	return r
}

// Group is a set of sentences on one subject.
type Group interface{ Register(r *Registry) }

// Definition is a sentence: its expression, the function that performs it, what it needs of a target
// beside the portals, and which of its values are codes that it expects.
type Definition struct {
	Expression *regexp.Regexp
	Handler    func() any // makes the function that performs it

	accepted      bool
	needs, uses   []needs.Need
	needing       func(values []string) []needs.Need
	refusals, nic []int // groups of the expression
}

// Then registers a sentence that holds only if the last act was accepted; the runner checks that first.
func (r *Registry) Then(text string, handler any, needed ...needs.Need) *Definition {
	d := r.Step(text, handler, needed...)
	d.accepted = true
	return d
}

// Act registers what a person does; a refusal is left to a Then.
func (r *Registry) Act(text string, handler any, needed ...needs.Need) *Definition {
	return r.add(text, handler, true, append(needed, r.Acts...))
}

// Register registers groups.
func (r *Registry) Register(groups ...Group) {
	for _, g := range groups {
		g.Register(r)
	}
}

// Step registers any other sentence. Its text is a regular expression with shorthands, anchored at both ends.
// A handler may take a *Person where the expression has {who}, a client.Taxpayer where it has {firm}, or what
// else Find and Give know.
func (r *Registry) Step(text string, handler any, needed ...needs.Need) *Definition {
	return r.add(text, handler, false, needed)
}

func (r *Registry) add(text string, handler any, act bool, needed []needs.Need) *Definition {
	d := &Definition{Expression: expression(text), needs: needed, Handler: func() any { return r.bind(handler, act) }}
	r.Definitions = append(r.Definitions, d)
	return d
}

// Refusal says that a group of the expression is the code of a portal's refusal that the sentence expects.
func (d *Definition) Refusal(group int) *Definition {
	d.refusals = append(d.refusals, group)
	return d
}

// NIC says that a group of the expression has codes of NIC's that the sentence expects.
func (d *Definition) NIC(group int) *Definition {
	d.nic = append(d.nic, group)
	return d
}

// Needing says what the sentence needs because of its values, which are the groups of the expression.
func (d *Definition) Needing(needing func(values []string) []needs.Need) *Definition {
	d.needing = needing
	return d
}

// Using names parts of a control API that the sentence uses where there is one, and does not need.
func (d *Definition) Using(parts ...needs.Need) *Definition {
	d.uses = parts
	return d
}

// Meaning is what a sentence needs and expects, with its values.
type Meaning struct {
	Definitions   []int // the indexes of those that match; a right suite has one
	Accepted      bool  // it holds only if the last act was accepted
	Needs         []needs.Need
	Uses          []needs.Need // parts of a control API that it uses where there is one
	Refusals, NIC []string     // codes
}

// Meaning reads a sentence; the second result reports whether it is registered.
func (r *Registry) Meaning(sentence string) (m Meaning, found bool) {
	var matching []int
	for i, d := range r.Definitions {
		if values := d.Expression.FindStringSubmatch(sentence); values != nil {
			if matching = append(matching, i); len(matching) == 1 {
				m = d.meaning(values)
			}
		}
	}
	m.Definitions = matching
	return m, len(matching) > 0
}

func (d *Definition) meaning(values []string) Meaning {
	m := Meaning{Accepted: d.accepted, Needs: d.needs, Uses: d.uses}
	if d.needing != nil {
		m.Needs = needs.Union(d.needs, d.needing(values))
	}
	for _, group := range d.refusals {
		m.Refusals = append(m.Refusals, values[group])
	}
	for _, group := range d.nic {
		m.NIC = append(m.NIC, strings.Split(values[group], ", ")...)
	}
	isEmpty := func(code string) bool { return code == "" }
	m.Refusals, m.NIC = slices.DeleteFunc(m.Refusals, isEmpty), slices.DeleteFunc(m.NIC, isEmpty)
	return m
}

// shorthands are what expressions may have in braces. Each is one group of the expression, but for
// {their}, which is none.
var shorthands = strings.NewReplacer(
	"{who}", `(Asha|Girish|Mallory|[Ss]he|[Hh]e)`,
	"{their}", `(?:her|his)`,
	"{text}", `"([^"]*)"`,
	"{n}", `(\d+)`,
	"{portal}", `(trial|production)`,
	// A taxpayer: see Scene.Taxpayer.
	"{firm}", `(Dakshin|Deccan|"[0-9A-Z]{15}"|the dummy GSTIN|the taxpayer whose GSTIN is \w+|the taxpayer without mobile)`,
	"{category}", `(GSP|ERP|ECO)`,
)

func expression(text string) *regexp.Regexp {
	if known, ok := compiled.Load(text); ok {
		return known.(*regexp.Regexp)
	}
	fresh := regexp.MustCompile("^" + shorthands.Replace(text) + "$")
	compiled.Store(text, fresh)
	return fresh
}

// compiled are the expressions by their texts. Each scenario registers all sentences, and compiling them
// again took half of a run's time.
var compiled sync.Map

// find finds what a handler takes. The words are those of a group of the expression.
type find func(ctx context.Context, words string) (any, error)

// Find lets handlers take a T where the expression has a group with its words, such as {who} or {firm}.
func Find[T any](r *Registry, found func(ctx context.Context, words string) (T, error)) {
	r.finds[reflect.TypeFor[T]()] = func(ctx context.Context, words string) (any, error) { return found(ctx, words) }
}

// Give lets handlers take a T for which the expression has no group, such as the refusal of the last act.
func Give[T any](r *Registry, given func(ctx context.Context) (T, error)) {
	r.gives[reflect.TypeFor[T]()] = func(ctx context.Context, _ string) (any, error) { return given(ctx) }
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

// bind wraps a handler as one that takes a context and texts or numbers, since godog knows no other types.
func (r *Registry) bind(handler any, act bool) any {
	inner := reflect.ValueOf(handler)
	outer := []reflect.Type{contextType}
	for i := range inner.Type().NumIn() {
		switch in := inner.Type().In(i); {
		case r.finds[in] != nil:
			outer = append(outer, reflect.TypeFor[string]())
		case r.gives[in] == nil && in != contextType:
			outer = append(outer, in)
		}
	}
	bound := reflect.FuncOf(outer, []reflect.Type{errorType}, false)
	return reflect.MakeFunc(bound, func(values []reflect.Value) []reflect.Value {
		err := r.perform(inner, values)
		if act {
			err = r.scene.Act(err)
		}
		result := reflect.New(errorType).Elem()
		if err != nil {
			result.Set(reflect.ValueOf(err))
		}
		return []reflect.Value{result}
	}).Interface()
}

// PanicError is the error of a sentence whose handler panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("the step panicked: %v\n%s", e.Value, e.Stack)
}

// perform calls a handler with what it takes.
func (r *Registry) perform(handler reflect.Value, values []reflect.Value) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = &PanicError{Value: panicked, Stack: debug.Stack()}
		}
	}()
	arguments, err := r.arguments(handler.Type(), values)
	if err != nil {
		return err
	}
	failed, _ := handler.Call(arguments)[0].Interface().(error)
	return failed
}

// arguments finds what a handler takes. "She" and "he" mean the person named first from then on.
func (r *Registry) arguments(handler reflect.Type, values []reflect.Value) ([]reflect.Value, error) {
	ctx, rest := values[0].Interface().(context.Context), values[1:]
	arguments := make([]reflect.Value, handler.NumIn())
	var first *Person
	for i := range arguments {
		in := handler.In(i)
		if in == contextType {
			arguments[i] = values[0]
			continue
		}
		if r.gives[in] != nil {
			continue
		}
		arguments[i], rest = rest[0], rest[1:]
		if r.finds[in] == nil {
			continue
		}
		found, err := r.finds[in](ctx, arguments[i].String())
		if err != nil {
			return nil, err
		}
		first, arguments[i] = cmp.Or(first, r.scene.Named), reflect.ValueOf(found)
	}
	r.scene.Named = cmp.Or(first, r.scene.Named)
	for i := range arguments {
		if give := r.gives[handler.In(i)]; give != nil {
			given, err := give(ctx, "")
			if err != nil {
				return nil, err
			}
			arguments[i] = reflect.ValueOf(given)
		}
	}
	return arguments, nil
}
