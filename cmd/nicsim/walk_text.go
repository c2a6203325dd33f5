package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/count"
)

// The columns of a step's detail and of a list's values.
const (
	detailColumn = 30
	valueColumn  = 18
)

func (n *narrator) begin(r walkReport) {
	n.line(`The guide "Creating e-Invoice API Login Credentials", performed against`)
	if r.Target.Own {
		n.line("a simulator of NIC's portals in this process. No government site is involved.")
		return
	}
	for _, place := range []struct{ label, value string }{
		{"sandbox", r.Target.Sandbox}, {"production", r.Target.Production}, {"control", r.Target.Control},
		{"GSP", r.Target.GSP},
	} {
		if place.value != "" {
			n.entry("  "+place.label, valueColumn, place.value)
		}
	}
}

func (n *narrator) section(s sectionReport) {
	n.heading("Section %d: %s", s.Section, s.Title)
}

func (n *narrator) step(s stepReport) {
	n.entry("  "+s.Number+"  "+s.Label, detailColumn, s.Detail)
}

func (n *narrator) failure(f failure) {
	codes := f.codes()
	if codes == "" {
		n.entry("  "+f.Number+"  "+f.Label, detailColumn, "failed: "+f.Message)
		return
	}
	n.entry("  "+f.Number+"  "+f.Label, detailColumn, fmt.Sprintf("REFUSED (%s): %s", codes, f.Message))
	for _, more := range f.More {
		n.entry("", detailColumn, "and NIC "+more.NICCode+": "+more.Message)
	}
	for _, violation := range f.Fields {
		text := "refused: " + violation.Field
		if violation.Message != f.Message {
			text += ", " + violation.Message
		}
		n.entry("", detailColumn, text)
	}
}

func (n *narrator) api(c credentials) {
	n.heading("The %s API with these credentials", c.Environment)
}

// end returns the first error of writing.
func (n *narrator) end(r walkReport) error {
	if n.json != nil {
		return writeJSON(n.json, r)
	}
	if r.APILeftOut != "" {
		n.line("")
		n.entry("", 0, "The API was left out: "+r.APILeftOut+".")
	}
	if r.GSPLeftOut != "" {
		n.line("")
		n.entry("", 0, "The GSP was left out: "+r.GSPLeftOut+".")
	}
	if last := r.lastInvoice(); last != nil && n.drawsQR {
		lines, err := drawQR(last.SignedQRCode, n.bold)
		if err != nil {
			return err
		}
		n.line("")
		n.line("The signed QR code of %s (--qr writes it as a picture)", last.Number)
		for _, l := range lines {
			n.line("%s", l)
		}
	}
	made := false
	for _, s := range r.Sections {
		if c := s.Credentials; c != nil {
			made = true
			n.heading("Credentials of %s for the %s API", c.GSTIN, c.Environment)
			n.credentials(*c)
		}
	}
	if made {
		n.line("")
		n.advice(r)
	}
	if p := r.Pictures; p != nil {
		n.line("")
		n.line("Written to %s: %s", p.Directory, count.Of(p.Count, "picture"))
	}
	n.line("")
	if r.Day != "" {
		n.line("Seed %s, day %s (--seed and --day with these values repeat this walk)", r.Seed, r.Day)
	} else {
		n.line("Seed %s (--seed with this value repeats this walk)", r.Seed)
	}
	if dashboard := r.dashboard(); dashboard != "" {
		n.line("")
		n.line("See it at %s", dashboard)
	}
	return n.err
}

func (n *narrator) credentials(c credentials) {
	const given = "the one that you gave"
	secret := cmp.Or(c.ClientSecret, "not known here; "+c.CompanyName+" holds it")
	if c.secretGiven {
		secret = given
	}
	password := cmp.Or(c.Password, given)
	for _, field := range []struct{ label, value string }{
		{"Client ID", c.ClientID}, {"Client Secret", secret}, {"Username", c.Username}, {"Password", password},
	} {
		n.entry("  "+field.label, valueColumn, field.value)
	}
}

// advice tells how to use the credentials.
func (n *narrator) advice(r walkReport) {
	text := "Give these four to your ERP or GSP software, the sandbox set for its test mode."
	if len(r.Sections) == 1 {
		text = "Give these four to your ERP or GSP software."
	}
	for _, s := range r.Sections {
		if c := s.Credentials; c != nil && strings.HasPrefix(c.Username, "API_") {
			text += " The production username begins with API_, which is part of it."
		}
	}
	text += " Upper and lower case count in the password."
	if c := r.Sections[0].Credentials; c.Through != client.ThroughDirect {
		text += " On NIC's systems " + c.CompanyName + " holds the client secret and does not show it to you."
	}
	switch {
	case r.Target.Own:
		text += " The credentials worked in the simulator of this walk, which has ended: 'nicsim serve' starts one that " +
			"stays."
	case r.Target.World != "":
		text += " The credentials work in the world " + r.Target.World + ", at the URLs above."
	}
	n.entry("", 0, text)
}
