package worldfile

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// The lists of a document.
const (
	organisationsList = "organisations"
	providersList     = "providers"
	taxpayersList     = "taxpayers"
	directAccessList  = "directAccess"
	portalUsersList   = "portalUsers"
	apiUsersList      = "apiUsers"
	invoicesList      = "invoices"
	subscriptionsList = "subscriptions"
	loginsOf          = "logins of " // no list: the GSTINs that have a login
)

// keyMembers are the members that name a record. No two records of a list have the same.
var keyMembers = map[string]string{
	organisationsList: "pan", providersList: "clientId", taxpayersList: "gstin", directAccessList: "pan",
	portalUsersList: "username", apiUsersList: "username", invoicesList: "documentNumber",
	subscriptionsList: "id",
}

// filling adds the records of a document to a world, by the operations of the control API.
type filling struct {
	tx         store.Tx
	to         *world.World
	skip       map[string]bool   // records that are left out, such as taxpayers[1]
	refusedKey map[string]bool   // keys of records with violations, which others may still refer to
	first      map[string]string // the first record of each key, after its list
	violations []admin.Violation
	err        error // a failure of the store
}

// ofFixtures is what first has for the records of the fixtures.
const ofFixtures = "a record of the fixtures"

// fill adds all records.
func (f *filling) fill(w World) {
	f.refusedKey, f.first = map[string]bool{}, map[string]string{}
	if w.Extends != Empty {
		f.err = cmp.Or(f.err, f.fixtures())
	}
	each(f, organisationsList, w.Organisations, func(o admin.OrganisationChange) (string, error) {
		o.LegalName = cmp.Or(o.LegalName, new("Organisation "+text(o.PAN)))
		_, err := o.Add(f.tx, f.to)
		return text(o.PAN), err
	})
	each(f, providersList, w.Providers, func(p admin.ProviderChange) (string, error) {
		_, err := p.Add(f.tx, f.to)
		return text(p.ClientID), err
	})
	each(f, taxpayersList, w.Taxpayers, f.taxpayer)
	each(f, directAccessList, w.DirectAccess, f.directAccess)
	each(f, portalUsersList, w.PortalUsers, f.portalUser)
	each(f, apiUsersList, w.APIUsers, f.apiUser)
	each(f, invoicesList, w.Invoices, f.invoice)
	each(f, subscriptionsList, w.Subscriptions, func(s admin.SubscriptionChange) (string, error) {
		added, err := s.Add(f.tx, f.to)
		return cmp.Or(added.ID, text(s.ID)), err
	})
	f.state(w.State)
}

// each adds the records of a list. The function returns the key of the record.
func each[T any](f *filling, list string, records []T, add func(T) (key string, err error)) {
	for i, record := range records {
		name := list + "[" + strconv.Itoa(i) + "]"
		if f.err != nil || f.skip[name] {
			continue
		}
		key, err := add(record)
		refused, ok := errors.AsType[*admin.Refusal](err)
		if err != nil && !ok {
			f.err = err
			return
		}
		first := f.claim(list, key, name)
		if ok && refused.Kind != admin.Exists { // that the key is taken is added below
			f.refusedKey[list+key] = true
			for _, v := range refused.Violations {
				f.violation(name, v.Field, v.Code, v.Message)
			}
		}
		if first != "" {
			f.violation(name, keyMembers[list], "exists", "is that of "+first+" too")
		}
	}
}

// claim notes the first record of a key. It returns the one that has the key already, or an empty text.
func (f *filling) claim(list, key, name string) string {
	first := f.first[list+key]
	if first == "" && key != "" {
		f.first[list+key] = name
	}
	return first
}

func (f *filling) violation(name, field, code, message string) {
	f.violations = append(f.violations, admin.Violation{Field: name + "." + field, Code: code, Message: message})
}

func (f *filling) taxpayer(t Taxpayer) (string, error) {
	gstin := text(t.GSTIN)
	if t.LegalName == nil {
		t.LegalName = new("Taxpayer " + gstin[min(panBegin, len(gstin)):min(panEnd, len(gstin))])
	}
	added, err := t.Add(f.tx, f.to)
	if err != nil {
		return gstin, err
	}
	record := store.Taxpayer(added)
	record.DummyOf = text(t.DummyOf)
	return gstin, f.tx.PutTaxpayer(record)
}

// The place of the PAN in a GSTIN.
const panBegin, panEnd = 2, 12

func (f *filling) directAccess(d DirectAccess) (string, error) {
	if f.first[directAccessList+d.PAN] != "" {
		return d.PAN, nil // reported by each
	}
	return d.PAN, f.tx.PutDirectAccess(store.DirectAccess{PAN: d.PAN, Status: cmp.Or(d.Status, "APPROVED")})
}

func (f *filling) portalUser(u PortalUser) (string, error) {
	name, gstin := text(u.Username), text(u.GSTIN)
	wrong := hashed(&u.Password, u.PasswordHash)
	added, err := u.Add(f.tx, f.to)
	if f.claim(loginsOf, gstin, name) != "" && f.first[portalUsersList+name] == "" {
		wrong = append(wrong, admin.Violation{Field: "gstin", Code: "exists", Message: "has a login already"})
	}
	if err = f.reported(err, gstin, "", wrong); err != nil || u.PasswordHash == nil {
		return name, err
	}
	record, err := f.tx.PortalUser(added.Username)
	if err != nil {
		return name, err
	}
	record.PasswordHash = *u.PasswordHash
	return name, f.tx.PutPortalUser(record)
}

func (f *filling) apiUser(u APIUser) (string, error) {
	u.Environment = cmp.Or(u.Environment, new(string(nic.Sandbox)))
	name := ""
	if u.Username != nil {
		name = *u.Environment + " " + strings.ToLower(*u.Username)
	}
	wrong := hashed(&u.Password, u.PasswordHash)
	added, err := u.Add(f.tx, f.to)
	if err = f.reported(err, text(u.GSTIN), text(u.ClientID), wrong); err != nil {
		return name, err
	}
	record, err := f.tx.APIUser(added.Environment, added.Username)
	if err != nil {
		return name, err
	}
	record.PasswordHash = cmp.Or(text(u.PasswordHash), record.PasswordHash)
	record.CompanyName = cmp.Or(text(u.CompanyName), record.CompanyName)
	if u.CreatedAt != nil {
		record.CreatedAt = *u.CreatedAt
	}
	return name, f.tx.PutAPIUser(record)
}

func (f *filling) invoice(i admin.InvoiceChange) (string, error) {
	i.Environment = cmp.Or(i.Environment, new(string(nic.Sandbox)))
	irn, err := i.IRN(f.to)
	if err != nil {
		return "", err
	}
	_, err = i.Add(f.tx, f.to)
	return *i.Environment + " " + irn, err
}

// hashed gives a user with the hash of a password a password, which the operation needs. It returns what is wrong with
// the hash.
func hashed(given **string, hash *string) []admin.Violation {
	if hash == nil {
		return nil
	}
	wrong := func(message string) []admin.Violation {
		return []admin.Violation{{Field: "passwordHash", Code: document.Invalid, Message: message}}
	}
	if *given != nil {
		return wrong("must not be given beside password")
	}
	*given = new("replaced by the hash")
	if !password.IsHash(*hash) {
		return wrong("must be a hash as GET /control/v1/world shows it")
	}
	return nil
}

// reported is the refusal of a user, with what else is wrong, and without what was said of its taxpayer or provider
// already.
func (f *filling) reported(err error, gstin, clientID string, wrong []admin.Violation) error {
	refused, ok := errors.AsType[*admin.Refusal](err)
	switch {
	case err != nil && !ok:
		return err
	case ok && refused.Kind == admin.Exists && len(wrong) == 0:
		return err
	case ok && refused.Kind != admin.Exists:
		wrong = append(wrong, slices.DeleteFunc(slices.Clone(refused.Violations), func(v admin.Violation) bool {
			return v.Code == "gstin-unknown" && f.refusedKey[taxpayersList+gstin] ||
				v.Code == "provider-unknown" && f.refusedKey[providersList+clientID]
		})...)
	case !ok && len(wrong) == 0:
		return nil
	}
	return &admin.Refusal{Kind: admin.Invalid, Violations: wrong}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
