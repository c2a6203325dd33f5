package client_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// controlDataRows are the calls for the data and the settings of a world.
func controlDataRows() []method[*client.Control] {
	type ctl = *client.Control
	const taxpayer = `{"gstin":"29ABCPD1234E2Z9","legalName":"Deccan Pumps","tradeName":"Deccan","status":"ACTIVE",
		"taxpayerType":"Regular","mobile":"9876529002","email":"books@deccan.example","eInvoiceEnabled":true,"aatoCrore":12.5,
		"registeredOn":"2017-07-01"}`
	deccan := client.Taxpayer{
		GSTIN: "29ABCPD1234E2Z9", LegalName: "Deccan Pumps", TradeName: "Deccan", Status: "ACTIVE",
		TaxpayerType: "Regular", Mobile: "9876529002", Email: "books@deccan.example", EInvoiceEnabled: true, AATOCrore: 12.5,
		RegisteredOn: "2017-07-01",
	}
	return []method[ctl]{
		{
			name:     "taxpayers",
			exchange: exchange{want: "GET /control/v1/taxpayers", status: 200, answer: `{"taxpayers":[` + taxpayer + `]}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Taxpayers(ctx) },
			want:     []client.Taxpayer{deccan},
		},
		{
			name:     "one taxpayer",
			exchange: exchange{want: "GET /control/v1/taxpayers/29ABCPD1234E2Z9", status: 200, answer: taxpayer},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Taxpayer(ctx, "29ABCPD1234E2Z9") },
			want:     deccan,
		},
		{
			name:     "add a taxpayer",
			exchange: exchange{want: "POST /control/v1/taxpayers", body: taxpayer, status: 201, answer: taxpayer},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.AddTaxpayer(ctx, deccan)) },
		},
		{
			name: "change a taxpayer",
			exchange: exchange{
				want: "PATCH /control/v1/taxpayers/29ABCPD1234E2Z9", body: `{"mobile":"","eInvoiceEnabled":false}`,
				status: 200, answer: taxpayer,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.PatchTaxpayer(ctx, "29ABCPD1234E2Z9", client.TaxpayerChange{
					Mobile: new(string), EInvoiceEnabled: new(bool),
				}))
			},
		},
		{
			name: "settings",
			exchange: exchange{
				want: "GET /control/v1/settings", status: 200,
				answer: `{"otpLifetime":"10m","otpMaxSends":5,"directThresholdCrore":100,"smsDelay":"0s","outage":false,
					"callLimit":9,"limitAnswer":"code"}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Settings(ctx) },
			want: client.Settings{
				OTPLifetime: client.Duration(10 * time.Minute), OTPMaxSends: 5, DirectThresholdCrore: 100,
				CallLimit: 9, LimitAnswer: "code",
			},
		},
		{
			name: "change settings",
			exchange: exchange{
				want: "PUT /control/v1/settings", body: `{"otpResendInterval":"1s","smsDropped":true}`, status: 200, answer: `{}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.PutSettings(ctx, client.Settings{
					OTPResendInterval: client.Duration(time.Second), SMSDropped: true,
				}))
			},
		},
		{
			name: "change one setting",
			exchange: exchange{
				want: "PATCH /control/v1/settings", body: `{"outage":false}`, status: 200, answer: `{}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.PatchSettings(ctx, map[string]any{"outage": false}))
			},
		},
		{
			name:     "default settings",
			exchange: exchange{want: "PUT /control/v1/settings", body: `{}`, status: 204},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.PutSettings(ctx, client.Settings{})) },
		},
		{
			name: "providers",
			exchange: exchange{
				want: "GET /control/v1/providers", status: 200,
				answer: `{"providers":[{"companyName":"Sahyadri GST Suvidha","type":"ERP","through":["ERP","GSP"],
					"clientId":"AAFCC29ERP82ZSO","clientSecret":"SahyadriSecret000001","pan":"AAFCC1234D",
					"mobile":"9876500002","email":"it@sahyadri.example"}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Providers(ctx) },
			want: []client.Provider{{
				CompanyName: "Sahyadri GST Suvidha", Type: "ERP", Through: []string{"ERP", "GSP"},
				ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001", PAN: "AAFCC1234D",
				Mobile: "9876500002", Email: "it@sahyadri.example",
			}},
		},
		{
			name: "organisations",
			exchange: exchange{
				want: "GET /control/v1/organisations", status: 200,
				answer: `{"organisations":[{"pan":"ABCCG1234K","legalName":"Gateway","type":"GSP","mobile":"9876500001","email":"it@gsp.example"}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Organisations(ctx) },
			want: []client.Organisation{{
				PAN: "ABCCG1234K", LegalName: "Gateway", Type: "GSP", Mobile: "9876500001", Email: "it@gsp.example",
			}},
		},
		{
			name: "portal users",
			exchange: exchange{
				want: "GET /control/v1/portal-users", status: 200,
				answer: `{"portalUsers":[{"username":"dakshin29","gstin":"29ABCCD1234E1Z1","source":"E_INVOICE","frozen":true}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.PortalUsers(ctx) },
			want: []client.PortalUser{{
				Username: "dakshin29", GSTIN: "29ABCCD1234E1Z1", Source: client.SourceEInvoice, Frozen: true,
			}},
		},
		{
			name: "add a portal user",
			exchange: exchange{
				want: "POST /control/v1/portal-users", status: 201, answer: `{}`,
				body: `{"username":"deccan29","password":"Deccan@2024","gstin":"29ABCPD1234E2Z9","source":"E_INVOICE"}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.AddPortalUser(ctx, client.PortalUser{
					Username: "deccan29", Password: "Deccan@2024", GSTIN: "29ABCPD1234E2Z9", Source: client.SourceEInvoice,
				}))
			},
		},
		{
			name: "freeze a portal user",
			exchange: exchange{
				want: "PATCH /control/v1/portal-users/deccan29", body: `{"frozen":true}`, status: 200, answer: `{}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.FreezePortalUser(ctx, "deccan29", true)) },
		},
	}
}

func TestSettingsWithAnInvalidDuration(t *testing.T) {
	t.Parallel()
	c := newControl(t, listen(t, exchange{
		want: "GET /control/v1/settings", status: 200, answer: `{"otpLifetime":"ten minutes"}`,
	}))
	_, err := c.Settings(t.Context())
	got := as[*client.UnexpectedAnswer](t, err)
	want := &client.UnexpectedAnswer{
		Method: "GET", Path: "/control/v1/settings", Status: 200, Reason: "a member has another form",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}
