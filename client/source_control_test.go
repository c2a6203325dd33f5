package client_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
)

// message is a row of the inbox, sent the given minutes after ten o'clock.
func message(gstin, channel, to, otp string, minute int) string {
	return fmt.Sprintf(`{"environment":"sandbox","purpose":"registration-otp","gstin":%q,"channel":%q,"to":%q,"otp":%q,
		"sentAt":"2026-11-22T10:%02d:00+05:30"}`, gstin, channel, to, otp, minute)
}

func TestOTPFromControl(t *testing.T) {
	t.Parallel()
	const gstin, pan = "29ABCCD1234E1Z1", "ABCCG1234K"
	taxpayer := client.OTPQuery{
		Environment: client.EnvironmentSandbox, Purpose: client.PurposeRegistrationOTP, GSTIN: " 29abccd1234e1z1",
	}
	provider := client.OTPQuery{
		Environment: client.EnvironmentSandbox, Purpose: client.PurposeRegistrationOTP,
		PAN: pan, Mobile: "+91 98765-00001", Email: " IT@gsp.example",
	}
	later := taxpayer
	later.SentAfter = at(10, 5)
	unreachable := provider
	unreachable.Mobile, unreachable.Email = "", ""
	otherPurpose := strings.Replace(message(gstin, "sms", "9876543210", "000000", 9), "registration-otp",
		"username-reminder", 1)
	otherPortal := strings.Replace(message(gstin, "sms", "9876543210", "000000", 9), "sandbox", "production", 1)

	tests := []struct {
		name     string
		query    client.OTPQuery
		messages []string
		want     string // empty if the error must be that none arrived
	}{
		{"SMS and e-mail at once", taxpayer, []string{message(gstin, "email", "a@d.example", "222222", 1),
			message(gstin, "sms", "9876543210", "111111", 1)}, "111111"},
		{"the newest, wherever it is listed", taxpayer, []string{message(gstin, "sms", "9876543210", "111111", 1),
			message(gstin, "sms", "9876543210", "333333", 2)}, "333333"},
		{"only the e-mail arrived", taxpayer, []string{message(gstin, "email", "a@d.example", "222222", 1)}, "222222"},
		{"the SMS is of an OTP before", taxpayer, []string{message(gstin, "sms", "9876543210", "111111", 1),
			message(gstin, "email", "a@d.example", "222222", 2)}, "222222"},
		{"of others, portals and purposes", taxpayer, []string{message("29ABCPD1234E2Z9", "sms", "9876543210", "000000", 9),
			otherPurpose, otherPortal, message(gstin, "sms", "9876543210", "111111", 1)}, "111111"},
		{"without an OTP", taxpayer, []string{message(gstin, "sms", "9876543210", "", 9)}, ""},
		{"none", taxpayer, nil, ""},
		{"too old", later, []string{message(gstin, "sms", "9876543210", "111111", 4)}, ""},
		{"just in time", later, []string{message(gstin, "sms", "9876543210", "111111", 5)}, "111111"},
		{"a provider's mobile", provider, []string{message("", "sms", "9876500009", "000000", 9),
			message("", "sms", "9876500001", "111111", 1)}, "111111"},
		{"a provider's e-mail", provider, []string{message("", "email", "other@gsp.example", "000000", 9),
			message("", "email", "it@gsp.example", "222222", 1)}, "222222"},
		{"a provider without contacts", unreachable,
			[]string{message("", "sms", "", "000000", 9), message("", "email", "", "000000", 9)}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			want := "GET /control/v1/inbox?environment=sandbox&purpose=registration-otp"
			if test.query.GSTIN != "" {
				want = "GET /control/v1/inbox?environment=sandbox&gstin=29ABCCD1234E1Z1&purpose=registration-otp"
			}
			source := client.FromControl(newControl(t, listen(t, exchange{
				want: want, status: 200, answer: `{"messages":[` + strings.Join(test.messages, ",") + `]}`,
			})))
			got, err := source.OTP(t.Context(), test.query)
			if got != test.want {
				t.Errorf("OTP is %q, want %q", got, test.want)
			}
			if test.want == "" && (err == nil || !strings.Contains(err.Error(), "no OTP has arrived")) {
				t.Errorf("error is %v", err)
			}
			if test.want != "" && err != nil {
				t.Error(err)
			}
		})
	}
}

func TestControlSourceRefused(t *testing.T) {
	t.Parallel()
	source := client.FromControl(newControl(t, listen(t,
		exchange{want: "GET /control/v1/captchas/c-1", status: 404, answer: `{"code":"not-found"}`},
		exchange{want: "GET /control/v1/inbox", status: 500, answer: `{"code":"internal"}`},
	)))
	_, err := source.Captcha(t.Context(), nil, client.Captcha{ID: "c-1"})
	if got := as[*client.Problem](t, err); got.Code != "not-found" {
		t.Errorf("code is %q", got.Code)
	}
	_, err = source.OTP(t.Context(), client.OTPQuery{})
	if got := as[*client.Problem](t, err); got.Code != "internal" {
		t.Errorf("code is %q", got.Code)
	}
}
