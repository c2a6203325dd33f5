// Package openapi describes the JSON of each listener in OpenAPI 3.1, and serves the description as /openapi.json with
// a page to read it, /openapi.
//
// The description is a few YAML files, since listeners have much in common. A listener's description is the files of
// [Parts] put together.
package openapi

import (
	"embed"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/gorilla/mux"
	"go.yaml.in/yaml/v4"

	"github.com/nicsim/nicsim/simulator/httpd"
)

//go:embed *.yaml
var files embed.FS

// parts are the files that describe each listener.
var parts = map[string][]string{
	"sandbox":    {"portal", "sandbox", "einvoice", "invoice", "common"},
	"production": {"portal", "production", "einvoice", "invoice", "common"},
	"gsp":        {"gsp", "common"},
	"control":    {"control", "records", "settings", "common"},
}

// Listeners are the names of the listeners that are described.
func Listeners() []string { return slices.Sorted(maps.Keys(parts)) }

// Document returns the description of a listener, as JSON has it.
func Document(listener string) (map[string]any, error) {
	whole := map[string]any{}
	for _, name := range parts[listener] {
		text, err := files.ReadFile(name + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("reading the description of the %s listener: %w", listener, err)
		}
		var part map[string]any
		if err := yaml.Unmarshal(text, &part); err != nil {
			return nil, fmt.Errorf("reading %s.yaml: %w", name, err)
		}
		if err := merge(whole, part, name+".yaml"); err != nil {
			return nil, err
		}
	}
	return whole, nil
}

// merge adds a part to a description. Objects are merged and lists follow each other; another value stands once.
func merge(whole, part map[string]any, at string) error {
	for name, value := range part {
		before, found := whole[name]
		switch value := value.(type) {
		case map[string]any:
			if found, ok := before.(map[string]any); ok {
				if err := merge(found, value, at+" "+name); err != nil {
					return err
				}
				continue
			}
		case []any:
			if list, ok := before.([]any); ok {
				whole[name] = append(list, value...)
				continue
			}
		}
		if found {
			return fmt.Errorf("%s: %s is described twice", at, name)
		}
		whole[name] = value
	}
	return nil
}

// Routes registers the description of a listener and its page. They are about no world, and not in the journal.
func Routes(router *mux.Router, listener string) {
	pageRoutes(router)
	document := sync.OnceValues(func() (map[string]any, error) { return Document(listener) })
	httpd.HandleWorldless(router, http.MethodGet, "/openapi.json", func(_ *http.Request, call *httpd.Call) (httpd.Reply,
		error) {
		shared, err := document()
		if err != nil {
			return httpd.Reply{}, err
		}
		own := maps.Clone(shared)
		own["servers"] = []any{map[string]any{"url": call.Prefix + "/"}}
		return httpd.Reply{Body: own}, nil
	})
}
