package scene

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestMaskHidesOnlySecrets(t *testing.T) {
	cases := map[string]string{
		`{"otp":"123456"}`: `{"otp":"***"}`,
		`{"captcha":{"answer":"AB","captchaId":"c"}}`:           `{"captcha":{"answer":"***","captchaId":"c"}}`,
		`{"password":"p","confirmPassword":"q","username":"u"}`: `{"confirmPassword":"***","password":"***","username":"u"}`,
		`{"newPassword":"p","currentPassword":"q"}`:             `{"currentPassword":"***","newPassword":"***"}`,
		`{"messages":[{"secret":"s","text":"is s","otp":""}]}`:  `{"messages":[{"otp":"","secret":"***","text":"***"}]}`,
		`{"clientId":"i","clientSecret":"s"}`:                   `{"clientId":"i","clientSecret":"***"}`,
		`{"acknowledgementNo":123456789012345678}`:              `{"acknowledgementNo":123456789012345678}`,
		`password=p`:                 `(10 bytes that are not JSON)`,
		`{"a":1}{"password":"late"}`: `(26 bytes that are not JSON)`,
	}
	for body, want := range cases {
		if got := Mask([]byte(body)); got != want {
			t.Errorf("%s is masked as %s, want %s", body, got, want)
		}
	}
}

func TestFormsAreMaskedByWhatMayBeShown(t *testing.T) {
	sent := Exchange{kind: "application/x-www-form-urlencoded",
		sent: []byte("gstin=29ABCCD1234E1Z1&otp=123456&password=p&form=t1&new=x&confirmPassword=")}
	const want = "confirmPassword=&form=***&gstin=29ABCCD1234E1Z1&new=***&otp=***&password=***"
	if got := sent.maskedSent(); got != want {
		t.Errorf("the form is masked as %s, want %s", got, want)
	}
	sent.sent = []byte("otp=%zz123456")
	if got := sent.maskedSent(); strings.Contains(got, "123456") {
		t.Errorf("a body that is not a form is shown as %s", got)
	}
	page := Exchange{Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Got: []byte(`<main data-page="login" data-state="OTP_SENT"><div data-problem="login-failed"><input value="Trial@2024">`)}
	if got := page.masked(); got != `data-page="login" data-state="OTP_SENT" data-problem="login-failed" (a page of 105 bytes)` {
		t.Errorf("the page is shown as %s", got)
	}
}

func TestTraceDistinguishesPagesFromTheirStyles(t *testing.T) {
	answer := func(path, media string, cookies ...string) Exchange {
		return Exchange{listener: OnTrial, Path: path, Status: http.StatusOK,
			Header: http.Header{"Content-Type": {media}, "Set-Cookie": cookies}}
	}
	var recorded Trace
	for _, e := range []Exchange{
		answer("/login", "text/html", "s=1; Path=/"), answer("/account", "text/html", "s=2; Path=/", "t=3"),
		answer("/style.css", "text/css; charset=utf-8"), answer("/c.png", "image/png"),
		answer("/once.js", "text/javascript; charset=utf-8"),
	} {
		recorded.add(e)
	}
	if last, err := recorded.Last(); err != nil || last.Path != "/account" {
		t.Errorf("the last is %s, %v", last.Path, err)
	}
	if c := recorded.Cookie("s"); c == nil || c.Value != "2" {
		t.Errorf("the cookie is %v", c)
	}
	if c := recorded.Cookie("u"); c != nil {
		t.Errorf("there is a cookie %v", c)
	}
	if shown := recorded.String(); strings.Contains(shown, "style.css") || strings.Contains(shown, "once.js") ||
		!strings.Contains(shown, "c.png") {
		t.Errorf("the trace is\n%s", shown)
	}
}

func TestTraceShowsWholeWordsOnly(t *testing.T) {
	e := Exchange{Got: []byte(`{"no":"9123456789","code":"AB-12"}`), Header: http.Header{"Location": {"/r/123456"}}}
	for text, want := range map[string]bool{"123456": true, "345678": false, "ab-12": true, "AB": true, "b-1": false} {
		if got := e.Shows(text); got != want {
			t.Errorf("%q is shown: %t, want %t", text, got, want)
		}
	}
	e.Header = http.Header{"Content-Type": {"image/png"}}
	if e.Shows("AB-12") {
		t.Error("a picture is read as text")
	}
}

func TestTraceRecordsAndPassesOn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != `{"otp":"654321"}` {
			t.Errorf("the server got %q, %v", body, err)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"state":"OTP_VERIFIED"}`)
	}))
	defer server.Close()

	var recorded Trace
	browser := &http.Client{Transport: recorded.Via(OnTrial, http.DefaultTransport)}
	response, err := browser.Post(server.URL+"/x?y=1", "application/json", strings.NewReader(`{"otp":"654321"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != `{"state":"OTP_VERIFIED"}` {
		t.Errorf("the caller got %q, %v", body, err)
	}
	const want = "trial: POST /x?y=1 {\"otp\":\"***\"}\n  200 {\"state\":\"OTP_VERIFIED\"}\n"
	if got := recorded.String(); got != want {
		t.Errorf("the trace is\n%swant\n%s", got, want)
	}
	if last, err := recorded.Last(); err != nil || string(last.sent) != `{"otp":"654321"}` {
		t.Errorf("the last Exchange sent %q, %v", last.sent, err)
	}
	if recorded.endsWith(OnControl) || !recorded.endsWith(OnTrial) {
		t.Error("the trace does not know with whom it ended")
	}
}
