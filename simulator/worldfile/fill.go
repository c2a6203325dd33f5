package worldfile

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// keys are the GSTINs of taxpayers and the client ids of providers that a document names, each after its list.
type keys map[string]bool

const (
	taxpayersList = "taxpayers"
	providersList = "providers"
)

// addRaw notes the key of a record that cannot be used.
func (k keys) addRaw(list string, record any) {
	members, _ := record.(map[string]any)
	switch list {
	case taxpayersList:
		gstin, _ := members["gstin"].(string)
		k[list+gstin] = true
	case providersList:
		clientID, _ := members["clientId"].(string)
		k[list+clientID] = true
	}
}

// filling adds the records of a document to a world, by the operations of the control API.
type filling struct {
	tx         store.Tx
	to         *world.World
	skip       map[string]bool   // records that are left out, such as taxpayers[1]
	known      keys              // records that others may refer to although they are left out
	first      map[string]string // the record of each key
	violations []admin.Violation
	err        error // a failure of the store
}

// fill adds all records.
func (f *filling) fill(w World) {
	f.first = map[string]string{}
	if w.Extends != Empty {
		f.err = cmp.Or(f.err, f.fixtures())
	}
	each(f, "organisations", w.Organisations, func(o admin.OrganisationChange) (string, error) {
		o.LegalName = cmp.Or(o.LegalName, new("Organisation "+text(o.PAN)))
		_, err := o.Add(f.tx, f.to)
		return text(o.PAN), err
	})
	each(f, providersList, w.Providers, func(p admin.ProviderChange) (string, error) {
		_, err := p.Add(f.tx, f.to)
		return text(p.ClientID), err
	})
	each(f, taxpayersList, w.Taxpayers, f.taxpayer)
	each(f, "directAccess", w.DirectAccess, f.directAccess)
	each(f, "portalUsers", w.PortalUsers, f.portalUser)
	each(f, "apiUsers", w.APIUsers, f.apiUser)
}

// each adds the records of a list. The function returns the key of the record.
func each[T any](f *filling, list string, records []T, add func(T) (key string, err error)) {
	for i, record := range records {
		name := list + "[" + strconv.Itoa(i) + "]"
		if f.err != nil || f.skip[name] {
			continue
		}
		key, err := add(record)
		key = list + key
		refused, ok := errors.AsType[*admin.Refusal](err)
		switch {
		case ok:
			f.known[key] = true
			f.refused(name, key, refused)
		case err != nil:
			f.err = err
		default:
			f.first[key] = name
		}
	}
}

// refused notes the violations of a record. It says which record has a key that is taken, and leaves out references to
// records that have a violation of their own.
func (f *filling) refused(name, key string, refused *admin.Refusal) {
	for _, v := range refused.Violations {
		v.Field = name + "." + v.Field
		if refused.Kind == admin.Exists {
			v.Message = "is that of " + cmp.Or(f.first[key], "a record of the fixtures") + " too"
		}
		f.violations = append(f.violations, v)
	}
}

func (f *filling) taxpayer(t Taxpayer) (string, error) {
	gstin := text(t.GSTIN)
	if t.LegalName == nil && len(gstin) > panEnd {
		t.LegalName = new("Taxpayer " + gstin[panBegin:panEnd])
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
	_, err := f.tx.DirectAccess(d.PAN)
	switch {
	case err == nil:
		return d.PAN, &admin.Refusal{Kind: admin.Exists, Violations: []admin.Violation{{Field: "pan", Code: "exists"}}}
	case !store.IsMissing(err):
		return d.PAN, err
	}
	return d.PAN, f.tx.PutDirectAccess(store.DirectAccess{PAN: d.PAN, Status: cmp.Or(d.Status, "APPROVED")})
}

func (f *filling) portalUser(u PortalUser) (string, error) {
	name := text(u.Username)
	if err := hashed(&u.Password, u.PasswordHash); err != nil {
		return name, err
	}
	added, err := u.Add(f.tx, f.to)
	if refused, ok := errors.AsType[*admin.Refusal](err); ok && refused.Kind == admin.Exists &&
		refused.Violations[0].Field == "gstin" {
		return name, admin.Refuse(admin.Violation{Field: "gstin", Code: "exists", Message: "has a login already"})
	}
	if err != nil {
		return name, f.reported(err, text(u.GSTIN), "")
	}
	if u.PasswordHash == nil {
		return name, nil
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
	name := text(u.Environment) + " " + strings.ToLower(text(u.Username))
	if err := hashed(&u.Password, u.PasswordHash); err != nil {
		return name, err
	}
	added, err := u.Add(f.tx, f.to)
	if err != nil {
		return name, f.reported(err, text(u.GSTIN), text(u.ClientID))
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

// hashed gives a user with the hash of a password a password, which the operation needs.
func hashed(given **string, hash *string) error {
	refuse := func(message string) error {
		return admin.Refuse(admin.Violation{Field: "passwordHash", Code: codeInvalid, Message: message})
	}
	switch {
	case hash == nil:
		return nil
	case *given != nil:
		return refuse("must not be given beside password")
	case !password.IsHash(*hash):
		return refuse("must be a hash as GET /control/v1/world shows it")
	}
	*given = new("replaced by the hash")
	return nil
}

// reported is the refusal of a user without what was said of its taxpayer or provider already.
func (f *filling) reported(err error, gstin, clientID string) error {
	refused, ok := errors.AsType[*admin.Refusal](err)
	if !ok {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(refused.Violations), func(v admin.Violation) bool {
		return v.Code == "gstin-unknown" && f.known[taxpayersList+gstin] ||
			v.Code == "provider-unknown" && f.known[providersList+clientID]
	})
	return &admin.Refusal{Kind: refused.Kind, Detail: refused.Detail, Violations: rest}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
