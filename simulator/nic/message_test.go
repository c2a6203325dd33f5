package nic

import "testing"

func TestMessage(t *testing.T) {
	// Copied from the published list by hand, commas and slips included.
	for code, want := range map[string]string{
		"1010": "Invalid Client-ID/Client-Secret",
		"3001": "Requested data is not available",
		"3002": "Invalid login credentials",
		"3003": "Password should contains atleast one upper case, one lower case, one number and one special characters like [%,$,#,@,_,!,*]",
		"3006": "Invalid Mobile Number",
		"3013": "Your registration under GST has been cancelled , however if you are a transporter then use the Enrollment option.",
		"3030": "Invalid Gstin",
		"3032": "Enrolled Transporter cannot login to e-Invoice Portal. You need to be GST registered. For more clarifications , please read the FAQs under Web Login section .",
		"3037": "CommonEnrolled Transporter not allowed this site",
		"3044": "This registration only for tax payers not GSP.",
		"3062": "Already Registered",
		"3108": "You have exceeded the limit for this operation",
	} {
		if got, ok := Message(code); !ok || got != want {
			t.Errorf("Message(%q) = %q, %v; want %q", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "SIM", "9999", "3093", "code"} {
		if got, ok := Message(code); ok {
			t.Errorf("Message(%q) = %q", code, got)
		}
	}
}

// Every code that the portals answer with must have a text.
func TestMessageHasThePortalsCodes(t *testing.T) {
	for _, code := range []string{"1010", "3001", "3002", "3003", "3004", "3005", "3006", "3012", "3013", "3016",
		"3017", "3020", "3023", "3024", "3025", "3030", "3031", "3032", "3033", "3034", "3035", "3036", "3044",
		"3045", "3046", "3059", "3060", "3061", "3062"} {
		if _, ok := Message(code); !ok {
			t.Errorf("no text for %s", code)
		}
	}
}

func TestReadMessagesRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"one column":   "3001\n",
		"three":        "3001,a,b\n",
		"no text":      "3001,\n",
		"no code":      "x,text\n",
		"code twice":   "3001,a\n3001,b\n",
		"broken quote": "3001,\"a\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readMessages([]byte(data)); err == nil {
				t.Error("accepted")
			}
		})
	}
}
