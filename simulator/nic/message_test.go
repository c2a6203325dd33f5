package nic

import "testing"

func TestMessage(t *testing.T) {
	// Copied from the published list by hand, with its commas and mistakes.
	for code, want := range map[string]string{
		"1010": "Invalid Client-ID/Client-Secret",
		"3001": "Requested data is not available",
		"3002": "Invalid login credentials",
		"3003": "Password should contains atleast one upper case, one lower case, one number and one special characters " +
			"like [%,$,#,@,_,!,*]",
		"3006": "Invalid Mobile Number",
		"3013": "Your registration under GST has been cancelled , however if you are a transporter then use the " +
			"Enrollment option.",
		"3030": "Invalid Gstin",
		"3032": "Enrolled Transporter cannot login to e-Invoice Portal. You need to be GST registered. For more " +
			"clarifications , please read the FAQs under Web Login section .",
		"3037": "CommonEnrolled Transporter not allowed this site",
		"3044": "This registration only for tax payers not GSP.",
		"3062": "Already Registered",
		"2172": "For Intra-state transaction, IGST amount is not applicable; only CGST and SGST amounts are applicable",
		"2281": "Inavalid document number",
		"9999": "Invoice is not active",
		"118":  "Try after 5 minutes",
		"3108": "You have exceeded the limit for this operation",
	} {
		if got, ok := Message(code); !ok || got != want {
			t.Errorf("Message(%q) = %q, %v; want %q", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "SIM", "2175", "3093", "code"} {
		if got, ok := Message(code); ok {
			t.Errorf("Message(%q) = %q", code, got)
		}
	}
}

// Every code that the portals answer with must have a text.
func TestMessageHasTheCodesOfThePortals(t *testing.T) {
	for _, code := range []string{"1010", "3001", "3002", "3003", "3004", "3005", "3006", "3012", "3013", "3016",
		"3017", "3020", "3023", "3024", "3025", "3030", "3031", "3032", "3033", "3034", "3035", "3036", "3044",
		"3045", "3046", "3059", "3060", "3061", "3062"} {
		if _, ok := Message(code); !ok {
			t.Errorf("no text for %s", code)
		}
	}
}

func TestReadErrorCodesRefuses(t *testing.T) {
	const header = "code,message,group,status\n"
	for name, data := range map[string]string{
		"nothing":      "",
		"no header":    "3001,a,irn,current\n",
		"one column":   header + "3001\n",
		"five":         header + "3001,a,irn,current,more\n",
		"no text":      header + "3001,,irn,current\n",
		"no group":     header + "3001,a,,current\n",
		"status":       header + "3001,a,irn,gone\n",
		"no code":      header + "x,text,irn,current\n",
		"code twice":   header + "3001,a,irn,current\n3001,b,irn,current\n",
		"broken quote": header + "3001,\"a\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readErrorCodes([]byte(data)); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestErrorCodes(t *testing.T) {
	rows := ErrorCodes()
	if len(rows) < 300 {
		t.Errorf("%d codes, NIC's lists have more than 300", len(rows))
	}
	for code, want := range map[string]ErrorCode{
		"2305": {"2305", "IRN cannot be generated with document date prior to {0} days from today for suppliers with " +
			"turnover above {1}", "irn", "current"},
		"2191": {"2191", "Original invoice number is required in case of Credit / Debit note", "irn", "old"},
		"105":  {"105", "Invalid Token", "ewb-system", "listed"},
	} {
		if got, ok := ErrorCodeOf(code); !ok || got != want {
			t.Errorf("ErrorCodeOf(%q) = %+v, %v", code, got, ok)
		}
	}
	rows[0].Message = "changed by a caller"
	if ErrorCodes()[0].Message == rows[0].Message {
		t.Error("a caller can change the list")
	}
}

func TestFillMessage(t *testing.T) {
	for _, c := range []struct {
		code   string
		values []string
		want   string
	}{
		{"2163", nil, "The document date should not be future date ."},
		{"2176", []string{"7709,9806"}, "HSN code(s)-7709,9806 is invalid"},
		{"3039", []string{"Buyer", "560001", "27"}, "Pincode -560001 of Buyer does not belong to his/her State - 27"},
		{"3038", []string{"{1}"}, "{1} details Details:Pincode-{1} does not exists"},
	} {
		if got, ok := FillMessage(c.code, c.values...); !ok || got != c.want {
			t.Errorf("FillMessage(%q, %q) = %q, %v; want %q", c.code, c.values, got, ok, c.want)
		}
	}
	if got, ok := FillMessage("2175", "a"); ok {
		t.Errorf("filled %q", got)
	}
}
