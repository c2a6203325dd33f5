package features

import "strings"

// GuideStep is one step of the guide "Creating e-Invoice API Login Credentials".
type GuideStep struct {
	Number string // as in 1.3: section and step; C.1 is what follows section 1
	Label  string // what is clicked, selected or entered, named as in the guide
}

// Tag is the tag of scenarios that prove this step, as in @guide-1.3.
func (g GuideStep) Tag() string { return "@guide-" + g.Number }

// In reports whether the step belongs to a section, or follows it: the details are entered in GSP after each.
func (g GuideStep) In(section string) bool {
	return strings.HasPrefix(g.Number, section+".") || g.Number == "C."+section
}

// GuideSections are the titles of the guide's sections, by the number before the dot.
var GuideSections = map[string]string{
	"1": "e-Invoice API Registration in NIC Trial Portal",
	"2": "API e-Invoice Registration in Production e-Invoice Portal",
}

// GuideSteps are the guide's steps in its order. 2.2 is the guide's note; C.1 and C.2 are the sentence "After this, you
// would enter these credentials into GSP", after each section.
var GuideSteps = []GuideStep{
	{"1.1", "Login, then Register here"},
	{"1.2", "Registration Form: Taxpayer"},
	{"1.3", "GSTIN, Phone number, Email address and Captcha; Validate"},
	{"1.4", "Send OTP"},
	{"1.5", "OTP received on the registered mobile; Submit"},
	{"1.6", "GSTIN shown; Registration through GSP"},
	{"1.7", "Company Name"},
	{"1.8", "Client ID, Username and Password; Create"},
	{"1.9", "Acknowledgment from the e-Invoice portal"},
	{"C.1", "Entering details in GSP: the credentials of the trial portal"},
	{"2.1", "Login with Username and Password"},
	{"2.2", "Note: Eway bill portal credentials may be used to log in"},
	{"2.3", "API Registration"},
	{"2.4", "User Credentials, Create API User; the OTP is sent"},
	{"2.5", "OTP; Verify OTP"},
	{"2.6", "Through GSP"},
	{"2.7", "Select GSP"},
	{"2.8", "API-specific Username and Password; Submit"},
	{"2.9", "Message that the user creation was successful"},
	{"C.2", "Entering details in GSP: the credentials of the production portal"},
}
