package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// TestRESTClientFile performs examples/nicsim.http from top to bottom, as the extension REST Client of VS Code does:
// with its variables, and with values of earlier answers.
func TestRESTClientFile(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot(t), "examples", "nicsim.http"))
	if err != nil {
		t.Fatal(err)
	}
	sim := simtest.Start(t, simulator.Options{})
	variables := map[string]string{}
	blocks := strings.Split(string(text), "\n###")
	for line := range strings.Lines(blocks[0]) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && name[0] == '@' {
			value = strings.Replace(value, "http://localhost:7000", sim.Control, 1)
			variables[name[1:]] = strings.Replace(value, "http://localhost:7001", sim.Sandbox, 1)
		}
	}
	transport := client.NewTransport()
	defer transport.CloseIdleConnections()
	for _, block := range blocks[1:] {
		title, rest, _ := strings.Cut(block, "\n")
		name := ""
		if line, after, _ := strings.Cut(rest, "\n"); strings.HasPrefix(line, "# @name ") {
			name, rest = strings.TrimPrefix(line, "# @name "), after
		}
		request, err := parsedRequest(filledIn(t, rest, variables))
		if err != nil {
			t.Fatalf("%s: %v", title, err)
		}
		answer, err := (&http.Client{Transport: transport}).Do(request)
		if err != nil {
			t.Fatalf("%s: %v", title, err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close() // it was read
		if err != nil || answer.StatusCode >= http.StatusMultipleChoices {
			t.Fatalf("%s: %s: %s (%v)", title, answer.Status, body, err)
		}
		if name != "" {
			variables[name+".response.body"] = string(body)
		}
	}
}

// parsedRequest reads a request of a file, which ends with its body.
func parsedRequest(text string) (*http.Request, error) {
	head, body, _ := strings.Cut(text, "\n\n")
	line, headers, _ := strings.Cut(head, "\n")
	method, url, found := strings.Cut(strings.TrimSpace(line), " ")
	if !found {
		return nil, fmt.Errorf("%q is not a method and a URL", line)
	}
	request, err := http.NewRequest(method, url, bytes.NewBufferString(body))
	if err != nil {
		return nil, err
	}
	for scanner := bufio.NewScanner(strings.NewReader(headers)); scanner.Scan(); {
		if name, value, ok := strings.Cut(scanner.Text(), ": "); ok {
			request.Header.Set(name, value)
		}
	}
	return request, nil
}

var reference = regexp.MustCompile(`\{\{([^}$]+?)(?:\.\$\.([^}]+))?\}\}`)

// filledIn replaces {{name}}, and {{request.response.body.$.member[0].member}} of an earlier answer.
func filledIn(t *testing.T, text string, variables map[string]string) string {
	t.Helper()
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		parts := reference.FindStringSubmatch(found)
		value, known := variables[parts[1]]
		if !known {
			t.Fatalf("%s is not known", found)
		}
		if parts[2] == "" {
			return value
		}
		var at any
		if err := json.Unmarshal([]byte(value), &at); err != nil {
			t.Fatalf("%s: %v", found, err)
		}
		for _, step := range strings.FieldsFunc(parts[2], func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
			switch v := at.(type) {
			case map[string]any:
				at = v[step]
			case []any:
				index, err := strconv.Atoi(step)
				if err != nil || index >= len(v) {
					t.Fatalf("%s: there is no %s in %s", found, step, value)
				}
				at = v[index]
			}
		}
		member, isText := at.(string)
		if !isText {
			t.Fatalf("%s: %v is not a text", found, at)
		}
		return member
	})
}
