package client_test

import (
	"context"
	"testing"

	"github.com/nicsim/nicsim/client"
)

func TestProductionMethods(t *testing.T) {
	t.Parallel()
	captcha := client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"}
	const otpSent = `"state":"OTP_SENT","sentTo":["XXXXXX3210"],"expiresAt":"2026-11-22T10:10:00+05:30",
		"resendAfter":"2026-11-22T10:01:00+05:30","attemptsLeft":3}`
	sent := client.OTPSent{
		State: "OTP_SENT", SentTo: []string{"XXXXXX3210"}, ExpiresAt: at(10, 10), ResendAfter: at(10, 1), AttemptsLeft: 3,
	}
	runMethods(t, newProduction, []method[*client.Production]{
		{
			name: "who am I",
			exchange: exchange{
				want: "GET /portal/v1/session", status: 200,
				answer: `{"username":"ewbtel36","gstin":"36ABCCE4321F1Z1","legalName":"Telangana Traders",
					"source":"EWAY_BILL","menu":["e-Invoice","API Registration"],"expiresAt":"2026-11-22T10:15:00+05:30"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) { return p.Session(ctx) },
			want: client.Session{
				Username: "ewbtel36", GSTIN: "36ABCCE4321F1Z1", LegalName: "Telangana Traders",
				Source: client.SourceEWayBill, Menu: []string{"e-Invoice", "API Registration"}, ExpiresAt: at(10, 15),
			},
		},
		{
			name: "login, which sends an OTP",
			exchange: exchange{
				want:   "POST /portal/v1/login",
				body:   `{"username":"dakshin29","password":"Dakshin@2024","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 202, answer: `{"loginId":"l-1","gstin":"29ABCCD1234E1Z1",` + otpSent,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.Login(ctx, client.Login{Username: "dakshin29", Password: "Dakshin@2024", Captcha: captcha})
			},
			want: client.Session{Pending: &client.PendingLogin{ID: "l-1", GSTIN: "29ABCCD1234E1Z1", OTPSent: sent}},
		},
		{
			name:     "resend for a login",
			exchange: exchange{want: "POST /portal/v1/logins/l-1/otp", status: 202, answer: `{` + otpSent},
			call:     func(ctx context.Context, p *client.Production) (any, error) { return p.ResendLoginOTP(ctx, "l-1") },
			want:     sent,
		},
		{
			name: "verify for a login",
			exchange: exchange{
				want: "POST /portal/v1/logins/l-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
				answer: `{"username":"dakshin29","source":"E_INVOICE"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.VerifyLoginOTP(ctx, "l-1", "246813")
			},
			want: client.Session{Username: "dakshin29", Source: client.SourceEInvoice},
		},
		{
			name: "create API user, which sends the OTP",
			exchange: exchange{
				want: "POST /portal/v1/api-registrations", status: 201,
				header: map[string]string{"Location": "/w/blue/portal/v1/api-registrations/a-1"},
				answer: `{"apiRegistrationId":"a-1","gstin":"29ABCCD1234E1Z1",` + otpSent,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) { return p.StartAPIRegistration(ctx) },
			want: client.APIRegistration{
				ID: "a-1", State: "OTP_SENT", GSTIN: "29ABCCD1234E1Z1", SentTo: []string{"XXXXXX3210"},
				ExpiresAt: at(10, 10), ResendAfter: at(10, 1), AttemptsLeft: 3,
			},
		},
		{
			name:     "resend",
			exchange: exchange{want: "POST /portal/v1/api-registrations/a-1/otp", status: 202, answer: `{` + otpSent},
			call:     func(ctx context.Context, p *client.Production) (any, error) { return p.ResendOTP(ctx, "a-1") },
			want:     sent,
		},
		{
			name: "look again",
			exchange: exchange{
				want: "GET /portal/v1/api-registrations/a-1", status: 200,
				answer: `{"apiRegistrationId":"a-1","state":"OTP_VERIFIED","expiresAt":"2026-11-22T11:00:00+05:30"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) { return p.APIRegistration(ctx, "a-1") },
			want: client.APIRegistration{ID: "a-1", State: "OTP_VERIFIED", ExpiresAt: at(11, 0)},
		},
		{
			name: "verify the OTP",
			exchange: exchange{
				want: "POST /portal/v1/api-registrations/a-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
				answer: `{"state":"OTP_VERIFIED","gstin":"29ABCCD1234E1Z1"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) { return p.VerifyOTP(ctx, "a-1", "246813") },
			want: client.APIRegistration{ID: "a-1", State: "OTP_VERIFIED", GSTIN: "29ABCCD1234E1Z1"},
		},
		{
			name: "submit through a GSP",
			exchange: exchange{
				want: "POST /portal/v1/api-registrations/a-1/api-user",
				body: `{"registrationThrough":"GSP","companyName":"Sahyadri GST Suvidha",
					"username":"dakshin","password":"Prod@1234","confirmPassword":"Prod@1234"}`,
				status: 201,
				answer: `{"state":"COMPLETED","username":"API_dakshin","gstin":"29ABCCD1234E1Z1","registrationThrough":"GSP",
					"companyName":"Sahyadri GST Suvidha","createdAt":"2026-11-22T10:02:00+05:30","message":"Created"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.Submit(ctx, "a-1", client.NewAPIUser{
					Through: client.ThroughGSP, CompanyName: "Sahyadri GST Suvidha",
					Username: "dakshin", Password: "Prod@1234", ConfirmPassword: "Prod@1234",
				})
			},
			want: client.APIUser{
				State: "COMPLETED", Username: "API_dakshin", GSTIN: "29ABCCD1234E1Z1", Through: "GSP",
				CompanyName: "Sahyadri GST Suvidha", CreatedAt: at(10, 2), Message: "Created",
			},
		},
		{
			name: "list API users",
			exchange: exchange{
				want: "GET /portal/v1/api-users", status: 200,
				answer: `{"apiUsers":[{"username":"API_dakshin","registrationThrough":"GSP",
					"companyName":"Sahyadri GST Suvidha","status":"FROZEN","createdAt":"2026-11-22T10:02:00+05:30"}]}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) { return p.APIUsers(ctx) },
			want: []client.APIUser{{
				Username: "API_dakshin", Through: "GSP", CompanyName: "Sahyadri GST Suvidha",
				Status: "FROZEN", CreatedAt: at(10, 2),
			}},
		},
		{
			name: "change a password",
			exchange: exchange{
				want: "PUT /portal/v1/api-users/API_dakshin/password",
				body: `{"currentPassword":"Prod@1234","newPassword":"Prod@5678"}`, status: 204,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return just(p.ChangePassword(ctx, "API_dakshin", client.PasswordChange{Current: "Prod@1234", New: "Prod@5678"}))
			},
		},
		{
			name:     "freeze",
			exchange: exchange{want: "POST /portal/v1/api-users/API_dakshin/freeze", status: 204},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return just(p.Freeze(ctx, "API_dakshin"))
			},
		},
		{
			name: "update from the GST common portal",
			exchange: exchange{
				want:   "POST /portal/v1/gstin-updates",
				body:   `{"gstin":"29ABCCD1234E1Z1","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 200, answer: `{"gstin":"29ABCCD1234E1Z1","legalName":"Dakshin","tradeName":""}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.UpdateGSTIN(ctx, client.GSTINUpdate{GSTIN: "29ABCCD1234E1Z1", Captcha: captcha})
			},
			want: "29ABCCD1234E1Z1",
		},
		{
			name: "forgot username",
			exchange: exchange{
				want:   "POST /portal/v1/username-reminders",
				body:   `{"gstin":"29ABCCD1234E1Z1","mobile":"9876543210","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 202, answer: `{"sentTo":["XXXXXX3210"]}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.RemindUsername(ctx, client.ForgottenUsername{
					GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Captcha: captcha,
				})
			},
			want: []string{"XXXXXX3210"},
		},
		{
			name: "forgot password",
			exchange: exchange{
				want: "POST /portal/v1/password-resets",
				body: `{"username":"dakshin29","gstin":"29ABCCD1234E1Z1","mobile":"9876543210",
					"captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
				status: 201, answer: `{"passwordResetId":"p-1",` + otpSent,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.StartPasswordReset(ctx, client.ForgottenPassword{
					Username: "dakshin29", GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Captcha: captcha,
				})
			},
			want: client.PasswordReset{
				ID: "p-1", State: "OTP_SENT", SentTo: []string{"XXXXXX3210"},
				ExpiresAt: at(10, 10), ResendAfter: at(10, 1), AttemptsLeft: 3,
			},
		},
		{
			name:     "resend for a password",
			exchange: exchange{want: "POST /portal/v1/password-resets/p-1/otp", status: 202, answer: `{` + otpSent},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.ResendPasswordResetOTP(ctx, "p-1")
			},
			want: sent,
		},
		{
			name: "verify for a password",
			exchange: exchange{
				want: "POST /portal/v1/password-resets/p-1/otp/verification", body: `{"otp":"246813"}`, status: 200,
				answer: `{"state":"OTP_VERIFIED"}`,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return p.VerifyPasswordResetOTP(ctx, "p-1", "246813")
			},
			want: client.PasswordReset{ID: "p-1", State: "OTP_VERIFIED"},
		},
		{
			name: "set the new password",
			exchange: exchange{
				want: "PUT /portal/v1/password-resets/p-1/password",
				body: `{"newPassword":"Fresh@2026","confirmPassword":"Fresh@2026"}`, status: 204,
			},
			call: func(ctx context.Context, p *client.Production) (any, error) {
				return just(p.SetNewPassword(ctx, "p-1", client.NewPassword{New: "Fresh@2026", Confirm: "Fresh@2026"}))
			},
		},
	})
}

// The cookie of a login is kept, and sent only under the path of the world.
func TestLoginKeepsItsCookie(t *testing.T) {
	t.Parallel()
	const session = `{"username":"dakshin29","gstin":"29ABCCD1234E1Z1","source":"E_INVOICE","menu":[]}`
	p := newProduction(t, listen(t,
		exchange{
			want:   "POST /w/blue/portal/v1/login",
			body:   `{"username":"dakshin29","password":"Dakshin@2024","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
			header: map[string]string{"Set-Cookie": "nicsim_production=s-1; Path=/w/blue; HttpOnly; SameSite=Strict"},
			status: 200, answer: session,
		},
		exchange{want: "GET /w/blue/portal/v1/session", cookie: "nicsim_production=s-1", status: 200, answer: session},
		exchange{want: "POST /w/blue/portal/v1/logout", cookie: "nicsim_production=s-1", status: 204},
	)+"/w/blue")
	if _, err := p.Login(t.Context(), client.Login{
		Username: "dakshin29", Password: "Dakshin@2024",
		Captcha: client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Session(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Logout(t.Context()); err != nil {
		t.Fatal(err)
	}
}
