package scene

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// Tell sends a request to the control API that the client does not know.
func (s *Scene) Tell(ctx context.Context, method, path string, body map[string]any) error {
	document, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("writing for the control API: %w", err)
	}
	address := InWorld(s.Target.Control, s.World) + "/control/v1/" + path
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(document))
	if err != nil {
		return fmt.Errorf("making the request: %w", UnwrapURL(err))
	}
	request.Header.Set("Content-Type", MediaJSON)
	response, err := s.Trace.Via(OnControl, s.Target.Transport).RoundTrip(request)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, UnwrapURL(err))
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return &client.Problem{Status: response.StatusCode, Title: http.StatusText(response.StatusCode)}
	}
	return nil
}
