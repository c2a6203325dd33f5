package scene

import (
	"encoding/json"
	"fmt"
)

// Object decodes the bytes of an answer that is a JSON object, with all its members: the client
// passes over those that it does not know.
func Object(body []byte) (map[string]any, error) {
	var document map[string]any
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, fmt.Errorf("the answer is not a JSON object: %w", err)
	}
	return document, nil
}

// Members decodes a list of objects inside an answer.
func Members(body []byte, list string) ([]map[string]any, error) {
	document, err := Object(body)
	if err != nil {
		return nil, err
	}
	elements, ok := document[list].([]any)
	if !ok {
		return nil, fmt.Errorf("the answer has no list %q", list)
	}
	var rows []map[string]any
	for _, element := range elements {
		row, ok := element.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("the list %q has an element that is not an object", list)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
