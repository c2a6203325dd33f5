package features

import "fmt"

// Behaviour is a behaviour of the portals beyond the guide that causes trouble in practice.
type Behaviour struct {
	Number int
	Name   string
}

// Tag is the tag of scenarios that show this behaviour, as in @behaviour-09.
func (b Behaviour) Tag() string { return fmt.Sprintf("@behaviour-%02d", b.Number) }

// Behaviours are all of them. 7 and 20 are about the API, which takes the credentials of the portals.
var Behaviours = []Behaviour{
	{1, "A taxpayer registers at the trial portal through a GSP and gets the acknowledgement"},
	{2, "A taxpayer creates an API user at the production portal"},
	{3, "An E-Way Bill portal user logs in to production with the same credentials"},
	{4, "A GSP gets client credentials by SMS, makes dummy GSTINs and users for them"},
	{5, "Several GSTINs of one PAN: a user each, one client id"},
	{6, "A second API user for a second GSP on the same GSTIN"},
	{7, "Credentials that were made open the API: 60 minutes in the sandbox, 360 in production"},
	{8, "Production puts API_ before a username, the trial portal does not"},
	{9, "A malformed GSTIN or a wrong check character is refused; remainder 0 is right"},
	{10, "Mobile or e-mail other than in the GST record: no OTP"},
	{11, "A wrong captcha stops Validate and is spent"},
	{12, "Wrong, expired, reused OTP; attempts run out; a resend voids the former"},
	{13, "Cancelled, inactive, provisional and suspended GSTINs"},
	{14, "A GSTIN that is registered already"},
	{15, "A username that is taken, by any taxpayer"},
	{16, "Weak passwords, and a re-entered one that differs"},
	{17, "Unknown client id, or that of another company; an ERP-typed id under GSP"},
	{18, "Not enabled for e-invoicing, then enabled"},
	{19, "Login refused: wrong credentials, account states, transporter, never registered"},
	{20, "A login at the API with another GSP's client id, without API_, a wrong password, GSTIN or secret"},
	{21, "Direct access: application pending or rejected, turnover below the threshold"},
	{22, "Dummy GSTINs: for their GSP in the sandbox, for no other provider"},
	{23, "Create API User sends the OTP by itself; delayed and lost SMS; no mobile on record"},
	{24, "Forgotten username and password; password changes; freezing twice"},
	{25, "Steps skipped or done twice, expired session, GSTIN as people type it, outage"},
	{26, "Two-factor login at the production portal: an OTP by SMS after the password, when it is switched on"},
}
