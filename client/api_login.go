package client

import (
	"context"
	"log/slog"
	"time"
)

const (
	// NIC gives another token before the old one ends only if it is asked for it in the last ten
	// minutes. Half of that leaves room for clocks that differ.
	renewBefore = 5 * time.Minute
	// renewAgain is how long a token that could not be renewed is used before the next try.
	renewAgain = 30 * time.Second
)

// APILogin is a login at the API. Printed or encoded, token and key do not show.
type APILogin struct {
	Token     string    `json:"-"` // AuthToken, 25 letters and digits
	SEK       []byte    `json:"-"` // the key of every Data, 32 bytes; not to be changed
	ExpiresAt time.Time // by the API's clock
}

// String leaves the token and the key out.
func (l APILogin) String() string { return "login until " + l.ExpiresAt.Format(time.RFC3339) }

// GoString leaves the token and the key out.
func (l APILogin) GoString() string { return "client.APILogin(" + l.String() + ")" }

// LogValue leaves the token and the key out.
func (l APILogin) LogValue() slog.Value { return slog.StringValue(l.String()) }

// apiLogin is a login that calls use. It is never changed.
type apiLogin struct {
	APILogin
	renewAt time.Time // by the caller's clock; zero: not before the API refuses the token
}

// loginCall is a login under way, which others wait for.
type loginCall struct {
	done      chan struct{} // closed when the rest is set
	login     *apiLogin
	err       error
	abandoned bool // the caller who made it gave up; says nothing about the credentials
}

// Login returns the login while it lasts, and makes one otherwise. Every other call does the same by itself.
// Refusals: 1010 client id or secret, 1013 public key, 1014, 1015 GSTIN, 1017 username, 1018 client, 1019 password.
func (a *API) Login(ctx context.Context) (APILogin, error) {
	l, err := a.login(ctx)
	if err != nil {
		return APILogin{}, err
	}
	return l.APILogin, nil
}

// Authenticate makes one auth call, whatever login there is, and keeps the outcome for later calls.
// While a token lasts NIC answers with the same; force asks for another, which it gives in the last
// ten minutes. Refusals as for Login.
func (a *API) Authenticate(ctx context.Context, force bool) (APILogin, error) {
	fresh, err := a.authenticate(ctx, force)
	if err != nil {
		return APILogin{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.current = a.schedule(fresh, force)
	return a.current.APILogin, nil
}

// login returns a login that lasts, by the caller's clock.
func (a *API) login(ctx context.Context) (*apiLogin, error) {
	a.mu.Lock()
	old := a.current
	a.mu.Unlock()
	if old == nil {
		return a.replace(ctx, nil, false)
	}
	now := a.now()
	if old.renewAt.IsZero() || now.Before(old.renewAt) {
		return old, nil
	}
	lasts := now.Before(old.ExpiresAt)
	fresh, err := a.replace(ctx, old, lasts)
	if err != nil && lasts && ctx.Err() == nil {
		// The old token is still valid, so the error is not the caller's.
		return a.postpone(old, now.Add(renewAgain)), nil
	}
	return fresh, err
}

// replace makes a login in place of old. Of several callers one makes it and the others wait for the
// outcome. A caller that comes after old has been replaced gets the new login.
func (a *API) replace(ctx context.Context, old *apiLogin, force bool) (*apiLogin, error) {
	for {
		a.mu.Lock()
		if a.current != old && a.current != nil {
			defer a.mu.Unlock()
			return a.current, nil
		}
		running := a.running
		if running == nil {
			running = &loginCall{done: make(chan struct{})}
			a.running = running
			a.mu.Unlock()
			a.perform(ctx, running, force)
			return running.login, running.err
		}
		a.mu.Unlock()

		select {
		case <-running.done:
			if !running.abandoned {
				return running.login, running.err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// perform makes the login that others wait for.
func (a *API) perform(ctx context.Context, l *loginCall, force bool) {
	fresh, err := a.authenticate(ctx, force)
	a.mu.Lock()
	defer a.mu.Unlock()
	if err == nil {
		l.login = a.schedule(fresh, force)
		a.current = l.login
	}
	l.err, l.abandoned = err, err != nil && ctx.Err() != nil
	a.running = nil
	close(l.done)
}

// schedule says when a fresh login is to be renewed. a.mu is held.
func (a *API) schedule(fresh APILogin, forced bool) *apiLogin {
	l := &apiLogin{APILogin: fresh, renewAt: fresh.ExpiresAt.Add(-renewBefore)}
	switch {
	case !a.now().Before(fresh.ExpiresAt):
		// A new token that has ended already: the clocks differ. The API says when it has ended (1005).
		l.renewAt = time.Time{}
	case forced && a.current != nil && a.current.Token == fresh.Token:
		l.renewAt = fresh.ExpiresAt // the API gives no other token before that
	}
	return l
}

// postpone keeps a login that could not be renewed, until then or its end.
func (a *API) postpone(old *apiLogin, until time.Time) *apiLogin {
	if until.After(old.ExpiresAt) {
		until = old.ExpiresAt
	}
	kept := &apiLogin{APILogin: old.APILogin, renewAt: until}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current == old {
		a.current = kept
	}
	return a.current
}

// Resume keeps a login that was made before for the same user, by this client or another one, for later calls.
func (a *API) Resume(l APILogin) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.current = a.schedule(l, false)
}
