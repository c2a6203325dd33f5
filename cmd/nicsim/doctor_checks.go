package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/nicsim/nicsim/internal/localca"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

// doctorPatience is how long something may take to answer.
const doctorPatience = 2 * time.Second

// databasePatience is how long a database may take to answer.
const databasePatience = 10 * time.Second

// ports checks that the listeners can be opened, or that a simulator has opened them.
func (d doctor) ports(ctx context.Context) []check {
	var checks []check
	for _, l := range listenersOf(d.addresses) {
		name := "port of " + l.flag
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.address)
		switch {
		case err == nil:
			_ = listener.Close() // it has served nothing
			checks = append(checks, ok(name, l.address+" is free"))
		case answersHealth(ctx, l.address):
			checks = append(checks, ok(name, "a simulator answers on "+l.address))
		default:
			checks = append(checks, failed(name, err.Error(), "choose another address with --"+l.flag))
		}
	}
	return checks
}

// answersHealth reports whether a simulator answers on an address, with TLS or without.
func answersHealth(ctx context.Context, address string) bool {
	// Nothing secret is sent, and the certificate may be for other names.
	transport := &http.Transport{DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // see above
	calls := http.Client{Transport: transport, Timeout: doctorPatience}
	for _, scheme := range []string{"http", "https"} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+address+"/healthz", nil)
		if err != nil {
			return false
		}
		response, err := calls.Do(request)
		if err != nil {
			continue
		}
		_ = response.Body.Close() // the status is enough
		if response.StatusCode == http.StatusOK && response.Header.Get("X-Request-Id") != "" {
			return true
		}
	}
	return false
}

// control checks who can reach the control API.
func (d doctor) control(token string) []check {
	const name = "control API"
	switch {
	case simulator.IsLoopback(d.addresses.Control):
		return []check{ok(name, "only this machine can reach "+d.addresses.Control)}
	case token == "" && !d.access.open:
		return []check{failed(name, "other machines can reach it, and it has no token", "give --control-token-file")}
	case token == "":
		return []check{warning(name, "other machines can reach it, and it has no token", "give --control-token-file")}
	case !d.secure.on && d.secure.cert == "":
		return []check{warning(name, "the token and the OTPs cross the network without TLS",
			"give --tls, or put a proxy with TLS before it")}
	}
	return []check{ok(name, "it has a token and TLS")}
}

func checkDirectory(directory string) check {
	const name, hint = "directory", "--data takes a directory that can be made and written"
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return failed(name, err.Error(), hint)
	}
	file, err := os.CreateTemp(directory, ".doctor-")
	if err == nil {
		_, err = file.Write(make([]byte, 4096))
		err = errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		return failed(name, err.Error(), hint)
	}
	if info, err := os.Stat(directory); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return warning(name, directory+" can be read by others, and has secrets", "chmod 700 "+directory)
	}
	return ok(name, directory+" can be written")
}

// checkDatabase connects to the database at the URL, or opens the one in the directory. Errors do not repeat the
// password of the URL.
func checkDatabase(ctx context.Context, address, directory string) check {
	const name = "database"
	ctx, cancel := context.WithTimeout(ctx, databasePatience)
	defer cancel()
	hint := "is the server running, may the user make tables, and is the address right? As in " +
		"--database postgres://user@host:5432/name"
	inspect := func() (sqlstore.Inspection, error) { return sqlstore.InspectPostgres(ctx, address) }
	if address == "" {
		hint = "give another directory, or bring back a copy of nicsim.db"
		inspect = func() (sqlstore.Inspection, error) { return sqlstore.InspectSQLite(ctx, directory) }
	}
	found, err := inspect()
	if used, ok := errors.AsType[*sqlstore.InUseError](err); ok {
		return warning(name, used.Error(), "stop that one before another start with the directory")
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ok(name, "'nicsim serve' will make one in "+directory)
	case err != nil:
		return failed(name, err.Error(), hint)
	case found.Has == 0:
		return ok(name, found.Server+" can be written; 'nicsim serve' will make its tables")
	case found.Has < found.Knows:
		return warning(name, fmt.Sprintf("%s can be written; 'nicsim serve' will bring its tables from form %d to %d",
			found.Server, found.Has, found.Knows), "an older nicsim cannot use them then; make a copy first")
	}
	return ok(name, found.Server+" can be written, and its tables are those of this nicsim")
}

// checkClock compares the clock of this machine with the time at which the program was built, and with that of the
// file system, which may be another machine's.
func checkClock(directory string) check {
	const name, hint = "clock", "set the clock of this machine: the rules of NIC depend on the day"
	now := time.Now()
	if built := thisBuild().when(); now.Before(built) {
		shown := now.In(nic.IST).Format(time.RFC3339)
		return failed(name, fmt.Sprintf("it shows %s, and nicsim was built later", shown), hint)
	}
	file, err := os.CreateTemp(directory, ".doctor-")
	if err != nil {
		return warning(name, "it could not be compared with the file system: "+err.Error(), hint)
	}
	info, err := file.Stat()
	err = errors.Join(err, file.Close(), os.Remove(file.Name()))
	if err == nil {
		if skew := info.ModTime().Sub(now).Abs(); skew > time.Minute {
			return warning(name, fmt.Sprintf("the file system's differs by %s", skew.Round(time.Second)), hint)
		}
	}
	return ok(name, "it is "+now.In(nic.IST).Format("2 January 2006, 15:04")+" in India")
}

// certificate checks what the listeners would present.
func (d doctor) certificate() []check {
	const name = "certificate"
	switch {
	case d.secure.cert != "" || d.secure.key != "":
		pair, err := tls.LoadX509KeyPair(d.secure.cert, d.secure.key)
		if err != nil {
			return []check{failed(name, err.Error(), "--tls-cert and --tls-key take a certificate and its key, in PEM")}
		}
		return d.valid(pair.Leaf, "--tls-cert takes one that is valid for the hosts")
	case d.secure.on:
		directory, err := caDirectory(d.secure.caDir, d.data)
		if err != nil {
			return []check{failed(name, err.Error(), "")}
		}
		ca, err := localca.Open(directory, time.Now)
		switch {
		case errors.Is(err, localca.ErrNone):
			return []check{ok(name, "'nicsim serve --tls' will make a CA in "+directory)}
		case err != nil:
			return []check{failed(name, err.Error(), "chmod 600 its key, or delete the directory for a new CA")}
		}
		for _, host := range hostsOf(d.addresses) {
			if !ca.Permits(host) {
				return []check{failed(name, (&localca.NameError{Directory: directory, Host: host}).Error(),
					"delete the directory for a new CA, which clients have to trust again")}
			}
		}
		return lasts(ca.Certificate, "delete the directory for a new CA, which clients have to trust again")
	}
	return nil
}

// valid checks that a certificate is valid now, for each host.
func (d doctor) valid(certificate *x509.Certificate, hint string) []check {
	checks := lasts(certificate, hint)
	for _, host := range hostsOf(d.addresses) {
		if err := certificate.VerifyHostname(host); err != nil {
			checks = append(checks, failed("certificate", err.Error(), hint))
		}
	}
	return checks
}

// soonEnds is the time before its end at which a certificate gets a warning.
const soonEnds = 14 * 24 * time.Hour

func lasts(certificate *x509.Certificate, hint string) []check {
	const name = "certificate"
	now, until := time.Now(), certificate.NotAfter.Format(time.DateOnly)
	switch {
	case now.Before(certificate.NotBefore):
		return []check{failed(name, "it is valid from "+certificate.NotBefore.Format(time.DateOnly)+" only", hint)}
	case now.After(certificate.NotAfter):
		return []check{failed(name, "it ended on "+until, hint)}
	case now.Add(soonEnds).After(certificate.NotAfter):
		return []check{warning(name, "it ends on "+until, hint)}
	}
	return []check{ok(name, "it is valid until "+until)}
}
