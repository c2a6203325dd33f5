package scene

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
)

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
