package httpd_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Bodies that cannot be read have errors of their own, before any field is checked.
func TestBodies(t *testing.T) {
	v := open(t).visit(t)
	validate := v.sandbox + v1 + "/registrations"
	for _, c := range []struct {
		name   string
		body   string
		status int
		code   string
		fields []string // named in detail and errors
	}{
		{"64 KiB", `{"gstin":"` + strings.Repeat("2", 64<<10-12) + `"}`, 422, "category-invalid", nil},
		{"a byte more", `{"gstin":"` + strings.Repeat("2", 64<<10-11) + `"}`, 413, "body-too-large", nil},
		{"a lot more", strings.Repeat("x", 4<<20), 413, "body-too-large", nil},
		{"empty", "", 400, "malformed-request", nil},
		{"blank", " \n", 400, "malformed-request", nil},
		{"no JSON", "gstin=29ABCCD1234E1Z1", 400, "malformed-request", nil},
		{"half an object", `{"gstin":"29`, 400, "malformed-request", nil},
		{"a comma too many", `{"gstin":"29",}`, 400, "malformed-request", nil},
		{"two objects", `{}{}`, 400, "malformed-request", nil},
		{"something after the object", `{} x`, 400, "malformed-request", nil},
		{"a list", `[]`, 400, "malformed-request", nil},
		{"text", `"{}"`, 400, "malformed-request", nil},
		{"null", `null`, 400, "malformed-request", nil},
		{"no UTF-8", "{\"gstin\":\"\xff\"}", 400, "malformed-request", nil},
		{"number for text", `{"gstin":29}`, 400, "malformed-request", []string{"gstin"}},
		{"object for text", `{"mobile":{"x":1}}`, 400, "malformed-request", []string{"mobile"}},
		{"list for text", `{"email":["a@b.example"]}`, 400, "malformed-request", []string{"email"}},
		{"text for an object", `{"captcha":"AAAAAA"}`, 400, "malformed-request", []string{"captcha"}},
		{"number deeper down", `{"captcha":{"captchaId":"x","answer":1}}`, 400, "malformed-request",
			[]string{"captcha.answer"}},
		{"null for text", `{"gstin":null}`, 400, "malformed-request", []string{"gstin"}},
		{"null for text deeper down", `{"captcha":{"answer":null}}`, 400, "malformed-request", []string{"captcha.answer"}},
		{"unknown field", `{"otp":"000000"}`, 400, "malformed-request", []string{"otp"}},
		{"unknown field deeper down", `{"captcha":{"id":"x"}}`, 400, "malformed-request", []string{"captcha.id"}},
		{"a field in other letters", `{"GSTIN":"29ABCCD1234E1Z1"}`, 400, "malformed-request", []string{"GSTIN"}},
		{"a field twice", `{"gstin":"a","gstin":"b"}`, 400, "malformed-request", []string{"gstin"}},
		{"a field twice deeper down", `{"captcha":{"answer":"a","answer":"b"}}`, 400, "malformed-request",
			[]string{"captcha.answer"}},
		{"nested without end", strings.Repeat(`{"captcha":`, 5000), 400, "malformed-request", nil},
		{"lists without end", `{"gstin":` + strings.Repeat(`[`, 60_000), 400, "malformed-request", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := *v
			v.t = t
			a := v.ask("POST", validate, c.body)
			if a.status != c.status || a.text("code") != c.code {
				t.Fatalf("answered %s; want %d %s", a.body, c.status, c.code)
			}
			for _, field := range c.fields {
				a.refused(c.status, c.code, "", field+" "+c.code)
				if !strings.Contains(a.text("detail"), field) {
					t.Errorf("detail %q does not name %s", a.text("detail"), field)
				}
			}
		})
	}
	t.Run("a body without a Content-Length", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), "POST", validate,
			struct{ *bytes.Reader }{bytes.NewReader(make([]byte, 64<<10+1))})
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		resp, err := v.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("answered %s", resp.Status)
		}
	})
}

func TestContentTypes(t *testing.T) {
	v := open(t).visit(t)
	for kind, status := range map[string]int{
		"application/json": 422, "application/json; charset=utf-8": 422, "Application/JSON;charset=UTF-8": 422,
		"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "application/problem+json": 415, "json": 415,
		"application/json;;": 415,
	} {
		t.Run(kind, func(t *testing.T) {
			v := *v
			v.t = t
			if a := v.ask("POST", v.sandbox+v1+"/registrations", "{}", "Content-Type", kind); a.status != status {
				t.Errorf("answered %s; want %d", a.body, status)
			}
		})
	}
	t.Run("a call without a body", func(t *testing.T) {
		v := *v
		v.t = t
		captchas := v.sandbox + v1 + "/captchas"
		v.asks("POST", captchas, nil, 201)
		v.asks("POST", captchas, "{}", 201)
		v.ask("POST", captchas, `{"x":1}`).refused(400, "malformed-request", "", "x malformed-request")
		v.ask("POST", captchas, `{}`, "Content-Type", "text/plain").refused(415, "unsupported-media-type", "")
	})
}

func TestPathsAndMethods(t *testing.T) {
	v := open(t).visit(t)
	flow := v.validated(asha)
	for _, c := range []struct {
		method, url string
		status      int
		allow       string
	}{
		{"GET", v.sandbox + v1 + "/captchas", 405, "POST"},
		{"PUT", v.sandbox + v1 + "/registrations", 405, "POST"},
		{"DELETE", flow, 405, "GET, HEAD"},
		{"POST", v.sandbox + v1 + "/providers", 405, "GET, HEAD"},
		{"PATCH", v.sandbox + v1 + "/login", 405, "POST"},
		{"OPTIONS", v.sandbox + v1 + "/login", 405, "POST"},
		{"BREW", v.sandbox + v1 + "/login", 405, "POST"},
		{"GET", v.production + v1 + "/api-users/API_x/password", 405, "PUT"},
		{"POST", v.control + "/control/v1/clock", 405, "GET, HEAD, PUT"},
		{"PUT", v.control + "/control/v1/taxpayers", 405, "GET, HEAD, POST"},
		{"PUT", v.control + "/control/v1/inbox", 405, "GET, HEAD, DELETE"},
		{"GET", v.sandbox + "/nothing", 404, ""},
		{"BREW", v.sandbox + "/nothing", 404, ""},
		{"GET", v.sandbox + v1, 404, ""},
		{"GET", v.sandbox + v1 + "/providers/", 404, ""},
		{"GET", v.sandbox + "//portal/v1/providers", 404, ""},
		{"GET", v.sandbox + v1 + "/../v1/providers", 404, ""},
		{"GET", v.sandbox + "/Portal/v1/providers", 404, ""},
		{"POST", v.sandbox + v1 + "/api-registrations", 404, ""},
		{"POST", v.production + v1 + "/registrations", 404, ""},
		{"GET", v.sandbox + "/control/v1/inbox", 404, ""},
		{"GET", v.production + "/control/v1/inbox", 404, ""},
		{"POST", v.control + v1 + "/captchas", 404, ""},
		{"GET", flow + "x", 404, ""},
	} {
		t.Run(c.method+" "+strings.TrimPrefix(c.url, "http://"), func(t *testing.T) {
			v := *v
			v.t = t
			code := map[int]string{404: "not-found", 405: "method-not-allowed"}[c.status]
			a := v.ask(c.method, c.url, nil).refused(c.status, code, "")
			if got := a.header.Get("Allow"); got != c.allow {
				t.Errorf("Allow %q; want %q", got, c.allow)
			}
		})
	}
	t.Run("HEAD", func(t *testing.T) {
		for _, url := range []string{v.sandbox + v1 + "/providers", flow, v.control + "/control/v1/clock"} {
			get, head := v.ask("GET", url, nil), v.ask("HEAD", url, nil)
			if head.status != 200 || len(head.body) > 0 || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
				t.Errorf("%s: HEAD answers %d, %v, %s", url, head.status, head.header, head.body)
			}
		}
	})
}

func TestRequestIDs(t *testing.T) {
	v := open(t).visit(t)
	fresh := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, c := range []struct {
		sent string
		sane bool
	}{
		{"a", true}, {"order-66", true}, {"3fa85f64-5717-4562-b3fc-2c963f66afa6", true}, {"A.b_c:d-9", true},
		{strings.Repeat("x", 64), true},
		{"", false}, {strings.Repeat("x", 65), false}, {"two words", false}, {"<script>", false}, {"naïve", false},
		{`a"b`, false}, {"a/b", false}, {"a,b", false},
	} {
		t.Run(c.sent, func(t *testing.T) {
			for _, url := range []string{v.sandbox + v1 + "/providers", v.production + "/nothing",
				v.control + "/control/v1/clock", v.sandbox + "/w/Bad Name/"} {
				got := v.ask("GET", strings.ReplaceAll(url, " ", "%20"), nil, "X-Request-Id", c.sent).header.Get("X-Request-Id")
				switch {
				case c.sane && got != c.sent:
					t.Errorf("%s answers %q", url, got)
				case !c.sane && (!fresh.MatchString(got) || seen[got]):
					t.Errorf("%s answers %q, which is not a new id", url, got)
				}
				seen[got] = true
			}
		})
	}
}

func TestTimesAreIndian(t *testing.T) {
	v := open(t).visit(t)
	v.signIn(asha)
	v.submitted(deepak, "deccan_api")
	bodies := [][]byte{
		v.ask("POST", v.sandbox+v1+"/captchas", nil).body, v.ask("GET", v.sent(asha), nil).body,
		v.created(asha, "dakshin_api").body,
		v.ask("GET", v.production+v1+"/session", nil).body, v.ask("GET", v.production+v1+"/api-users", nil).body,
		v.ask("GET", v.control+"/control/v1/inbox", nil).body, v.ask("GET", v.control+"/control/v1/clock", nil).body,
		v.ask("GET", v.control+"/control/v1/worlds", nil).body, v.ask("GET", v.control+"/control/v1/requests", nil).body,
	}
	stamp := regexp.MustCompile(`\d{4}-\d\d-\d\dT[^"]*`)
	indian := regexp.MustCompile(`T\d\d:\d\d:\d\d(\.\d+)?\+05:30$`)
	for _, body := range bodies {
		found := stamp.FindAllString(string(body), -1)
		if len(found) == 0 {
			t.Errorf("no time in %s", body)
		}
		for _, text := range found {
			if _, err := time.Parse(time.RFC3339, text); err != nil || !indian.MatchString(text) {
				t.Errorf("the time %s", text)
			}
		}
	}
}

// A request that is long in every part takes few bytes in the journal.
func TestJournalShortensLongRequests(t *testing.T) {
	v := open(t).visit(t)
	long := strings.Repeat("x", 30<<10)
	for _, id := range []string{long, strings.Repeat("%C3%A4", 5<<10), strings.Repeat("%20", 9<<10)} {
		v.ask("GET", v.sandbox+v1+"/registrations/"+id, nil).is(404)
	}
	rows := v.asks("GET", v.control+"/control/v1/requests", nil, 200).rows("requests")
	if len(rows) != 3 {
		t.Fatalf("%d requests", len(rows))
	}
	for _, row := range rows {
		if text := fmt.Sprint(row); len(text) > 2000 {
			t.Errorf("the journal has %d bytes of one request: %.300s", len(text), text)
		}
	}
}

// A page of another site cannot send a form to a portal. A program can.
func TestCrossOrigin(t *testing.T) {
	v := open(t).visit(t)
	host := strings.TrimSuffix(v.sandbox, v.prefix)
	for _, c := range []struct {
		name    string
		headers []string
		good    bool
	}{
		{"a program", nil, true},
		{"a page of ours", []string{"Sec-Fetch-Site", "same-origin", "Origin", host}, true},
		{"a page of ours, of an older browser", []string{"Origin", host}, true},
		{"the address bar", []string{"Sec-Fetch-Site", "none"}, true},
		{"another site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, false},
		{"another port of this machine", []string{"Sec-Fetch-Site", "same-site"}, false},
		{"another site, of an older browser", []string{"Origin", "https://evil.example"}, false},
		{"a page without an origin", []string{"Origin", "null"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := *v
			v.t = t
			for method, url := range map[string]string{"POST": v.sandbox + v1 + "/captchas",
				"DELETE": v.control + "/control/v1/inbox"} {
				headers := c.headers
				if method == "DELETE" && len(headers) > 1 && headers[len(headers)-1] == host {
					headers = append(headers[:len(headers)-1:len(headers)-1], strings.TrimSuffix(v.control, v.prefix))
				}
				a := v.ask(method, url, nil, headers...)
				if c.good && a.status >= 300 {
					t.Errorf("%s answered %s", method, a.body)
				}
				if !c.good {
					a.refused(403, "cross-origin", "")
				}
			}
		})
	}
	t.Run("GET is allowed", func(t *testing.T) {
		v.asks("GET", v.sandbox+v1+"/providers", nil, 200)
		v.ask("GET", v.sandbox+v1+"/providers", nil, "Sec-Fetch-Site", "cross-site").is(200)
	})
}

func TestOutage(t *testing.T) {
	v := open(t).visit(t)
	flow := v.sent(asha)
	v.signIn(asha)
	v.set(object{"outage": true})
	for _, call := range []string{
		"POST " + v.sandbox + v1 + "/captchas", "GET " + v.sandbox + v1 + "/providers", "POST " + flow + "/otp",
		"GET " + flow,
		"POST " + v.production + v1 + "/login", "GET " + v.production + v1 + "/session",
		"POST " + v.production + v1 + "/api-registrations",
	} {
		method, url, _ := strings.Cut(call, " ")
		a := v.ask(method, url, nil).refused(503, "outage",
			"3020").has(object{"detail": "Internal Server Error pls try after sometime"})
		if a.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", call)
		}
	}
	v.asks("GET", v.control+"/control/v1/inbox", nil, 200)
	v.set(object{})
	v.asks("POST", flow+"/otp/verification", object{"otp": v.otp("sandbox", asha.mobile)}, 200)
}
