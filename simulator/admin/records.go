package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// longestText is the number of characters that a member of a record may have.
const longestText = 200

// run adds or changes records of a world within one unit of its store.
func run[Shown any](ctx context.Context, w *world.World,
	unit func(store.Tx, *world.World) (Shown, error)) (shown Shown, err error) {
	err = w.Store.Update(ctx, func(tx store.Tx) (err error) {
		shown, err = unit(tx, w)
		return err
	})
	return shown, err
}

// Add adds a record to a world, in a unit of its own: a [TaxpayerChange] adds a taxpayer.
func Add[Change interface {
	Add(tx store.Tx, w *world.World) (Shown, error)
}, Shown any](ctx context.Context, w *world.World, c Change) (Shown, error) {
	return run(ctx, w, c.Add)
}

// findings are the violations of a record. Its methods check one member each; a member that is nil was not given.
type findings []Violation

func (f *findings) add(field, code, message string) {
	*f = append(*f, Violation{field, code, message})
}

// refusal returns what was found as a refusal, or nil.
func (f *findings) refusal() error {
	if len(*f) == 0 {
		return nil
	}
	return Refuse(*f...)
}

// set replaces a value by one that was given.
func set[T any](given *T, target *T) {
	if given != nil {
		*target = *given
	}
}

// text sets a text, without blanks around it.
func (f *findings) text(field string, given, target *string) {
	if given == nil {
		return
	}
	if *target = strings.TrimSpace(*given); utf8.RuneCountInString(*target) > longestText {
		f.add(field, "value-invalid", fmt.Sprintf("must have at most %d characters", longestText))
	}
}

// needed is text for a member that must not be empty.
func (f *findings) needed(field string, given, target *string) {
	if f.text(field, given, target); *target == "" {
		f.add(field, "value-missing", "must not be empty")
	}
}

// secret sets a password or a client secret as it is given.
func (f *findings) secret(field string, given, target *string) {
	set(given, target)
	switch n := utf8.RuneCountInString(*target); {
	case n == 0:
		f.add(field, "value-missing", "must not be empty")
	case n > longestText:
		f.add(field, "value-invalid", fmt.Sprintf("must have at most %d characters", longestText))
	}
}

// name sets the name of a new record, which stands in a path of the control API.
func (f *findings) name(field string, given, target *string) {
	if f.needed(field, given, target); *target == "" {
		return
	}
	unfit := func(r rune) bool { return r == '/' || r == '\\' || !unicode.IsGraphic(r) || unicode.IsSpace(r) }
	if strings.ContainsFunc(*target, unfit) || strings.Trim(*target, ".") == "" {
		f.add(field, "value-invalid", "must be visible characters without blanks and slashes")
	}
}

// username sets the name of a new user. Its length is not checked: a world may have users that the settings refuse.
func (f *findings) username(given, target *string) {
	before := len(*f)
	if f.name("username", given, target); len(*f) == before && !portal.IsUsername(*target) {
		f.add("username", "value-invalid", fmt.Sprintf(
			"must be at most %d letters, digits and _, a letter first", portal.LongestUsername))
	}
}

// fixed refuses to change the name of a record.
func (f *findings) fixed(field string, given *string, is string) {
	if given != nil && *given != is {
		f.add(field, "value-invalid", "cannot be changed")
	}
}

// oneOf sets one of the values that a member can have.
func (f *findings) oneOf(field string, given, target *string, allowed []string) {
	if given == nil {
		return
	}
	if *target = strings.ToUpper(strings.TrimSpace(*given)); !slices.Contains(allowed, *target) {
		f.add(field, "value-invalid", "must be one of "+strings.Join(allowed, ", "))
	}
}

// mobile and email set a contact. A blank one is a record without it.
func (f *findings) mobile(given, target *string) {
	f.contact("mobile", "must be ten digits, the first 6 to 9, or empty", given, target, nic.NormaliseMobile)
}

func (f *findings) email(given, target *string) {
	f.contact("email", "must be an e-mail address, or empty", given, target, nic.NormaliseEmail)
}

func (f *findings) contact(field, message string, given, target *string, normalise func(string) (string, bool)) {
	if given == nil {
		return
	}
	value, ok := normalise(*given)
	if !ok && strings.TrimSpace(*given) != "" {
		f.add(field, field+"-invalid", message)
	}
	*target = value
}

// pan sets a PAN, or an empty one.
func (f *findings) pan(given, target *string) {
	if given == nil {
		return
	}
	pan, err := nic.ParsePAN(*given)
	if err != nil && strings.TrimSpace(*given) != "" {
		f.add("pan", "pan-invalid", nic.DetailOf(err))
	}
	*target = string(pan)
}

// day sets a date.
func (f *findings) day(field string, given, target *string) {
	set(given, target)
	if _, err := time.Parse(time.DateOnly, *target); err != nil && *target != "" {
		f.add(field, "value-invalid", "must be a day such as 2017-07-01, or empty")
	}
}

// holder sets the GSTIN of a taxpayer of the world. Users of an environment need one that the environment knows.
func (f *findings) holder(r store.Reader, env nic.Environment, given, target *string) error {
	set(given, target)
	gstin, err := nic.ParseAnyGSTIN(*target)
	if err != nil {
		f.add("gstin", "gstin-invalid", nic.DetailOf(err))
		return nil
	}
	*target = string(gstin)
	switch t, err := r.Taxpayer(*target); {
	case store.IsMissing(err):
		f.add("gstin", "gstin-unknown", "no taxpayer holds it; add one first")
	case err != nil:
		return err
	case t.DummyOf != "" && env == nic.Production:
		f.add("gstin", "gstin-invalid", "is a dummy GSTIN, which only the sandbox knows")
	}
	return nil
}

// found turns a missing record into a refusal.
func found(err error, what string) error {
	if errors.Is(err, store.ErrNotFound) {
		return &Refusal{Kind: NotFound, Detail: "There is no " + what + " here."}
	}
	return err
}

// free turns a record that exists already into a refusal.
func free(err error, what, field string) error {
	if errors.Is(err, store.ErrExists) {
		return &Refusal{Exists, fmt.Sprintf("The %s exists already.", what), []Violation{{field, "exists", "is taken"}}}
	}
	return err
}

// namedUsers is how many users a refusal to delete a record names.
const namedUsers = 5

// unused refuses to delete a record that others need. It names some of them.
func unused(what string, users []string) error {
	if len(users) == 0 {
		return nil
	}
	names := strings.Join(users[:min(len(users), namedUsers)], ", ")
	if len(users) > namedUsers {
		names += " and others"
	}
	return &Refusal{Kind: InUse, Detail: fmt.Sprintf("The %s is in use by %s. Delete that first.", what, names)}
}

// apiUsersIn returns the names of the API users that a function finds in each environment.
func apiUsersIn(of func(nic.Environment) ([]store.APIUser, error)) (names []string, err error) {
	for _, env := range nic.Environments {
		users, err := of(env)
		if err != nil {
			return nil, err
		}
		for _, u := range users {
			names = append(names, fmt.Sprintf("the %s API user %s", env, u.Username))
		}
	}
	return names, nil
}
