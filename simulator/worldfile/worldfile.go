// Package worldfile reads documents that say what worlds begin with: their clocks, settings, providers, taxpayers and
// users, in YAML or JSON. [Schema] describes such a document, and docs/own-world.md explains it.
//
// What a document says is taken as given. A document that has a mistake is refused as a whole, with an [*Error] that
// names every mistake with its line and column.
package worldfile

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/admin"
)

// MaxBytes is the length of the longest document.
const MaxBytes = 8 << 20

// Document is the content of a world file.
type Document struct {
	Schema  string  `json:"$schema,omitzero"`
	Version int     `json:"version"` // 1
	Worlds  []World `json:"worlds"`
}

// World is what one world begins with. Members that are left out have defaults.
type World struct {
	Name          string                     `json:"name,omitzero"`
	Extends       string                     `json:"extends,omitzero"` // fixtures (the default) or empty
	Clock         *admin.ClockChange         `json:"clock,omitzero"`
	Settings      map[string]any             `json:"settings,omitzero"` // those that differ, as in JSON
	Situation     string                     `json:"situation,omitzero"`
	Providers     []admin.ProviderChange     `json:"providers,omitzero"`
	Organisations []admin.OrganisationChange `json:"organisations,omitzero"`
	DirectAccess  []DirectAccess             `json:"directAccess,omitzero"`
	Taxpayers     []Taxpayer                 `json:"taxpayers,omitzero"`
	PortalUsers   []PortalUser               `json:"portalUsers,omitzero"`
	APIUsers      []APIUser                  `json:"apiUsers,omitzero"`
	Invoices      []admin.InvoiceChange      `json:"invoices,omitzero"` // that other IRPs registered
	Subscriptions []admin.SubscriptionChange `json:"subscriptions,omitzero"`
	State         State                      `json:"state,omitzero"`
}

// Empty is what a world extends that has none of the fixtures.
const Empty = "empty"

// DirectAccess is the application of a taxpayer for access without a GSP (GST Suvidha Provider).
type DirectAccess struct {
	PAN    string `json:"pan"`
	Status string `json:"status,omitzero"` // APPROVED by default
}

// Taxpayer is a taxpayer of the control API, which may be a dummy of the sandbox.
type Taxpayer struct {
	admin.TaxpayerChange
	DummyOf *string `json:"dummyOf,omitzero"` // PAN of the GSP that made it
}

// PortalUser is a login of the control API, with its password or the hash of it.
type PortalUser struct {
	admin.PortalUserChange
	PasswordHash *string `json:"passwordHash,omitzero"`
}

// APIUser is an API user of the control API, with its password or the hash of it.
type APIUser struct {
	admin.APIUserChange
	PasswordHash *string    `json:"passwordHash,omitzero"`
	CompanyName  *string    `json:"companyName,omitzero"`
	CreatedAt    *time.Time `json:"createdAt,omitzero"`
}

// ReadFile reads a world file. The error of a document with mistakes is an [*Error].
func ReadFile(name string) (*Document, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // nothing was written to it
	return Read(file, name)
}

// Read reads a document in YAML or JSON, which mistakes call by a name. The error of a document with mistakes is an
// [*Error].
func Read(from io.Reader, name string) (*Document, error) {
	text, err := io.ReadAll(io.LimitReader(from, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	var d Document
	if err := read(text, name, &d); err != nil {
		return nil, err
	}
	return &d, nil
}

// ReadWorld reads the entry of one world, whose name may be left out. The error of an entry with mistakes is an
// [*Error].
func ReadWorld(text []byte, name string) (World, error) {
	w := World{Name: name}
	err := read(text, "", &w)
	return w, err
}

// ReadOne reads a world of any name from a document or from an entry, to make a world of a name from it. Of several
// worlds it takes the one of that name. The error of a text with mistakes is an [*Error].
func ReadOne(text []byte, file, name string) (World, error) {
	var d Document
	err := read(text, file, &d)
	if wrong, ok := errors.AsType[*Error](err); ok && lacks(wrong, "version") && lacks(wrong, "worlds") {
		d.Worlds = []World{{}}
		err = read(text, file, &d.Worlds[0])
	}
	if err != nil {
		return World{}, err
	}
	of := 0
	if len(d.Worlds) != 1 {
		of = slices.IndexFunc(d.Worlds, func(w World) bool { return w.Name == name })
	}
	if of < 0 {
		return World{}, &Error{Mistakes: []Mistake{{File: file, Line: 1, Column: 1, Member: "worlds", Code: document.Invalid,
			Message: "must have one world, or one of the name " + name}}}
	}
	d.Worlds[of].Name = name
	return d.Worlds[of], nil
}

func lacks(e *Error, member string) bool {
	return slices.ContainsFunc(e.Mistakes, func(m Mistake) bool {
		return m.Member == member && m.Code == document.Missing
	})
}

// YAML returns a document with one world.
func (w World) YAML() ([]byte, error) {
	text, err := json.Marshal(Document{Version: 1, Worlds: []World{w}})
	if err != nil {
		return nil, fmt.Errorf("writing the world %s: %w", w.Name, err)
	}
	return document.ToYAML(text)
}

// Checked returns a document that a program made, as Read would have read it.
func Checked(d *Document) (*Document, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("reading the worlds: %w", err)
	}
	var checked Document
	if err := read(text, "worlds", &checked); err != nil {
		return nil, err
	}
	return &checked, nil
}

// Mistake is one reason why a document cannot be used.
type Mistake = document.Mistake

// Error is every mistake of a document.
type Error = document.Error

// Refusal returns the mistakes of a document as the control API answers them.
func Refusal(e *Error) *admin.Refusal {
	violations := make([]admin.Violation, len(e.Mistakes))
	for i, m := range e.Mistakes {
		violations[i] = admin.Violation{Field: m.Member, Code: m.Code, Message: m.Message}
	}
	return admin.Refuse(violations...)
}

// read checks a document and stores it in a *Document or a *World.
func read(text []byte, name string, into any) error {
	name = cmp.Or(name, "world file")
	if len(text) > MaxBytes {
		return &Error{Mistakes: []Mistake{{File: name, Line: 1, Column: 1, Code: document.Malformed,
			Message: fmt.Sprintf("is too large: a world file has at most %d bytes", MaxBytes)}}}
	}
	r := reader{Reader: document.Reader{File: name}}
	s, check := schemas().file, r.check
	if w, entry := into.(*World); entry {
		s, check, r.world = schemas().world, r.checkEntry, w.Name
	}
	v, complete := r.Read(text, s)
	if complete {
		if err := check(v); err != nil {
			return err
		}
	}
	if err := r.Err(); err != nil {
		return err
	}
	return document.Store(v, into)
}
