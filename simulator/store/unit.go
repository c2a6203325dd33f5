package store

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// unit implements Tx on the rows of a Backend. Its methods are those of Reader and Tx, a kind at a time.
type unit struct{ rows Rows }

func (u unit) State() ([]byte, error)       { s, err := states.get(u.rows, "", ""); return s.JSON, err }
func (u unit) PutState(json []byte) error   { return states.put(u.rows, state{json}) }
func (u unit) Sweep(before time.Time) error { return u.rows.Sweep(before) }
func (u unit) Next(env nic.Environment, series string) (int64, error) {
	c, err := counters.get(u.rows, string(env), series)
	if err != nil && !IsMissing(err) {
		return 0, err
	}
	c = Counter{env, series, c.Last + 1}
	return c.Last, counters.put(u.rows, c)
}

func (u unit) Snapshots() ([]Snapshot, error) { return snapshots.added(u.rows, All, "", "") }
func (u unit) SnapshotContent(name string) ([]byte, error) {
	c, err := snapshotContents.get(u.rows, "", name)
	return c.Content, err
}

func (u unit) PutSnapshot(s Snapshot, content []byte) error {
	return errors.Join(snapshots.put(u.rows, s), snapshotContents.put(u.rows, snapshotContent{s.Name, content}))
}

func (u unit) DeleteSnapshot(name string) error {
	return errors.Join(snapshots.remove(u.rows, "", name), snapshotContents.remove(u.rows, "", name))
}

func (u unit) Taxpayer(gstin string) (Taxpayer, error) { return taxpayers.get(u.rows, "", gstin) }
func (u unit) Taxpayers(p Page) ([]Taxpayer, error)    { return taxpayers.oldest(u.rows, "", p) }
func (u unit) TaxpayersOf(pan string) ([]Taxpayer, error) {
	return taxpayers.added(u.rows, 0, "", pan)
}
func (u unit) AddTaxpayer(t Taxpayer) error { return taxpayers.add(u.rows, t) }
func (u unit) PutTaxpayer(t Taxpayer) error { return taxpayers.put(u.rows, t) }
func (u unit) DeleteTaxpayer(gstin string) error {
	return taxpayers.remove(u.rows, "", gstin)
}

func (u unit) Organisation(pan string) (Organisation, error) {
	return organisations.get(u.rows, "", pan)
}
func (u unit) Organisations(p Page) ([]Organisation, error) {
	return organisations.oldest(u.rows, "", p)
}
func (u unit) AddOrganisation(o Organisation) error { return organisations.add(u.rows, o) }
func (u unit) PutOrganisation(o Organisation) error { return organisations.put(u.rows, o) }
func (u unit) DeleteOrganisation(pan string) error  { return organisations.remove(u.rows, "", pan) }

func (u unit) DirectAccess(pan string) (DirectAccess, error) {
	return directAccesses.get(u.rows, "", pan)
}
func (u unit) DirectAccesses(p Page) ([]DirectAccess, error) {
	return directAccesses.oldest(u.rows, "", p)
}
func (u unit) PutDirectAccess(a DirectAccess) error { return directAccesses.put(u.rows, a) }

func (u unit) Provider(clientID string) (Provider, error) { return providers.get(u.rows, "", clientID) }
func (u unit) Providers(p Page) ([]Provider, error)       { return providers.oldest(u.rows, "", p) }
func (u unit) AddProvider(p Provider) error               { return providers.add(u.rows, p) }
func (u unit) PutProvider(p Provider) error               { return providers.put(u.rows, p) }
func (u unit) DeleteProvider(clientID string) error       { return providers.remove(u.rows, "", clientID) }

func (u unit) Subscription(id string) (Subscription, error) { return subscriptions.get(u.rows, "", id) }
func (u unit) Subscriptions(p Page) ([]Subscription, error) {
	return subscriptions.oldest(u.rows, "", p)
}
func (u unit) AddSubscription(s Subscription) error { return subscriptions.add(u.rows, s) }
func (u unit) DeleteSubscription(id string) error   { return subscriptions.remove(u.rows, "", id) }
func (u unit) SubscriptionOf(face, name string) (Subscription, error) {
	return subscriptions.last(u.rows, 0, "", caller(face, name))
}

func (u unit) ProviderOf(pan string) (Provider, error) {
	list, err := providers.find(u.rows, Span{Term: Term{0, Key{ID: pan}}, Oldest: true, Limit: 1})
	if err != nil || len(list) == 0 {
		return Provider{}, cmp.Or(err, ErrNotFound)
	}
	return list[0], nil
}

func (u unit) PortalUser(username string) (PortalUser, error) {
	return portalUsers.get(u.rows, "", username)
}
func (u unit) PortalUserOf(gstin string) (PortalUser, error) {
	return portalUsers.last(u.rows, 0, "", gstin)
}
func (u unit) PortalUsers(p Page) ([]PortalUser, error) { return portalUsers.oldest(u.rows, "", p) }
func (u unit) AddPortalUser(p PortalUser) error         { return portalUsers.add(u.rows, p) }
func (u unit) PutPortalUser(p PortalUser) error         { return portalUsers.put(u.rows, p) }
func (u unit) DeletePortalUser(username string) error {
	return portalUsers.remove(u.rows, "", username)
}

func (u unit) APIUser(env nic.Environment, username string) (APIUser, error) {
	return apiUsers.get(u.rows, string(env), strings.ToLower(username))
}

func (u unit) APIUsersOf(env nic.Environment, gstin string) ([]APIUser, error) {
	return apiUsers.added(u.rows, 0, string(env), gstin)
}

func (u unit) APIUsers(env nic.Environment, p Page) (newest []APIUser, err error) {
	p.After = strings.ToLower(p.After)
	return apiUsers.newest(u.rows, string(env), p)
}

func (u unit) CountAPIUsers(env nic.Environment, most int) (int, error) {
	return apiUsers.count(u.rows, string(env), most)
}

func (u unit) APIUsersThrough(env nic.Environment, clientID string, limit int) ([]APIUser, error) {
	return apiUsers.find(u.rows, Span{Term: Term{1, Key{string(env), clientID}}, Oldest: true, Limit: limit})
}

func (u unit) CountAPIUsersThrough(env nic.Environment, clientID string, most int) (int, error) {
	return u.rows.Count(apiUsers.table, Term{1, Key{string(env), clientID}}, most)
}
func (u unit) AddAPIUser(a APIUser) error { return apiUsers.add(u.rows, a) }
func (u unit) PutAPIUser(a APIUser) error { return apiUsers.put(u.rows, a) }
func (u unit) DeleteAPIUser(env nic.Environment, username string) error {
	return apiUsers.remove(u.rows, string(env), strings.ToLower(username))
}

func (u unit) Connection(id string) (Connection, error) { return connections.get(u.rows, "", id) }
func (u unit) ConnectionOf(env nic.Environment, clientID, gstin string) (Connection, error) {
	return connections.last(u.rows, 1, "", connected(env, clientID, gstin))
}

func (u unit) ConnectionsOf(clientID string, p Page) ([]Connection, error) {
	return connections.find(u.rows, Span{Term{0, Key{"", clientID}}, true, p.After, p.limit()})
}
func (u unit) PutConnection(c Connection) error { return connections.put(u.rows, c) }
func (u unit) DeleteConnection(id string) error { return connections.remove(u.rows, "", id) }
func (u unit) Entries(log string, limit int) (newest []Entry, err error) {
	return entries.find(u.rows, Span{Term: Term{All, Key{Environment: log}}, Limit: limit})
}

func (u unit) OldestEntry(log string) (Entry, error) {
	list, err := entries.find(u.rows, Span{Term: Term{All, Key{Environment: log}}, Oldest: true, Limit: 1})
	if err != nil || len(list) == 0 {
		return Entry{}, cmp.Or(err, ErrNotFound)
	}
	return list[0], nil
}

func (u unit) AddEntries(log string, before int64, all ...[]byte) (last int64, err error) {
	if last, err = u.rows.Next(Key{log, "entry"}, int64(len(all))); err != nil {
		return 0, err
	}
	list := make([]Row, len(all))
	for n, json := range all {
		before += int64(len(json))
		list[n] = entries.row(Entry{log, last - int64(len(all)-1-n), json, before})
	}
	return last, u.rows.PutAll(entries.table, list)
}

func (u unit) DeleteEntry(log string, no int64) error {
	return entries.remove(u.rows, log, strconv.FormatInt(no, 10))
}

func (u unit) Captcha(id string) (Captcha, error) { return captchas.get(u.rows, "", id) }
func (u unit) PutCaptcha(c Captcha) error         { return captchas.put(u.rows, c) }
func (u unit) DeleteCaptcha(id string) error      { return captchas.remove(u.rows, "", id) }
func (u unit) Captchas(openAt time.Time, limit int) ([]Captcha, error) {
	newest, err := captchas.newest(u.rows, "", Page{Limit: limit})
	return slices.DeleteFunc(newest, func(c Captcha) bool { return !c.ExpiresAt.After(openAt) }), err
}

func (u unit) Flow(id string) (Flow, error) { return flows.get(u.rows, "", id) }
func (u unit) PutFlow(f Flow) error         { return flows.put(u.rows, f) }

func (u unit) Session(env nic.Environment, token string) (Session, error) {
	return sessions.get(u.rows, string(env), token)
}
func (u unit) SessionsOf(env nic.Environment, username, clientID string) ([]Session, error) {
	return sessions.added(u.rows, 0, string(env), account(username, clientID))
}
func (u unit) PutSession(s Session) error { return sessions.put(u.rows, s) }
func (u unit) DeleteSession(env nic.Environment, token string) error {
	return sessions.remove(u.rows, string(env), token)
}

func (u unit) Attempts(env nic.Environment, name string) (Attempts, error) {
	return attempts.get(u.rows, string(env), name)
}
func (u unit) PutAttempts(a Attempts) error { return attempts.put(u.rows, a) }
func (u unit) DeleteAttempts(env nic.Environment, name string) error {
	return attempts.remove(u.rows, string(env), name)
}

func (u unit) Count(env nic.Environment, name string) (Count, error) {
	return counts.get(u.rows, string(env), name)
}
func (u unit) PutCount(c Count) error { return counts.put(u.rows, c) }

func (u unit) Token(env nic.Environment, value string) (Token, error) {
	return tokens.get(u.rows, string(env), value)
}

func (u unit) TokenOf(env nic.Environment, clientID, username string) (Token, error) {
	return tokens.last(u.rows, 0, string(env), owner(clientID, username))
}

func (u unit) PutToken(t Token) error {
	old, err := u.TokenOf(t.Environment, t.ClientID, t.Username)
	if err == nil && old.Value != t.Value {
		err = tokens.remove(u.rows, string(t.Environment), old.Value)
	}
	if err != nil && !IsMissing(err) {
		return err
	}
	return tokens.put(u.rows, t)
}

func (u unit) DeleteToken(env nic.Environment, value string) error {
	return tokens.remove(u.rows, string(env), value)
}

func (u unit) Invoice(env nic.Environment, irn string) (Invoice, error) {
	return invoices.get(u.rows, string(env), irn)
}

func (u unit) InvoiceByDocument(env nic.Environment, key DocumentKey) (Invoice, error) {
	return invoices.last(u.rows, 0, string(env), key.join())
}

func (u unit) Invoices(env nic.Environment, p Page) (newest []Invoice, err error) {
	return invoices.newest(u.rows, string(env), p)
}

func (u unit) CountInvoices(env nic.Environment, most int) (int, error) {
	return invoices.count(u.rows, string(env), most)
}

func (u unit) RejectedInvoices(env nic.Environment, gstin string, day time.Time) ([]Invoice, error) {
	return invoices.added(u.rows, 1, string(env), rejected(gstin, day))
}
func (u unit) DeleteInvoice(env nic.Environment, irn string) error {
	return invoices.remove(u.rows, string(env), irn)
}
func (u unit) AddInvoice(i Invoice) error { return invoices.add(u.rows, i) }
func (u unit) PutInvoice(i Invoice) error { return invoices.put(u.rows, i) }

func (u unit) EWayBill(env nic.Environment, no int64) (EWayBill, error) {
	return eWayBills.get(u.rows, string(env), strconv.FormatInt(no, 10))
}

func (u unit) EWayBillOf(env nic.Environment, irn string) (EWayBill, error) {
	return eWayBills.last(u.rows, 0, string(env), irn)
}

func (u unit) EWayBillsOf(env nic.Environment, irn string) ([]EWayBill, error) {
	return eWayBills.added(u.rows, 0, string(env), irn)
}
func (u unit) PutEWayBill(e EWayBill) error { return eWayBills.put(u.rows, e) }
