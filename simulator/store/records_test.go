package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// noon is an instant with the precision of the clocks of worlds, which is a millisecond.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, int(7*time.Millisecond), nic.IST)

// One record of each table with every field set, so that a test fails if an
// implementation loses a field.
var (
	dakshin = store.Taxpayer{
		GSTIN: "29ABCCD1234E1Z1", LegalName: "Dakshin Components Private Limited", TradeName: "Dakshin", Status: nic.Active,
		Type: "REG", Mobile: "9876543210", Email: "accounts@dakshin.example", EInvoiceEnabled: true, TransporterOnly: true,
		AATOCrore: 250.25, RegisteredOn: "2017-07-01", CancelledOn: "2023-03-31", DummyOf: "AABCK7654P",
		Address: store.Address{Building: "12", Floor: "2", Street: "Old Mill Road", Location: "Bengaluru", Pincode: "560001"},
	}
	konkanFirm = store.Organisation{PAN: "AABCK7654P", LegalName: "Konkan", Type: "GSP", Mobile: "9876540002",
		Email: "api@konkan.example"}
	approved = store.DirectAccess{PAN: "ABCCD1234E", Status: "APPROVED"}
	konkan   = store.Provider{
		ClientID: "AABCK27GSP4K7QX", ClientSecret: "KonkanSecret00000002", CompanyName: "Konkan Tax Gateway",
		Type: "GSP", Through: []string{"GSP", "ERP"}, PAN: "AABCK7654P",
	}
	login = store.PortalUser{
		Username: "dakshin29", PasswordHash: "hash", GSTIN: dakshin.GSTIN, Source: "E_INVOICE", Frozen: true,
	}
	apiUser = store.APIUser{
		Environment: nic.Production, Username: "API_Dakshin", PasswordHash: "hash", GSTIN: dakshin.GSTIN,
		ClientID:            konkan.ClientID,
		RegistrationThrough: "GSP", CompanyName: konkan.CompanyName, Frozen: true, CreatedAt: noon,
	}
	connection = store.Connection{
		ID: "n1", ClientID: konkan.ClientID, Environment: nic.Production, GSTIN: dakshin.GSTIN, Username: "API_Dakshin",
		Password: "Testing@123", CreatedAt: noon,
		Tested: store.Test{Status: "INACTIVE", At: noon, NICCode: "1019", Detail: "Incorrect Password", TokenExpiry: "later"},
	}
	captcha = store.Captcha{ID: "c1", Environment: nic.Sandbox, Answer: "K7M2QX", ExpiresAt: noon}
	flow    = store.Flow{
		ID: "f1", Kind: "registration", Environment: nic.Sandbox, State: "OTP_SENT", Category: "TAXPAYER",
		GSTIN: dakshin.GSTIN, PAN: "ABCCD1234E", LegalName: "Dakshin Components Private Limited", TradeName: "Dakshin",
		Username: "dakshin29", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour),
		OTP: store.OTP{
			Code: "012345", Replaced: []string{"111111", "222222"}, SentTo: []string{"XXXXXX3210", "a****@dakshin.example"},
			SentAt: noon, ExpiresAt: noon.Add(time.Minute), Sends: 3, Failures: 2,
		},
		Result: store.Acknowledgement{
			Number: "012345678901234", At: noon, RegistrationThrough: "GSP", CompanyName: "Konkan Tax Gateway",
			ClientID: konkan.ClientID, Username: "dakshin_api",
		},
	}
	session = store.Session{
		Token: "t1", Environment: nic.Production, Username: "dakshin29", ClientID: konkan.ClientID, GSTIN: dakshin.GSTIN,
		PAN: "ABCCD1234E", LegalName: "Dakshin Components Private Limited", Source: "E_INVOICE", ExpiresAt: noon,
	}
	attempts = store.Attempts{
		Environment: nic.Production, Name: "dakshin29", Failures: []time.Time{noon, noon.Add(time.Second)},
		LockedUntil: noon.Add(time.Minute), ExpiresAt: noon.Add(time.Hour),
	}
	count = store.Count{
		Environment: nic.Production, Name: "calls AACCK1234F", Since: noon, Events: 3, BlockedAt: noon.Add(time.Second),
		ExpiresAt: noon.Add(time.Hour),
	}
)

// fill writes one record into each table.
func fill(tx store.Tx) error {
	return errors.Join(
		tx.AddTaxpayer(dakshin), tx.PutOrganisation(konkanFirm), tx.PutDirectAccess(approved), tx.AddProvider(konkan),
		tx.AddPortalUser(login), tx.AddAPIUser(apiUser), tx.PutConnection(connection),
		tx.PutCaptcha(captcha), tx.PutFlow(flow),
		tx.PutSession(session), tx.PutAttempts(attempts), tx.PutCount(count),
	)
}

// holdsAll checks that every record of fill exists, with all fields.
func holdsAll(t *testing.T, r store.Reader) {
	t.Helper()
	has(t, "Taxpayer", dakshin)(r.Taxpayer(dakshin.GSTIN))
	has(t, "Organisation", konkanFirm)(r.Organisation(konkanFirm.PAN))
	has(t, "DirectAccess", approved)(r.DirectAccess(approved.PAN))
	has(t, "Provider", konkan)(r.Provider(konkan.ClientID))
	has(t, "ProviderOf", konkan)(r.ProviderOf(konkan.PAN))
	has(t, "PortalUser", login)(r.PortalUser(login.Username))
	has(t, "PortalUserOf", login)(r.PortalUserOf(login.GSTIN))
	has(t, "APIUser", apiUser)(r.APIUser(apiUser.Environment, apiUser.Username))
	has(t, "APIUsersOf", []store.APIUser{apiUser})(r.APIUsersOf(apiUser.Environment, apiUser.GSTIN))
	has(t, "Connection", connection)(r.Connection(connection.ID))
	has(t, "ConnectionOf", connection)(r.ConnectionOf(nic.Production, konkan.ClientID, dakshin.GSTIN))
	has(t, "ConnectionsOf", []store.Connection{connection})(r.ConnectionsOf(konkan.ClientID, store.Page{}))
	has(t, "Captcha", captcha)(r.Captcha(captcha.ID))
	has(t, "Flow", flow)(r.Flow(flow.ID))
	has(t, "Session", session)(r.Session(session.Environment, session.Token))
	has(t, "Attempts", attempts)(r.Attempts(attempts.Environment, attempts.Name))
	has(t, "Count", count)(r.Count(count.Environment, count.Name))
}

// holdsNothing checks that no record of fill exists.
func holdsNothing(t *testing.T, r store.Reader) {
	t.Helper()
	lacks[store.Taxpayer](t, "Taxpayer")(r.Taxpayer(dakshin.GSTIN))
	lacks[store.Organisation](t, "Organisation")(r.Organisation(konkanFirm.PAN))
	lacks[store.DirectAccess](t, "DirectAccess")(r.DirectAccess(approved.PAN))
	lacks[store.Provider](t, "Provider")(r.Provider(konkan.ClientID))
	lacks[store.Provider](t, "ProviderOf")(r.ProviderOf(konkan.PAN))
	lacks[store.PortalUser](t, "PortalUser")(r.PortalUser(login.Username))
	lacks[store.PortalUser](t, "PortalUserOf")(r.PortalUserOf(login.GSTIN))
	lacks[store.APIUser](t, "APIUser")(r.APIUser(apiUser.Environment, apiUser.Username))
	lacks[store.Connection](t, "Connection")(r.Connection(connection.ID))
	lacks[store.Connection](t, "ConnectionOf")(r.ConnectionOf(nic.Production, konkan.ClientID, dakshin.GSTIN))
	none[store.Connection](t, "ConnectionsOf")(r.ConnectionsOf(konkan.ClientID, store.Page{}))
	lacks[store.Captcha](t, "Captcha")(r.Captcha(captcha.ID))
	lacks[store.Flow](t, "Flow")(r.Flow(flow.ID))
	lacks[store.Session](t, "Session")(r.Session(session.Environment, session.Token))
	lacks[store.Attempts](t, "Attempts")(r.Attempts(attempts.Environment, attempts.Name))
	lacks[store.Count](t, "Count")(r.Count(count.Environment, count.Name))
	none[store.Taxpayer](t, "Taxpayers")(r.Taxpayers(store.Page{}))
	none[store.Organisation](t, "Organisations")(r.Organisations(store.Page{}))
	none[store.Provider](t, "Providers")(r.Providers(store.Page{}))
	none[store.PortalUser](t, "PortalUsers")(r.PortalUsers(store.Page{}))
	none[store.APIUser](t, "APIUsersOf")(r.APIUsersOf(apiUser.Environment, apiUser.GSTIN))
}

// records checks the promises for single records.
func records() []testCase {
	return []testCase{
		{"an empty store has no records, and lists without entries", func(t *testing.T, s store.Store) {
			view(t, s, func(r store.Reader) error { holdsNothing(t, r); return nil })
		}},
		{"a record is found as it was written", func(t *testing.T, s store.Store) {
			update(t, s, fill)
			view(t, s, func(r store.Reader) error { holdsAll(t, r); return nil })
		}},
		{"a unit sees what it wrote itself", func(t *testing.T, s store.Store) {
			update(t, s, func(tx store.Tx) error {
				if err := fill(tx); err != nil {
					return err
				}
				holdsAll(t, tx)
				return nil
			})
		}},
		{"Add refuses a key that is taken, and keeps what was there", addRefuses},
		{"Put replaces", putReplaces},
		{"Delete deletes, and does not mind that nothing is there", deletes},
		{"an environment's records are its own", environments},
	}
}

func addRefuses(t *testing.T, s store.Store) {
	update(t, s, fill)
	update(t, s, func(tx store.Tx) error {
		other := store.Taxpayer{GSTIN: dakshin.GSTIN, LegalName: "Other"}
		is(t, "AddTaxpayer", tx.AddTaxpayer(other), store.ErrExists)
		is(t, "AddProvider", tx.AddProvider(store.Provider{ClientID: konkan.ClientID, PAN: "AACCM2468Q"}), store.ErrExists)
		is(t, "AddPortalUser, name taken", tx.AddPortalUser(store.PortalUser{Username: login.Username,
			GSTIN: "29ABCPD1234E2Z9"}), store.ErrExists)
		is(t, "AddOrganisation", tx.AddOrganisation(store.Organisation{PAN: konkanFirm.PAN}), store.ErrExists)
		is(t, "AddPortalUser, GSTIN has one", tx.AddPortalUser(store.PortalUser{Username: "other", GSTIN: login.GSTIN}),
			store.ErrExists)
		second := connection
		second.ID = "n2"
		is(t, "PutConnection, GSTIN has one", tx.PutConnection(second), store.ErrExists)
		is(t, "AddAPIUser", tx.AddAPIUser(store.APIUser{Environment: nic.Production, Username: "api_DAKSHIN",
			GSTIN: "29ABCPD1234E2Z9"}), store.ErrExists)
		return nil
	})
	view(t, s, func(r store.Reader) error {
		holdsAll(t, r)
		has(t, "Providers", []store.Provider{konkan})(r.Providers(store.Page{}))
		has(t, "PortalUsers", []store.PortalUser{login})(r.PortalUsers(store.Page{}))
		none[store.APIUser](t, "APIUsersOf the other")(r.APIUsersOf(nic.Production, "29ABCPD1234E2Z9"))
		lacks[store.PortalUser](t, "PortalUserOf the other")(r.PortalUserOf("29ABCPD1234E2Z9"))
		lacks[store.Provider](t, "ProviderOf the other")(r.ProviderOf("AACCM2468Q"))
		return nil
	})
}

func putReplaces(t *testing.T, s store.Store) {
	update(t, s, fill)
	taxpayer, firm, access, user, frozen := dakshin, konkanFirm, approved, login, apiUser
	taxpayer.Status, firm.Mobile, access.Status, user.Frozen, frozen.Frozen = nic.Cancelled, "9876540009", "REJECTED",
		false, false
	client := konkan
	client.ClientSecret, client.PAN = "changed", "AACCM2468Q"
	drawn, walk, visit, tries, calls := captcha, flow, session, attempts, count
	known := connection
	known.Password, known.Tested = "Another@123", store.Test{Status: "ACTIVE"}
	drawn.Answer, walk.State, visit.ExpiresAt, tries.Failures = "OTHER1", "COMPLETED", noon.Add(time.Hour), nil
	calls.Events++
	for range 2 { // the second time, the record replaces itself
		update(t, s, func(tx store.Tx) error {
			return errors.Join(tx.PutTaxpayer(taxpayer), tx.PutOrganisation(firm), tx.PutDirectAccess(access),
				tx.PutProvider(client), tx.PutPortalUser(user),
				tx.PutAPIUser(frozen), tx.PutConnection(known), tx.PutCaptcha(drawn), tx.PutFlow(walk), tx.PutSession(visit),
				tx.PutAttempts(tries),
				tx.PutCount(calls))
		})
	}
	view(t, s, func(r store.Reader) error {
		has(t, "Taxpayers", []store.Taxpayer{taxpayer})(r.Taxpayers(store.Page{}))
		has(t, "Organisations", []store.Organisation{firm})(r.Organisations(store.Page{}))
		has(t, "DirectAccess", access)(r.DirectAccess(access.PAN))
		has(t, "Providers", []store.Provider{client})(r.Providers(store.Page{}))
		has(t, "ProviderOf", client)(r.ProviderOf(client.PAN))
		lacks[store.Provider](t, "ProviderOf the old PAN")(r.ProviderOf(konkan.PAN))
		has(t, "PortalUsers", []store.PortalUser{user})(r.PortalUsers(store.Page{}))
		has(t, "PortalUserOf", user)(r.PortalUserOf(user.GSTIN))
		has(t, "APIUsersOf", []store.APIUser{frozen})(r.APIUsersOf(nic.Production, frozen.GSTIN))
		has(t, "ConnectionsOf", []store.Connection{known})(r.ConnectionsOf(konkan.ClientID, store.Page{}))
		has(t, "Captcha", drawn)(r.Captcha(drawn.ID))
		has(t, "Flow", walk)(r.Flow(walk.ID))
		has(t, "Session", visit)(r.Session(visit.Environment, visit.Token))
		has(t, "Attempts", tries)(r.Attempts(tries.Environment, tries.Name))
		has(t, "Count", calls)(r.Count(calls.Environment, calls.Name))
		return nil
	})
}

func deletes(t *testing.T, s store.Store) {
	update(t, s, fill)
	update(t, s, func(tx store.Tx) error { return tx.PutToken(token) })
	for range 2 {
		update(t, s, func(tx store.Tx) error {
			return errors.Join(tx.DeleteCaptcha(captcha.ID), tx.DeleteSession(session.Environment, session.Token),
				tx.DeleteAttempts(attempts.Environment, attempts.Name), tx.DeleteTaxpayer(dakshin.GSTIN),
				tx.DeleteOrganisation(konkanFirm.PAN), tx.DeleteProvider(konkan.ClientID), tx.DeletePortalUser(login.Username),
				tx.DeleteAPIUser(apiUser.Environment, "api_DAKSHIN"), tx.DeleteToken(token.Environment, token.Value),
				tx.DeleteConnection(connection.ID))
		})
	}
	view(t, s, func(r store.Reader) error {
		none[store.Connection](t, "ConnectionsOf")(r.ConnectionsOf(konkan.ClientID, store.Page{}))
		lacks[store.Captcha](t, "Captcha")(r.Captcha(captcha.ID))
		lacks[store.Session](t, "Session")(r.Session(session.Environment, session.Token))
		lacks[store.Attempts](t, "Attempts")(r.Attempts(attempts.Environment, attempts.Name))
		lacks[store.Taxpayer](t, "Taxpayer")(r.Taxpayer(dakshin.GSTIN))
		lacks[store.Organisation](t, "Organisation")(r.Organisation(konkanFirm.PAN))
		lacks[store.Provider](t, "ProviderOf")(r.ProviderOf(konkan.PAN))
		lacks[store.PortalUser](t, "PortalUserOf")(r.PortalUserOf(login.GSTIN))
		none[store.APIUser](t, "APIUsersOf")(r.APIUsersOf(apiUser.Environment, apiUser.GSTIN))
		lacks[store.Token](t, "TokenOf")(r.TokenOf(token.Environment, token.ClientID, token.Username))
		return nil
	})
}

func environments(t *testing.T, s store.Store) {
	update(t, s, fill)
	elsewhere := apiUser
	elsewhere.Environment = nic.Sandbox
	view(t, s, func(r store.Reader) error {
		lacks[store.APIUser](t, "APIUser")(r.APIUser(nic.Sandbox, apiUser.Username))
		none[store.APIUser](t, "APIUsersOf")(r.APIUsersOf(nic.Sandbox, apiUser.GSTIN))
		lacks[store.Session](t, "Session")(r.Session(nic.Sandbox, session.Token))
		lacks[store.Attempts](t, "Attempts")(r.Attempts(nic.Sandbox, attempts.Name))
		lacks[store.Count](t, "Count")(r.Count(nic.Sandbox, count.Name))
		return nil
	})
	update(t, s, func(tx store.Tx) error {
		is(t, "AddAPIUser of the same name", tx.AddAPIUser(elsewhere), nil)
		is(t, "DeleteSession", tx.DeleteSession(nic.Sandbox, session.Token), nil)
		is(t, "DeleteAttempts", tx.DeleteAttempts(nic.Sandbox, attempts.Name), nil)
		return nil
	})
	view(t, s, func(r store.Reader) error {
		holdsAll(t, r)
		has(t, "APIUser", elsewhere)(r.APIUser(nic.Sandbox, apiUser.Username))
		return nil
	})
}
