package worldfile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// The world file of the documentation.
const team = `version: 1
worlds:
  - name: default
    extends: fixtures
    clock: {mode: frozen, now: "2025-03-15T10:00:00+05:30"}
    settings: {unknownGstin: synthesise}
    providers:   [{companyName: Acme GST, clientId: AABCA29GSP00001, clientSecret: whatever-they-have, through: GSP}]
    taxpayers:   [{gstin: 29AWGPV7107B1Z1, legalName: Made Up Traders, mobile: "9876501234", email: a@madeup.example}]
    portalUsers: [{username: madeup29, password: any, gstin: 29AWGPV7107B1Z1, source: E_INVOICE}]
    apiUsers:
      - {environment: sandbox, gstin: 29AWGPV7107B1Z1, clientId: AABCA29GSP00001,
         username: stubuser, password: stubpass}
`

func read(t *testing.T, text string) *worldfile.Document {
	t.Helper()
	d, err := worldfile.Read(strings.NewReader(text), "team.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRead(t *testing.T) {
	d := read(t, team)
	w := d.Worlds[0]
	if w.Name != "default" || *w.APIUsers[0].Password != "stubpass" || (*w.Providers[0].Through)[0] != "GSP" {
		t.Errorf("read %+v", w)
	}
}

// Every mistake names its line, its column and its member.
func TestMistakes(t *testing.T) {
	const head = "version: 1\nworlds:\n  - name: w\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"an empty file", "", []string{"1:1: is empty"}},
		{"only a comment", "# nothing\n", []string{"1:1: is empty"}},
		{"nothing but null", "null\n", []string{"1:1: is empty"}},
		{"text that is not YAML", "version: 1\nworlds:\n  - name: x\n   clock: 1\n",
			[]string{"4:4: is not YAML: did not find expected '-' indicator"}},
		{"not UTF-8", "version: \xff\n", []string{"1:1: is not text in UTF-8"}},
		{"two documents", team + "---\nversion: 1\n", []string{"13:1: is a second document; a file has one"}},
		{"a list", "- 1\n", []string{"1:1: must be an object"}},
		{"neither version nor worlds", "{}\n", []string{"1:1: version: must be given", "1:1: worlds: must be given"}},
		{"another version", "version: 2\nworlds: []\n", []string{"1:10: version: must be 1"}},
		{"a GSTIN of 14 characters", head + "    taxpayers:\n      - legalName: A\n        gstin: 29AWGPV7107B1Z\n",
			[]string{"6:16: worlds[0].taxpayers[0].gstin: must be 15 characters A-Z 0-9"}},
		{"an unknown member", head + "    taxpayers:\n      - gstn: 29AWGPV7107B1Z1\n", []string{
			"5:9: worlds[0].taxpayers[0].gstn: is not a member here; did you mean gstin?",
			"5:9: worlds[0].taxpayers[0].gstin: must be given",
		}},
		{"a member that is like none", head + "    clock: {mode: real, zzz: 1}\n", []string{
			"4:25: worlds[0].clock.zzz: is not a member here; the members are mode, now"}},
		{"a member twice", head + "    extends: empty\n    extends: fixtures\n",
			[]string{"5:5: worlds[0].extends: is given twice"}},
		{"an alias", head + "    extends: &e empty\n    clock: *e\n",
			[]string{"5:12: worlds[0].clock: is an alias; write the value itself"}},
		{"a tag", head + "    extends: !!binary ZW1wdHk=\n", []string{"4:14: worlds[0].extends: must not have a tag"}},
		{"wrong types", head + "    taxpayers: {gstin: 1}\n    clock: frozen\n    apiUsers: [x]\n" +
			"    extends: [empty]\n", []string{
			"4:16: worlds[0].taxpayers: must be a list",
			"5:12: worlds[0].clock: must be an object",
			"6:16: worlds[0].apiUsers[0]: must be an object",
			"7:14: worlds[0].extends: must be one of fixtures, empty",
		}},
		{"true where text belongs", head + "    portalUsers:\n" +
			"      - {username: abcdef, password: true, gstin: 29ABCPD1234E2Z9}\n",
			[]string{
				"5:38: worlds[0].portalUsers[0].password: must be text of at least one character",
				"5:51: worlds[0].portalUsers[0].gstin: has a login already",
			}},
		{"two providers of one client id", head + "    providers:\n      - {clientId: A, clientSecret: s}\n" +
			"      - {clientId: A, clientSecret: t}\n      - {clientId: AAFCC29ERP82ZSO, clientSecret: t}\n", []string{
			"6:20: worlds[0].providers[1].clientId: is that of providers[0] too",
			"7:20: worlds[0].providers[2].clientId: is that of a record of the fixtures too",
		}},
		{"users of nothing", head + "    extends: empty\n    portalUsers:\n" +
			"      - {username: abcdef, password: x, gstin: 29ABCCD1234E1Z1}\n    apiUsers:\n" +
			"      - {username: abcdef, password: x, gstin: 29ABCCD1234E1Z1, clientId: AAFCC29ERP82ZSO}\n", []string{
			"6:48: worlds[0].portalUsers[0].gstin: no taxpayer holds it; add one first",
			"8:48: worlds[0].apiUsers[0].gstin: no taxpayer holds it; add one first",
			"8:75: worlds[0].apiUsers[0].clientId: no provider has it; add one first",
		}},
		{"users of records with mistakes are not reported", head + "    extends: empty\n" +
			"    taxpayers: [{gstin: 29ABCCD1234E1Z1, status: GONE}, {gstin: 29ABCCD1234E1Z2, mobile: 12}]\n" +
			"    providers: [{clientId: A}]\n    apiUsers:\n" +
			"      - {username: a, password: x, gstin: 29ABCCD1234E1Z1, clientId: A}\n" +
			"      - {username: b, password: x, gstin: 29ABCCD1234E1Z2, clientId: A}\n", []string{
			"5:50: worlds[0].taxpayers[0].status: must be one of ACTIVE, CANCELLED, INACTIVE, PROVISIONAL, SUSPENDED",
			"5:90: worlds[0].taxpayers[1].mobile: must be ten digits, the first 6 to 9, or empty",
			"6:17: worlds[0].providers[0].clientSecret: must be given",
		}},
		{"clocks", "version: 1\nworlds:\n  - {name: a, clock: {mode: frozen, now: 2020-09-30T23:59:59+05:30}}\n" +
			"  - {name: b, clock: {mode: frozen, now: 2025-03-15}}\n  - {name: c, clock: {mode: stopped}}\n" +
			"  - {name: d, clock: {now: 2025-03-15T10:00:00Z}}\n", []string{
			"3:42: worlds[0].clock.now: must lie between 2020-10-01, when e-invoicing began, and 2999",
			"4:42: worlds[1].clock.now: must be an instant such as 2025-03-15T10:00:00+05:30",
			"5:29: worlds[2].clock.mode: must be one of real, frozen",
			"6:22: worlds[3].clock.mode: must be given",
		}},
		{"names", "version: 1\nworlds:\n  - name: blue\n  - name: blue\n  - name: Blue\n  - extends: empty\n", []string{
			"4:11: worlds[1].name: is that of worlds[0] too",
			"5:11: worlds[2].name: must be 1 to 40 of a-z, 0-9 and -",
			"6:5: worlds[3].name: must be given",
		}},
		{"settings", head + "    settings:\n      otpMaxSend: 1\n      otpMaxSends: 0\n      otpLifetime: long\n" +
			"      otpMaxAttempts: few\n      rules: {hsn-len: true}\n", []string{
			"5:7: worlds[0].settings.otpMaxSend: is not a member here; did you mean otpMaxSends?",
			"6:20: worlds[0].settings.otpMaxSends: must be from 1 to 1000000",
			"7:20: worlds[0].settings.otpLifetime: must be a duration such as 10m",
			"8:23: worlds[0].settings.otpMaxAttempts: must be a whole number",
			"9:24: worlds[0].settings.rules.hsn-len: is not a rule; did you mean hsn-length?",
		}},
		{"a taxpayer, an organisation and an API user twice", head + "    taxpayers:\n      - gstin: 29ABCCD1234E1Z1\n" +
			"    organisations:\n      - pan: AABCA1234A\n      - pan: AABCA1234A\n    apiUsers:\n" +
			"      - {gstin: 29ABCCD1234E1Z1, clientId: AAFCC29ERP82ZSO, password: x, username: stub}\n" +
			"      - {gstin: 29ABCCD1234E1Z1, clientId: AAFCC29ERP82ZSO, password: x, username: STUB}\n" +
			"    directAccess: [{pan: ABCCD1234E}]\n", []string{
			"5:16: worlds[0].taxpayers[0].gstin: is that of a record of the fixtures too",
			"8:14: worlds[0].organisations[1].pan: is that of organisations[0] too",
			"11:84: worlds[0].apiUsers[1].username: is that of apiUsers[0] too",
			"12:26: worlds[0].directAccess[0].pan: is that of a record of the fixtures too",
		}},
		{"passwords", head + "    extends: empty\n    taxpayers: [{gstin: 29ABCPD1234E2Z9}]\n" +
			"    portalUsers:\n      - {username: a, gstin: 29ABCPD1234E2Z9}\n" +
			"      - {username: b, gstin: 29ABCPD1234E2Z9, passwordHash: secret}\n" +
			"      - {username: c, gstin: 29ABCPD1234E2Z9, password: secret, passwordHash: secret}\n", []string{
			"7:9: worlds[0].portalUsers[0].password: must not be empty",
			"8:30: worlds[0].portalUsers[1].gstin: has a login already",
			"8:61: worlds[0].portalUsers[1].passwordHash: must be a hash as GET /control/v1/world shows it",
			"9:30: worlds[0].portalUsers[2].gstin: has a login already",
			"9:79: worlds[0].portalUsers[2].passwordHash: must not be given beside password",
		}},
		{"records with mistakes of several kinds", head + "    providers:\n" +
			"      - {clientId: A, clientSecret: s, through: XX}\n" +
			"      - {clientId: A, clientSecret: s, throug: GSP}\n      - {clientId: a b, clientSecret: s, type: X}\n" +
			"      - {clientId: AAFCC29ERP82ZSO}\n    taxpayers:\n" +
			"      - {gstin: 29AWGPV7107B1Z1, aatoCrore: -1, registeredOn: 2020-13-01}\n" +
			"      - {gstin: 29AWGPV7107B1Z1, status: GONE, mobile: 12, address: {pincode: 1}}\n    apiUsers:\n" +
			"      - {username: u, password: p, gstin: 29AWGPV7107B1Z1, clientId: A}\n" +
			"      - {username: U, password: p, gstin: 29AWGPV7107B1Z9, clientId: B, environment: staging}\n" +
			"      - {username: U, passwordHash: x, gstin: 29AWGPV7107B1Z9, clientId: B, environment: sandbox, frozen: 1}\n",
			[]string{
				"5:49: worlds[0].providers[0].through: must be one of GSP, ERP, DIRECT",
				"6:20: worlds[0].providers[1].clientId: is that of providers[0] too",
				"6:40: worlds[0].providers[1].throug: is not a member here; did you mean through?",
				"7:20: worlds[0].providers[2].clientId: must be visible characters without blanks and slashes",
				"7:48: worlds[0].providers[2].type: must be one of GSP, ERP, ECO, DIRECT",
				"8:9: worlds[0].providers[3].clientSecret: must be given",
				"8:20: worlds[0].providers[3].clientId: is that of a record of the fixtures too",
				"10:45: worlds[0].taxpayers[0].aatoCrore: must be a number from 0 to 10000000",
				"10:63: worlds[0].taxpayers[0].registeredOn: must be a day such as 2017-07-01, or empty",
				"11:17: worlds[0].taxpayers[1].gstin: is that of taxpayers[0] too",
				"11:42: worlds[0].taxpayers[1].status: must be one of ACTIVE, CANCELLED, INACTIVE, PROVISIONAL, SUSPENDED",
				"11:56: worlds[0].taxpayers[1].mobile: must be ten digits, the first 6 to 9, or empty",
				"14:43: worlds[0].apiUsers[1].gstin: no taxpayer holds it; add one first",
				"14:70: worlds[0].apiUsers[1].clientId: no provider has it; add one first",
				"14:86: worlds[0].apiUsers[1].environment: must be one of sandbox, production",
				"15:20: worlds[0].apiUsers[2].username: is that of apiUsers[0] too",
				"15:37: worlds[0].apiUsers[2].passwordHash: must be a hash as GET /control/v1/world shows it",
				"15:47: worlds[0].apiUsers[2].gstin: no taxpayer holds it; add one first",
				"15:74: worlds[0].apiUsers[2].clientId: no provider has it; add one first",
				"15:107: worlds[0].apiUsers[2].frozen: must be true or false",
			}},
		{"a text that is too long", head + "    taxpayers:\n      - gstin: 29AWGPV7107B1Z1\n        address: {street: " +
			strings.Repeat("x", 201) + "}\n", []string{
			"6:27: worlds[0].taxpayers[0].address.street: must have at most 200 characters",
		}},
		{"invoices of other IRPs", head + "    invoices:\n" +
			"      - {irp: EY, sellerGstin: 29ABCCD1234E1Z1, documentType: INV, documentNumber: a-1, " +
			"documentDate: 01/04/2026}\n" +
			"      - {irp: EY, sellerGstin: 29ABCCD1234E1Z1, documentType: INV, documentNumber: A-1, " +
			"documentDate: 31/03/2027}\n" +
			"      - {irp: nic2, sellerGstin: 29ABCCD1234E1Z1, documentType: INV, documentNumber: A-2, " +
			"documentDate: 31/02/2027}\n" +
			"      - {irp: E Y, documentNumber: A-345678901234567}\n", []string{
			"6:84: worlds[0].invoices[1].documentNumber: is that of invoices[0] too",
			"7:15: worlds[0].invoices[2].irp: must be another IRP than NIC's; register at NIC1 and NIC2 through the " +
				"e-Invoice API",
			"7:105: worlds[0].invoices[2].documentDate: must be a date such as 31/12/2026",
			"8:9: worlds[0].invoices[3].sellerGstin: must be given",
			"8:9: worlds[0].invoices[3].documentType: must be given",
			"8:9: worlds[0].invoices[3].documentDate: must be given",
			"8:15: worlds[0].invoices[3].irp: must be 1 to 20 letters, digits or _",
			"8:36: worlds[0].invoices[3].documentNumber: must have at most 16 characters",
		}},
		{"too large", strings.Repeat("#", worldfile.MaxBytes+1), []string{
			"1:1: is too large: a world file has at most 8388608 bytes",
		}},
		{"two logins of one GSTIN", head + "    portalUsers:\n" +
			"      - {username: abcdef, password: x, gstin: 29ABCCD1234E1Z1}\n",
			[]string{"5:48: worlds[0].portalUsers[0].gstin: has a login already"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := worldfile.Read(strings.NewReader(c.text), "team.yaml")
			wrong, ok := errors.AsType[*worldfile.Error](err)
			if !ok {
				t.Fatalf("the error is %v", err)
			}
			var got []string
			for _, m := range wrong.Mistakes {
				got = append(got, strings.TrimPrefix(m.String(), "team.yaml:"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("mistakes (-want +got):\n%s", diff)
			}
		})
	}
}

// The mistakes of a document are bounded: the rest of it is not read.
func TestMostMistakes(t *testing.T) {
	for _, text := range []string{
		`{"taxpayers":[` + strings.Repeat("1,", 100_000) + "1]}",
		"{" + strings.Repeat(`"a":1,`, 100_000) + `"a":1}`,
	} {
		_, err := worldfile.ReadWorld([]byte(text), "blue")
		wrong, ok := errors.AsType[*worldfile.Error](err)
		if !ok || len(wrong.Mistakes) != 201 {
			t.Fatalf("%.20s: %.200v", text, err)
		}
		if last := wrong.Mistakes[200]; last.Member != "" || last.Message != "there are more mistakes from here on" {
			t.Errorf("%.20s: the last mistake is %v", text, last)
		}
		if n := testing.AllocsPerRun(1, func() { _, _ = worldfile.ReadWorld([]byte(text), "blue") }); n > 500_000 {
			t.Errorf("%.20s: %.0f allocations", text, n)
		}
	}
}
