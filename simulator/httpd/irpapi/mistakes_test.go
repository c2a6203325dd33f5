package irpapi_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"encoding/base64"
	"maps"
	"strings"
)

// mistake is what a newcomer's client does wrong, and the sentence with which the journal names it.
type mistake struct {
	name  string
	do    func(*newcomer) // sends the request that is refused
	code  string
	cause string
}

// newcomer is a program with its first login, and raw requests.
type newcomer struct {
	*caller
	site *site
}

// raw sends a body with these headers as they are.
func (n *newcomer) raw(method, path string, header map[string]string, body []byte) {
	n.w.t.Helper()
	n.w.send(method, n.w.base[n.env]+path, header, body)
}

// logIn sends a login whose sealed Data is this text.
func (n *newcomer) logIn(data any) {
	n.w.t.Helper()
	n.raw("POST", auth, n.authHeaders(), encode(n.w.t, object{"Data": data}))
}

// generates sends an invoice whose sealed Data is this text.
func (n *newcomer) generates(data any) {
	n.w.t.Helper()
	n.raw("POST", generate, n.headers(), encode(n.w.t, object{"Data": data}))
}

// opened logs in with this text instead of the base64 of a login's JSON.
func (n *newcomer) opened(text string) { n.logIn(rsaSeal(n.w.t, n.w.keys[n.env], []byte(text))) }

func (n *newcomer) document() []byte { return encode(n.w.t, n.credentials()) }

const (
	auth     = "/eivital/v1.04/auth"
	generate = "/eicore/v1.03/Invoice"
)

// renamed returns headers with other names; "" drops one.
func renamed(header, names map[string]string) map[string]string {
	header = maps.Clone(header)
	for from, to := range names {
		value := header[from]
		if delete(header, from); to != "" {
			header[to] = value
		}
	}
	return header
}

var headerMistakes = []mistake{
	{"clientid for client_id", func(n *newcomer) {
		n.raw("POST", auth, renamed(n.authHeaders(), map[string]string{"client_id": "clientid"}), nil)
	}, "1011", "The header client_id is missing; the header Clientid came instead."},
	{"a proxy drops headers with underscores", func(n *newcomer) {
		n.raw("GET", details+n.gstin, renamed(n.headers(),
			map[string]string{"client_id": "", "client_secret": "", "user_name": ""}), nil)
	}, "1011",
		"The header client_id is missing, and no header with an underscore arrived: a proxy may have dropped them."},
	{"no headers of NIC's at all", func(n *newcomer) { n.raw("GET", details+n.gstin, nil, nil) },
		"1011", "The header client_id is missing; the request has Accept-Encoding, User-Agent."},
	{"an empty client secret", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client_secret", ""), nil)
	}, "1012", "The header client_secret is empty."},
	{"no GSTIN", func(n *newcomer) {
		n.raw("GET", details+n.gstin, renamed(n.headers(), map[string]string{"Gstin": "X-Gstin"}), nil)
	}, "1004", "The header Gstin is missing; the header X-Gstin came instead."},
	{"username for user_name", func(n *newcomer) {
		n.raw("GET", details+n.gstin, renamed(n.headers(), map[string]string{"user_name": "username"}), nil)
	}, "1006", "The header user_name is missing; the header Username came instead."},
	{"an unknown client id", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client_id", "AAFCC29ERP82ZSX"), nil)
	}, "1010", "The client id is AAFCC29ERP82ZSX, which no provider of this world has."},
	{"the client id in lower case", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client_id", strings.ToLower(sahyadri.id)), nil)
	}, "1010", "The client id is written AAFCC29ERP82ZSO, in upper case."},
	{"the secret of another client", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client_secret", konkan.secret), nil)
	}, "1010", "The client secret is that of the client id AABCK27GSP4K7QX."},
	{"a wrong secret", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client_secret", "Sahyadri"), nil)
	}, "1010", "The client id is known, and the client secret, of 8 characters, is another."},
	{"both spellings", func(n *newcomer) {
		n.raw("GET", details+n.gstin, with2(n.headers(), "client-id", konkan.id), nil)
	}, "1010", "The client id arrived twice, with different values."},
	{"id and secret exchanged", func(n *newcomer) {
		n.as(func(c *caller) { c.clientID, c.clientSecret = c.clientSecret, c.clientID }).call("GET", details+n.gstin, nil)
	}, "1010", "Client id and client secret are exchanged."},
}

var loginMistakes = []mistake{
	{"no body", func(n *newcomer) { n.raw("POST", auth, n.authHeaders(), nil) }, "5003", "The request has no body."},
	{"a form", func(n *newcomer) { n.raw("POST", auth, n.authHeaders(), []byte("Data=abc")) },
		"5003", "The body is not JSON: 8 bytes, as of a form."},
	{"no envelope", func(n *newcomer) { n.raw("POST", auth, n.authHeaders(), n.document()) }, "5003",
		"The body has no member Data; it has AppKey, ForceRefreshAccessToken, Password, UserName."},
	{"not sealed, as an object", func(n *newcomer) { n.logIn(n.credentials()) }, "5003",
		"Data is a JSON object that is not encrypted; text is expected."},
	{"not sealed, as text", func(n *newcomer) { n.logIn(string(n.document())) }, "1013",
		"Data is JSON that is not encrypted."},
	{"not sealed, as base64", func(n *newcomer) { n.logIn(base64.StdEncoding.EncodeToString(n.document())) }, "1013",
		"Data is base64 of JSON that is not encrypted."},
	{"not base64", func(n *newcomer) { n.logIn("a*b") }, "1013",
		"Data is not base64: of its 3 characters, the one at position 2 is not in the alphabet."},
	{"the URL's base64", func(n *newcomer) {
		n.logIn(strings.Repeat("-_", 171) + "==")
	}, "1013", "Data is base64 in the alphabet of URLs, with - and _ in place of + and /."},
	{"too short", func(n *newcomer) { n.logIn(base64.StdEncoding.EncodeToString(make([]byte, 128))) }, "1013",
		"Data has 128 bytes; under the public key it has 256."},
	{"base64 twice", func(n *newcomer) {
		sealed := rsaSeal(n.w.t, n.w.keys[n.env], []byte(base64.StdEncoding.EncodeToString(n.document())))
		n.logIn(base64.StdEncoding.EncodeToString([]byte(sealed)))
	}, "1013", "Data is base64 of base64: it was encoded twice."},
	{"the other key", func(n *newcomer) {
		n.logIn(rsaSeal(n.w.t, n.w.keys["production"], []byte(base64.StdEncoding.EncodeToString(n.document()))))
	}, "1013", "Data was encrypted under the public key of production, and this is the sandbox."},
	{"OAEP", func(n *newcomer) {
		text := base64.StdEncoding.EncodeToString(n.document())
		sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, n.w.keys[n.env], []byte(text), nil)
		if err != nil {
			n.w.t.Fatal(err)
		}
		n.logIn(base64.StdEncoding.EncodeToString(sealed))
	}, "1013", "Data was encrypted with OAEP padding (SHA-1), not PKCS #1 v1.5."},
	{"JSON inside", func(n *newcomer) { n.opened(string(n.document())) }, "1013",
		"Data opens, and holds JSON where base64 of JSON is expected."},
	{"not base64 inside", func(n *newcomer) { n.opened("user:password") }, "1013",
		"Data opens, and holds 13 bytes that are not base64."},
	{"an unknown key", func(n *newcomer) { n.logIn(base64.StdEncoding.EncodeToString(make([]byte, 256))) }, "1013",
		"Data has the length of a login, and opens under neither environment's key: another key or another padding " +
			"was used."},
	{"not JSON", func(n *newcomer) { n.opened("aGVsbG8=") }, "1007", "Data opens to 5 bytes that are not JSON."},
	{"a list", func(n *newcomer) { n.opened("W10=") }, "1007",
		"Data opens to a JSON array where an object is expected."},
	{"a number as UserName", func(n *newcomer) {
		n.logIn(rsaSeal(n.w.t, n.w.keys[n.env], []byte(base64.StdEncoding.EncodeToString([]byte(`{"UserName":7}`)))))
	}, "1007", "UserName is a JSON number where text is expected."},
	{"no AppKey", func(n *newcomer) { n.auth(object{"AppKey": nil}) }, "1016", "AppKey is missing or empty."},
	{"the AppKey as it is", func(n *newcomer) { n.auth(object{"AppKey": string(n.appKey)}) }, "1016",
		"AppKey is 32 characters as they are; base64 of 32 bytes is expected."},
	{"a short AppKey", func(n *newcomer) { n.auth(object{"AppKey": "c2hvcnQ="}) }, "1016",
		"AppKey is base64 of 5 bytes; 32 bytes are expected."},
	{"the AppKey as hexadecimal", func(n *newcomer) { n.auth(object{"AppKey": strings.Repeat("0a", 32)}) }, "1016",
		"AppKey is 32 bytes in hexadecimal; base64 is expected."},
	{"an unknown user", func(n *newcomer) { n.auth(object{"UserName": "nobody_api"}) }, "1017",
		"UserName is nobody_api, which no API user has."},
	{"the user in another case", func(n *newcomer) { n.auth(object{"UserName": "Dakshin_API"}) }, "1017",
		"The user name is written dakshin_api; Dakshin_API differs in case."},
	{"the portal's login", func(n *newcomer) { n.auth(object{"UserName": dakshin.login}) }, "1017",
		"dakshin29 is a login of the production portal, not an API user."},
	{"the user of another client", func(n *newcomer) {
		n.raw("POST", auth, with2(with2(n.authHeaders(), "client_id", konkan.id), "client_secret", konkan.secret),
			n.sealed(n.document()))
	}, "1018",
		"The user dakshin_api was made for the client id AAFCC29ERP82ZSO; the header client_id is AABCK27GSP4K7QX."},
	{"the portal's password", func(n *newcomer) { n.auth(object{"Password": dakshin.password}) }, "1019",
		"The password is that of the production portal's login dakshin29, not that of the API user."},
	{"a password with a blank", func(n *newcomer) { n.auth(object{"Password": n.password + " "}) }, "1019",
		"The password has blanks around it."},
	{"user and password exchanged", func(n *newcomer) {
		n.auth(object{"UserName": n.password, "Password": n.name})
	}, "1017", "UserName is a text of 11 characters, which no API user has."},
	{"a wrong password", func(n *newcomer) { n.auth(object{"Password": "Wrong@1234"}) }, "1019",
		"The password, of 10 characters, is another."},
	{"another GSTIN", func(n *newcomer) { n.as(func(c *caller) { c.gstin = deccan.gstin }).auth(nil) }, "1015",
		"The user dakshin_api is of GSTIN 29ABCCD1234E1Z1; the header Gstin is 29ABCPD1234E2Z9."},
	{"a suspended taxpayer", func(n *newcomer) {
		n.w.control("PATCH", "/taxpayers/"+dakshin.gstin, object{"status": "SUSPENDED"})
		n.auth(nil)
	}, "1014", "The status of the taxpayer 29ABCCD1234E1Z1 is SUSPENDED."},
}

var tokenMistakes = []mistake{
	{"the token as Authorization", func(n *newcomer) {
		n.raw("GET", details+n.gstin, renamed(n.headers(), map[string]string{"AuthToken": "Authorization"}), nil)
	}, "1005", "The header AuthToken is missing; the header Authorization came instead."},
	{"no token", func(n *newcomer) { n.as(func(c *caller) { c.token = "" }).call("GET", details+n.gstin, nil) }, "1005",
		"The header AuthToken is empty."},
	{"a token of nowhere", func(n *newcomer) {
		n.as(func(c *caller) { c.token = "abcdefghijklmnopqrstuvwxy" }).call("GET", details+n.gstin, nil)
	}, "1005", "The token, of 25 characters, was never issued here."},
	{"Bearer", func(n *newcomer) {
		n.as(func(c *caller) { c.token = "Bearer " + c.token }).call("GET", details+n.gstin, nil)
	}, "1005", "The token has other text around it, of 7 characters, such as quotes or Bearer."},
	{"an old token", func(n *newcomer) {
		n.w.advance("55m")
		n.auth(object{"ForceRefreshAccessToken": true})
		n.call("GET", details+n.gstin, nil)
	}, "1005", "The token was replaced by a later login at 2026-07-15 11:25:42."},
	{"an expired token", func(n *newcomer) {
		n.w.advance("1h")
		n.call("GET", details+n.gstin, nil)
	}, "1005", "The token expired at 2026-07-15 11:30:42."},
	{"a token that expired before the next login", func(n *newcomer) {
		n.w.advance("2h")
		n.auth(nil)
		n.call("GET", details+n.gstin, nil)
	}, "1005", "The token expired at 2026-07-15 11:30:42."},
	{"the token of another user", func(n *newcomer) {
		n.as(func(c *caller) { c.name = "dakshin_two" }).call("GET", details+n.gstin, nil)
	}, "1005", "The token was issued to the user dakshin_api; the header user_name is dakshin_two."},
	{"the token of another client", func(n *newcomer) {
		n.as(func(c *caller) { c.clientID, c.clientSecret = konkan.id, konkan.secret }).call("GET", details+n.gstin, nil)
	}, "1005", "The token was issued to the client id AAFCC29ERP82ZSO; the header client_id is AABCK27GSP4K7QX."},
	{"the token of production", func(n *newcomer) {
		token := n.w.user("production", dakshin, sahyadri, "dakshin_api").login().token
		n.as(func(c *caller) { c.token = token }).call("GET", details+n.gstin, nil)
	}, "1005", "The token was issued in production, and this is the sandbox."},
	{"the token of another world", func(n *newcomer) {
		token := n.site.world(n.w.t).user("sandbox", dakshin, sahyadri, "dakshin_api").login().token
		n.as(func(c *caller) { c.token = token }).call("GET", details+n.gstin, nil)
	}, "1005", "The token was issued in another world, "},
	{"another GSTIN than the token's", func(n *newcomer) {
		n.as(func(c *caller) { c.gstin = deccan.gstin }).call("GET", details+n.gstin, nil)
	}, "1015", "The token is of GSTIN 29ABCCD1234E1Z1; the header Gstin is 29ABCPD1234E2Z9."},
}

var dataMistakes = []mistake{
	{"not sealed", func(n *newcomer) { n.generates(string(encode(n.w.t, invoice("A/1")))) }, "1020",
		"Data is JSON that is not encrypted."},
	{"base64 of JSON", func(n *newcomer) {
		n.generates(base64.StdEncoding.EncodeToString(encode(n.w.t, invoice("A/1"))))
	}, "1020", "Data is base64 of JSON that is not encrypted."},
	{"the AppKey for the SEK", func(n *newcomer) { n.generates(aesSeal(n.appKey, encode(n.w.t, invoice("A/1")))) }, "1020",
		"Data was encrypted under the AppKey of the login, not under its SEK."},
	{"the SEK of before", func(n *newcomer) {
		before := n.sek
		n.w.advance("2h")
		n.login()
		n.generates(aesSeal(before, encode(n.w.t, invoice("A/1"))))
	}, "1020", "Data was encrypted under the SEK of an earlier login."},
	{"CBC", func(n *newcomer) {
		block, err := aes.NewCipher(n.sek)
		if err != nil {
			n.w.t.Fatal(err)
		}
		plain := padded(encode(n.w.t, invoice("A/1")))
		cipher.NewCBCEncrypter(block, []byte("sixteen bytes iv")).CryptBlocks(plain, plain)
		n.generates(base64.StdEncoding.EncodeToString(plain))
	}, "1020", "Data was encrypted under the SEK in CBC mode, not in ECB mode."},
	{"no padding", func(n *newcomer) {
		plain := encode(n.w.t, invoice("A/1"))
		plain = append(plain, make([]byte, 16-len(plain)%16)...)
		n.generates(base64.StdEncoding.EncodeToString(blocks(n.sek, plain, false)))
	}, "1020", "Data was encrypted under the SEK without PKCS #7 padding."},
	{"half a block", func(n *newcomer) { n.generates(base64.StdEncoding.EncodeToString(make([]byte, 24))) }, "1020",
		"Data has 24 bytes, not whole blocks of 16: it has no padding, or is in another mode than ECB."},
	{"the public key", func(n *newcomer) {
		n.generates(rsaSeal(n.w.t, n.w.keys[n.env], []byte("{}")))
	}, "1020", "Data was encrypted under the public key, as a login is."},
	{"the SEK of another user", func(n *newcomer) {
		other := n.w.user("sandbox", dakshin, konkan, "dakshin_two").login()
		n.generates(aesSeal(other.sek, encode(n.w.t, invoice("A/1"))))
	}, "1020", "Data was encrypted under the SEK of the user dakshin_two."},
	{"an unknown key", func(n *newcomer) { n.generates(aesSeal(make([]byte, 32), []byte("{}"))) }, "1020",
		"Data has 16 bytes, and opens under no key of this user."},
	{"base64 inside", func(n *newcomer) {
		n.generates(aesSeal(n.sek, []byte(base64.StdEncoding.EncodeToString(encode(n.w.t, invoice("A/1"))))))
	}, "5002", "Data opens to base64 of JSON where JSON is expected."},
	{"no envelope", func(n *newcomer) { n.raw("POST", generate, n.headers(), encode(n.w.t, object{"Irn": "1"})) }, "5003",
		"The body has no member Data; it has Irn."},
	{"an empty Data", func(n *newcomer) { n.generates("") }, "5003", "Data is empty."},
}

func with2(header map[string]string, name, value string) map[string]string {
	header = maps.Clone(header)
	header[name] = value
	return header
}

func padded(plain []byte) []byte {
	n := aes.BlockSize - len(plain)%aes.BlockSize
	return append(plain, strings.Repeat(string(rune(n)), n)...)
}
