package irp

import (
	"regexp"
)

// place is a state with two of its PIN codes: suppliers are at the first, recipients at the second, so that a distance
// can be computed between them.
type place struct{ city, pin, other string }

// places are the states by their codes.
var places = map[string]place{
	"01": {"Srinagar", "190001", "180001"}, "02": {"Shimla", "171001", "176215"}, "03": {"Ludhiana", "141001", "143001"},
	"04": {"Chandigarh", "160017", "160022"}, "05": {"Dehradun", "248001", "263139"},
	"06": {"Gurugram", "122001", "121001"}, "07": {"New Delhi", "110001", "110005"},
	"08": {"Jaipur", "302001", "342001"}, "09": {"Kanpur", "208001", "226001"}, "10": {"Patna", "800001", "823001"},
	"11": {"Gangtok", "737101", "737126"}, "12": {"Itanagar", "791111", "790001"}, "13": {"Kohima", "797001", "797112"},
	"14": {"Imphal", "795001", "795128"}, "15": {"Aizawl", "796001", "796701"},
	"16": {"Agartala", "799001", "799120"}, "17": {"Shillong", "793001", "794001"},
	"18": {"Guwahati", "781001", "786001"}, "19": {"Kolkata", "700001", "734001"}, "20": {"Ranchi", "834001", "831001"},
	"21": {"Bhubaneswar", "751001", "753001"}, "22": {"Raipur", "492001", "495001"},
	"23": {"Bhopal", "462001", "452001"}, "24": {"Ahmedabad", "380001", "395003"}, "26": {"Daman", "396210", "396230"},
	"27": {"Mumbai", "400001", "411001"}, "29": {"Bengaluru", "560001", "580020"}, "30": {"Panaji", "403001", "403601"},
	"31": {"Kavaratti", "682555", "682553"}, "32": {"Kochi", "682001", "695001"}, "33": {"Chennai", "600001", "600045"},
	"34": {"Puducherry", "605001", "605004"}, "35": {"Port Blair", "744101", "744103"},
	"36": {"Hyderabad", "500001", "500003"}, "37": {"Visakhapatnam", "530001", "520001"},
	"38": {"Leh", "194101", "194103"},
	"97": {"Other Territory", "999999", "999999"},
}

// karnataka is the state of the supplier in the scenarios.
const karnataka = "29"

// home is the state of the API user. The scenarios are about a supplier in Karnataka. For a supplier in another state,
// the two states change places.
type home string

// state is a state code of a scenario as it is sent.
func (h home) state(code string) string {
	switch {
	case h == karnataka:
		return code
	case code == karnataka:
		return string(h)
	case len(code) == 1 && "0"+code == string(h), code == string(h):
		return karnataka
	}
	return code
}

// pin is a PIN code of a scenario as it is sent.
func (h home) pin(code string) string {
	if h == karnataka || len(code) != len("560001") {
		return code
	}
	own, there := places[string(h)], places[karnataka]
	switch {
	case code == there.pin:
		return own.pin
	case code[:2] >= "56" && code[:2] <= "59":
		return own.other
	case code[:3] == own.pin[:3]:
		return there.pin
	case code[:3] == own.other[:3]:
		return there.other
	}
	return code
}

var (
	pinInWords   = regexp.MustCompile(`\b\d{6}\b`)
	stateInWords = regexp.MustCompile(`State - \d\d`)
)

// words are those of a refusal as the target says them.
func (h home) words(text string) string {
	text = pinInWords.ReplaceAllStringFunc(text, h.pin)
	return stateInWords.ReplaceAllStringFunc(text, func(s string) string { return "State - " + h.state(s[len(s)-2:]) })
}
