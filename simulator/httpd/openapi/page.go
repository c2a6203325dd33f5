package openapi

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/gorilla/mux"
	"github.com/swaggest/swgui/v5/static"

	"github.com/nicsim/nicsim/simulator/httpd"
)

//go:embed page.*
var page embed.FS

// policy lets the page load from its own listener and nothing else. The pictures of Swagger UI are in its style sheet.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; frame-ancestors 'none'"

// pageRoutes registers the page, which is Swagger UI.
func pageRoutes(router *mux.Router) {
	get := func(path string, action httpd.Worldless) {
		httpd.HandleWorldless(router, http.MethodGet, path, action)
	}
	shown := http.Header{"Content-Security-Policy": {policy}, "Referrer-Policy": {"same-origin"}}
	get("/openapi", func(*http.Request, *httpd.Call) (httpd.Reply, error) {
		text, err := page.ReadFile("page.html")
		return httpd.Reply{Raw: text, RawType: httpd.HTMLType, Header: shown}, err
	})
	for _, name := range []string{"page.js", "page.css"} {
		get("/openapi/"+name, func(*http.Request, *httpd.Call) (httpd.Reply, error) {
			text, err := page.ReadFile(name)
			return httpd.Reply{Raw: text, RawType: types[path.Ext(name)]}, err
		})
	}
	for _, name := range []string{"swagger-ui-bundle.js", "swagger-ui.css"} {
		get("/openapi/"+name, func(r *http.Request, _ *httpd.Call) (httpd.Reply, error) { return packed(r, name) })
	}
}

// packed answers with a file of Swagger UI, which is kept in gzip.
func packed(r *http.Request, name string) (httpd.Reply, error) {
	text, err := static.FS.ReadFile(name + ".gz")
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("reading Swagger UI: %w", err)
	}
	reply := httpd.Reply{Raw: text, RawType: types[path.Ext(name)], Header: http.Header{"Vary": {"Accept-Encoding"}}}
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		reply.Header.Set("Content-Encoding", "gzip")
		return reply, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return httpd.Reply{}, fmt.Errorf("unpacking Swagger UI: %w", err)
	}
	reply.Raw, err = io.ReadAll(reader)
	return reply, err
}

// types are the media types of the files that the page loads.
var types = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
