package judge_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/judge"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.FixedZone("IST", 19800))

const (
	irn     = "ebdb43e510fd5e594886b1a093533f7959ca8a6941ed45f27652ceb5dbd06cea"
	invoice = "POST /eicore/v1.03/Invoice"
)

// edit changes a request of the journal.
type edit func(*client.Request)

// request is an entry of the journal, a call that succeeded unless an edit says otherwise.
func request(line string, edits ...edit) client.Request {
	method, path, _ := strings.Cut(line, " ")
	path, query, _ := strings.Cut(path, "?")
	r := client.Request{Method: method, Path: path, Query: query, Status: 200, Environment: "sandbox", At: noon,
		Headers: []client.Header{{Name: "Client-Id", Value: "AAFCC29ERP82ZSO"}, {Name: "Gstin", Value: "29ABCCD1234E1Z1"},
			{Name: "User_name", Value: "user"}, {Name: "User-Agent", Value: "our-erp/1"}, {Name: "Authtoken", Value: "***"}}}
	for _, e := range edits {
		e(&r)
	}
	return r
}

func after(d time.Duration) edit { return func(r *client.Request) { r.At = noon.Add(d) } }
func sends(body string) edit     { return func(r *client.Request) { r.Sent = json.RawMessage(body) } }
func fault(name string) edit     { return func(r *client.Request) { r.Faults = []string{name} } }

func refused(code string) edit {
	return func(r *client.Request) { r.Reason = &client.Reason{Code: code, NICCode: code} }
}

func cause(text string) edit {
	return func(r *client.Request) { r.Reason = &client.Reason{Code: "1005", NICCode: "1005", Cause: text} }
}

// duplicate is the refusal of a document that is registered.
func duplicate(r *client.Request) {
	refused("2150")(r)
	r.Answered = json.RawMessage(`{"InfoDtls":[{"InfCd":"DUPIRN","Desc":{"Irn":"` + irn + `"}}]}`)
}

func busy(r *client.Request) { r.Status, r.RetryAfter = 429, "5" }

// login is a login at noon and some time, whose token is good until 13:00.
func login(d time.Duration, mark string, force bool, edits ...edit) client.Request {
	r := request("POST /eivital/v1.04/auth", after(d), sends(fmt.Sprintf(
		`{"UserName":"user","AppKeyFingerprint":%q,"ForceRefreshAccessToken":%t}`, mark, force)))
	r.Answered = json.RawMessage(`{"TokenExpiry":"2026-04-01 13:00:00"}`)
	for _, e := range edits {
		e(&r)
	}
	return r
}

func document(number string) edit { return sends(`{"DocDtls":{"No":"` + number + `"}}`) }

func repeated(n int, r client.Request) []client.Request { return slices.Repeat([]client.Request{r}, n) }

// Each rule has journals that keep it, journals that break it, and one without a call that it is about.
func TestRules(t *testing.T) {
	t.Parallel()
	ping := []client.Request{request("GET /eivital/v1.04/heartbeat/ping")}
	type journal = []client.Request
	for _, c := range []struct {
		rule, name string
		journal    []client.Request
		drills     []judge.Drill
		want       judge.Outcome
		why        string // of a failure
	}{
		{rule: "one-login", name: "one", journal: journal{login(0, "a", false)}, want: judge.Pass},
		{rule: "one-login", name: "after its end", journal: journal{login(0, "a", false), login(time.Hour, "b", false)},
			want: judge.Pass},
		{rule: "one-login", name: "after 1005", want: judge.Pass,
			journal: journal{login(0, "a", false), request(invoice, refused("1005")), login(time.Second, "b", false)}},
		{rule: "one-login", name: "after a lost answer", want: judge.Pass,
			journal: journal{login(0, "a", false, fault("lost")), login(time.Second, "b", false)}},
		{rule: "one-login", name: "of two users", want: judge.Pass, journal: journal{login(0, "a", false),
			login(time.Second, "b", false, sends(`{"UserName":"other"}`))}},
		{rule: "one-login", name: "each call", journal: journal{login(0, "a", false), login(time.Minute, "b", false)},
			want: judge.Fail, why: "the token of the login before was good for 59m0s more"},
		{rule: "one-login", name: "none", journal: ping, want: judge.Skipped},

		{rule: "refresh-window", name: "in it", want: judge.Pass,
			journal: journal{login(0, "a", false), login(51*time.Minute, "b", true)}},
		{rule: "refresh-window", name: "before it", want: judge.Fail, why: "ForceRefreshAccessToken 11m0s before",
			journal: journal{login(0, "a", false), login(49*time.Minute, "b", true)}},
		{rule: "refresh-window", name: "none", journal: journal{login(0, "a", false)}, want: judge.Skipped},

		{rule: "fresh-appkey", name: "two", journal: journal{login(0, "a", false), login(time.Hour, "b", false)},
			want: judge.Pass},
		{rule: "fresh-appkey", name: "one twice", journal: journal{login(0, "a", false), login(time.Hour, "a", false)},
			want: judge.Fail, why: "has the AppKey of request 1"},
		{rule: "fresh-appkey", name: "none to compare", journal: journal{login(0, "a", false)}, want: judge.Skipped},

		{rule: "no-resend", name: "changed", want: judge.Pass,
			journal: journal{request(invoice, document("1"), refused("2189")), request(invoice, document("2"))}},
		{rule: "no-resend", name: "after the GSTIN was synchronised", want: judge.Pass,
			journal: journal{request(invoice, document("1"), refused("3028")),
				request("GET /eivital/v1.04/Master/syncgstin/29AAA"), request(invoice, document("1"))}},
		{rule: "no-resend", name: "unchanged", want: judge.Fail, why: "of request 1, which was refused with 2189",
			journal: journal{request(invoice, document("1"), refused("2189")), request(invoice, document("1"))}},
		{rule: "no-resend", name: "after the token's end", want: judge.Skipped,
			journal: journal{request(invoice, document("1"), refused("1005")), request(invoice, document("1"))}},
		{rule: "no-resend", name: "too long to compare", want: judge.Skipped, journal: repeated(2,
			request(invoice, sends(`{"bytesNotShown":9000}`), refused("2189")))},

		{rule: "duplicate-read", name: "by IRN", want: judge.Pass, journal: journal{
			request(invoice, document("1"), duplicate), request("GET /eicore/v1.03/Invoice/irn/" + irn)}},
		{rule: "duplicate-read", name: "by document", want: judge.Pass, journal: journal{
			request(invoice, document("A/1"), duplicate),
			request("GET /eicore/v1.03/Invoice/irnbydocdetails?DocNum=A%2F1")}},
		{rule: "duplicate-read", name: "another", want: judge.Fail, why: "was not read afterwards", journal: journal{
			request(invoice, document("1"), duplicate), request("GET /eicore/v1.03/Invoice/irn/" + strings.Repeat("0", 64))}},
		{rule: "duplicate-read", name: "sent again", want: judge.Fail, why: "request 2, generate: the document of request 1",
			journal: repeated(2, request(invoice, document("1"), duplicate))},
		{rule: "duplicate-read", name: "none", journal: journal{request(invoice)}, want: judge.Skipped},

		{rule: "retry-after", name: "honoured", want: judge.Pass,
			journal: journal{request(invoice, after(0), busy), request(invoice, after(5*time.Second))}},
		{rule: "retry-after", name: "too early", want: judge.Fail, why: "4000 ms before the end of the 5 s",
			journal: journal{request(invoice, after(0), busy), request(invoice, after(time.Second))}},
		{rule: "retry-after", name: "none", journal: journal{request(invoice)}, want: judge.Skipped},

		{rule: "no-secret-in-url", name: "a document", want: judge.Pass,
			journal: journal{request("GET /eicore/v1.03/Invoice/irnbydocdetails?docnum=1")}},
		{rule: "no-secret-in-url", name: "a token", want: judge.Fail, why: "the query has a token",
			journal: journal{request(invoice + "?token=%2A%2A%2A")}},
		{rule: "no-secret-in-url", name: "no call", want: judge.Skipped},

		{rule: "keys-apart", name: "apart", journal: journal{request(invoice)}, want: judge.Pass},
		{rule: "keys-apart", name: "a token", want: judge.Fail, why: "The token was issued in production",
			journal: journal{request(invoice, cause("The token was issued in production, and this is the sandbox."))}},
		{rule: "keys-apart", name: "no call", want: judge.Skipped},

		{rule: "cancel-reasons", name: "of the tables", want: judge.Pass, journal: journal{
			request("POST /eicore/v1.03/Invoice/Cancel", sends(`{"CnlRsn":"2","CnlRem":"Data entry mistake"}`)),
			request("POST /ewaybillapi/v1.03/ewayapi", sends(`{"cancelRsnCode":3,"cancelRmrk":"Data entry mistake"}`))}},
		{rule: "cancel-reasons", name: "of the e-way bill's", want: judge.Fail, why: "its remark is that of 2",
			journal: journal{
				request("POST /eicore/v1.03/Invoice/Cancel", sends(`{"CnlRsn":"3","CnlRem":"Data entry mistake"}`))}},
		{rule: "cancel-reasons", name: "of no table", want: judge.Fail, why: `the reason "7" is not in the table`,
			journal: journal{request("POST /eicore/v1.03/Invoice/Cancel", sends(`{"CnlRsn":"7","CnlRem":"x"}`))}},
		{rule: "cancel-reasons", name: "none", journal: ping, want: judge.Skipped},

		{rule: "reads-in-window", name: "in it", journal: journal{request("GET /eicore/v1.03/Invoice/irn/" + irn)},
			want: judge.Pass},
		{rule: "reads-in-window", name: "too late", want: judge.Fail, why: "refused with 2283",
			journal: journal{request("GET /eicore/v1.03/Invoice/irn/"+irn, refused("2283"))}},
		{rule: "reads-in-window", name: "none", journal: ping, want: judge.Skipped},

		{rule: "drills", name: "survived", drills: []judge.Drill{{Name: "html-502", Passed: true}}, want: judge.Pass},
		{rule: "drills", name: "failed", drills: []judge.Drill{{Name: "html-502"}}, want: judge.Fail,
			why: "the drill html-502 was failed"},
		{rule: "drills", name: "none", want: judge.Skipped},

		{rule: "go-live", name: "complete", want: judge.Pass,
			journal: append(repeated(50, request(invoice)), repeated(50, request(invoice, refused("2189")))...)},
		{rule: "go-live", name: "one too few", want: judge.Fail, why: "generate lacks 0 successes and 1 failure",
			journal: append(repeated(50, request(invoice)), repeated(49, request(invoice, refused("2189")))...)},
		{rule: "go-live", name: "none", journal: ping, want: judge.Skipped},
	} {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			t.Parallel()
			requests := slices.Clone(c.journal)
			for i := range requests {
				requests[i].ID = int64(i + 1)
			}
			v := judge.Judge(judge.Evidence{Requests: requests, Drills: c.drills})
			at := slices.IndexFunc(v.Rules, func(r judge.Result) bool { return r.Name == c.rule })
			if at < 0 {
				t.Fatalf("no rule %s", c.rule)
			}
			r := v.Rules[at]
			if r.Outcome != c.want || !strings.Contains(r.Reason, c.why) || (r.Reason == "") != (c.want == judge.Pass) {
				t.Errorf("%s: %q; want %s: %q", r.Outcome, r.Reason, c.want, c.why)
			}
		})
	}
}

// Every rule has a level, a sentence and a source.
func TestRulesAreDocumented(t *testing.T) {
	t.Parallel()
	for _, r := range judge.Rules() {
		if r.Level != judge.Must && r.Level != judge.Should || !strings.HasSuffix(r.Says, ".") || r.Source == "" {
			t.Errorf("the rule %s lacks something: %+v", r.Name, r)
		}
	}
}

// The reports say what was judged, and a warning fails a strict run alone.
func TestReports(t *testing.T) {
	t.Parallel()
	first := request(invoice, after(0))
	first.ID = 2
	r := judge.Report{Verdict: judge.Judge(judge.Evidence{Requests: []client.Request{first}}), World: "blue",
		Control: "http://127.0.0.1:7000/w/blue", Version: "v1", Judged: noon}
	if !r.OK(false) || r.OK(true) {
		t.Errorf("a sheet that is not complete is not a warning: %t, %t", r.OK(false), r.OK(true))
	}
	var html, result bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"29ABCCD1234E1Z1", "1 April 2026, 12:00:00 IST", "our-erp/1", "nicsim v1", "blue",
		"no longer has the first calls", "49 successes, 50 failures"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if err := r.WriteResult(&result); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Run     struct{ OK, Incomplete bool }
		Summary map[string]int
		GoLive  []struct{ Call string }
	}
	if err := json.Unmarshal(result.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	rules := d.Summary["pass"] + d.Summary["fail"] + d.Summary["skipped"]
	if !d.Run.OK || !d.Run.Incomplete || rules != len(judge.Rules()) || d.Summary["fail"] != 1 || len(d.GoLive) != 11 {
		t.Errorf("the result is %s", &result)
	}
}

// The page has all rules, in the words of this package.
func TestDocumentedRules(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("\n| rule | level | what it requires | source |\n|---|---|---|---|\n")
	for _, r := range judge.Rules() {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", r.Name, r.Level, r.Says, r.Source)
	}
	golden.CompareSection(t, "../docs/judge-your-client.md", "rules", table.String())
}
