package main

import "strings"

// sourceWords spells out the abbreviated source of a rule.
func sourceWords(source string) string {
	parts := strings.Split(source, ", ")
	for i, part := range parts {
		mark, rest, _ := strings.Cut(part, ";")
		word, number := strings.TrimRight(mark, "0123456789"), strings.TrimLeft(mark, "EVICW")
		about, known := map[string]string{
			"E": "NIC's list of errors", "V": "NIC's validations of an invoice",
			"VE": "NIC's validations for e-commerce operators",
			"VI": "NIC's validations of lines", "VC": "NIC's validations of calculations",
			"VW": "NIC's validations of e-way bills",
		}[word]
		if !known {
			continue
		}
		if number != "" {
			about += ", no. " + number
		}
		if rest != "" {
			about += ";" + rest
		}
		parts[i] = about
	}
	return strings.Join(parts, "; ")
}
