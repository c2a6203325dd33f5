package drill_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
)

// noon is when the calls of these tests begin.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// The requests of a client.
const (
	auth     = "POST /eivital/v1.04/auth"
	send     = "POST /eicore/v1.03/Invoice"
	readIRN  = "GET /eicore/v1.03/Invoice/irn/0a1b"
	readDoc  = "GET /eicore/v1.03/Invoice/irnbydocdetails"
	ping     = "GET /eivital/v1.04/heartbeat/ping"
	taxpayer = "GET /eivital/v1.04/Master/gstin/29ABCPD1234E2Z9"
)

// request is a line of a journal: method and path, the status or a code of NIC's, and the names of faults.
func request(line, answer string, faults ...string) client.Request {
	method, path, _ := strings.Cut(line, " ")
	r := client.Request{Method: method, Path: path, Status: 200, Faults: faults}
	switch answer {
	case "ok":
	case "nothing":
		r.Status = 0
	case "429":
		r.Status = 429
	case "502":
		r.Status = 502
	default:
		r.Reason = &client.Reason{Code: "refused", NICCode: answer}
	}
	return r
}

// journal gives requests their ids and times, a second between two, and the newest first.
func journal(requests ...client.Request) []client.Request {
	for i := range requests {
		requests[i].ID = int64(i + 1)
		if requests[i].At.IsZero() {
			requests[i].At = noon.Add(time.Duration(i) * time.Second)
		}
	}
	slices.Reverse(requests)
	return requests
}

func later(d time.Duration, r client.Request) client.Request {
	r.At = noon.Add(d)
	return r
}

func times(n int, r client.Request) []client.Request { return slices.Repeat([]client.Request{r}, n) }

func active(number string) client.RegisteredInvoice {
	return client.RegisteredInvoice{DocumentNumber: number, Status: client.InvoiceActive}
}

// Every way through a drill that is right passes, and every rule can be broken.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	login, sent := request(auth, "ok"), request(send, "ok")
	lost, again := request(send, "ok", "lost-answer"), request(send, "2150")
	one := []client.RegisteredInvoice{active("A-1")}
	for _, c := range []struct {
		name, drill string
		requests    []client.Request
		invoices    []client.RegisteredInvoice
		fired       map[string]int
		ended       drill.Ended
		want        []string // rule: what the client did
	}{
		{name: "sent again and read by IRN", drill: "lost-answer", invoices: one,
			requests: journal(login, lost, again, request(readIRN, "ok"))},
		{name: "read by document", drill: "lost-answer", invoices: one,
			requests: journal(login, lost, request(readDoc, "ok"))},
		{name: "a chatty client", drill: "lost-answer", invoices: one,
			requests: journal(request(ping, "ok"), login, request(taxpayer, "ok"), lost, request(ping, "ok"),
				request(readDoc, "ok"), request(ping, "ok"))},
		{name: "a login that is kept from another world", drill: "token-revoked", invoices: one,
			requests: journal(request(send, "1005", "early-end"), login, sent)},
		{name: "in a world's own path, with other letters and slashes", drill: "html-502", invoices: one,
			requests: journal(request("POST /w/blue//EIVITAL/V1.04/AUTH/", "ok"), request("POST /w/blue/eicore/v1.03/invoice/",
				"ok"))},
		{name: "the login is spoilt, and another follows", drill: "sek-changed", invoices: one,
			requests: journal(request(auth, "ok", "other-sek"), request(send, "1020"), login, sent)},
		{name: "waited for Retry-After", drill: "too-many-requests", invoices: one,
			requests: journal(login, request(send, "429", "too-many"), later(time.Second+time.Millisecond, request(ping, "ok")),
				later(3*time.Second-50*time.Millisecond, sent))},
		{name: "a read that came too early", drill: "not-synchronised", invoices: one,
			requests: journal(login, lost, again, request(readIRN, "2148", "irn-not-there"), request(readIRN, "ok"))},

		{name: "logs in for each call, and reads before it sends", drill: "not-synchronised", invoices: one,
			requests: journal(login, lost, login, request(readDoc, "2154", "document-not-there"), login, again, login,
				request(readIRN, "2148", "irn-not-there"), login, request(readIRN, "ok"))},

		{name: "nothing was called", drill: "lost-answer", want: []string{"sends: no call was seen"}},
		{name: "only web pages", drill: "lost-answer", requests: journal(request("GET /", "ok")),
			want: []string{"sends: no call was seen"}},
		{name: "only a ping", drill: "lost-answer", requests: journal(request(ping, "ok")),
			want: []string{"sends: no call was seen"}},
		{name: "a login and no more", drill: "lost-answer", requests: journal(login),
			want: []string{"sends: no invoice was sent; the last call, auth, was answered"}},
		{name: "a login that is refused", drill: "lost-answer", requests: journal(request(auth, "1013")),
			want: []string{"sends: no invoice was sent; the last call, auth, was refused with 1013"}},

		{name: "gave up after the lost answer", drill: "lost-answer", requests: journal(login, lost), invoices: one,
			want: []string{"has-invoice: gave up: the last of 2 calls, generate, was done, and its answer lost"}},
		{name: "gave up after 2150", drill: "lost-answer", requests: journal(login, lost, again), invoices: one,
			want: []string{"has-invoice: gave up: the last of 3 calls, generate, was refused with 2150; read the invoice by " +
				"the IRN in DUPIRN"}},
		{name: "gave up after 1005", drill: "token-revoked", requests: journal(login, request(send, "1005", "early-end")),
			want: []string{"has-invoice: gave up: the last of 2 calls, generate, was refused with 1005; log in again"}},
		{name: "gave up after 1020", drill: "sek-changed", requests: journal(login, request(send, "1020")),
			want: []string{"has-invoice: gave up: the last of 2 calls, generate, was refused with 1020; log in again for the " +
				"SEK of the token"}},
		{name: "gave up after the page", drill: "html-502", requests: journal(login, request(send, "502", "gateway")),
			want: []string{"has-invoice: gave up: the last of 2 calls, generate, was answered with HTTP 502"}},
		{name: "gave up after 2148", drill: "not-synchronised", invoices: one,
			requests: journal(login, lost, again, request(readIRN, "2148", "irn-not-there")),
			want: []string{"has-invoice: gave up: the last of 4 calls, read-irn, was refused with 2148; wait and read " +
				"again"}},
		{name: "another mistake in the invoice", drill: "lost-answer", requests: journal(login, request(send, "2189")),
			want: []string{"has-invoice: gave up: the last of 2 calls, generate, was refused with 2189"}},

		{name: "under another number", drill: "lost-answer", requests: journal(login, lost, sent),
			invoices: []client.RegisteredInvoice{active("A-2"), active("A-1")},
			want:     []string{"one-irn: 2 invoices are registered: A-1, A-2"}},
		{name: "cancelled", drill: "lost-answer", requests: journal(login, lost, request(readDoc, "ok")),
			invoices: []client.RegisteredInvoice{{DocumentNumber: "A-1", Status: client.InvoiceCancelled}},
			want:     []string{"one-irn: the invoice A-1 is cancelled"}},

		{name: "sent again after 2150", drill: "lost-answer", invoices: one,
			requests: journal(login, lost, again, again, request(readIRN, "ok")),
			want:     []string{"no-resend: sent the document again after NIC had said that it is registered"}},
		{name: "sent again after it was registered", drill: "html-502", invoices: one,
			requests: journal(login, sent, again),
			want:     []string{"no-resend: sent the document again after NIC had said that it is registered"}},

		{name: "the old token again and again", drill: "token-revoked",
			requests: journal(slices.Concat([]client.Request{login}, times(6, request(send, "1005")))...),
			want: []string{"has-invoice: gave up: the last of 7 calls, generate, was refused with 1005; log in again",
				"bounded: made 6 registrations; the bound is 5"}},
		{name: "logins without end", drill: "clock-skew", invoices: one,
			requests: journal(append(times(9, request(auth, "ok", "clock-behind")), sent)...),
			want:     []string{"bounded: made 9 logins; the bound is 8"}},
		{name: "reads without end", drill: "not-synchronised", invoices: one,
			requests: journal(slices.Concat([]client.Request{login, lost, again}, times(10, request(readIRN, "2148")),
				[]client.Request{request(readDoc, "ok")})...),
			want: []string{"bounded: made 11 reads; the bound is 10"}},

		{name: "too early", drill: "too-many-requests", invoices: one,
			requests: journal(login, request(send, "429", "too-many"), later(2500*time.Millisecond, sent)),
			want:     []string{"retry-after: called generate 1500 ms after the answer that said Retry-After: 2"}},
		{name: "too early, with another call", drill: "too-many-requests", invoices: one,
			requests: journal(login, request(send, "429", "too-many"), request(readDoc, "2154"), later(4*time.Second, sent)),
			want:     []string{"retry-after: called read-document 1000 ms after the answer that said Retry-After: 2"}},

		{name: "without a time-out", drill: "time-out", requests: journal(login, request(send, "nothing", "silent")),
			ended: drill.Ended{CutOff: time.Minute},
			want: []string{"ends: was still running after 1m0s, waiting for the answer to generate",
				"has-invoice: gave up: the last of 2 calls, generate, was without an answer"}},
		{name: "without a time-out, by hand", drill: "time-out", fired: map[string]int{"silent": 1},
			want: []string{"has-invoice: gave up: nothing followed the call that had no answer"}},
		{name: "fails before it calls", drill: "html-502", ended: drill.Ended{Code: 3},
			want: []string{"sends: no call was seen; the command ended with the exit code 3"}},
		{name: "does not end", drill: "html-502", requests: journal(login, sent), invoices: one,
			ended: drill.Ended{CutOff: time.Minute}, want: []string{"ends: was still running after 1m0s"}},
		{name: "has the invoice and says that it failed", drill: "html-502", requests: journal(login, sent), invoices: one,
			ended: drill.Ended{Code: 1}, want: []string{"exit-code: ended with the exit code 1, though it has the invoice"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, ok := drill.Named(c.drill)
			if !ok {
				t.Fatalf("no drill %s", c.drill)
			}
			v := d.Judge(drill.Evidence{Requests: c.requests, Invoices: c.invoices, Fired: c.fired, Ended: c.ended})
			var got []string
			for _, b := range v.Violations {
				got = append(got, b.Rule+": "+b.Says)
				if b.Source == "" {
					t.Errorf("the rule %s has no source", b.Rule)
				}
			}
			if !slices.Equal(got, c.want) || v.Passed() != (len(c.want) == 0) {
				t.Errorf("violations\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}
