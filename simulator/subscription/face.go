// Package subscription describes what an ERP (Enterprise Resource Planning system) holds at a GSP (GST Suvidha
// Provider) to call its gateway: the faces that a gateway can have, and the secrets that each face asks for.
package subscription

import (
	"slices"
	"strings"
)

// Face is the way in which one vendor's gateway is called.
type Face struct {
	Name string
	// Secrets are the names of the headers or parameters that identify a subscription. The gateway finds it by the
	// first.
	Secrets []string
	// Optional are secrets that a subscription can have besides.
	Optional []string
	// ByHost says that the address alone decides the environment at the vendor, so that each subscription has one.
	ByHost bool
	// Variants are the ways in which the gateway can differ for one subscription.
	Variants []string
}

// The variants.
const (
	// UniqueRequestID has the gateway refuse a requestid that is missing, or that was sent within a day.
	UniqueRequestID = "unique_requestid"
	// LowerCamelErrors has errorCode and errorMessage in refusals, as recordings since September 2026 do, for ErrorCode
	// and ErrorMessage.
	LowerCamelErrors = "lower_camel_errors"
)

// Caller returns the secret by which the gateway finds a subscription.
func (f Face) Caller(secrets map[string]string) string { return secrets[f.Secrets[0]] }

// One service, which three vendors sell.
var (
	whiteBooks         = []string{"client_id", "client_secret", "email"}
	whiteBooksVariants = []string{LowerCamelErrors}
)

var faces = []Face{
	{Name: "adaequare", Secrets: []string{"gspappid", "gspappsecret"}, Variants: []string{UniqueRequestID}},
	{Name: "alankit", Secrets: []string{"Ocp-Apim-Subscription-Key"}, ByHost: true},
	{Name: "cleartax", Secrets: []string{"X-CT-Auth-Token"}, ByHost: true},
	{Name: "gstzen", Secrets: []string{"Token"}, ByHost: true},
	{Name: "mastergst", Secrets: whiteBooks, ByHost: true, Variants: whiteBooksVariants},
	{Name: "perione", Secrets: whiteBooks, ByHost: true, Variants: whiteBooksVariants},
	{Name: "resilient", Secrets: []string{"x-api-key"}, ByHost: true},
	{Name: "taxpro", Secrets: []string{"aspid", "password"}, ByHost: true},
	{Name: "taxpro-dec", Secrets: []string{"aspid", "password"}, ByHost: true},
	{Name: "vayana", Secrets: []string{"cust_id"}, Optional: []string{"public_key"}, ByHost: true},
	{Name: "whitebooks", Secrets: whiteBooks, ByHost: true, Variants: whiteBooksVariants},
}

// Faces returns all faces by name.
func Faces() []Face { return slices.Clone(faces) }

// Named returns the face of a name, in any case, and whether there is one.
func Named(name string) (Face, bool) {
	at := slices.IndexFunc(faces, func(f Face) bool { return strings.EqualFold(f.Name, name) })
	if at < 0 {
		return Face{}, false
	}
	return faces[at], true
}

// Names returns the names of all faces.
func Names() []string {
	names := make([]string, len(faces))
	for i, f := range faces {
		names[i] = f.Name
	}
	return names
}
