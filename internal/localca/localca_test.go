package localca_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/internal/localca"
)

var day = time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC)

// fixed is a clock that a test sets.
type fixed struct{ at time.Time }

func (f *fixed) now() time.Time { return f.at }

func ensure(t *testing.T, directory string, now func() time.Time, hosts ...string) *localca.CA {
	t.Helper()
	ca, _, err := localca.Ensure(directory, hosts, now)
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

// presented returns the certificate that a client gets that asks for a name.
func presented(t *testing.T, config *tls.Config, name string) *x509.Certificate {
	t.Helper()
	got, err := config.GetCertificate(&tls.ClientHelloInfo{ServerName: name})
	if err != nil {
		t.Fatal(err)
	}
	return got.Leaf
}

func TestCertificatesAreForTheHostsOfTheCA(t *testing.T) {
	clock := &fixed{day}
	ca := ensure(t, filepath.Join(t.TempDir(), "a", "ca"), clock.now, "nicsim.example", "192.0.2.7")
	config, err := ca.Config([]string{"nicsim.example", "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca.PEM())
	for asked, good := range map[string]bool{
		"localhost": true, "blue.localhost": true, "Green.Localhost": true, "a.b.localhost": true, "127.0.0.1": true,
		"::1": true, "nicsim.example": true, "192.0.2.7": true,
		"evil.example": false, "127.0.0.2": false, "localhost.evil.example": false, "www.nicsim.example": false,
	} {
		name := asked
		if net.ParseIP(asked) != nil {
			name = "" // clients name no addresses
		}
		_, err := presented(t, config, name).Verify(x509.VerifyOptions{Roots: roots, DNSName: asked, CurrentTime: day})
		if (err == nil) != good {
			t.Errorf("%s: %v", asked, err)
		}
	}
	first := presented(t, config, "localhost")
	clock.at = day.Add(50 * 24 * time.Hour)
	if again := presented(t, config, "localhost"); !again.Equal(first) {
		t.Error("the certificate is another one after 50 days")
	}
	clock.at = day.Add(80 * 24 * time.Hour)
	if again := presented(t, config, "localhost"); !again.NotAfter.After(clock.at.Add(60 * 24 * time.Hour)) {
		t.Error("the certificate was not renewed before its end")
	}
}

// A machine that trusts the CA does not trust what its key signs for other names.
func TestTheCAIsConstrained(t *testing.T) {
	ca := ensure(t, filepath.Join(t.TempDir(), "ca"), (&fixed{day}).now, "nicsim.example")
	config, err := ca.Config([]string{"bank.example", "198.51.100.1"}) // as by someone who has the key
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca.PEM())
	_, err = presented(t, config, "").Verify(x509.VerifyOptions{Roots: roots, DNSName: "bank.example", CurrentTime: day})
	invalid := new(x509.CertificateInvalidError)
	if !errors.As(err, invalid) || invalid.Reason != x509.CANotAuthorizedForThisName {
		t.Errorf("a certificate for another name: %v", err)
	}
}

func TestTheCAIsKept(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "ca")
	now := (&fixed{day}).now
	if _, err := localca.Open(directory, now); !errors.Is(err, localca.ErrNone) {
		t.Errorf("without a CA: %v", err)
	}
	var all sync.WaitGroup
	prints := make([]string, 8)
	for i := range prints {
		all.Go(func() { // processes that start at once
			if ca, _, err := localca.Ensure(directory, nil, now); err == nil {
				prints[i] = ca.Fingerprint()
			}
		})
	}
	all.Wait()
	for _, shown := range prints {
		if shown != prints[0] || len(strings.Split(shown, ":")) != 32 {
			t.Fatalf("the fingerprints are %q", prints)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(directory), ".ca-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	key := filepath.Join(directory, "ca-key.pem")
	info, err := os.Stat(key)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the mode of the key is %v", info.Mode())
	}
	var name *localca.NameError
	_, _, err = localca.Ensure(directory, []string{"new.example"}, now)
	if !errors.As(err, &name) || name.Host != "new.example" {
		t.Errorf("a host that the CA was not made for: %v", err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(key, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := localca.Open(directory, now); !errors.Is(err, localca.ErrOpenToAll) {
			t.Errorf("a key that others can read: %v", err)
		}
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	_, _, err = localca.Ensure(directory, nil, now)
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, localca.ErrNone) {
		t.Errorf("a CA without its key: %v", err)
	}
}
