package target

import (
	"cmp"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/steps/needs"
)

// maxBytes limits a target file, and each file that it names.
const maxBytes = 1 << 20

// file is a target file, by its members.
type file struct {
	Name                string
	Sandbox, Production environment
	Credentials         client.Credentials
	Parties             map[string]string
	OTP                 Source
	Control, GSP        string
	ControlToken        Secret
	Lacks               []needs.Need
	Limits              Limits
	Face                string
}

// environment is an environment in a target file.
type environment struct {
	Portal, API            string
	PublicKey, Certificate string
	Headers, Paths         map[string]string
	Secrets                map[string]string
	Credentials            client.Credentials
}

// Error is every mistake of a file.
type Error = document.Error

// reader reads a file and makes a target of it.
type reader struct{ document.Reader }

func (r *reader) add(member, format string, values ...any) {
	r.Add(member, document.Invalid, fmt.Sprintf(format, values...))
}

// Open reads a target file over a base, whose values it replaces. The lookup finds environment variables. The error
// of a file with mistakes is an [*Error].
func Open(name string, lookup func(string) (string, bool), base Target) (Target, error) {
	text, err := readFile(name)
	if err != nil {
		return Target{}, fmt.Errorf("reading the target: %w", err)
	}
	return Read(text, name, lookup, base)
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written to it
	text, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err == nil && len(text) > maxBytes {
		err = fmt.Errorf("%s is larger than %d bytes", name, maxBytes)
	}
	return text, err
}

// Read is Open for text that was read already. The names of files in it are relative to the folder of the name.
func Read(text []byte, name string, lookup func(string) (string, bool), base Target) (Target, error) {
	r := &reader{document.Reader{File: name, Lookup: lookup, Strict: true}}
	v, complete := r.Read(text, schema())
	if !complete {
		return Target{}, r.Err()
	}
	var f file
	// Only a file with mistakes has values of other types, and they were reported.
	if err := document.Store(v, &f); err != nil && r.Err() == nil {
		return Target{}, fmt.Errorf("reading %s: %w", name, err)
	}
	t := r.target(f, base)
	r.check(&t)
	switch {
	case f.OTP.From == FromControl && t.Control == "":
		r.add("otp", "cannot be control: there is no control API")
	case f.OTP.IsAsked() && t.Control != "":
		r.add("otp", "must be control: there is a control API")
	}
	return t, r.Err()
}

// target is the target of a file over a base.
func (r *reader) target(f file, base Target) Target {
	t := base
	t.Name, t.Control = cmp.Or(f.Name, base.Name, r.File), cmp.Or(f.Control, base.Control)
	t.ControlToken = cmp.Or(f.ControlToken, base.ControlToken)
	t.GSP = cmp.Or(f.GSP, base.GSP)
	if f.OTP.IsAsked() {
		t.OTP = f.OTP
		t.OTP.Dir = filepath.Dir(r.File)
	}
	t.Face = cmp.Or(f.Face, base.Face)
	t.Parties = over(base.Parties, f.Parties)
	t.Lacks = slices.Compact(slices.Sorted(slices.Values(slices.Concat(base.Lacks, f.Lacks))))
	t.Limits = Limits{
		cmp.Or(f.Limits.PerMinute, base.Limits.PerMinute), cmp.Or(f.Limits.Concurrency, base.Limits.Concurrency),
		cmp.Or(f.Limits.Documents, base.Limits.Documents),
	}
	t.Sandbox = r.environment("sandbox", f.Sandbox, f.Credentials, base.Sandbox)
	t.Production = r.environment("production", f.Production, f.Credentials, base.Production)
	return t
}

func (r *reader) environment(at string, e environment, shared client.Credentials, base Environment) Environment {
	return Environment{
		Portal:      strings.TrimRight(cmp.Or(e.Portal, base.Portal), "/"),
		API:         strings.TrimRight(cmp.Or(e.API, base.API), "/"),
		PublicKey:   r.pem(at+".publicKey", e.PublicKey, base.PublicKey),
		Certificate: r.pem(at+".certificate", e.Certificate, base.Certificate),
		Headers:     over(base.Headers, e.Headers), Paths: over(base.Paths, e.Paths),
		Secrets:     over(base.Secrets, e.Secrets),
		Credentials: Merge(e.Credentials, Merge(shared, base.Credentials)),
	}
}

// Merge returns credentials with the members of others where they have none.
func Merge(c, others client.Credentials) client.Credentials {
	return client.Credentials{
		ClientID: cmp.Or(c.ClientID, others.ClientID), ClientSecret: cmp.Or(c.ClientSecret, others.ClientSecret),
		GSTIN: cmp.Or(c.GSTIN, others.GSTIN), Username: cmp.Or(c.Username, others.Username),
		Password: cmp.Or(c.Password, others.Password),
	}
}

func over(base, own map[string]string) map[string]string {
	all := maps.Clone(base)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, own)
	return all
}

// pem reads a key or a certificate: PEM, or the name of a file with it.
func (r *reader) pem(member, given string, base []byte) []byte {
	text := []byte(given)
	switch {
	case given == "":
		return base
	case !strings.Contains(given, "-----BEGIN"):
		name := given
		if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.Dir(r.File), name)
		}
		read, err := readFile(name)
		if err != nil {
			r.add(member, "cannot be read: %v", errors.Unwrap(err))
			return nil
		}
		text = read
	}
	if err := CheckPEM(text, strings.HasSuffix(member, "certificate")); err != nil {
		r.add(member, "%v", err)
		return nil
	}
	return text
}

// CheckPEM refuses text that is not the PEM of a certificate, or of an RSA public key.
func CheckPEM(text []byte, certificate bool) error {
	block, _ := pem.Decode(text)
	if block == nil {
		return errors.New("must be PEM")
	}
	if parsed, err := x509.ParseCertificate(block.Bytes); err == nil {
		if _, ok := parsed.PublicKey.(*rsa.PublicKey); ok {
			return nil
		}
	} else if parsed, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil && !certificate {
		if _, ok := parsed.(*rsa.PublicKey); ok {
			return nil
		}
	}
	if certificate {
		return errors.New("must be the PEM of a certificate with an RSA key")
	}
	return errors.New("must be the PEM of an RSA public key, or of a certificate with one")
}

// check adds the mistakes that the schema cannot find.
func (r *reader) check(t *Target) {
	own := t.Sandbox.Credentials.GSTIN
	for role, gstin := range t.Parties {
		member := "parties." + role
		switch {
		case own == "" || gstin == "" || !IsRole(role): // one that is not there or not valid is a mistake already
		case role == "sameState" && (gstin[:2] != own[:2] || gstin == own):
			r.add(member, "must be another taxpayer in the state of credentials.gstin")
		case role == "otherState" && gstin[:2] == own[:2]:
			r.add(member, "must be a taxpayer in another state than credentials.gstin")
		}
	}
	for at, e := range map[string]*Environment{"sandbox": &t.Sandbox, "production": &t.Production} {
		for name := range e.Headers {
			if textproto.TrimString(name) != name || strings.ContainsAny(name, " :\r\n") || name == "" {
				r.add(at+".headers", "must have names of headers as its members")
			}
		}
		for path := range e.Paths {
			if !strings.HasPrefix(path, "/") {
				r.add(at+".paths", "must have paths that begin with / as its members")
			}
		}
	}
}
