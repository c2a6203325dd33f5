package fault

import (
	"context"
	"slices"
)

// Request is a request that rules of its world match. A nil Request has no rules.
type Request struct {
	set   *Set
	hits  []*hit
	fired []*live // guarded by set.mu
}

type hit struct {
	*live
	number int  // of the request among those that the rule matched
	asked  bool // the rule has decided; guarded by set.mu
}

// Take decides whether a fault of a kind fires for the request now, and returns the first that does. A rule decides
// once a request.
func Take[E Effect](r *Request) (e E, fires bool) {
	if r == nil {
		return e, false
	}
	for _, h := range r.hits {
		if effect, ok := h.Rule.Does.(E); ok && r.fire(h) {
			return effect, true
		}
	}
	return e, false
}

func (r *Request) fire(h *hit) bool {
	r.set.mu.Lock()
	defer r.set.mu.Unlock()
	if h.asked {
		return false
	}
	h.asked = true
	select {
	case <-h.ended:
		return false
	default:
	}
	if !h.Rule.Often.fires(h.number, h.Fired, r.set.Chance) {
		return false
	}
	h.Fired++
	r.fired = append(r.fired, h.live)
	return true
}

// Fired returns the names of the rules that fired for the request.
func (r *Request) Fired() []string {
	if r == nil {
		return nil
	}
	r.set.mu.Lock()
	defer r.set.mu.Unlock()
	var names []string
	for _, l := range r.fired {
		names = append(names, l.Rule.Name)
	}
	return names
}

// Ended returns a channel that is closed when the rule of an effect that fired is removed.
func (r *Request) Ended(e Effect) <-chan struct{} {
	r.set.mu.Lock()
	defer r.set.mu.Unlock()
	for _, l := range slices.Backward(r.fired) { // effects without fields can be equal
		if l.Rule.Does == e {
			return l.ended
		}
	}
	return nil
}

// Chance draws from 0 up to 1 from the world's dice.
func (r *Request) Chance() float64 { return r.set.Chance() }

type requestKey struct{}

// In returns a context that carries the request.
func In(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// Of returns the request that a context carries, or nil.
func Of(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}
