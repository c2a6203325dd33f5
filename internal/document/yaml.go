package document

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// ToYAML returns a JSON text as YAML, with its members in the same order.
func ToYAML(text []byte) ([]byte, error) {
	root, wrong := (&Reader{}).parse(text)
	if wrong != nil {
		return nil, fmt.Errorf("writing YAML: the text %s", wrong.Message)
	}
	unquote(root)
	written, err := yaml.Dump(root, yaml.WithV4Defaults(), yaml.WithLineWidth(-1))
	if err != nil {
		return nil, fmt.Errorf("writing YAML: %w", err)
	}
	return written, nil
}

// unquote leaves it to the encoder which texts need quotation marks.
func unquote(n *yaml.Node) {
	n.Style = 0
	for _, of := range n.Content {
		unquote(of)
	}
}
