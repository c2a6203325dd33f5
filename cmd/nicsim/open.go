package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/internal/captured"
)

// open has the flags of one `nicsim open`.
type open struct {
	sek, appKey secretFlag
	certificate string // file
	json        bool
}

func (p program) open() *cobra.Command {
	o := open{sek: secretFlag{name: "sek"}, appKey: secretFlag{name: "appkey"}}
	cmd := &cobra.Command{
		Use:   "open [FILE|-]",
		Short: "Decrypt a captured Data of the e-Invoice API, or show and verify a signed invoice or QR code",
		Long: `Shows what is in a request or an answer of the e-Invoice API. FILE, or standard input,
holds the JSON body, or the bare text of one of these:

  Data           decrypted under the session key, --sek
  a login's Sek  decrypted under the AppKey, --appkey, which gives the session key
  SignedInvoice, SignedQRCode
                 header, issuer and document; --cert verifies the signature

A key is base64 or hex. Keys are secrets: give them as NICSIM_SEK and NICSIM_APPKEY, or in
a file. With both keys, --sek is the Sek as it is in the login's answer. The Data that a
login sends opens only under NIC's private key.

Exit codes: 0 opened, 1 it does not open under that key or another key signed it, 2 wrong
use, or a text of another kind.`,
		Example: `  The session key of a captured login, then a captured answer:
    export NICSIM_SEK=$(nicsim open login.json --appkey-file appkey.txt)
    nicsim open answer.json
  The signed invoice in it, verified:
    nicsim open answer.json | jq -r .SignedInvoice | nicsim open --cert sandbox.pem`,
		Args: oneInput,
		RunE: func(_ *cobra.Command, args []string) error { return p.runOpen(o, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.sek.value, "sek", "", "session `key`; better given as NICSIM_SEK")
	flags.StringVar(&o.sek.file, "sek-file", "", "`file` with the session key")
	flags.StringVar(&o.appKey.value, "appkey", "", "AppKey that the login sent, a `key`; better given as NICSIM_APPKEY")
	flags.StringVar(&o.appKey.file, "appkey-file", "", "`file` with the AppKey")
	flags.StringVar(&o.certificate, "cert", "", "PEM `file` with the certificate or public key that must have signed it")
	flags.BoolVar(&o.json, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) runOpen(o open, args []string) error {
	keys, err := o.keys()
	if err != nil {
		return err
	}
	text, err := p.input(args)
	if err != nil {
		return err
	}
	text = bytes.TrimSpace(text)
	found, err := captured.Find(text)
	if err != nil {
		return notOpenable(err)
	}
	var shown opened
	var failed error
	if found.Kind == captured.Signed {
		shown, failed = openSigned(found.Text, o.certificate)
	} else {
		shown, failed = openSealed(found, keys)
	}
	if shown.Kind == "" {
		return failed
	}
	if err := p.report(o.json, shown); err != nil {
		return err
	}
	return failed
}

// notOpenable is the error of an input that is not a text of the API.
func notOpenable(err error) error {
	return wrongUse{err, "'nicsim open --help' lists what can be opened"}
}

// opened is the decrypted or verified content; its JSON names are a contract.
type opened struct {
	Kind     string          `json:"kind"`               // data, sek or signed
	Document json.RawMessage `json:"document,omitempty"` // content that is JSON
	Text     string          `json:"text,omitempty"`     // content of a token that is not JSON
	Bytes    []byte          `json:"bytes,omitempty"`    // a session key, or other content that is not JSON; in base64

	// Members of a token.
	Header    json.RawMessage `json:"header,omitempty"`
	Issuer    string          `json:"issuer,omitempty"`
	Signature string          `json:"signature,omitempty"` // verified, wrong or unchecked
}

// print writes the document without more, for the next program in a pipe. For a token it also writes who
// signed it.
func (o opened) print(page page) error {
	if o.Kind == captured.Signed {
		page.entry("Header", valueColumn, string(compact(o.Header)))
		page.entry("Issuer", valueColumn, fmt.Sprintf("%q", o.Issuer))
		page.entry("Signature", valueColumn, signatureWords[o.Signature])
		page.line("")
	}
	switch {
	case o.Document != nil:
		var text bytes.Buffer
		if err := json.Indent(&text, o.Document, "", "  "); err != nil {
			return err
		}
		page.line("%s", text.String())
	case o.Text != "":
		page.line("%q", o.Text)
	default:
		page.line("%s", encodeKey(o.Bytes))
	}
	return page.err
}

// compact removes the blanks from JSON.
func compact(document json.RawMessage) []byte {
	var text bytes.Buffer
	if json.Compact(&text, document) != nil {
		return document
	}
	return text.Bytes()
}
