package portal

import "github.com/nicsim/nicsim/simulator/rulebook"

// ruleTable has the checks that the setting rules can switch. A rule is named after the code that it refuses
// with. Checks without a row always hold: forms that cannot be read, records that do not exist, secrets, and
// steps in the wrong order.
var ruleTable = []struct {
	code Code
	says string
}{
	{CaptchaMismatch, "The answer to a captcha is what its picture shows."},
	{CaptchaExpired, "A captcha is answered within its lifetime."},

	{GSTINCancelled, "The registration of a GSTIN is not cancelled."},
	{GSTINInactive, "The registration of a GSTIN is not inactive."},
	{GSTINProvisional, "The registration of a GSTIN is not provisional."},
	{GSTINSuspended, "The registration of a GSTIN is not suspended."},
	{ContactMismatch, "Mobile and e-mail are those that the GST common portal holds."},
	{MobileBlank, "The taxpayer has a registered mobile."},

	{OTPMismatch, "The OTP is one that was sent."},
	{OTPExhausted, "A flow ends after a number of wrong OTPs."},
	{OTPExpired, "The OTP is the newest, and within its lifetime."},
	{OTPTooSoon, "The next OTP is sent after an interval only."},
	{OTPLimit, "A flow sends a limited number of OTPs."},

	{ClientIDMismatch, "The client id belongs to the chosen company, or in direct integration to the taxpayer's PAN."},
	{UsernameInvalid, "A username has a length, and consists of letters, digits and _, a letter first."},
	{PasswordPolicy, "A password has a length, and a character of each class."},
	{PasswordConfirm, "The repeated password is the password."},
	{AlreadyRegistered, "A GSTIN has one active API user for a client id, and a PAN one client id."},
	{PasswordReused, "A new password differs from the current one."},
	{UsernameMismatch, "The username is that of the GSTIN."},

	{AccountLocked, "A login is locked after a number of wrong passwords."},
	{NotEnabled, "The taxpayer is enabled for e-invoicing."},
	{AccountFrozen, "The account is not frozen."},
	{AccountCancelled, "The account's GSTIN is not cancelled."},
	{AccountSuspended, "The account's GSTIN is not suspended."},
	{AccountInactive, "The account's GSTIN is not provisional."},
	{TransporterOnly, "The taxpayer is more than a transporter."},
	{SessionExpired, "A session ends after a time without a request."},

	{DirectAwaitsIP, "Direct integration is not waiting for an IP address."},
	{DirectAwaitsOfficer, "Direct integration is not waiting for an officer."},
	{DirectRejected, "The request for direct integration was not rejected."},
	{DirectTurnover, "Direct integration needs a turnover."},
}

// Rules returns the rules of the portals.
func Rules() []rulebook.Rule {
	var rules []rulebook.Rule
	for _, row := range ruleTable {
		nicCode := newViolation(row.code, "mobile").NICCode
		source := "E"
		if nicCode == "" {
			source = "SIM"
		}
		rules = append(rules, rulebook.Rule{Name: string(row.code), Code: nicCode, Says: row.says, Source: source})
	}
	return append(rules, rulebook.Rule{
		Name: twoFactorLogin, Source: "NIC's advisories",
		Says: "With the setting twoFactor at timeline, a login from a turnover on asks for an OTP after the password.",
	})
}

// twoFactorLogin is the rule that adds a step to a login. It refuses nothing, so it has no code.
const twoFactorLogin = "two-factor-login"

func (p Portal) book() rulebook.Book { return p.world.Book(p.env) }

// wrong reports whether the world has a defect, which is one of the constants of package defect.
func (p Portal) wrong(name string) bool { return p.world.Defects().Has(name) }

// holds reports whether the rule of a code is in force.
func (p Portal) holds(code Code) bool { return p.book().Holds(string(code)) }

// findings collects what is wrong with a form.
type findings struct {
	book rulebook.Book
	list []Violation
}

func (p Portal) findings() *findings { return &findings{book: p.book()} }

// add adds a violation, unless its rule is not in force.
func (f *findings) add(code Code, field string) {
	if f.book.Holds(string(code)) {
		f.list = append(f.list, newViolation(code, field))
	}
}

// refusal returns the refusal of a form with violations, or nil.
func (f *findings) refusal() error {
	if len(f.list) == 0 {
		return nil
	}
	return &Refusal{Violations: f.list}
}
