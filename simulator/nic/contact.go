package nic

import "strings"

// NormaliseMobile reduces an Indian mobile number to its ten digits: it removes blanks and hyphens, then
// +91, then one leading 0. It is not ok, and returns "", when what is left is not ten digits of
// which the first is 6 to 9.
func NormaliseMobile(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n', '\u00a0', '-':
			return -1
		}
		return r
	}, s)
	s = strings.TrimPrefix(s, "+91")
	s = strings.TrimPrefix(s, "0")
	if !fits(s, "dddddddddd") || s[0] < '6' {
		return "", false
	}
	return s, true
}

// The lengths of RFC 5321, section 4.5.3.1.
const (
	maxEmail     = 254
	maxLocalPart = 64
	maxLabel     = 63
)

// NormaliseEmail trims an e-mail address and lower-cases it, since the portals compare without
// case. It is not ok, and returns "", for anything but the ordinary form of an address: ASCII, one
// @, no quotes, no comment, a domain of two labels or more.
func NormaliseEmail(s string) (string, bool) {
	s = lower(strings.TrimSpace(s))
	local, domain, found := strings.Cut(s, "@")
	if !found || len(s) > maxEmail || len(local) > maxLocalPart {
		return "", false
	}
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || !only(atom, "!#$%&'*+-/=?^_`{|}~") {
			return "", false
		}
	}
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > maxLabel || !only(label, "-") || label[0] == '-' || label[len(label)-1] == '-' {
			return "", false
		}
	}
	top := labels[len(labels)-1]
	if len(labels) < 2 || len(top) < 2 || isDigit(top[0]) {
		return "", false
	}
	return s, true
}

// only reports whether s has nothing but lower-case letters, digits and the characters of extra.
func only(s, extra string) bool {
	for i := range len(s) {
		c := s[i]
		if !isDigit(c) && (c < 'a' || c > 'z') && strings.IndexByte(extra, c) < 0 {
			return false
		}
	}
	return true
}

// lower lower-cases ASCII letters only, for the reason that upper gives.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// MaskMobile shows the last four digits of a normal mobile number: XXXXXX3210. Of anything else it
// shows nothing; a blank number stays blank.
func MaskMobile(mobile string) string {
	switch {
	case mobile == "":
		return ""
	case !fits(mobile, "dddddddddd"):
		return "XXXXXXXXXX"
	}
	return "XXXXXX" + mobile[6:]
}

// MaskEmail shows the first letter and the domain of an address: a****@example.com. The number of
// asterisks does not depend on the length. Of anything that has no @ it shows nothing; a blank address
// stays blank.
func MaskEmail(email string) string {
	local, domain, found := strings.Cut(email, "@")
	switch {
	case email == "":
		return ""
	case !found || local == "":
		return "****"
	}
	first := []rune(local)[0]
	return string(first) + "****@" + domain
}
