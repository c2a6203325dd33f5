package store

import (
	"slices"

	"github.com/nicsim/nicsim/simulator/nic"
)

// documentKey and ewbKey are the other names of an invoice within an environment.
type documentKey struct {
	env nic.Environment
	DocumentKey
}

type ewbKey struct {
	env nic.Environment
	no  int64
}

// ownerKey is whose token it is: a client id has no blank in it.
func ownerKey(env nic.Environment, clientID, username string) envKey {
	return envKey{env, clientID + " " + username}
}

func (d *data) Next(env nic.Environment, series string) (int64, error) {
	d.series[envKey{env, series}]++
	return d.series[envKey{env, series}], nil
}

func (d *data) Token(env nic.Environment, value string) (Token, error) {
	return get(d.tokens, envKey{env, value})
}

func (d *data) TokenOf(env nic.Environment, clientID, username string) (Token, error) {
	value, err := get(d.tokenOf, ownerKey(env, clientID, username))
	if err != nil {
		return Token{}, err
	}
	return d.Token(env, value)
}

func (d *data) PutToken(t Token) error {
	owner := ownerKey(t.Environment, t.ClientID, t.Username)
	if before, had := d.tokenOf[owner]; had && before != t.Value {
		remove(d, d.tokens, envKey{t.Environment, before})
	}
	put(d, d.tokens, envKey{t.Environment, t.Value}, t)
	put(d, d.tokenOf, owner, t.Value)
	return nil
}

func (d *data) Invoice(env nic.Environment, irn string) (Invoice, error) {
	return get(d.invoices, envKey{env, irn})
}

func (d *data) InvoiceByDocument(env nic.Environment, key DocumentKey) (Invoice, error) {
	irn, err := get(d.irnOf, documentKey{env, key})
	if err != nil {
		return Invoice{}, err
	}
	return d.Invoice(env, irn)
}

func (d *data) InvoiceByEWayBill(env nic.Environment, no int64) (Invoice, error) {
	irn, err := get(d.irnOfEWB, ewbKey{env, no})
	if err != nil {
		return Invoice{}, err
	}
	return d.Invoice(env, irn)
}

func (d *data) AddInvoice(i Invoice) error {
	if _, taken := d.invoices[envKey{i.Environment, i.IRN}]; taken {
		return ErrExists
	}
	// Appending writes past the end that a failed unit goes back to, and nobody reads there.
	put(d, d.invoiceOrder, i.Environment, append(d.invoiceOrder[i.Environment], i.IRN))
	return d.PutInvoice(i)
}

func (d *data) Invoices(env nic.Environment, limit int) (newest []Invoice, total int, err error) {
	order := d.invoiceOrder[env]
	for _, irn := range slices.Backward(order[max(0, len(order)-limit):]) {
		newest = append(newest, d.invoices[envKey{env, irn}])
	}
	return newest, len(order), nil
}

func (d *data) PutInvoice(i Invoice) error {
	put(d, d.invoices, envKey{i.Environment, i.IRN}, i)
	put(d, d.irnOf, documentKey{i.Environment, i.Document}, i.IRN)
	if i.EWayBill.No != 0 {
		put(d, d.irnOfEWB, ewbKey{i.Environment, i.EWayBill.No}, i.IRN)
	}
	return nil
}
