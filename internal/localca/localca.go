// Package localca makes certificates for a server on this machine, by a certificate authority (CA) of its own, which
// is made on first use and kept in a directory. The CA can only vouch for names below localhost, for loopback
// addresses, and for the names and addresses that it was made for: a machine that trusts it trusts it for nothing else.
package localca

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// The files of a CA in its directory.
const (
	CertificateFile = "ca.pem"
	keyFile         = "ca-key.pem"
)

const (
	caLife        = 10 * 365 * 24 * time.Hour
	leafLife      = 90 * 24 * time.Hour
	leafRenewal   = 30 * 24 * time.Hour // a certificate that ends sooner is made again
	skew          = time.Hour           // by which clocks of clients may be slow
	maxRemembered = 256                 // certificates for names below localhost
)

// Errors of Open; match with errors.Is.
var (
	ErrNone      = errors.New("there is no CA in the directory")
	ErrOpenToAll = errors.New("others can read the key of the CA; its mode must be 0600")
)

// A NameError is the error of a host that a CA was not made for.
type NameError struct{ Directory, Host string }

func (e *NameError) Error() string {
	return fmt.Sprintf("the CA in %s was not made for %s", e.Directory, e.Host)
}

// CA is a certificate authority. Use Open or Ensure. It is safe for concurrent use.
type CA struct {
	Certificate *x509.Certificate
	directory   string
	key         *ecdsa.PrivateKey
	now         func() time.Time

	mu     sync.Mutex // guards leaves
	leaves map[string]*tls.Certificate
}

// Open reads the CA of a directory. It returns ErrNone without one.
func Open(directory string, now func() time.Time) (*CA, error) {
	certificate, err := readPEM(filepath.Join(directory, CertificateFile), "CERTIFICATE")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w %s", ErrNone, directory)
	}
	if err != nil {
		return nil, err
	}
	name := filepath.Join(directory, keyFile)
	if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s: %w", name, ErrOpenToAll)
	}
	key, err := readPEM(name, "PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	ca := &CA{directory: directory, now: now, leaves: map[string]*tls.Certificate{}}
	if ca.Certificate, err = x509.ParseCertificate(certificate); err != nil {
		return nil, fmt.Errorf("reading the CA in %s: %w", directory, err)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	var ok bool
	if ca.key, ok = parsed.(*ecdsa.PrivateKey); !ok || !ca.key.PublicKey.Equal(ca.Certificate.PublicKey) {
		return nil, fmt.Errorf("%s is not the key of %s", name, CertificateFile)
	}
	return ca, nil
}

// Ensure is Open, after it made a CA for the hosts if the directory has none. It reports whether it made one. Hosts are
// names or addresses; the error of one that an existing CA was not made for is a *NameError.
func Ensure(directory string, hosts []string, now func() time.Time) (ca *CA, made bool, err error) {
	ca, err = Open(directory, now)
	if errors.Is(err, ErrNone) {
		made = true
		if err = create(directory, hosts, now()); err == nil {
			ca, err = Open(directory, now)
		}
	}
	if err != nil {
		return nil, false, err
	}
	for _, host := range hosts {
		if !ca.Permits(host) {
			return nil, false, &NameError{directory, host}
		}
	}
	return ca, made, nil
}

// Fingerprint returns the SHA-256 sum of the certificate, as browsers and openssl show it.
func (ca *CA) Fingerprint() string {
	sum := sha256.Sum256(ca.Certificate.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// PEM returns the certificate, which is not a secret.
func (ca *CA) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Certificate.Raw})
}

// Config returns a configuration whose certificates are for localhost, loopback addresses and the hosts, and for the
// name below localhost that a client asks for.
func (ca *CA) Config(hosts []string) (*tls.Config, error) {
	always := append([]string{"localhost", "127.0.0.1", "::1"}, hosts...)
	if _, err := ca.leaf("", always); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			name := strings.ToLower(strings.TrimSuffix(hello.ServerName, "."))
			if strings.HasSuffix(name, ".localhost") && len(name) < 254 {
				return ca.leaf(name, []string{name})
			}
			return ca.leaf("", always)
		},
	}, nil
}

// leaf returns a certificate for the hosts, which is remembered under a name.
func (ca *CA) leaf(name string, hosts []string) (*tls.Certificate, error) {
	ca.mu.Lock()
	defer ca.mu.Unlock()
	now := ca.now()
	if known := ca.leaves[name]; known != nil && now.Add(leafRenewal).Before(known.Leaf.NotAfter) {
		return known, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "nicsim"},
		NotBefore: now.Add(-skew), NotAfter: now.Add(leafLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca.Certificate, key.Public(), ca.key)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate that was made: %w", err)
	}
	made := &tls.Certificate{Certificate: [][]byte{der, ca.Certificate.Raw}, PrivateKey: key, Leaf: parsed}
	if len(ca.leaves) >= maxRemembered {
		always := ca.leaves[""]
		clear(ca.leaves)
		ca.leaves[""] = always
	}
	ca.leaves[name] = made
	return made, nil
}

// Permits reports whether the CA can vouch for a host.
func (ca *CA) Permits(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return slices.ContainsFunc(ca.Certificate.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip) })
	}
	return slices.ContainsFunc(ca.Certificate.PermittedDNSDomains, func(domain string) bool {
		return strings.EqualFold(host, domain) || strings.HasSuffix(strings.ToLower(host), "."+strings.ToLower(domain))
	})
}

// create makes a CA for the hosts. Of several processes that do so at once, one has its CA put into place.
func create(directory string, hosts []string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "nicsim local CA of " + now.UTC().Format(time.DateTime)},
		NotBefore: now.Add(-skew), NotAfter: now.Add(caLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"localhost"},
		PermittedIPRanges: []*net.IPNet{
			{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)}, {IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
		},
	}
	for _, host := range hosts {
		switch ip := net.ParseIP(host); {
		case ip == nil:
			template.PermittedDNSDomains = append(template.PermittedDNSDomains, host)
		case ip.To4() != nil:
			template.PermittedIPRanges = append(template.PermittedIPRanges, &net.IPNet{IP: ip.To4(), Mask: net.CIDRMask(32, 32)})
		default:
			template.PermittedIPRanges = append(template.PermittedIPRanges, &net.IPNet{IP: ip, Mask: net.CIDRMask(128, 128)})
		}
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return fmt.Errorf("making the CA: %w", err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("writing the key of the CA: %w", err)
	}
	return place(directory, map[string][]byte{
		keyFile:         pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}),
		CertificateFile: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
	})
}

// place puts files into a new directory, all at once. It does nothing if the directory is there by then.
func place(directory string, files map[string][]byte) error {
	parent := filepath.Dir(directory)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return fmt.Errorf("making the directory of the CA: %w", err)
	}
	temporary, err := os.MkdirTemp(parent, ".ca-")
	if err != nil {
		return fmt.Errorf("making the directory of the CA: %w", err)
	}
	defer os.RemoveAll(temporary) // it was moved away, or is left behind
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(temporary, name), content, 0o600); err != nil {
			return fmt.Errorf("writing the CA: %w", err)
		}
	}
	if err := os.Rename(temporary, directory); err != nil {
		if _, there := os.Stat(filepath.Join(directory, CertificateFile)); there == nil {
			return nil
		}
		return fmt.Errorf("putting the CA into place: %w", err)
	}
	return nil
}

func serial() *big.Int {
	bytes := make([]byte, 16)
	_, _ = rand.Read(bytes) // never fails
	return new(big.Int).SetBytes(bytes)
}

func readPEM(name, kind string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("%s is not PEM of a %s", name, strings.ToLower(kind))
	}
	return block.Bytes, nil
}
