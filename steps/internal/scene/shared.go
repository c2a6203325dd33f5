package scene

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/target"
)

// Run is what the scenarios of a run share at a target without control API: its API users, and the numbers of
// documents.
type Run struct {
	tag      string
	gateways gateways

	mu        sync.Mutex // guards what follows
	numbers   int        // of documents that were given out
	documents int        // that were sent
	accounts  map[string]*account
}

// account is the API user of an environment.
type account struct {
	mu    sync.Mutex // guards login, and lets one scenario log in while the others wait
	login client.APILogin
}

// NewRun returns what the scenarios of a run share. The time of its begin is a part of the numbers of all documents, so
// that an account can be used again and again.
func NewRun(began time.Time) *Run {
	since := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	return &Run{tag: strconv.FormatInt(began.Sub(since).Milliseconds(), 36), accounts: map[string]*account{
		OnTrial: {}, OnProduction: {},
	}}
}

// Number is a part of a document number that no other document has: up to 11 small letters and digits.
func (r *Run) Number() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.numbers++
	const width = 36 * 36
	return r.tag + strconv.FormatInt(int64(width+r.numbers), 36)
}

// Skip is the error of a step that cannot be performed at the target; the scenario is skipped.
type Skip struct{ Reason string }

func (s *Skip) Error() string { return s.Reason }

// Unwrap makes godog skip the rest of the scenario.
func (s *Skip) Unwrap() error { return godog.ErrSkip }

// Spend counts a document that is sent. It returns a *Skip when a limit other than 0 is reached.
func (r *Run) Spend(limit int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if limit > 0 && r.documents >= limit {
		return &Skip{fmt.Sprintf("document budget spent: limits.documents is %d", limit)}
	}
	r.documents++
	return nil
}

// NIC gives another token only in the last ten minutes. A login that ends within one is replaced.
const (
	lastMinutes = 10 * time.Minute
	tooLate     = time.Minute
)

// Login gives an API the run's login at a portal. The first scenario makes it; later ones take it, so that a run logs
// in once in the life of a token.
func (r *Run) Login(ctx context.Context, portal string, api *client.API, now time.Time) (client.APILogin, error) {
	a := r.accounts[portal]
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.login.ExpiresAt.Sub(now) > tooLate {
		api.Resume(a.login)
		return a.login, nil
	}
	fresh, err := api.Authenticate(ctx, a.login.Token != "")
	if err == nil && a.login.Token == "" && fresh.ExpiresAt.Sub(now) < lastMinutes {
		fresh, err = api.Authenticate(ctx, true)
	}
	if err == nil {
		a.login = fresh
	}
	return fresh, err
}

// Account makes a client of the API for the target's own user at a portal.
func (s *Scene) Account(portal string) (*client.API, error) {
	at := s.At(portal)
	key, err := s.payloadKey(portal)
	if err != nil {
		return nil, err
	}
	api, err := client.NewAPI(s.API(portal), at.Credentials, key, s.APIOptions(portal))
	if err != nil {
		return nil, fmt.Errorf("the API user of the target: %w", err)
	}
	return api, nil
}

// known is a taxpayer of the portal contract at this target: without a control API, Dakshin is the taxpayer of the API
// user, and Deccan another one in the same state.
func (s *Scene) known(firm string, given client.Taxpayer) client.Taxpayer {
	if s.Target.Control != "" {
		return given
	}
	if own := s.Target.Sandbox.Credentials.GSTIN; firm == "Dakshin" && own != "" {
		return client.Taxpayer{GSTIN: own}
	}
	if party := s.Target.Parties["sameState"]; firm == "Deccan" && party != "" {
		return client.Taxpayer{GSTIN: party}
	}
	return given
}

// PartyOf is the GSTIN of the taxpayer with a role.
func (s *Scene) PartyOf(role string) (string, error) {
	gstin := s.Target.Parties[role]
	if !target.IsRole(role) {
		return "", fmt.Errorf("there is no role %q", role)
	}
	if gstin == "" {
		return "", &Skip{"the target has no taxpayer for parties." + role}
	}
	return gstin, nil
}

// Skipped is the reason of a step that was skipped; it is empty for another error.
func Skipped(err error) string {
	if s, ok := errors.AsType[*Skip](err); ok {
		return s.Reason
	}
	return ""
}
