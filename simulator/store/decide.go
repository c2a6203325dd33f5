package store

import (
	"context"
	"errors"
)

// Decide runs f as one unit of a store in which an error of type R is an outcome and not a failure: what f
// wrote before it, such as a spent captcha, is kept, and the error is returned.
func Decide[R error](ctx context.Context, s Store, f func(Tx) error) error {
	var refused error
	err := s.Update(ctx, func(tx Tx) error {
		err := f(tx)
		if _, ok := errors.AsType[R](err); ok {
			refused = err
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// IsMissing reports whether a record does not exist. Any other error means that the store failed.
func IsMissing(err error) bool { return errors.Is(err, ErrNotFound) }
