package portal

import (
	"errors"
	"strings"
	"time"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// because adds the cause of a refusal, in one sentence, which only the journal shows. Another error stays as it is.
func because(err error, cause string, arguments ...any) error {
	if r, ok := errors.AsType[*Refusal](err); ok {
		r.Cause = journal.Because(cause, arguments...)
	}
	return err
}

// named returns a name that was typed, or the length of a text that may be a secret in its place.
func named(text string) string {
	if journal.IsIdentifier(text) {
		return text
	}
	return "a text of " + count.Of(len(text), "character")
}

// whyNoLogin adds the cause of a refused login. It compares no passwords, so that a refusal takes as long as another.
func (p Portal) whyNoLogin(r store.Reader, in Credentials, found identity, refusal error) error {
	if a, err := r.Attempts(p.env, in.lockName()); err == nil && a.LockedUntil.After(p.now()) {
		name := in.Username
		if in.ClientID != "" {
			name = in.ClientID
		}
		return because(refusal, "The login %s is locked until %s, after too many wrong secrets.", named(name),
			a.LockedUntil.In(nic.IST).Format(time.DateTime))
	}
	if in.ClientID != "" {
		if found.provider.ClientID == "" {
			return because(refusal, "The client id is %s, which no provider of this world has.", named(in.ClientID))
		}
		return because(refusal, "The client id is known, and the client secret, of %d characters, is another.",
			len(in.ClientSecret))
	}
	known := found.portalUser.Username + found.apiUser.Username // one of them at most
	switch {
	case in.Username == "":
		return because(refusal, "The username is empty.")
	case known == in.Username:
		return because(refusal, "The username is known, and the password, of %d characters, is another.", len(in.Password))
	case known != "":
		return because(refusal, "The username is written %s; %s differs in case.", known, named(in.Username))
	}
	return p.whyUnknown(r, in.Username, refusal)
}

// whyUnknown adds the cause of a login whose name the portal does not know.
func (p Portal) whyUnknown(r store.Reader, name string, refusal error) error {
	if p.env == nic.Sandbox {
		if _, err := r.PortalUser(name); err == nil {
			return because(refusal, "%s is a login of the production portal; the sandbox portal takes API users.", named(name))
		}
		return because(refusal, "The username is %s, which no API user of the sandbox has.", named(name))
	}
	if u, err := r.PortalUser(strings.ToLower(name)); err == nil {
		return because(refusal, "The username is written %s; %s differs in case.", u.Username, named(name))
	}
	if _, err := r.APIUser(p.env, name); err == nil {
		return because(refusal, "%s is an API user, not a login of the production portal.", named(name))
	}
	return because(refusal, "The username is %s, which no login of the production portal has.", named(name))
}

// whyOtherContact adds the cause of a contact that is not the registered one, which it masks as the portals do.
func whyOtherContact(refusal error, registered contact, mobile, email bool) error {
	const portal = "the GST common portal has for it"
	m, e := nic.MaskMobile(registered.mobile), nic.MaskEmail(registered.email)
	switch {
	case mobile && email:
		return because(refusal, "The mobile number and the e-mail address are not those that "+portal+", %s and %s.", m, e)
	case mobile:
		return because(refusal, "The mobile number is not the one that "+portal+", %s.", m)
	}
	return because(refusal, "The e-mail address is not the one that "+portal+", %s.", e)
}
