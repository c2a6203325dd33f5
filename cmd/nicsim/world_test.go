package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/client"
	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/simtest"
)

var caseDay = time.Date(2026, 7, 15, 10, 0, 0, 0, time.FixedZone("IST", 19800))

// caseUser is the API user of a case.
var caseUser = client.Credentials{ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001",
	GSTIN: "29ABCCD1234E1Z1", Username: "dakshin_run", Password: "Testing@123"}

// place is a world of a simulator, as a client and a tester see it.
type place struct {
	base    *simtest.Server
	world   string
	control *client.Control
	api     *client.API
	portal  *client.Sandbox
	http    *http.Client
	failed  []string // requests that the simulator failed at
}

func (p *place) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || answer.StatusCode >= http.StatusInternalServerError {
		p.failed = append(p.failed, fmt.Sprint(r.Method, " ", r.URL.Path, " ", err))
	}
	return answer, err
}

func placeIn(t rapid.TB, s *simtest.Server, world string) *place {
	t.Helper()
	p := &place{base: s, world: world}
	p.http = &http.Client{Transport: p}
	options := client.Options{HTTP: p.http, Now: func() time.Time { return caseDay }}
	var err, apiErr, portalErr error
	p.control, err = client.NewControl(s.Control+"/w/"+world, options)
	if err != nil {
		t.Fatal(err)
	}
	key, keyErr := p.control.PublicKey(context.Background(), client.EnvironmentSandbox)
	p.api, apiErr = client.NewAPI(s.Sandbox+"/w/"+world, caseUser, key, options)
	p.portal, portalErr = client.NewSandbox(s.Sandbox+"/w/"+world, options)
	if err := errors.Join(keyErr, apiErr, portalErr); err != nil {
		t.Fatal(err)
	}
	return p
}

func caseDocument(t rapid.TB, number string) json.RawMessage {
	t.Helper()
	document, err := invoice.Sample{Today: caseDay, Number: number}.Document()
	if err != nil {
		t.Fatal(err)
	}
	return json.RawMessage(document.JSON())
}

// lived is a case: a world in which there is a registration, an invoice with its e-way bill, and a limit of logins.
func lived(t *testing.T, p *place) (client.Invoice, client.Registration) {
	t.Helper()
	ctx := t.Context()
	err := errors.Join(p.control.SetClock(ctx, client.Clock{Mode: "frozen", Now: caseDay}),
		p.control.AddAPIUser(ctx, client.APIUserRecord{Environment: client.EnvironmentSandbox, Username: caseUser.Username,
			Password: caseUser.Password, GSTIN: caseUser.GSTIN, ClientID: caseUser.ClientID}),
		p.control.PatchSettings(ctx, map[string]any{"loginLimit": 2, "loginLimitWindow": "30m"}))
	if err != nil {
		t.Fatal(err)
	}
	registered, err := p.api.Generate(ctx, caseDocument(t, "CASE-1"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.api.EwayBill(ctx, map[string]any{"Irn": registered.IRN, "Distance": 0, "TransMode": "1",
		"VehNo": "KA01AB1234", "VehType": "R", "TransId": "07ABCFG5678H1Z4", "TransDocNo": "D1", "TransDocDt": caseDay.Format("02/01/2006")})
	if err != nil {
		t.Fatal(err)
	}
	captcha, err := p.portal.NewCaptcha(ctx)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := p.control.CaptchaAnswer(ctx, captcha.ID)
	if err != nil {
		t.Fatal(err)
	}
	flow, err := p.portal.Validate(ctx, client.Registrant{Category: "TAXPAYER", GSTIN: caseUser.GSTIN,
		Mobile: "9876543210", Email: "accounts@dakshin.example",
		Captcha: client.CaptchaAnswer{CaptchaID: captcha.ID, Answer: answer}})
	if err == nil {
		_, err = p.portal.SendOTP(ctx, flow.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return registered, flow
}

// A world that is taken along to another simulator goes on there: the client logs in again with its password, its
// invoice is known, the next acknowledgement number follows, the flow takes its OTP, and the logins count on.
func TestWorldTakenAlong(t *testing.T) {
	ctx := t.Context()
	here := placeIn(t, simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)}), "here")
	registered, flow := lived(t, here)
	login, err := here.api.Login(ctx)
	if err != nil {
		t.Fatal(err)
	}
	file, err := here.control.ReadWorldWithState(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{login.Token, caseUser.Password} {
		if strings.Contains(string(file), secret) {
			t.Error("the file has a token or a password")
		}
	}
	there := placeIn(t, simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)}), "there")
	var entry map[string]any
	if err := json.Unmarshal(file, &entry); err != nil {
		t.Fatal(err)
	}
	delete(entry, "name")
	if err := there.control.PutWorld(ctx, entry); err != nil {
		t.Fatal(err)
	}
	there.api.Resume(login)
	read, err := there.api.InvoiceByIRN(ctx, registered.IRN) // logs in again: the token is unknown
	if err != nil || read.SignedInvoice != registered.SignedInvoice || read.EwbNo == 0 {
		t.Errorf("the invoice is %+v, %v", read, err)
	}
	if again, err := there.api.Login(ctx); err != nil || again.Token == login.Token {
		t.Errorf("the token is still good, %v", err)
	}
	_, err = there.api.Generate(ctx, caseDocument(t, "CASE-1"))
	if known, ok := errors.AsType[*client.AlreadyRegistered](err); !ok || known.IRN != registered.IRN {
		t.Errorf("the same document again: %v", err)
	}
	next, err := there.api.Generate(ctx, caseDocument(t, "CASE-2"))
	if err != nil || next.AckNo != registered.AckNo+1 {
		t.Errorf("the next number is %d after %d, %v", next.AckNo, registered.AckNo, err)
	}
	if _, err := there.api.Authenticate(ctx, true); err == nil {
		t.Error("a third login is allowed: the count did not come along")
	}
	messages, err := there.control.Inbox(ctx, client.InboxFilter{})
	if err != nil || len(messages) == 0 {
		t.Fatal(messages, err)
	}
	if _, err := there.portal.VerifyOTP(ctx, flow.ID, messages[0].OTP); err != nil {
		t.Errorf("the registration: %v", err)
	}
}

// A document that was registered under another IRN, as by a defect that has ended since, is registered already.
func TestRegisteredUnderAnotherIRN(t *testing.T) {
	ctx := t.Context()
	p := placeIn(t, simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)}), "w")
	if err := p.control.SetDefects(ctx, "irn-without-type"); err != nil {
		t.Fatal(err)
	}
	registered, _ := lived(t, p)
	if err := p.control.SetDefects(ctx); err != nil {
		t.Fatal(err)
	}
	_, err := p.api.Generate(ctx, caseDocument(t, "CASE-1"))
	if known, ok := errors.AsType[*client.AlreadyRegistered](err); !ok || known.IRN != registered.IRN {
		t.Errorf("the same document again: %v", err)
	}
}

// values are what a record can have in place of a value.
func values(t *rapid.T, now any) any {
	switch now.(type) {
	case string:
		return rapid.SampledFrom([]string{"", "x", "29", "URP", "\x00", "ä", strings.Repeat("9", 5000), "99/99/9999", "-1",
			"a.b.c", "e30.e30.e30", "999999999999999", "2017-01-01T00:00:00Z",
			"3099-12-31T23:59:59.999999999-12:00", "production",
			"29ABCCD1234E1Z1", "ZZZZZZZZZZZZZZZ", "<script>", "{{", "%s"}).Draw(t, "text")
	case float64:
		return rapid.SampledFrom([]float64{0, 1, 999_999_999_999_999}).Draw(t, "number")
	case bool:
		return rapid.Bool().Draw(t, "truth")
	case []any:
		return []any{}
	}
	return map[string]any{}
}

// change replaces or removes a value somewhere in a document.
func change(t *rapid.T, at map[string]any) {
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(at))).Draw(t, "member")
	next := at[name]
	for {
		list, ok := next.([]any)
		if !ok || len(list) == 0 {
			break
		}
		next = list[rapid.IntRange(0, len(list)-1).Draw(t, "index")]
	}
	if of, ok := next.(map[string]any); ok && len(of) > 0 && rapid.IntRange(0, 9).Draw(t, "deeper") > 0 {
		change(t, of)
	} else if rapid.IntRange(0, 3).Draw(t, "removed") == 0 {
		delete(at, name)
	} else {
		at[name] = values(t, at[name])
	}
}

// A file with a state that no simulator wrote is refused, or makes a world in which no request fails: not one of the
// dashboard, of the control API, of the portal or of the e-Invoice API.
func TestHostileStates(t *testing.T) {
	ctx := t.Context()
	s := simtest.Start(t, simulator.Options{Log: slog.New(slog.DiscardHandler)})
	origin := placeIn(t, s, "origin")
	registered, flow := lived(t, origin)
	file, err := origin.control.ReadWorldWithState(ctx)
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		p := placeIn(t, s, "hostile")
		var entry map[string]any
		if err := json.Unmarshal(file, &entry); err != nil {
			t.Fatal(err)
		}
		delete(entry, "name")
		state := entry["state"].(map[string]any)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			change(t, state)
		}
		if err := p.control.PutWorld(ctx, entry); err != nil {
			if _, refused := errors.AsType[*client.Problem](err); !refused {
				t.Fatal(err)
			}
			return
		}
		made++
		for _, path := range []string{"/", "/inbox", "/clock", "/journal", "/faults", "/settings", "/taxpayers", "/api-users",
			"/invoices", "/invoices/sandbox/" + registered.IRN, "/invoices/sandbox/" + registered.IRN + "/qr.png",
			"/control/v1/invoices", "/control/v1/invoices/sandbox/" + registered.IRN, "/control/v1/inbox", "/control/v1/faults",
			"/control/v1/defects", "/control/v1/settings", "/control/v1/situation", "/control/v1/world?with=state",
			"/control/v1/invoices/sandbox/" + url.PathEscape("x"), "/control/v1/refusals", "/control/v1/requests"} {
			answer, err := p.http.Get(s.Control + "/w/hostile" + path)
			if err != nil {
				t.Fatal(path, err)
			}
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
		}
		calls := []func() error{
			func() error { _, err := p.portal.Registration(ctx, flow.ID); return err },
			func() error { _, err := p.portal.SendOTP(ctx, flow.ID); return err },
			func() error { _, err := p.portal.VerifyOTP(ctx, flow.ID, "123456"); return err },
			func() error { _, err := p.api.InvoiceByIRN(ctx, registered.IRN); return err },
			func() error { _, err := p.api.Generate(ctx, caseDocument(t, "CASE-1")); return err },
			func() error { _, err := p.api.Generate(ctx, caseDocument(t, "CASE-2")); return err },
			func() error { _, err := p.api.GetEwayBill(ctx, registered.IRN); return err },
			func() error { _, err := p.api.RejectedIRNs(ctx, caseDay.Format("02/01/2006")); return err },
			func() error {
				_, err := p.api.Cancel(ctx, client.Cancellation{IRN: registered.IRN, Reason: "1", Remark: "wrong"})
				return err
			},
			func() error { _, err := p.control.TakeSnapshot(ctx, "s"); return err },
			func() error { return p.control.RestoreSnapshot(ctx, "s") },
		}
		for _, call := range calls {
			_ = call() // refusals are good; p has what failed
		}
		if len(p.failed) > 0 {
			t.Fatal(strings.Join(p.failed, "\n"))
		}
	})
	if made < 20 {
		t.Errorf("only %d worlds were made", made)
	}
}
