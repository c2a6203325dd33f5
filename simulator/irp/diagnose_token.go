package irp

import (
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// wrongToken diagnoses a token that is not the caller's, or not any more.
func (i IRP) wrongToken(r store.Reader, e Evidence) Diagnosis {
	h := e.Headers
	if h.AuthToken == "" {
		return lacks(authToken, e)
	}
	t, err := r.Token(i.env, h.AuthToken)
	switch {
	case err != nil:
		return i.unknownToken(r, e)
	case t.ClientID != h.ClientID:
		return found("The token was issued to the client id %s; the header client_id is %s.", t.ClientID, named(h.ClientID))
	case h.UserName != "" && t.Username != h.UserName:
		return found("The token was issued to the user %s; the header user_name is %s.", t.Username, named(h.UserName))
	case !i.now().Before(t.ExpiresAt) && t.Ended != "":
		return found("The token was ended at %s: %s.", t.ExpiresAt.In(nic.IST).Format(expiryForm), t.Ended).
			or("Log in again once the user may.")
	case !i.now().Before(t.ExpiresAt):
		return found("The token expired at %s.", t.ExpiresAt.In(nic.IST).Format(expiryForm))
	}
	return i.otherGSTIN(r, e)
}

// unknownToken diagnoses a token that is not valid here.
func (i IRP) unknownToken(r store.Reader, e Evidence) Diagnosis {
	sent := e.Headers.AuthToken
	if _, err := r.Token(i.env.Other(), sent); err == nil {
		return found("The token was issued in %s, and this is %s.", here(i.env.Other()), here(i.env))
	}
	for _, t := range i.tokensOf(r, e.Headers.GSTIN) {
		if strings.Contains(sent, t.Value) {
			return found("The token has other text around it, of %d characters, such as quotes or Bearer.",
				len(sent)-len(t.Value)).or("Send the AuthToken of the login as it is.")
		}
		at := slices.IndexFunc(t.Earlier, func(old store.EarlierToken) bool { return old.Value == sent })
		if at < 0 {
			continue
		}
		ended := t.Earlier[at].Ended.In(nic.IST).Format(expiryForm)
		if t.Earlier[at].Expired {
			return found("The token expired at %s.", ended)
		}
		return found("The token was replaced by a later login at %s.", ended)
	}
	return neverIssued(e)
}

func neverIssued(e Evidence) Diagnosis {
	return found("The token, of %d characters, was never issued here.", len(e.Headers.AuthToken))
}

// tokensOf returns the tokens of a taxpayer's API users.
func (i IRP) tokensOf(r store.Reader, gstin string) []store.Token {
	users, _ := r.APIUsersOf(i.env, gstin) // a diagnosis does without a store that fails
	var tokens []store.Token
	for _, u := range users {
		if t, err := r.TokenOf(i.env, u.ClientID, u.Username); err == nil {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// otherGSTIN diagnoses a header Gstin that is not that of the token, or of the user that logs in.
func (i IRP) otherGSTIN(r store.Reader, e Evidence) Diagnosis {
	if t, err := r.Token(i.env, e.Headers.AuthToken); err == nil && t.GSTIN != e.Headers.GSTIN {
		return found("The token is of GSTIN %s; the header Gstin is %s.", t.GSTIN, named(e.Headers.GSTIN))
	}
	if u, err := r.APIUser(i.env, e.Login.UserName); err == nil {
		return found("The user %s is of GSTIN %s; the header Gstin is %s.", u.Username, u.GSTIN, named(e.Headers.GSTIN))
	}
	return Diagnosis{}
}
