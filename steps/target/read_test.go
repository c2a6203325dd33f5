package target_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/target"
)

// variables is an environment.
func variables(name string) (string, bool) {
	value, set := map[string]string{"GATEWAY_KEY": "k: {1}", "SECRET": "s3cret", "PASSWORD": "#pass"}[name]
	return value, set
}

// keys returns a folder with the key and the certificate of the sandbox.
func keys(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	key, err := fixtures.PayloadPublicPEM("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificatePEM("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"nic-sandbox.pem": key, "nic-signing.pem": certificate} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const gateway = `
name: our gateway, staging
sandbox:
  portal: https://portal.example          # optional
  api: https://gateway.example/nic/       # base of /eivital, /eicore, /eiewb
  publicKey: nic-sandbox.pem
  certificate: nic-signing.pem            # optional
  headers: {X-Api-Key: ${GATEWAY_KEY}}
  paths: {/eivital/v1.04: /vital, /eicore/v1.03: /core}
credentials: {clientId: A1, clientSecret: ${SECRET}, gstin: 29ABCCD1234E1Z1, username: books, password: "${PASSWORD}!"}
parties: {sameState: 29ABCPD1234E2Z9, otherState: 36ABCCE4321F1Z1, sez: 33ABCCZ1357A1ZQ, cancelled: 27ABCFC2345K1ZH}
otp: control
control: http://127.0.0.1:7000
controlToken: ${SECRET}
lacks: [ewb-cancel]
limits: {perMinute: 60, concurrency: 2, documents: 500}
`

func TestRead(t *testing.T) {
	dir := keys(t)
	got, err := target.Read([]byte(gateway), filepath.Join(dir, "target.yaml"), variables, target.Target{})
	if err != nil {
		t.Fatal(err)
	}
	credentials := client.Credentials{
		ClientID: "A1", ClientSecret: "s3cret", GSTIN: "29ABCCD1234E1Z1", Username: "books", Password: "#pass!",
	}
	want := target.Target{
		Name: "our gateway, staging",
		Sandbox: target.Environment{
			Portal: "https://portal.example", API: "https://gateway.example/nic", Credentials: credentials,
			Headers: map[string]string{"X-Api-Key": "k: {1}"},
			Paths:   map[string]string{"/eivital/v1.04": "/vital", "/eicore/v1.03": "/core"},
			Secrets: target.Secrets{},
		},
		Production: target.Environment{Credentials: credentials, Headers: map[string]string{}, Paths: map[string]string{},
			Secrets: target.Secrets{}},
		Parties: map[string]string{"sameState": "29ABCPD1234E2Z9", "otherState": "36ABCCE4321F1Z1",
			"sez": "33ABCCZ1357A1ZQ", "cancelled": "27ABCFC2345K1ZH"},
		Control: "http://127.0.0.1:7000", ControlToken: "s3cret", Lacks: []needs.Need{needs.CancelEwayBill},
		Limits: target.Limits{PerMinute: 60, Concurrency: 2, Documents: 500},
	}
	if !strings.Contains(string(got.Sandbox.PublicKey), "PUBLIC KEY") ||
		!strings.Contains(string(got.Sandbox.Certificate), "CERTIFICATE") {
		t.Error("the key or the certificate was not read")
	}
	got.Sandbox.PublicKey, got.Sandbox.Certificate = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A file is read over a preset, whose values it replaces.
func TestReadOverAPreset(t *testing.T) {
	preset, ok := target.Preset("nic-sandbox")
	if !ok {
		t.Fatal("there is no preset nic-sandbox")
	}
	got, err := target.Read([]byte("limits: {documents: 7}\nlacks: [ewb]\nparties: {sez: 33ABCCZ1357A1ZQ}"), "mine.yaml",
		variables, preset)
	if err != nil {
		t.Fatal(err)
	}
	if got.Sandbox.API != preset.Sandbox.API || got.Limits != (target.Limits{60, 2, 7}) ||
		!slices.Equal(got.Lacks, []needs.Need{needs.EwayBill, needs.WrongLogins}) || got.Name != preset.Name {
		t.Errorf("the target is %+v", got)
	}
}

// A gateway with calls of its own has the secrets of a subscription instead of a client id and a key.
func TestReadAGatewayWithAFace(t *testing.T) {
	const file = "face: adaequare\n" +
		"sandbox: {api: https://gateway.example, secrets: {gspappid: A, gspappsecret: ${SECRET}}}\n" +
		"credentials: {gstin: 29ABCCD1234E1Z1, username: books, password: p}"
	got, err := target.Read([]byte(file), "mine.yaml", variables, target.Target{})
	if err != nil {
		t.Fatal(err)
	}
	secrets := target.Secrets{"gspappid": "A", "gspappsecret": "s3cret"}
	if got.Face != "adaequare" || !maps.Equal(got.Sandbox.Secrets, secrets) {
		t.Errorf("the target is %+v", got)
	}
	for need, want := range map[needs.Need]string{
		needs.Account: "", needs.Cancel: "", needs.Sealed: "the face adaequare does not carry sealed",
		needs.ProductionAccount: "the target has no gateway to the production",
	} {
		if reason := got.Lack(need); reason != want {
			t.Errorf("it lacks %s: %q", need, reason)
		}
	}
	got.Sandbox.Secrets = nil
	if got.Lack(needs.Account) == "" {
		t.Error("it needs no secrets")
	}
}

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"empty":         {"", "1:1: is empty"},
		"not YAML":      {"a: [", "2:1: is not YAML"},
		"two documents": {"name: a\n---\nname: b", "2:1: is a second document; a file has one"},
		"a list":        {"[]", "1:1: must be an object"},
		"several at once": {"nam: x\nlimits: {perMinute: 5}\nlacks: [all]", "1:1: nam: is not a member here\n" +
			"2:21: limits.perMinute: must be a whole number from 6 to 100000\n3:9: lacks[0]: must be one of cancel"},
		"given twice": {"name: a\nname: b", "2:1: name: is given twice"},
		"an alias":    {"name: &n a\ncontrol: *n", "2:10: control: is an alias"},
		"a variable": {"name: x\ncredentials: {password: ${NONE}}",
			"2:25: credentials.password: needs the environment variable NONE"},
		"a URL":           {"sandbox: {api: gateway.example}", "1:16: sandbox.api: must be a URL"},
		"a URL with user": {"sandbox: {api: 'http://a:b@c'}", "1:16: sandbox.api: must be a URL"},
		"null":            {"name: null", "1:7: name: must be text"},
		"no key":          {"sandbox: {publicKey: none.pem}", "1:22: sandbox.publicKey: cannot be read"},
		"another PEM": {"sandbox: {publicKey: \"-----BEGIN X-----\"}",
			"1:22: sandbox.publicKey: must be PEM"},
		"a path":  {"sandbox: {paths: {eivital: /v}}", "1:18: sandbox.paths: must have paths that begin with /"},
		"headers": {"sandbox: {headers: {'a b': c}}", "1:20: sandbox.headers: must have names of headers"},
		"same state": {"credentials: {gstin: 29ABCCD1234E1Z1}\nparties: {sameState: 36ABCCE4321F1Z1}",
			"2:22: parties.sameState: must be another taxpayer in the state"},
		"other state": {"credentials: {gstin: 29ABCCD1234E1Z1}\nparties: {otherState: 29ABCPD1234E2Z9}",
			"2:23: parties.otherState: must be a taxpayer in another state"},
		"OTP of another":    {"otp: sms", "1:6: otp: must be control, prompt or a command, as in {command: ./otp.sh}"},
		"OTP of no command": {"otp: {}", "1:6: otp.command: must be given"},
		"OTP control":       {"otp: control", "1:6: otp: cannot be control: there is no control API"},
		"OTP of a person":   {"otp: prompt\ncontrol: http://a", "1:6: otp: must be control: there is a control API"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := target.Read([]byte(c.file), "t.yaml", variables, target.Target{})
			bad, ok := errors.AsType[*target.Error](err)
			if !ok {
				t.Fatalf("the error is %v", err)
			}
			lines := strings.Split(bad.Error(), "\n")
			for want := range strings.SplitSeq(c.want, "\n") {
				if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, "t.yaml:"+want) }) {
					t.Errorf("no mistake begins with %q:\n%s", want, bad)
				}
			}
		})
	}
}

// No mistake repeats a value, which may be a secret.
func TestMistakesRepeatNoValue(t *testing.T) {
	_, err := target.Read([]byte("credentials: {gstin: s3cret-here, password: ${SECRET}}\n"+
		"limits: {perMinute: s3cret-here}"),
		"t.yaml", variables, target.Target{})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("the error is %v", err)
	}
}

func TestTooManyMistakes(t *testing.T) {
	_, err := target.Read([]byte(strings.Repeat("x: 1\n", 500)), "t.yaml", variables, target.Target{})
	bad, _ := errors.AsType[*target.Error](err)
	if bad == nil || len(bad.Mistakes) != 201 {
		t.Fatalf("the error is %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(gateway)
	f.Add("otp: [x]\nlacks: {a: b}")
	f.Add("${A}: ${B}")
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = target.Read([]byte(text), "t.yaml", variables, target.Target{})
	})
}

// The capabilities and the roles of the schema are those of the program.
func TestSchemaNamesWhatThereIs(t *testing.T) {
	var schema struct {
		Properties struct {
			Lacks struct {
				Items struct{ Enum []needs.Need }
			}
			Parties struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(target.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(needs.Capabilities, schema.Properties.Lacks.Items.Enum); diff != "" {
		t.Errorf("capabilities (-program +schema):\n%s", diff)
	}
	roles := slices.Sorted(maps.Keys(target.NicsimParties()))
	if diff := cmp.Diff(roles, slices.Sorted(maps.Keys(schema.Properties.Parties.Properties))); diff != "" {
		t.Errorf("roles (-program +schema):\n%s", diff)
	}
}

func TestPublishedSchema(t *testing.T) {
	published, err := os.ReadFile("../../docs/target.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(target.Schema()), string(published)); diff != "" {
		t.Errorf("docs/target.schema.json is not steps/target/schema.json:\n%s", diff)
	}
}

// A target that is printed does not show its secrets.
func TestTheControlTokenIsNotPrinted(t *testing.T) {
	one := target.Target{ControlToken: "sesame-sesame-sesame", Sandbox: target.Environment{
		Credentials: client.Credentials{Username: "books", Password: "s3cret", ClientSecret: "s3cret"}}}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if said := fmt.Sprintf(format, one); strings.Contains(said, "sesame") || strings.Contains(said, "s3cret") {
			t.Errorf("%s prints %s", format, said)
		}
	}
}
