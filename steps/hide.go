package steps

import (
	"reflect"
	"strings"
)

// hidden is an error whose text has no secret of the target. A target may quote one in its answer.
type hidden struct {
	error
	hider *strings.Replacer
}

func (h hidden) Error() string { return h.hider.Replace(h.error.Error()) }
func (h hidden) Unwrap() error { return h.error }

func hide(err error, hider *strings.Replacer) error {
	if err == nil {
		return nil
	}
	return hidden{err, hider}
}

// hiding is the handler of a step whose error is hidden: godog writes it into reports of its own.
func hiding(handler any, hider *strings.Replacer) any {
	call := reflect.ValueOf(handler)
	return reflect.MakeFunc(call.Type(), func(given []reflect.Value) []reflect.Value {
		results := call.Call(given)
		if last := len(results) - 1; last >= 0 {
			if err, failed := results[last].Interface().(error); failed {
				results[last] = reflect.ValueOf(hide(err, hider)).Convert(call.Type().Out(last))
			}
		}
		return results
	}).Interface()
}
