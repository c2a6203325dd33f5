package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/steps/target"
)

// aim has the flags that say what the scenarios are performed against.
type aim struct {
	urls                   simulator.URLs // of portals and APIs that have the same
	token                  tokenFlags
	targets                []string // files and presets
	api                    string   // URL
	publicKey, certificate string   // files
	credentials            client.Credentials
	face                   string // of the gateway through which the API is called
}

func (a *aim) addTargetFlags(flags *pflag.FlagSet) {
	flags.StringArrayVar(&a.targets, "target", nil, "`file` that describes the target, or a preset: "+
		strings.Join(target.Presets, ", ")+"; several are read one over the other")
	targetFlags(flags, &a.urls, &a.token)
	gspFlag(flags, &a.urls)
	flags.StringVar(&a.api, "api", "", "`URL` of the e-Invoice API of a sandbox: what comes before /eivital")
	flags.StringVar(&a.face, "face", "", "`vendor` whose gateway of a GSP carries the calls of the API: "+
		strings.Join(target.Faces(), ", "))
	flags.StringVar(&a.publicKey, "public-key", "", "`file` with the key of the sandbox, in PEM")
	flags.StringVar(&a.certificate, "certificate", "", "`file` with the certificate by which the sandbox signs, in PEM")
	flags.StringVar(&a.credentials.ClientID, "client-id", "", "`client id` of the API user")
	flags.StringVar(&a.credentials.ClientSecret, "client-secret", "", "its `secret`; better NICSIM_CLIENT_SECRET")
	flags.StringVar(&a.credentials.GSTIN, "gstin", "", "`GSTIN` of the API user")
	flags.StringVar(&a.credentials.Username, "username", "", "`name` of the API user")
	flags.StringVar(&a.credentials.Password, "password", "", "its `password`; better NICSIM_PASSWORD")
}

// own reports whether the target is a simulator of the run's own.
func (a *aim) own() bool {
	return a.urls == (simulator.URLs{}) && a.api == "" &&
		(len(a.targets) == 0 || slices.Equal(a.targets, []string{"nicsim"}))
}

// target reads the files and applies the flags, which take precedence.
func (a *aim) target(lookup func(string) (string, bool)) (t target.Target, err error) {
	if err := a.check(); err != nil {
		return t, err
	}
	for i, name := range a.targets {
		if preset, ok := target.Preset(name); ok {
			if i > 0 {
				return t, wrongUse{fmt.Errorf("--target: the preset %s must come before the files", name),
					"as in --target " + name + " --target mine.yaml"}
			}
			t = preset
			continue
		}
		t, err = target.Open(name, lookup, t)
		if bad, ok := errors.AsType[*target.Error](err); ok {
			return t, wrongUse{fmt.Errorf("--target: the file cannot be used\n%w", bad),
				"docs/target.schema.json describes the file"}
		}
		if err != nil {
			return t, wrongUse{fmt.Errorf("--target: %w", err),
				"give a file, or a preset: " + strings.Join(target.Presets, ", ")}
		}
	}
	token, err := a.token.read()
	if err != nil {
		return t, err
	}
	t.ControlToken = cmp.Or(target.Secret(token), t.ControlToken)
	t.Sandbox.Credentials = target.Merge(a.credentials, t.Sandbox.Credentials)
	t.Sandbox.API = cmp.Or(a.api, t.Sandbox.API)
	for _, f := range []struct {
		flag, file string
		into       *[]byte
	}{{"public-key", a.publicKey, &t.Sandbox.PublicKey}, {"certificate", a.certificate, &t.Sandbox.Certificate}} {
		if f.file == "" {
			continue
		}
		text, err := os.ReadFile(f.file)
		if err == nil {
			err = target.CheckPEM(text, f.flag == "certificate")
		}
		if err != nil {
			return t, wrongUse{fmt.Errorf("--%s: %w", f.flag, err), "it is a file with PEM"}
		}
		*f.into = text
	}
	t.Face = cmp.Or(a.face, t.Face)
	t.Name = cmp.Or(t.Name, a.urls.Sandbox, a.api, "nicsim, in this process")
	return t, nil
}

// check completes the URLs and refuses flags that do not go together.
func (a *aim) check() (err error) {
	if a.urls, err = checkURLs(a.urls); err != nil {
		return err
	}
	api, err := checkURLs(simulator.URLs{Sandbox: a.api})
	if err != nil {
		return wrongUse{fmt.Errorf("--api: %w", errors.Unwrap(errors.Unwrap(err))),
			"as in --api https://einv1api.gstsandbox.nic.in"}
	}
	a.api = api.Sandbox
	if a.face != "" {
		if err := oneOf("face", a.face, target.Faces()...); err != nil {
			return err
		}
	}
	if len(a.targets) > 0 || a.api != "" || a.urls == (simulator.URLs{}) {
		return nil
	}
	return cmp.Or(
		needed("scenarios use both portals", "sandbox", a.urls.Sandbox),
		needed("scenarios use both portals", "production", a.urls.Production),
	)
}

// lookup finds a variable of the program's environment.
func (p program) lookup(variable string) (string, bool) {
	for _, entry := range p.environ {
		if name, value, _ := strings.Cut(entry, "="); name == variable {
			return value, true
		}
	}
	return "", false
}
