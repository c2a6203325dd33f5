package portal

import (
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// The ways in which an API user reaches the API: the guide's "Registration through".
const (
	ThroughGSP    = "GSP"
	ThroughERP    = "ERP"
	ThroughDirect = "DIRECT"
)

// productionPrefix stands before every API user's name on the production portal.
const productionPrefix = "API_"

// NewAPIUser is what a person types into the last form of either guide section.
type NewAPIUser struct {
	RegistrationThrough string
	CompanyName         string
	ClientID            string // sandbox, and DIRECT in production
	ClientSecret        string // DIRECT in production
	Username            string
	Password            string
	ConfirmPassword     *string // nil when it was left out
}

// Companies lists the names that a "Registration through" offers, in the order in
// which they were registered; DIRECT offers none.
func Companies(r store.Reader, through string) ([]store.Provider, error) {
	all, err := r.Providers(store.Page{})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p store.Provider) bool {
		return !slices.Contains(p.Through, through) || through == ThroughDirect
	}), nil
}

// readThrough normalises "Registration through".
func readThrough(s string) (string, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	return s, s == ThroughGSP || s == ThroughERP || s == ThroughDirect
}

// provider finds the provider of a client id that was typed. Client ids are upper case, but one that was made by hand
// need not be.
func provider(r store.Reader, clientID string) (store.Provider, error) {
	clientID = strings.TrimSpace(clientID)
	p, err := r.Provider(clientID)
	if missing(err) {
		p, err = r.Provider(strings.ToUpper(clientID))
	}
	return p, err
}

// company finds the provider of a name under a "Registration through".
func company(r store.Reader, through, name string, found *findings) (store.Provider, error) {
	offered, err := Companies(r, through)
	if err != nil {
		return store.Provider{}, err
	}
	i := slices.IndexFunc(offered, func(p store.Provider) bool { return p.CompanyName == strings.TrimSpace(name) })
	if i < 0 {
		found.add(ProviderUnknown, "companyName")
		return store.Provider{}, nil
	}
	return offered[i], nil
}

// usernameFits reports whether a name has the length and the characters of the
// contract: letters, digits and _, a letter first.
func usernameFits(name string, s *settings.Settings) bool {
	return len(name) >= s.UsernameMin && len(name) <= s.UsernameMax && IsUsername(name)
}

// LongestUsername is the length of the longest username that a setting allows, in bytes.
const LongestUsername = 100

// IsUsername reports whether a name has the characters of a username: letters, digits and _, a letter first.
func IsUsername(name string) bool {
	if name == "" || len(name) > LongestUsername {
		return false
	}
	for i, c := range []byte(name) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

// readUsername returns the name that an API user will have on this portal. A prefix
// that was typed does not count against the longest name.
func (p Portal) readUsername(typed string, found *findings) string {
	name := typed
	if p.env == nic.Production {
		name = strings.TrimPrefix(typed, productionPrefix)
	}
	if !usernameFits(name, found.book.Settings) && !usernameFits(typed, found.book.Settings) {
		found.add(UsernameInvalid, "username")
	}
	if p.env == nic.Production {
		return defect.Pick(p.world.Defects(), defect.PrefixMissing, productionPrefix, "") + name
	}
	return defect.Pick(p.world.Defects(), defect.PrefixInSandbox, "", productionPrefix) + typed
}

// makeAPIUser adds a user with a password and completes the flow, unless the GSTIN has an active user for this
// client id or another API user of the environment has the name. clientField is the form's field for the client.
func (p Portal) makeAPIUser(tx store.Tx, f *store.Flow, u store.APIUser, password, clientField string) error {
	var err error
	if u.PasswordHash, err = p.world.Passwords.Hash(password); err != nil {
		return err
	}
	found := p.findings()
	own, err := tx.APIUsersOf(u.Environment, u.GSTIN)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(own, func(o store.APIUser) bool { return o.ClientID == u.ClientID && !o.Frozen }) {
		found.add(AlreadyRegistered, clientField)
	}
	switch _, err := tx.APIUser(u.Environment, u.Username); {
	case err == nil:
		found.add(UsernameTaken, "username")
	case !missing(err):
		return err
	}
	if err := found.refusal(); err != nil {
		return err
	}
	if err := tx.AddAPIUser(u); errors.Is(err, store.ErrExists) {
		return refuseField(UsernameTaken, "username")
	} else if err != nil {
		return err
	}
	p.complete(f, u)
	return nil
}

// pan is the PAN within a GSTIN, dummies included.
func pan(gstin string) string { return string(nic.GSTIN(gstin).PAN()) }

// specials are the special characters that NIC's message 3003 lists.
const specials = "%$#@_!*"

// passwordFits reports whether a new password has the length [SIM] and one character
// of each class (3003).
func passwordFits(password string, s rulebook.Book) bool {
	n := utf8.RuneCountInString(password)
	if (n == s.PasswordMin || n == s.PasswordMax) && s.Wrong(defect.PasswordBoundsOff) {
		return false
	}
	return n >= s.PasswordMin && n <= s.PasswordMax &&
		strings.ContainsFunc(password, func(r rune) bool { return 'A' <= r && r <= 'Z' }) &&
		strings.ContainsFunc(password, func(r rune) bool { return 'a' <= r && r <= 'z' }) &&
		strings.ContainsFunc(password, func(r rune) bool { return '0' <= r && r <= '9' }) &&
		(strings.ContainsAny(password, specials) || s.Wrong(defect.SpecialsMissing))
}

// readNewPassword adds what is wrong with a new password and its repetition, which may be left out.
func readNewPassword(password string, confirm *string, field string, found *findings) {
	if !passwordFits(password, found.book) {
		found.add(PasswordPolicy, field)
	}
	if confirm == nil && found.book.Wrong(defect.ConfirmationRequired) {
		found.add(PasswordConfirm, "confirmPassword")
	}
	if confirm != nil && subtle.ConstantTimeCompare([]byte(*confirm), []byte(password)) != 1 {
		found.add(PasswordConfirm, "confirmPassword")
	}
}
