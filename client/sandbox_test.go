package client_test

import (
	"context"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// ist is India Standard Time, in which the portals write times.
var ist = time.FixedZone("IST", 5*3600+1800)

func at(hour, minute int) time.Time {
	return time.Date(2026, time.November, 22, hour, minute, 0, 0, ist)
}

func TestSandboxMethods(t *testing.T) {
	t.Parallel()
	runMethods(t, newSandbox, []method[*client.Sandbox]{
		{
			name: "validate a taxpayer",
			exchange: exchange{
				want: "POST /portal/v1/registrations",
				body: `{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"9876543210",
					"email":"accounts@dakshin.example","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 201,
				answer: `{"registrationId":"r-1","state":"VALIDATED","category":"TAXPAYER","gstin":"29ABCCD1234E1Z1",
					"legalName":"Dakshin Components","tradeName":"Dakshin","stateCode":"29","sentTo":[],
					"expiresAt":"2026-11-22T11:00:00+05:30"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Validate(ctx, client.Registrant{
					Category: client.CategoryTaxpayer, GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210",
					Email:   "accounts@dakshin.example",
					Captcha: client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"},
				})
			},
			want: client.Registration{
				ID: "r-1", State: "VALIDATED", Category: "TAXPAYER", GSTIN: "29ABCCD1234E1Z1",
				LegalName: "Dakshin Components", TradeName: "Dakshin", StateCode: "29", SentTo: []string{},
				ExpiresAt: at(11, 0),
			},
		},
		{
			name: "validate a GSP by its PAN",
			exchange: exchange{
				want: "POST /portal/v1/registrations",
				body: `{"category":"GSP","pan":"ABCCG1234K","mobile":"9876500001","email":"it@gsp.example",
					"captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 201,
				answer: `{"registrationId":"r-2","state":"VALIDATED","category":"GSP","pan":"ABCCG1234K"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Validate(ctx, client.Registrant{
					Category: client.CategoryGSP, PAN: "ABCCG1234K", Mobile: "9876500001", Email: "it@gsp.example",
					Captcha: client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"},
				})
			},
			want: client.Registration{ID: "r-2", State: "VALIDATED", Category: "GSP", PAN: "ABCCG1234K"},
		},
		{
			name: "send the OTP",
			exchange: exchange{
				want: "POST /portal/v1/registrations/r-1/otp", status: 202,
				answer: `{"state":"OTP_SENT","sentTo":["XXXXXX3210","a****@dakshin.example"],
					"expiresAt":"2026-11-22T10:10:00+05:30","resendAfter":"2026-11-22T10:01:00+05:30","attemptsLeft":3}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.SendOTP(ctx, "r-1") },
			want: client.OTPSent{
				State: "OTP_SENT", SentTo: []string{"XXXXXX3210", "a****@dakshin.example"},
				ExpiresAt: at(10, 10), ResendAfter: at(10, 1), AttemptsLeft: 3,
			},
		},
		{
			name: "verify the OTP",
			exchange: exchange{
				want: "POST /portal/v1/registrations/r-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
				answer: `{"state":"OTP_VERIFIED","gstin":"29ABCCD1234E1Z1"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.VerifyOTP(ctx, "r-1", "246813") },
			want: client.Registration{ID: "r-1", State: "OTP_VERIFIED", GSTIN: "29ABCCD1234E1Z1"},
		},
		{
			name: "list companies",
			exchange: exchange{
				want: "GET /portal/v1/providers?through=GSP", status: 200,
				answer: `{"providers":[{"companyName":"Konkan Tax Gateway","type":"GSP"},
					{"companyName":"Sahyadri GST Suvidha","type":"ERP"}]}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.Providers(ctx, "GSP") },
			want: []client.Company{
				{CompanyName: "Konkan Tax Gateway", Type: "GSP"}, {CompanyName: "Sahyadri GST Suvidha", Type: "ERP"},
			},
		},
		{
			name: "create",
			exchange: exchange{
				want: "POST /portal/v1/registrations/r-1/api-user",
				body: `{"registrationThrough":"GSP","companyName":"Sahyadri GST Suvidha","clientId":"AAFCC29ERP82ZSO",
					"username":"dakshin_test","password":"Testing@123","confirmPassword":"Testing@123"}`,
				status: 201,
				answer: `{"acknowledgementNo":"112610000000001","acknowledgedAt":"2026-11-22T10:02:00+05:30",
					"state":"COMPLETED","gstin":"29ABCCD1234E1Z1","legalName":"Dakshin Components",
					"registrationThrough":"GSP","companyName":"Sahyadri GST Suvidha","clientId":"AAFCC29ERP82ZSO",
					"username":"dakshin_test","message":"Created"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Create(ctx, "r-1", client.NewAPIUser{
					Through: client.ThroughGSP, CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
					Username: "dakshin_test", Password: "Testing@123", ConfirmPassword: "Testing@123",
				})
			},
			want: client.Acknowledgement{
				AcknowledgementNo: "112610000000001", AcknowledgedAt: at(10, 2), State: "COMPLETED",
				GSTIN: "29ABCCD1234E1Z1", LegalName: "Dakshin Components", Through: "GSP",
				CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO", Username: "dakshin_test",
				Message: "Created",
			},
		},
		{
			name: "create directly, without company and confirmation",
			exchange: exchange{
				want: "POST /portal/v1/registrations/r-1/api-user",
				body: `{"registrationThrough":"DIRECT","clientId":"ABCCD29TXP00001",
					"username":"dakshin_own","password":"Testing@123"}`,
				status: 201, answer: `{"acknowledgementNo":"112610000000002"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Create(ctx, "r-1", client.NewAPIUser{
					Through: client.ThroughDirect, ClientID: "ABCCD29TXP00001",
					Username: "dakshin_own", Password: "Testing@123",
				})
			},
			want: client.Acknowledgement{AcknowledgementNo: "112610000000002"},
		},
		{
			name: "look again",
			exchange: exchange{
				want: "GET /portal/v1/registrations/r-1", status: 200,
				answer: `{"registrationId":"r-1","state":"COMPLETED","acknowledgementNo":"112610000000001","username":"dakshin_own"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.Registration(ctx, "r-1") },
			want: client.Registration{
				ID: "r-1", State: "COMPLETED",
				AcknowledgementNo: "112610000000001", Username: "dakshin_own",
			},
		},
		{
			name: "an identifier cannot leave its place",
			exchange: exchange{
				want: "GET /portal/v1/registrations/..%2F..%2Fsession%3Fa=b", status: 200,
				answer: `{"registrationId":"r-1","state":"VALIDATED"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Registration(ctx, "../../session?a=b")
			},
			want: client.Registration{ID: "r-1", State: "VALIDATED"},
		},
		{
			name: "client credentials",
			exchange: exchange{
				want: "POST /portal/v1/registrations/r-2/client-credentials", status: 201,
				answer: `{"clientId":"ABCCG29GSP00001","message":"Sent"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.ClientCredentials(ctx, "r-2") },
			want: client.IssuedClient{ClientID: "ABCCG29GSP00001", Message: "Sent"},
		},
		{
			name: "a provider signs in",
			exchange: exchange{
				want: "POST /portal/v1/login",
				body: `{"clientId":"ABCCG29GSP00001","clientSecret":"Secret00000000000001",
					"captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 200,
				answer: `{"clientId":"ABCCG29GSP00001","pan":"ABCCG1234K","legalName":"Gateway","source":"PROVIDER",
					"menu":["Dummy GSTINs"],"expiresAt":"2026-11-22T10:15:00+05:30"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) {
				return s.Login(ctx, client.Login{
					ClientID: "ABCCG29GSP00001", ClientSecret: "Secret00000000000001",
					Captcha: client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"},
				})
			},
			want: client.Session{
				ClientID: "ABCCG29GSP00001", PAN: "ABCCG1234K", LegalName: "Gateway", Source: client.SourceProvider,
				Menu: []string{"Dummy GSTINs"}, ExpiresAt: at(10, 15),
			},
		},
		{
			name: "dummy GSTIN",
			exchange: exchange{
				want: "POST /portal/v1/dummy-gstins", body: `{"stateCode":"27"}`, status: 201,
				answer: `{"gstin":"27ABCCG1234K000"}`,
			},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return s.CreateDummyGSTIN(ctx, "27") },
			want: "27ABCCG1234K000",
		},
		{
			name: "logout", exchange: exchange{want: "POST /portal/v1/logout", status: 204},
			call: func(ctx context.Context, s *client.Sandbox) (any, error) { return just(s.Logout(ctx)) },
		},
	})
}
