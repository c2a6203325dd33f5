package dashboard

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// The fields of the form that imports a world.
const (
	fileField = "file"
	textField = "text"
)

func worldPage(v *visit) (layout.Page, error) {
	form := v.form("/world", "import", []layout.Button{{Text: "Import", Danger: true}},
		layout.Field{Name: fileField, Label: "A world file", Kind: layout.File, Optional: true,
			Hint: fmt.Sprintf("YAML or JSON with one world, or with one of the name %s; up to %d MiB", v.world.Name,
				worldfile.MaxBytes>>20)},
		layout.Field{Name: textField, Label: "or its text", Kind: layout.Area, Optional: true})
	form.Long = true
	return layout.Page{Title: "Take the world " + v.world.Name + " along", Name: "world", Form: form}, nil
}

// exportWorld answers with the world and its state as a file.
func (d *Dashboard) exportWorld(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	entry, err := worldfile.EntryWithState(r.Context(), call.World)
	if err != nil {
		return httpd.Reply{}, err
	}
	text, err := entry.YAML()
	return httpd.Reply{
		Raw: text, RawType: "application/yaml; charset=utf-8",
		Header: http.Header{"Content-Disposition": {`attachment; filename="nicsim-` + call.World.Name + `.yaml"`}},
	}, err
}

// importWorld makes the world from a file, or from a text that was pasted.
func importWorld(v *visit, typed url.Values) (string, error) {
	file, text := v.files[fileField], []byte(typed.Get(textField))
	switch {
	case file.Size > worldfile.MaxBytes:
		return "", fieldFail(fileField, fmt.Sprintf("must have at most %d bytes", worldfile.MaxBytes))
	case file.Size > 0:
		text = file.Content
	case strings.TrimSpace(string(text)) == "":
		return "", fieldFail(fileField, "must be chosen, or its text be given")
	}
	entry, err := worldfile.ReadOne(text, "", v.world.Name)
	if wrong, ok := errors.AsType[*worldfile.Error](err); ok {
		return "", mistakes(wrong)
	}
	if err == nil {
		_, err = entry.Make(v.ctx, v.Worlds)
	}
	return did("/", "imported"), err
}

// mistakes refuses a file with the line and the column of each mistake.
func mistakes(e *worldfile.Error) error {
	violations := make([]admin.Violation, len(e.Mistakes))
	for i, m := range e.Mistakes {
		violations[i] = admin.Violation{Field: fileField, Code: m.Code, Message: strings.TrimSpace(
			fmt.Sprintf("Line %d, column %d: %s %s", m.Line, m.Column, m.Member, m.Message))}
	}
	return admin.Refuse(violations...)
}
