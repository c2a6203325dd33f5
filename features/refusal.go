package features

// Refusal is a refusal of the portals: its code and its HTTP status.
type Refusal struct {
	Code   string // last part of the problem's type
	Status int    // HTTP status
	// NIC are the codes that NIC publishes for it, if any. A code beside "" is given for some fields only.
	NIC []string
}

// Refusals are all refusals of the portal contract that have a code, in its order. Those after
// already-frozen come from the contract's conventions, or are invented by the simulator.
var Refusals = []Refusal{
	{"captcha-mismatch", 422, nil},
	{"captcha-expired", 422, nil},
	{"gstin-invalid", 422, []string{"3030"}},
	{"gstin-unknown", 422, []string{"3001"}},
	{"gstin-cancelled", 422, []string{"3013"}},
	{"gstin-inactive", 422, []string{"3016"}},
	{"gstin-provisional", 422, []string{"3017"}},
	{"gstin-suspended", 422, nil},
	{"mobile-invalid", 422, []string{"3006"}},
	{"email-invalid", 422, nil},
	{"contact-mismatch", 422, []string{"3006", ""}}, // mobile, e-mail
	{"mobile-blank", 422, []string{"3012"}},
	{"category-mismatch", 422, []string{"3044"}},
	{"otp-mismatch", 422, nil},
	{"otp-attempts-exhausted", 422, nil},
	{"otp-expired", 422, nil},
	{"otp-too-soon", 429, nil},
	{"otp-limit", 429, nil},
	{"otp-send-limit", 429, []string{"3108"}},
	{"provider-unknown", 422, nil},
	{"client-id-mismatch", 422, []string{"1010"}},
	{"username-invalid", 422, []string{"3031"}},
	{"username-taken", 409, []string{"3004"}},
	{"password-policy", 422, []string{"3003"}},
	{"password-confirmation", 422, nil},
	{"already-registered", 409, []string{"3062"}},
	{"connection-exists", 409, nil}, // at a GSP
	{"login-failed", 401, []string{"3002"}},
	{"account-locked", 423, nil},
	{"not-enabled", 403, []string{"3046"}},
	{"account-frozen", 403, []string{"3033"}},
	{"account-cancelled", 403, []string{"3034"}},
	{"account-suspended", 403, []string{"3035"}},
	{"transporter-only", 403, []string{"3032"}},
	{"session-required", 401, nil},
	{"session-expired", 401, nil},
	{"not-found", 404, nil},
	{"client-credentials-mismatch", 422, []string{"1010"}},
	{"password-reused", 422, []string{"3023"}},
	{"password-mismatch", 422, []string{"3024"}},
	{"already-frozen", 409, []string{"3025"}},

	{"malformed-request", 400, nil},
	{"wrong-state", 409, nil},
	{"expired", 410, nil},
	{"category-invalid", 422, nil},
	{"pan-invalid", 422, nil},
	{"pan-unknown", 422, []string{"3001"}},
	{"registration-through-invalid", 422, nil},
	{"state-code-invalid", 422, nil},
	{"gsp-only", 403, nil},
	{"account-inactive", 403, []string{"3036"}},
	{"direct-awaiting-ip", 403, []string{"3059"}},
	{"direct-awaiting-officer", 403, []string{"3060"}},
	{"direct-rejected", 403, []string{"3061"}},
	{"direct-below-threshold", 403, nil},
	{"username-mismatch", 422, []string{"3005"}},
	{"not-registered", 422, []string{"3045"}},
	{"outage", 503, []string{"3020"}},
	{"refused", 422, []string{"3027"}}, // by a fault of the kind refusal, with any code of NIC that has no refusal above
}

// FindRefusal returns the refusal of that code.
func FindRefusal(code string) (Refusal, bool) {
	for _, r := range Refusals {
		if r.Code == code {
			return r, true
		}
	}
	return Refusal{}, false
}

// CodeGroups are NIC's lists of error codes, in the order in which reports have them.
var CodeGroups = []struct{ Name, Title string }{
	{"vital", "Logging in"}, {"irn", "Invoices and IRNs"}, {"gstin", "GSTINs and PIN codes"}, {"ewb", "E-way bills"},
	{"portal", "The portals"}, {"app", "The application"}, {"schema", "The schema"},
	{"ewb-system", "The e-way bill system"},
}
