package dashboard_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// harSchema returns the published JSON schema of HAR 1.2.
func harSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	files, err := filepath.Glob("testdata/har-schema/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("the schemas are missing: %v, %v", files, err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
		if err == nil {
			err = compiler.AddResource("http://har/"+filepath.Base(file), withAddress(document, filepath.Base(file)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := compiler.Compile("http://har/har.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// withAddress gives a schema the address to which the other schemas refer.
func withAddress(document any, name string) any {
	document.(map[string]any)["$id"] = "http://har/" + name
	return document
}

func TestTheJournalAsHAR(t *testing.T) {
	v := visit(t, "/w/har")
	v.register("9876543210")
	v.register("9876543211")
	v.send(v.request("GET", v.production+"/login", "", ""))
	p := v.open("/journal.har")
	if kind, name := p.header.Get("Content-Type"), p.header.Get("Content-Disposition"); !strings.HasPrefix(kind,
		"application/json") || !strings.Contains(name, `filename="nicsim-har.har"`) {
		t.Errorf("the export is %s, %s", kind, name)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(p.text))
	if err != nil {
		t.Fatal(err)
	}
	schema := harSchema(t)
	if err := schema.Validate(document); err != nil {
		t.Errorf("the export is no HAR 1.2: %v", err)
	}
	delete(document.(map[string]any)["log"].(map[string]any)["entries"].([]any)[0].(map[string]any), "timings")
	if schema.Validate(document) == nil {
		t.Error("the schema accepts everything")
	}

	var har struct {
		Log struct {
			Entries []struct {
				Comment string
				Request struct {
					Method, URL string
					PostData    *struct{ Text string }
					Headers     []struct{ Name, Value string }
				}
				Response struct{ Status int }
				Nicsim   struct {
					ID     int64
					Reason *struct{ Code string }
				} `json:"_nicsim"`
			}
		}
	}
	if err := json.Unmarshal([]byte(p.text), &har); err != nil {
		t.Fatal(err)
	}
	if len(har.Log.Entries) != 6 {
		t.Fatalf("there are %d entries", len(har.Log.Entries))
	}
	first, refused, login := har.Log.Entries[0], har.Log.Entries[4], har.Log.Entries[5]
	if first.Nicsim.ID != 1 || first.Request.URL != v.sandbox+"/portal/v1/captchas" || first.Response.Status != 201 {
		t.Errorf("the first entry is %+v", first)
	}
	if refused.Nicsim.Reason == nil || refused.Nicsim.Reason.Code != "contact-mismatch" ||
		!strings.Contains(refused.Request.PostData.Text, `"answer":"***"`) {
		t.Errorf("the refused entry is %+v", refused)
	}
	if !slices.ContainsFunc(refused.Request.Headers, func(h struct{ Name, Value string }) bool {
		return h.Name == "Content-Type" && h.Value == "application/json"
	}) {
		t.Errorf("the headers are %+v", refused.Request.Headers)
	}
	if login.Request.URL != v.production+"/login" || login.Request.PostData != nil {
		t.Errorf("the page's entry is %+v", login)
	}

	if err := json.Unmarshal([]byte(v.open("/journal.har?outcome=refused").text), &har); err != nil ||
		len(har.Log.Entries) != 1 {
		t.Errorf("%d refused entries, %v", len(har.Log.Entries), err)
	}
}

// The archive has what a browser did: addresses with their queries, secrets masked, redirects, pages and forms.
func TestBrowsingAsHAR(t *testing.T) {
	v := visit(t, "/w/har")
	v.send(v.request("GET", v.sandbox+"/companies?through=GSP&password=hush-hush", "", ""))
	v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	form := v.send(v.request("GET", v.sandbox+"/register", "", ""))
	form.press("Validate", "mobile", "9876543210", "captcha.answer", "hush-hush")
	v.client.CheckRedirect = nil
	text := v.open("/journal.har").text
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err == nil {
		err = harSchema(t).Validate(document)
	}
	if err != nil {
		t.Fatalf("the export is no HAR 1.2: %v", err)
	}
	if strings.Contains(text, "hush-hush") {
		t.Error("a secret is in the export")
	}
	type pair struct{ Name, Value string }
	var har struct {
		Log struct {
			Entries []struct {
				Request struct {
					URL         string
					QueryString []pair
					PostData    struct {
						MimeType, Text string
						Params         []pair
					}
				}
				Response struct {
					RedirectURL string
					Content     struct {
						Size                    int
						MimeType, Text, Comment string
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &har); err != nil {
		t.Fatal(err)
	}
	if len(har.Log.Entries) != 3 {
		t.Fatalf("there are %d entries", len(har.Log.Entries))
	}
	companies, posted := har.Log.Entries[0], har.Log.Entries[2]
	if companies.Request.URL != v.sandbox+"/companies?password=%2A%2A%2A&through=GSP" ||
		!slices.Equal(companies.Request.QueryString, []pair{{"password", "***"}, {"through", "GSP"}}) {
		t.Errorf("the request is %+v", companies.Request)
	}
	if got := companies.Response.Content; got.MimeType != "text/html; charset=utf-8" || got.Comment != "Companies" ||
		got.Text != "" || got.Size < 500 {
		t.Errorf("the page is %+v", got)
	}
	if got := posted.Request.PostData; got.MimeType != "application/x-www-form-urlencoded" || got.Text != "" ||
		!slices.Contains(got.Params, pair{"mobile", "9876543210"}) ||
		!slices.Contains(got.Params, pair{"captcha.answer", "***"}) {
		t.Errorf("the form is %+v", got)
	}
	if got := posted.Response.RedirectURL; got != "/w/har/register" {
		t.Errorf("it redirects to %s", got)
	}
}
