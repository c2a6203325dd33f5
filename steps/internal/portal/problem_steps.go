package portal

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g refusalSteps) isProblem() error {
	if _, err := g.Problem(); err != nil {
		return err
	}
	answer, err := g.Trace.Last()
	if err != nil {
		return err
	}
	if media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); media != "application/problem+json" {
		return fmt.Errorf("its content type is %q", answer.Header.Get("Content-Type"))
	}
	document, err := scene.Object(answer.Got)
	if err != nil {
		return err
	}
	if answer.Header.Get("X-Request-Id") == "" || answer.Header.Get("Cache-Control") != "no-store" {
		return fmt.Errorf("it has no request id, or may be stored")
	}
	for _, member := range []string{"type", "title", "detail", "instance", "code"} {
		if text, ok := document[member].(string); !ok || text == "" {
			return fmt.Errorf("it has no %s", member)
		}
	}
	if status, ok := document["status"].(float64); !ok || int(status) != answer.Status {
		return fmt.Errorf("its status is %v and that of the answer %d %s", document["status"], answer.Status,
			http.StatusText(answer.Status))
	}
	if !strings.HasSuffix(answer.Path, document["instance"].(string)) {
		return fmt.Errorf("its instance is %v and %s was asked", document["instance"], answer.Path)
	}
	return nil
}
