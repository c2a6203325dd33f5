package dashboard_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// field returns the value of a field of a form.
func (p page) field(name string) string {
	p.t.Helper()
	for n := range p.doc.Descendants() {
		if attribute(n, "id") != name {
			continue
		}
		for o := range n.Descendants() {
			if o.Type == html.ElementNode && has(o, "selected") {
				return attribute(o, "value")
			}
		}
		return attribute(n, "value")
	}
	p.t.Fatalf("%s has no field %s", p.at, name)
	return ""
}

// Records of every kind are added and changed by forms, and read in the control API.
func TestRecordsAreAddedAndChanged(t *testing.T) {
	v := visit(t, "/w/forms")
	for _, c := range []struct {
		add     string
		typed   []string
		noun    string
		button  string
		api     string
		want    map[string]any
		page    string
		changes []string
		changed map[string]any
	}{
		{
			"/add/provider", []string{"clientId", "team-client.1", "clientSecret", "whatever", "through", "GSP, ERP"},
			"provider", "Add a provider", "providers/team-client.1",
			map[string]any{"companyName": "Company team-client.1", "type": "GSP", "clientSecret": "whatever"},
			"/providers/team-client.1", []string{"companyName", "Acme", "through", ""}, map[string]any{"companyName": "Acme"},
		},
		{
			"/add/organisation", []string{"pan", "AABCA1234F", "legalName", "Acme"},
			"organisation", "Add an organisation", "organisations/AABCA1234F", map[string]any{"type": "GSP", "mobile": ""},
			"/organisations/AABCA1234F", []string{"mobile", "9876500001"}, map[string]any{"mobile": "9876500001"},
		},
		{
			"/add/taxpayer", []string{"gstin", "29awgpv7107b1z1", "legalName", "Made Up Traders"},
			"taxpayer", "Add a taxpayer", "taxpayers/29AWGPV7107B1Z1",
			map[string]any{"status": "ACTIVE", "tradeName": "Made Up Traders", "aatoCrore": 0.0, "eInvoiceEnabled": true},
			"/taxpayers/29AWGPV7107B1Z1", []string{"aatoCrore", "2.5", "address.floor", "", "transporterOnly", "true"},
			map[string]any{"aatoCrore": 2.5, "transporterOnly": true, "address": map[string]any{"building": "Building 1",
				"floor": "", "street": "Main Road", "location": "Bengaluru", "pincode": "560001"}},
		},
		{
			"/add/portal-user?gstin=29AWGPV7107B1Z1", []string{"username", "made_up", "password", "any"},
			"portal login", "Add a portal login", "portal-users/made_up",
			map[string]any{"gstin": "29AWGPV7107B1Z1", "source": "E_INVOICE", "frozen": false},
			"/portal-users/made_up", []string{"frozen", "true"}, map[string]any{"frozen": true},
		},
		{
			"/add/api-user?gstin=29AWGPV7107B1Z1",
			[]string{"username", "stubuser", "password", "stubpass", "clientId", "team-client.1"},
			"API user", "Add an API user", "api-users/sandbox/stubuser",
			map[string]any{"clientId": "team-client.1", "registrationThrough": "GSP"},
			"/api-users/sandbox/stubuser", []string{"frozen", "true"}, map[string]any{"frozen": true},
		},
	} {
		t.Run(c.noun, func(t *testing.T) {
			v.t = t
			is := func(want map[string]any) {
				t.Helper()
				got := v.json("GET", v.control+"/control/v1/"+c.api, "")
				for name, value := range want {
					if is, wanted := jsonText(got[name]), jsonText(value); is != wanted {
						t.Errorf("%s is %s; want %s", name, is, wanted)
					}
				}
			}
			empty := v.open(c.add).press(c.button)
			if len(empty.said()) > 0 || !strings.Contains(empty.text, `aria-invalid="true"`) {
				t.Errorf("an empty form leads to %s", empty.at)
			}
			if got, want := v.open(c.add).press(c.button, c.typed...).said(), "The "+c.noun+" was added"; !slices.Equal(got,
				[]string{want}) {
				t.Fatalf("the form says %q; want %q", got, want)
			}
			is(c.want)
			if got, want := v.open(c.page).press("Save", c.changes...).said(), "The "+c.noun+" was saved"; !slices.Equal(got,
				[]string{want}) {
				t.Fatalf("the form says %q; want %q", got, want)
			}
			is(c.changed)
			for name, value := range c.want { // what the form did not change
				if _, changed := c.changed[name]; !changed {
					is(map[string]any{name: value})
				}
			}
			for i := 0; i+1 < len(c.changes); i += 2 {
				if got := v.open(c.page).field(c.changes[i]); got != c.changes[i+1] {
					t.Errorf("%s is shown as %q; want %q", c.changes[i], got, c.changes[i+1])
				}
			}
		})
	}
}

// A password that was typed is not shown again when another field is refused.
func TestPasswordsAreNotShownAgain(t *testing.T) {
	v := visit(t, "/w/secret")
	p := v.open("/add/portal-user").press("Add a portal login", "username", "made_up", "password", "s3cret")
	if p.field("username") != "made_up" || p.field("password") != "" || strings.Contains(p.text, "s3cret") {
		t.Errorf("the refused form shows %q", p.text)
	}
	if journal := v.open("/journal?q=s3cret"); strings.Contains(text(journal.doc), "/add/portal-user") {
		t.Error("the journal has the password")
	}
}

func TestFormsRefuseWhatIsNoValue(t *testing.T) {
	v := visit(t, "/w/values")
	p := v.open("/taxpayers/29ABCCD1234E1Z1").press("Save", "aatoCrore", "much", "eInvoiceEnabled", "perhaps")
	for _, name := range []string{"aatoCrore-error", "eInvoiceEnabled-error"} {
		if !strings.Contains(p.text, `id="`+name+`"`) {
			t.Errorf("%s is not shown", name)
		}
	}
	if p := v.open("/providers/unknown"); !strings.Contains(text(p.doc), "no such provider") {
		t.Errorf("an unknown provider is %q", text(p.doc))
	}
}

func jsonText(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(encoded)
}

// What is left to the simulator follows from the GSTIN.
func TestNewTaxpayersAreWhatTheirGSTINShows(t *testing.T) {
	v := visit(t, "/w/shown")
	for gstin, transporter := range map[string]bool{"88AABCT1234E1Z0": true, "29AWGPV7107B1Z1": false} {
		v.open("/add/taxpayer").press("Add a taxpayer", "gstin", gstin, "legalName", "Made Up")
		made := v.json("GET", v.control+"/control/v1/taxpayers/"+gstin, "")
		if made["transporterOnly"] != transporter || made["eInvoiceEnabled"] == transporter {
			t.Errorf("%s is %v", gstin, made)
		}
	}
}

// A client id may have characters that mean something in an address.
func TestRecordsAreLinkedByAnyName(t *testing.T) {
	v := visit(t, "/w/names")
	const name, written = "50%?a#b", "50%25%3Fa%23b"
	v.open("/add/provider").press("Add a provider", "clientId", name, "clientSecret", "s")
	for page, link := range map[string]string{"/providers": "/providers/" + written} {
		if found := v.open(page).marked("href", "/w/names"+link); len(found) != 1 {
			t.Errorf("%s has %d links to %s", page, len(found), link)
		}
		if got := v.open(link).press("Save").said(); len(got) != 1 {
			t.Errorf("the form of %s says %q", link, got)
		}
	}
}
