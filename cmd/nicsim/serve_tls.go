package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/internal/localca"
	"github.com/nicsim/nicsim/simulator"
)

// tlsFlags are the flags of serve for TLS and for proxies before it.
type tlsFlags struct {
	on              bool
	cert, key       string // files
	caDir           string
	public, proxies []string

	ca *localca.CA // of the certificates, if nicsim makes them
}

func (f *tlsFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "tls", false, "speak TLS, with certificates of a CA of nicsim's own, which is made on first use")
	caDirFlag(flags, &f.caDir)
	flags.StringVar(&f.cert, "tls-cert", "", "speak TLS with the certificate in this `file`, in PEM, and with --tls-key")
	flags.StringVar(&f.key, "tls-key", "", "`file` with the key of --tls-cert")
	flags.StringArrayVar(&f.public, "public-url", nil, "`URL` under which clients reach nicsim behind a proxy, for links: "+
		"https://HOST, where\neach listener has its own port, or control=https://HOST and so on for one; may be repeated")
	flags.StringSliceVar(&f.proxies, "trust-proxy", nil, "`address` or network of a proxy whose X-Forwarded-For, "+
		"-Host and -Proto are believed;\nmay be repeated")
}

func caDirFlag(flags *pflag.FlagSet, directory *string) {
	flags.StringVar(directory, "ca-dir", "", "`directory` of the CA (default: ca in --data, or nicsim/ca in the user's "+
		"configuration)")
}

// apply puts what the flags say into the addresses and the options. Data is the directory of --data, or empty.
func (f *tlsFlags) apply(a *simulator.Addresses, o *simulator.Options, data string) (err error) {
	if a.Public, err = publicURLs(f.public); err != nil {
		return err
	}
	if o.TrustProxy, err = prefixes(f.proxies); err != nil {
		return err
	}
	switch {
	case (f.cert == "") != (f.key == ""):
		return wrongUse{errors.New("--tls-cert and --tls-key belong together"), "give both files, in PEM"}
	case f.cert != "" && f.on:
		return wrongUse{errors.New("--tls and --tls-cert exclude each other"), "--tls makes its own certificates"}
	case f.cert != "":
		pair, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return wrongUse{fmt.Errorf("--tls-cert: %w", err),
				"the files are the certificate, with those between it and its root, and its key, in PEM"}
		}
		a.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	case f.on:
		return f.ownCertificates(a, data)
	}
	return nil
}

func (f *tlsFlags) ownCertificates(a *simulator.Addresses, data string) error {
	directory, err := caDirectory(f.caDir, data)
	if err != nil {
		return err
	}
	hosts := hostsOf(*a)
	ca, _, err := localca.Ensure(directory, hosts, time.Now)
	if _, ok := errors.AsType[*localca.NameError](err); ok {
		return wrongUse{fmt.Errorf("--tls: %w", err),
			"delete that directory for a new CA, which clients have to trust again, or choose another one with --ca-dir"}
	}
	if err != nil {
		return wrongUse{fmt.Errorf("--tls: %w", err), "--ca-dir takes a directory that can be made and written"}
	}
	f.ca, f.caDir = ca, directory
	a.TLS, err = ca.Config(hosts)
	return err
}

// certificate returns the file with the certificate of the CA, absolute; empty without one.
func (f *tlsFlags) certificate() string {
	if f.ca == nil {
		return ""
	}
	file := filepath.Join(f.caDir, localca.CertificateFile)
	if absolute, err := filepath.Abs(file); err == nil {
		return absolute
	}
	return file
}

// caDirectory is where the CA is kept.
func caDirectory(given, data string) (string, error) {
	if given != "" {
		return given, nil
	}
	if data != "" {
		return filepath.Join(data, "ca"), nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", wrongUse{fmt.Errorf("there is no directory for the CA: %w", err), "choose one with --ca-dir"}
	}
	return filepath.Join(config, "nicsim", "ca"), nil
}

// hostsOf returns the names and addresses under which clients may reach the listeners, besides those of this machine.
func hostsOf(a simulator.Addresses) []string {
	hosts := slices.Clone(a.AllowHosts)
	for _, base := range a.Public {
		if at, err := url.Parse(base); err == nil {
			hosts = append(hosts, at.Hostname())
		}
	}
	for _, l := range listenersOf(a) {
		host, _, _ := net.SplitHostPort(l.address) // checked before
		ip := net.ParseIP(host)
		local := host == "" || host == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
		if !local {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// publicURLs reads --public-url.
func publicURLs(given []string) (map[string]string, error) {
	all := map[string]string{}
	for _, text := range given {
		listener, base, named := strings.Cut(text, "=")
		if !named {
			listener, base = "", text
		}
		at, err := url.Parse(base)
		switch {
		case err != nil, at.Scheme != "http" && at.Scheme != "https", at.Hostname() == "", at.User != nil,
			strings.Trim(at.Path, "/") != "", at.RawQuery != "", at.Fragment != "":
			err = errors.New("it must be http or https, a host and perhaps a port, and nothing else")
		case !named && at.Port() != "":
			err = errors.New("it has a port, which is that of one listener")
		case named && listener == "":
			err = errors.New("it names no listener")
		}
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--public-url: %q cannot be used: %w", text, err),
				"as in --public-url https://nicsim.example, or --public-url control=https://nicsim.example:8443"}
		}
		all[listener] = strings.TrimRight(base, "/")
	}
	return all, nil
}

// prefixes reads --trust-proxy.
func prefixes(given []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range given {
		prefix, err := netip.ParsePrefix(text)
		if at, single := netip.ParseAddr(text); single == nil {
			prefix, err = netip.PrefixFrom(at, at.BitLen()), nil
		}
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--trust-proxy: %q is not an address or a network", text),
				"as in --trust-proxy 10.0.0.7 or --trust-proxy 10.0.0.0/8"}
		}
		all = append(all, prefix)
	}
	return all, nil
}
