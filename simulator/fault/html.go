package fault

import (
	"cmp"
	"fmt"
)

// HTML answers with a web page where JSON was expected.
type HTML struct {
	Code int `json:"code,omitzero" says:"the status, from 200 to 599; 502 unless given"`
}

// Kind implements Effect.
func (*HTML) Kind() Kind {
	return Kind{
		Name: "html", Of: Wire,
		Does:    "Nothing is done, and the answer is the error page of a gateway, in HTML.",
		Teaches: "Reading the content type before parsing JSON; with the code 200, not to trust the status alone.",
		Example: `{"name":"gateway","when":{"environment":"sandbox"},"does":{"kind":"html"},"often":{"every":3}}`,
	}
}

func (h *HTML) check(r *report) {
	if h.Code != 0 {
		r.code("does.code", h.Code)
	}
}

// Answer implements Answering.
func (h *HTML) Answer() Answer {
	code := cmp.Or(h.Code, 502)
	title := fmt.Sprintf("Error %d", code)
	if code == 200 {
		title = "Service under maintenance"
	}
	body := "<!DOCTYPE html>\n<html lang=\"en\"><head><title>" + title + "</title></head>\n<body><h1>" + title +
		"</h1><p>The service did not answer. This page comes from a fault of the simulator.</p></body></html>\n"
	return Answer{Code: code, ContentType: "text/html; charset=utf-8", Body: body}
}
