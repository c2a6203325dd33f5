package scene

import (
	"cmp"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/steps/needs"
)

// Registry collects the sentences that scenarios are made of, bound to a scene.
type Registry struct {
	Definitions []*Definition

	scene *Scene
	finds map[reflect.Type]func(*Person) (any, error)
}

// NewRegistry returns a registry without sentences.
func NewRegistry(s *Scene) *Registry {
	r := &Registry{scene: s, finds: map[reflect.Type]func(*Person) (any, error){}}
	Find(r, func(p *Person) (*Person, error) { return p, nil })
	return r
}

// Group is a set of sentences on one subject.
type Group interface{ Register(r *Registry) }

// Definition is a sentence: its expression, the function that performs it, what it needs of a target
// beside the portals, and which of its values are codes that it expects.
type Definition struct {
	Expression *regexp.Regexp
	Handler    any

	accepted      bool
	needs         []needs.Need
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
	return r.add(text, r.bind(handler, true), needed)
}

// Register registers groups.
func (r *Registry) Register(groups ...Group) {
	for _, g := range groups {
		g.Register(r)
	}
}

// Step registers any other sentence. Its text is a regular expression with shorthands, anchored at both ends.
// A handler may take a *Person where the expression has {who}, or what else Find knows.
func (r *Registry) Step(text string, handler any, needed ...needs.Need) *Definition {
	return r.add(text, r.bind(handler, false), needed)
}

func (r *Registry) add(text string, handler any, needed []needs.Need) *Definition {
	d := &Definition{Expression: expression(text), Handler: handler, needs: needed}
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

// Meaning is what a sentence needs and expects, with its values.
type Meaning struct {
	Accepted      bool // it holds only if the last act was accepted
	Needs         []needs.Need
	Refusals, NIC []string // codes
}

// Meaning reads a sentence; the second result tells whether it is registered.
func (r *Registry) Meaning(sentence string) (Meaning, bool) {
	for _, d := range r.Definitions {
		if values := d.Expression.FindStringSubmatch(sentence); values != nil {
			return d.meaning(values), true
		}
	}
	return Meaning{}, false
}

func (d *Definition) meaning(values []string) Meaning {
	m := Meaning{Accepted: d.accepted, Needs: d.needs}
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

// Find lets handlers take a T where the expression has {who}: find returns that of the person who is named.
func Find[T any](r *Registry, find func(*Person) (T, error)) {
	r.finds[reflect.TypeFor[T]()] = func(p *Person) (any, error) { return find(p) }
}

// bind wraps a handler as one that takes the names of people, since godog knows no people.
func (r *Registry) bind(handler any, act bool) any {
	inner := reflect.ValueOf(handler)
	var in []reflect.Type
	finds := map[int]func(*Person) (any, error){} // by parameter
	for i := range inner.Type().NumIn() {
		in = append(in, inner.Type().In(i))
		if find, known := r.finds[in[i]]; known {
			in[i], finds[i] = reflect.TypeFor[string](), find
		}
	}
	if len(finds) == 0 && !act {
		return handler
	}
	failure := []reflect.Type{reflect.TypeFor[error]()}
	return reflect.MakeFunc(reflect.FuncOf(in, failure, false), func(values []reflect.Value) []reflect.Value {
		err := r.scene.replace(values, finds)
		if err == nil {
			err, _ = inner.Call(values)[0].Interface().(error)
		}
		if act {
			err = r.scene.Act(err)
		}
		result := reflect.New(failure[0]).Elem()
		if err != nil {
			result.Set(reflect.ValueOf(err))
		}
		return []reflect.Value{result}
	}).Interface()
}

// replace replaces the names of people by the people, or by what is found for them. "She" and "he" mean
// the person named first from then on.
func (s *Scene) replace(values []reflect.Value, finds map[int]func(*Person) (any, error)) error {
	var first *Person
	for _, i := range slices.Sorted(maps.Keys(finds)) {
		p, err := s.Person(values[i].String())
		if err != nil {
			return err
		}
		found, err := finds[i](p)
		if err != nil {
			return err
		}
		first, values[i] = cmp.Or(first, p), reflect.ValueOf(found)
	}
	s.Named = cmp.Or(first, s.Named)
	return nil
}
