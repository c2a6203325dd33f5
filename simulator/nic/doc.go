// Package nic reads and writes the words that NIC's portals and API put on the wire.
//
// Whoever takes a GSTIN, a PAN, a client id, a mobile number or an e-mail address from a request
// passes it through here first: every Parse function trims and upper-cases, then checks, so that
// what is kept is always the one normal form and two spellings of a value compare equal. Whoever
// refuses a request takes NIC's own text for a code from [Message].
//
// Nothing here knows a world, a clock or a store: a value is judged by its characters alone.
// Whether anybody holds a GSTIN is asked elsewhere.
package nic
