package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// UnreachableError is the error of a run that did not begin because the target, or a part of it,
// does not answer.
type UnreachableError struct {
	Listener string // trial portal, production portal or control API
	BaseURL  string
	Err      error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the %s at %s cannot be reached: %v", e.Listener, e.BaseURL, e.Err)
}

// Unwrap returns what went wrong.
func (e *UnreachableError) Unwrap() error { return e.Err }

// reachTimeout is how long a listener may take for its first answer.
const reachTimeout = 10 * time.Second

func (o Options) answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return unwrapURL(err)
	}
	response, err := o.Transport.RoundTrip(request)
	if err != nil {
		return unwrapURL(err)
	}
	return response.Body.Close()
}

// unwrapURL takes off the wrapping that repeats the URL.
func unwrapURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
