package client_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// phone is a source that has the answers and records the query.
type phone struct {
	captcha, otp string
	err          error
	asked        client.OTPQuery
}

func (p *phone) Captcha(context.Context, client.Portal, client.Captcha) (string, error) {
	return p.captcha, p.err
}

func (p *phone) OTP(_ context.Context, q client.OTPQuery) (string, error) {
	p.asked = q
	return p.otp, nil
}

// steps records the steps that a flow reports.
type steps []client.Step

func (s *steps) done(step client.Step) { *s = append(*s, step) }

func requireSteps(t *testing.T, got, want steps) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	for _, step := range got {
		for _, secret := range []string{"246813", "K7QX2", "Testing@123", "Dakshin@2024", "Own0Secret0000000001"} {
			if strings.Contains(step.Detail, secret) {
				t.Errorf("step %s has a secret: %s", step.Number, step.Detail)
			}
		}
	}
}

var sandboxPlan = client.SandboxPlan{
	GSTIN: "29abccd1234e1z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
	CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO", Username: "dakshin_test", Password: "Testing@123",
}

// sandboxToOTP are the exchanges of steps 1.1 to 1.5.
func sandboxToOTP() []exchange {
	return []exchange{
		newCaptcha(),
		{
			want: "POST /w/blue/portal/v1/registrations", status: 201,
			body: `{"category":"TAXPAYER","gstin":"29abccd1234e1z1","mobile":"9876543210",
				"email":"accounts@dakshin.example","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
			answer: `{"registrationId":"r-1","state":"VALIDATED","gstin":"29ABCCD1234E1Z1","legalName":"Dakshin Components"}`,
		},
		{
			want: "POST /w/blue/portal/v1/registrations/r-1/otp", status: 202,
			answer: `{"state":"OTP_SENT","sentTo":["XXXXXX3210","a****@dakshin.example"],"attemptsLeft":3}`,
		},
		{
			want: "POST /w/blue/portal/v1/registrations/r-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
			answer: `{"state":"OTP_VERIFIED","gstin":"29ABCCD1234E1Z1"}`,
		},
	}
}

func stepsToOTP() steps {
	return steps{
		{Number: "1.1", Label: "Login › Register here", Detail: "the registration form is open, with a captcha"},
		{Number: "1.2", Label: "Taxpayer", Detail: "registering as TAXPAYER"},
		{Number: "1.3", Label: "Validate", Detail: "29ABCCD1234E1Z1 is Dakshin Components"},
		{Number: "1.4", Label: "Send OTP", Detail: "OTP sent to XXXXXX3210 and a****@dakshin.example"},
		{Number: "1.5", Label: "Submit", Detail: "the OTP was accepted"},
	}
}

func TestPerformSandboxThroughGSP(t *testing.T) {
	t.Parallel()
	script := append(sandboxToOTP(),
		exchange{
			want: "GET /w/blue/portal/v1/providers?through=GSP", status: 200,
			answer: `{"providers":[{"companyName":"Konkan Tax Gateway"},{"companyName":"Sahyadri GST Suvidha"}]}`,
		},
		exchange{
			want: "POST /w/blue/portal/v1/registrations/r-1/api-user", status: 201,
			body: `{"registrationThrough":"GSP","companyName":"Sahyadri GST Suvidha","clientId":"AAFCC29ERP82ZSO",
				"username":"dakshin_test","password":"Testing@123","confirmPassword":"Testing@123"}`,
			answer: `{"acknowledgementNo":"112610000000001","username":"dakshin_test","clientId":"AAFCC29ERP82ZSO","message":"Created"}`,
		})
	var got steps
	source := &phone{captcha: "K7QX2", otp: "246813"}
	result, err := client.PerformSandbox(t.Context(), newSandbox(t, listen(t, script...)+"/w/blue"), source, sandboxPlan,
		got.done)
	if err != nil {
		t.Fatal(err)
	}
	requireSteps(t, got, append(stepsToOTP(),
		client.Step{Number: "1.6", Label: "Registration through", Detail: "GSP for GSTIN 29ABCCD1234E1Z1"},
		client.Step{Number: "1.7", Label: "Company Name", Detail: "Sahyadri GST Suvidha, one of 2"},
		client.Step{Number: "1.8", Label: "Create", Detail: "username dakshin_test for client id AAFCC29ERP82ZSO"},
		client.Step{Number: "1.9", Label: "Acknowledgement", Detail: "no. 112610000000001: Created"}))
	want := client.SandboxResult{
		Acknowledgement: client.Acknowledgement{
			AcknowledgementNo: "112610000000001", Username: "dakshin_test", ClientID: "AAFCC29ERP82ZSO", Message: "Created",
		},
		SentTo: []string{"XXXXXX3210", "a****@dakshin.example"},
	}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	wantQuery := client.OTPQuery{
		Environment: "sandbox", Purpose: "registration-otp", GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210",
		Email: "accounts@dakshin.example", SentTo: want.SentTo,
	}
	if diff := cmp.Diff(wantQuery, source.asked); diff != "" {
		t.Errorf("OTP query (-want +got):\n%s", diff)
	}
}

func TestPerformSandboxDirect(t *testing.T) {
	t.Parallel()
	plan := sandboxPlan
	plan.Through, plan.CompanyName, plan.ClientID = client.ThroughDirect, "", "ABCCD29TXP00001"
	s := newSandbox(t, listen(t, append(sandboxToOTP(), exchange{
		want: "POST /w/blue/portal/v1/registrations/r-1/api-user", status: 201,
		body: `{"registrationThrough":"DIRECT","clientId":"ABCCD29TXP00001",
			"username":"dakshin_test","password":"Testing@123","confirmPassword":"Testing@123"}`,
		answer: `{"acknowledgementNo":"112610000000001"}`,
	})...)+"/w/blue")
	if _, err := client.PerformSandbox(t.Context(), s, &phone{captcha: "K7QX2", otp: "246813"}, plan, nil); err != nil {
		t.Fatal(err)
	}
}

// The error names the step that failed. No step after it is performed.
func TestPerformSandboxStops(t *testing.T) {
	t.Parallel()
	refuse := func(x exchange, answer string) exchange {
		x.status, x.answer = 422, answer
		return x
	}
	otherGSTIN := sandboxToOTP()[3]
	otherGSTIN.answer = `{"state":"OTP_VERIFIED","gstin":"29ABCPD1234E2Z9"}`
	noCompany := exchange{want: "GET /w/blue/portal/v1/providers?through=GSP", status: 200, answer: `{"providers":[]}`}
	tests := []struct {
		name   string
		script []exchange
		source phone
		number string
		says   string
	}{
		{"captcha unknown", sandboxToOTP()[:1], phone{err: errors.New("no glasses")}, "1.3", "step 1.3 Validate: no glasses"},
		{"contact mismatch", []exchange{newCaptcha(), refuse(sandboxToOTP()[1], `{"code":"contact-mismatch"}`)},
			phone{captcha: "K7QX2"}, "1.3", "422 contact-mismatch"},
		{"wrong OTP", append(sandboxToOTP()[:3], refuse(sandboxToOTP()[3], `{"code":"otp-mismatch","attemptsLeft":2}`)),
			phone{captcha: "K7QX2", otp: "246813"}, "1.5", "422 otp-mismatch"},
		{"another GSTIN is shown", append(sandboxToOTP()[:3], otherGSTIN), phone{captcha: "K7QX2", otp: "246813"}, "1.6",
			`the portal shows GSTIN "29ABCPD1234E2Z9"`},
		{"company not offered", append(sandboxToOTP(), noCompany), phone{captcha: "K7QX2", otp: "246813"}, "1.7",
			`"Sahyadri GST Suvidha" is not among the 0 companies`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got steps
			s := newSandbox(t, listen(t, test.script...)+"/w/blue")
			_, err := client.PerformSandbox(t.Context(), s, &test.source, sandboxPlan, got.done)
			if failed := as[*client.StepError](t, err); failed.Number != test.number ||
				!strings.Contains(err.Error(), test.says) {
				t.Errorf("error is %v at step %s, want %q at %s", err, failed.Number, test.says, test.number)
			}
			for _, step := range got {
				if step.Number >= test.number {
					t.Errorf("step %s was performed after step %s failed", step.Number, test.number)
				}
			}
		})
	}
}

// productionFlow are the exchanges of section 2 for a login of that source; list may be none.
func productionFlow(source string, list []exchange, create string) []exchange {
	session := `{"username":"dakshin29","gstin":"29ABCCD1234E1Z1","legalName":"Dakshin Components",
		"source":"` + source + `","menu":["e-Invoice","API Registration"]}`
	script := []exchange{
		newCaptcha(),
		{
			want: "POST /w/blue/portal/v1/login", status: 200, answer: session,
			body: `{"username":"dakshin29","password":"Dakshin@2024","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
		},
		{want: "GET /w/blue/portal/v1/session", status: 200, answer: session},
		{
			want: "POST /w/blue/portal/v1/api-registrations", status: 201,
			answer: `{"apiRegistrationId":"a-1","state":"OTP_SENT","gstin":"29ABCCD1234E1Z1","sentTo":["XXXXXX3210"]}`,
		},
		{
			want: "POST /w/blue/portal/v1/api-registrations/a-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
			answer: `{"state":"OTP_VERIFIED"}`,
		},
	}
	return append(append(script, list...), exchange{
		want: "POST /w/blue/portal/v1/api-registrations/a-1/api-user", body: create, status: 201,
		answer: `{"state":"COMPLETED","username":"API_dakshin","message":"Created"}`,
	})
}

func TestPerformProduction(t *testing.T) {
	t.Parallel()
	providers := func(through string) []exchange {
		return []exchange{{
			want: "GET /w/blue/portal/v1/providers?through=" + through, status: 200,
			answer: `{"providers":[{"companyName":"Sahyadri GST Suvidha"}]}`,
		}}
	}
	const password = `"username":"dakshin","password":"Testing@123","confirmPassword":"Testing@123"}`
	tests := []struct {
		name, through, source string
		script                []exchange
		chosen                steps // 2.2, 2.6 and 2.7
	}{
		{
			name: "through GSP", source: client.SourceEInvoice,
			script: productionFlow("E_INVOICE", providers("GSP"),
				`{"registrationThrough":"GSP","companyName":"Sahyadri GST Suvidha",`+password),
			chosen: steps{
				{Number: "2.2", Label: "Note", Detail: "E_INVOICE: registered on the e-Invoice portal"},
				{Number: "2.6", Label: "Through GSP", Detail: "for GSTIN 29ABCCD1234E1Z1"},
				{Number: "2.7", Label: "Select GSP", Detail: "Sahyadri GST Suvidha, one of 1"},
			},
		},
		{
			name: "through ERP, with E-Way Bill credentials", through: client.ThroughERP, source: client.SourceEWayBill,
			script: productionFlow("EWAY_BILL", providers("ERP"),
				`{"registrationThrough":"ERP","companyName":"Sahyadri GST Suvidha",`+password),
			chosen: steps{
				{Number: "2.2", Label: "Note", Detail: "EWAY_BILL: the E-Way Bill portal's credentials were used"},
				{Number: "2.6", Label: "Through ERP", Detail: "for GSTIN 29ABCCD1234E1Z1"},
				{Number: "2.7", Label: "Select ERP", Detail: "Sahyadri GST Suvidha, one of 1"},
			},
		},
		{
			name: "direct", through: client.ThroughDirect, source: client.SourceEInvoice,
			script: productionFlow("E_INVOICE", nil,
				`{"registrationThrough":"DIRECT","clientId":"ABCCD29TXP00001","clientSecret":"Own0Secret0000000001",`+password),
			chosen: steps{
				{Number: "2.2", Label: "Note", Detail: "E_INVOICE: registered on the e-Invoice portal"},
				{Number: "2.6", Label: "Direct", Detail: "for GSTIN 29ABCCD1234E1Z1"},
				{Number: "2.7", Label: "Client ID and Client Secret", Detail: "client id ABCCD29TXP00001 and its secret"},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got steps
			source := &phone{captcha: "K7QX2", otp: "246813"}
			result, err := client.PerformProduction(t.Context(), newProduction(t, listen(t, test.script...)+"/w/blue"), source,
				client.ProductionPlan{
					LoginUsername: "dakshin29", LoginPassword: "Dakshin@2024", Through: test.through,
					CompanyName: "Sahyadri GST Suvidha", ClientID: "ABCCD29TXP00001", ClientSecret: "Own0Secret0000000001",
					Username: "dakshin", Password: "Testing@123",
				}, got.done)
			if err != nil {
				t.Fatal(err)
			}
			requireSteps(t, got, steps{
				{Number: "2.1", Label: "Login", Detail: "dakshin29 is signed in for 29ABCCD1234E1Z1, Dakshin Components"},
				test.chosen[0],
				{Number: "2.3", Label: "API Registration", Detail: "menu: e-Invoice, API Registration"},
				{Number: "2.4", Label: "User Credentials › Create API User", Detail: "OTP sent to XXXXXX3210"},
				{Number: "2.5", Label: "Verify OTP", Detail: "the OTP was accepted"},
				test.chosen[1], test.chosen[2],
				{Number: "2.8", Label: "Submit", Detail: "username API_dakshin"},
				{Number: "2.9", Label: "Success message", Detail: "Created"},
			})
			if result.Username != "API_dakshin" || result.Session.Source != test.source || len(result.SentTo) != 1 {
				t.Errorf("result is %+v", result)
			}
			wantQuery := client.OTPQuery{
				Environment: "production", Purpose: "api-user-otp", GSTIN: "29ABCCD1234E1Z1", SentTo: []string{"XXXXXX3210"},
			}
			if diff := cmp.Diff(wantQuery, source.asked); diff != "" {
				t.Errorf("OTP query (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPerformProductionUnknownSource(t *testing.T) {
	t.Parallel()
	p := newProduction(t, listen(t, productionFlow("SOMEWHERE", nil, "")[:2]...)+"/w/blue")
	_, err := client.PerformProduction(t.Context(), p, &phone{captcha: "K7QX2"},
		client.ProductionPlan{LoginUsername: "dakshin29", LoginPassword: "Dakshin@2024"}, nil)
	if got := as[*client.StepError](t, err); got.Number != "2.2" || !strings.Contains(err.Error(), `"SOMEWHERE"`) {
		t.Errorf("error is %v", err)
	}
}

// With two-factor login, the source is asked for the OTP of the login too.
func TestPerformProductionWithTwoFactors(t *testing.T) {
	t.Parallel()
	script := productionFlow("SOMEWHERE", nil, "")[:2] // at step 2.2, it ends the walk
	opened := script[1].answer
	script[1].status = 202
	script[1].answer = `{"loginId":"l-1","state":"OTP_SENT","gstin":"29ABCCD1234E1Z1","sentTo":["XXXXXX3210"]}`
	script = append(script, exchange{
		want: "POST /w/blue/portal/v1/logins/l-1/otp/verification", body: `{"otp":"246813"}`, status: 200, answer: opened,
	})
	var got steps
	source := &phone{captcha: "K7QX2", otp: "246813"}
	result, err := client.PerformProduction(t.Context(), newProduction(t, listen(t, script...)+"/w/blue"), source,
		client.ProductionPlan{LoginUsername: "dakshin29", LoginPassword: "Dakshin@2024"}, got.done)
	if failed := as[*client.StepError](t, err); failed.Number != "2.2" {
		t.Errorf("error is %v", err)
	}
	requireSteps(t, got[:1], steps{{Number: "2.1", Label: "Login",
		Detail: "dakshin29 is signed in for 29ABCCD1234E1Z1, Dakshin Components, after an OTP sent to XXXXXX3210"}})
	if result.Session.Username != "dakshin29" || result.Session.Pending != nil {
		t.Errorf("the session is %+v", result.Session)
	}
	wantQuery := client.OTPQuery{
		Environment: "production", Purpose: "login-otp", GSTIN: "29ABCCD1234E1Z1", SentTo: []string{"XXXXXX3210"},
	}
	if diff := cmp.Diff(wantQuery, source.asked); diff != "" {
		t.Errorf("OTP query (-want +got):\n%s", diff)
	}
}
