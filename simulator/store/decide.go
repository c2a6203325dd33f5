package store

import (
	"context"
	"errors"
)

// Decide runs f as one unit of a store in which an error of type R is an outcome and
// no failure: what f wrote before it refused, such as a spent captcha, is kept, and
// the refusal is returned.
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

// IsMissing tells that a record is not there, as opposed to a store that failed.
func IsMissing(err error) bool { return errors.Is(err, ErrNotFound) }
