package control

import "context"

// turns has one call at a time do what takes much memory: a document of 8 MiB takes half a gigabyte while it is read.
type turns chan struct{}

// take waits for the turn of a call until ctx ends. The call gives it back.
func (t turns) take(ctx context.Context) (giveBack func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
