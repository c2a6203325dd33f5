package forms

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/nicsim/nicsim/steps/pages"
)

// find returns the first element below the root with the value of the attribute.
func find(t *testing.T, root *html.Node, attribute, value string) *html.Node {
	t.Helper()
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && pages.Attribute(n, attribute) == value && pages.Has(n, attribute) {
			return n
		}
	}
	t.Fatalf("there is no element with %s=%q", attribute, value)
	return nil
}

func parse(t *testing.T, markup string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestSubmittedValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ inside, want string }{
		"text as it is":            {`<input name=a value=" x y ">`, "a=+x+y+"},
		"an empty field":           {`<input name=a>`, "a="},
		"hidden fields":            {`<input type=hidden name=form value=t1>`, "form=t1"},
		"nothing without a name":   {`<input value=x><input name="" value=y>`, ""},
		"nothing disabled":         {`<input name=a value=x disabled>`, ""},
		"of a disabled fieldset":   {`<fieldset disabled><input name=a value=x></fieldset>`, ""},
		"read-only, too":           {`<input name=a value=x readonly>`, "a=x"},
		"the radio that is chosen": {`<input type=radio name=r value=1><input type=radio name=r value=2 checked>`, "r=2"},
		"no radio":                 {`<input type=radio name=r value=1>`, ""},
		"a checkbox":               {`<input type=checkbox name=a checked><input type=checkbox name=b value=1>`, "a=on"},
		"the first of a list":      {`<select name=s><option value="">Select<option>GSP</select>`, "s="},
		"the selected of a list": {`<select name=s><option value=1>One<option selected> Two  words </select>`,
			"s=Two+words"},
		"not a disabled option": {`<select name=s><option disabled>One<option>Two</select>`, "s=Two"},
		"of an optgroup":        {`<select name=s><optgroup disabled><option>One</optgroup><option>Two</select>`, "s=Two"},
		"several of a list": {`<select name=s multiple><option selected>1<option>2<option selected>3</select>`,
			"s=1&s=3"},
		"none of several":      {`<select name=s multiple><option>1</select>`, ""},
		"lines as CRLF":        {"<textarea name=a>one\ntwo</textarea>", "a=one%0D%0Atwo"},
		"other buttons":        {`<button name=other value=1>Other</button><input type=submit name=third value=1>`, ""},
		"no reset and no file": {`<input type=reset name=a value=x><input type=file name=f><input type=button name=b value=x>`, ""},
		"special characters": {`<input name="captcha.answer" value="a&b=c%d+*~é">`,
			"captcha.answer=a%26b%3Dc%25d%2B*%7E%C3%A9"},
		"in the markup's order": {`<input name=b value=1><input name=a value=2>`, "b=1&a=2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := parse(t, `<form method=post action="/w/blue/next">`+c.inside+`<button id=go name=go value=1>Go</button></form><input name=out value=x>`)
			sent, err := submission(&url.URL{Scheme: "http", Host: "p", Path: "/w/blue/here"}, find(t, root, "id", "go"))
			if err != nil {
				t.Fatal(err)
			}
			want := strings.TrimPrefix(c.want+"&go=1", "&")
			if sent.method != "POST" || sent.address != "http://p/w/blue/next" || string(sent.body) != want {
				t.Errorf("sent %s %s %s, want %s", sent.method, sent.address, sent.body, want)
			}
		})
	}
}

func TestSubmittedAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ markup, method, address, body, violation string }{
		"GET replaces the query": {`<form action="/c?x=1"><input name=through value=GSP><button id=go>Go</button></form>`,
			"GET", "http://p/c?through=GSP", "", ""},
		"without an action": {`<form method=post><button id=go>Go</button></form>`, "POST", "http://p/w/here?y=2", "",
			""},
		"of the button": {`<form method=get action=/a><button id=go formmethod=post formaction=b>Go</button></form>`,
			"POST", "http://p/w/b", "", ""},
		"by the form's id": {`<form id=f method=post action=/a><input name=a value=1></form><input name=b value=2 form=f><button id=go form=f>Go</button>`, "POST", "http://p/a", "a=1&b=2", ""},
		"input as button": {`<form method=post action=/a><input id=go type=submit name=s value=Go></form>`, "POST",
			"http://p/a", "s=Go", ""},
		"no form":              {`<button id=go>Go</button>`, "", "", "", "stands in no form"},
		"a button for scripts": {`<form><button id=go type=button>Go</button></form>`, "", "", "", "sends nothing"},
		"a disabled button":    {`<form><button id=go disabled>Go</button></form>`, "", "", "", "sends nothing"},
		"a file": {`<form enctype="multipart/form-data"><button id=go>Go</button></form>`, "", "", "",
			"multipart/form-data"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := &url.URL{Scheme: "http", Host: "p", Path: "/w/here", RawQuery: "y=2"}
			sent, err := submission(page, find(t, parse(t, c.markup), "id", "go"))
			if c.violation != "" {
				if err == nil || !strings.Contains(err.Error(), c.violation) {
					t.Errorf("the error is %v, want one with %q", err, c.violation)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if sent.method != c.method || sent.address != c.address || string(sent.body) != c.body {
				t.Errorf("sent %s %s %q", sent.method, sent.address, sent.body)
			}
		})
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	root := parse(t, `<form method=post><input id=a name=a value=old><input id=m name=m type=email><textarea id=t name=t>old</textarea>
		<input id=r name=r readonly><input id=c name=c type=checkbox><button id=go>Go</button></form>`)
	for id, text := range map[string]string{"a": "one\nline", "m": " x@y.example ", "t": "two\nlines"} {
		if err := typeInto(find(t, root, "id", id), text); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range []string{"r", "c", "go"} {
		if err := typeInto(find(t, root, "id", id), "x"); err == nil {
			t.Errorf("something was typed into %s", id)
		}
	}
	sent, err := submission(&url.URL{Host: "p"}, find(t, root, "id", "go"))
	if want := "a=oneline&m=x%40y.example&t=two%0D%0Alines&r="; err != nil || string(sent.body) != want {
		t.Errorf("sent %s, want %s (%v)", sent.body, want, err)
	}
}

func TestChoosing(t *testing.T) {
	t.Parallel()
	root := parse(t, `<form method=post><input id=r1 type=radio name=r value=1 checked><input id=r2 type=radio name=r value=2>
		<select name=s><option value=a selected>A<option id=b value=b>B<option id=off disabled value=c>C</select><button id=go>Go</button></form>
		<form><input id=r3 type=radio name=r value=3 checked></form>`)
	for _, id := range []string{"r2", "b"} {
		if err := choose(find(t, root, "id", id)); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range []string{"off", "go"} {
		if err := choose(find(t, root, "id", id)); err == nil {
			t.Errorf("%s was chosen", id)
		}
	}
	sent, err := submission(&url.URL{Host: "p"}, find(t, root, "id", "go"))
	if want := "r=2&s=b"; err != nil || string(sent.body) != want {
		t.Errorf("sent %s, want %s (%v)", sent.body, want, err)
	}
	if !pages.Has(find(t, root, "id", "r3"), "checked") {
		t.Error("a radio button of another form was let go")
	}
}
