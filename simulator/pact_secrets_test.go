package simulator_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/fixtures"
)

// Members with a secret. A secret that a person chooses must be one of the fixtures. A secret that a portal makes must
// come from a provider state.
var (
	chosenSecrets = []string{"password", "confirmPassword", "currentPassword", "newPassword", "clientSecret"}
	madeUpSecrets = []string{"otp", "answer", "Data"} // a Data is sealed under a key of a login
	madeUpHeaders = []string{"Cookie", "AuthToken"}
)

// tooWeak is the only password in the pacts that is not in the fixtures. No portal accepts it.
const tooWeak = "too_weak"

func TestPactsHaveOnlySecretsOfTheFixtures(t *testing.T) {
	cast, err := fixtures.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := []string{tooWeak}
	for _, u := range cast.PortalUsers {
		known = append(known, u.Password)
	}
	for _, p := range cast.Providers {
		known = append(known, p.ClientSecret)
	}
	for _, p := range pacts {
		for _, i := range p.read(t).Interactions {
			for _, violation := range i.secrets(known) {
				t.Errorf("%s, %q: %s", p.file(), i.Description, violation)
			}
		}
	}
}

// TestSecretsAreFound shows that the test above can fail.
func TestSecretsAreFound(t *testing.T) {
	var i pactInteraction
	i.Request.Headers = map[string][]string{
		"Cookie": {"nicsim_production=x"}, "AuthToken": {"x"}, "client_secret": {"x"},
	}
	i.Request.Body.Content = map[string]any{
		"otp": "123456", "captcha": map[string]any{"answer": "K7MPR4"}, "password": "Another@2024", "newPassword": tooWeak,
		"Data": "sealed",
	}
	i.Response.Body.Content = map[string]any{"list": []any{map[string]any{"clientSecret": "x"}}}
	found := i.secrets([]string{tooWeak})
	want := []string{"Cookie", "AuthToken", "client_secret", "$.Data", "$.captcha.answer", "$.otp", "$.password",
		"$.list[*].clientSecret"}
	if len(found) != len(want) {
		t.Fatalf("found %q, want one for each of %q", found, want)
	}
	for _, name := range want {
		if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, name+" ") }) {
			t.Errorf("nothing was found wrong with %s: %q", name, found)
		}
	}
}

// secrets returns the violations in an interaction: secrets that are not of the fixtures or of a state.
func (i pactInteraction) secrets(known []string) []string {
	var violations []string
	for _, name := range madeUpHeaders {
		if len(i.Request.Headers[name]) > 0 && !i.generated("header", name) {
			violations = append(violations, "the header "+name+" is not given by a state")
		}
	}
	for _, value := range i.Request.Headers["client_secret"] {
		if !slices.Contains(known, value) {
			violations = append(violations, "the header client_secret is not a secret of the fixtures")
		}
	}
	eachMember("$", i.Request.Body.Content, func(path, name, value string) {
		switch {
		case slices.Contains(madeUpSecrets, name) && !i.generated("body", path):
			violations = append(violations, path+" is not given by a state")
		case slices.Contains(chosenSecrets, name) && !slices.Contains(known, value):
			violations = append(violations, path+" is not a secret of the fixtures")
		}
	})
	eachMember("$", i.Response.Body.Content, func(path, name, _ string) {
		// The sealed data of an answer is an example under a public key.
		if name != "Data" && (slices.Contains(madeUpSecrets, name) || slices.Contains(chosenSecrets, name)) {
			violations = append(violations, path+" would be a secret in an answer")
		}
	})
	return violations
}

// generated reports whether a state gives the value at a place of the request.
func (i pactInteraction) generated(part, path string) bool {
	places, _ := i.Request.Generators[part].(map[string]any)
	generator, _ := places[path].(map[string]any)
	return generator["type"] == "ProviderState"
}

// eachMember visits the members of a JSON value that are strings.
func eachMember(path string, v any, visit func(path, name, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			at := path + "." + name
			if text, ok := member.(string); ok {
				visit(at, name, text)
			}
			eachMember(at, member, visit)
		}
	case []any:
		for _, item := range v {
			eachMember(path+"[*]", item, visit)
		}
	}
}

// TestAddressesInPactsAreMadeUp shows that all domains are below .example, which is reserved.
func TestAddressesInPactsAreMadeUp(t *testing.T) {
	address := regexp.MustCompile(`[\w.*]@([\w-]+\.)+\w+`)
	for _, p := range pacts {
		text, err := os.ReadFile(p.file())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range address.FindAllString(string(text), -1) {
			if !strings.HasSuffix(found, ".example") {
				t.Errorf("%s has the address %s", p.file(), found)
			}
		}
	}
}
