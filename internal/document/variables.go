package document

import (
	"bytes"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// A variable is written as ${NAME}. Braces end a text in a YAML list or object, so they are replaced by characters for
// private use before the document is parsed. The length of a line stays the same, and so do the columns of mistakes.
const open, end = '\ue000', '\ue001'

var (
	written  = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)
	replaced = regexp.MustCompile(`\$` + string(open) + `([A-Za-z_][A-Za-z0-9_]*)` + string(end))
)

// hide replaces the braces of variables. It is not ok if the text has characters for private use already.
func hide(text []byte) (hidden []byte, ok bool) {
	if bytes.ContainsRune(text, open) || bytes.ContainsRune(text, end) {
		return nil, false
	}
	return written.ReplaceAll(text, []byte("$$"+string(open)+"$1"+string(end))), true
}

// expand replaces the variables of a text; it reports whether all are set.
func (r *Reader) expand(n *yaml.Node, text bool, path string) (expanded *yaml.Node, ok bool) {
	if r.Lookup == nil || !replaced.MatchString(n.Value) {
		return n, true
	}
	ok = true
	own := *n
	own.Value = replaced.ReplaceAllStringFunc(n.Value, func(found string) string {
		name := replaced.FindStringSubmatch(found)[1]
		value, set := r.Lookup(name)
		if !set || value == "" {
			r.add(n, path, Missing, "needs the environment variable "+name+", which is not set or empty")
			ok = false
		}
		return value
	})
	if !text {
		own.Tag, own.Style = "", 0 // the text of a number is a number
	}
	return &own, ok
}
