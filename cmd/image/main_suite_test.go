package main

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-containerregistry/pkg/v1/mutate"
)

// TestSuiteImageStarts unpacks the layers and runs the entrypoint as the image says, with free ports in place of its
// own.
func TestSuiteImageStarts(t *testing.T) {
	if runtime.GOOS != "linux" || !slices.Contains([]string{"amd64", "arm64"}, runtime.GOARCH) {
		t.Skip("the program of an image is for Linux")
	}
	program := filepath.Join(t.TempDir(), "nicsim")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../nicsim")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	image := made(t, program)[runtime.GOARCH]
	root := t.TempDir()
	content := mutate.Extract(image)
	defer content.Close()
	unpack(t, content, root)
	file, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if authorities, err := os.ReadFile(filepath.Join(root, "etc/ssl/certs/ca-certificates.crt")); err != nil ||
		!x509.NewCertPool().AppendCertsFromPEM(authorities) {
		t.Errorf("the image has no CAs: %v", err)
	}
	inside := func(ctx context.Context, argv []string, more ...string) *exec.Cmd {
		command := exec.CommandContext(ctx, filepath.Join(root, argv[0]), append(argv[1:], more...)...)
		command.Dir = filepath.Join(root, file.Config.WorkingDir)
		for _, variable := range file.Config.Env { // its paths are those of the container
			command.Env = append(command.Env, strings.ReplaceAll(variable, "=/", "="+root+"/"))
		}
		return command
	}
	free := []string{"--control", "0.0.0.0:0", "--sandbox", "0.0.0.0:0", "--production", "0.0.0.0:0", "--gsp", "0.0.0.0:0"}

	open := inside(t.Context(), file.Config.Entrypoint, free...)
	out, err := open.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "NICSIM_CONTROL_TOKEN") {
		t.Errorf("without a token, the container starts or does not say what it needs: %s", out)
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	serving := inside(ctx, file.Config.Entrypoint, append(free, "--data", filepath.Join(root, "data"))...)
	serving.Env = append(serving.Env, "NICSIM_CONTROL_TOKEN=0123456789abcdef0123456789abcdef")
	serving.Cancel = func() error { return serving.Process.Signal(syscall.SIGTERM) } // as the image says
	serving.Stderr = t.Output()
	output, err := serving.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serving.Start(); err != nil {
		t.Fatal(err)
	}
	var urls struct{ Control string }
	line, err := bufio.NewReader(output).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &urls)
	}
	if err != nil {
		t.Fatalf("the first line %q: %v", line, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, urls.Control+"/readyz", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.DefaultClient.Do(request); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("GET /readyz: %v, %+v", err, answer)
	} else {
		_ = answer.Body.Close()
	}
	check := file.Config.Healthcheck.Test[1:]
	if out, err := inside(t.Context(), check).CombinedOutput(); err != nil {
		t.Errorf("the health check: %v: %s", err, out)
	}
	stop()
	if err := serving.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("the container ended with: %v", err)
	}
	if serving.ProcessState.ExitCode() != 0 {
		t.Errorf("the exit code is %d", serving.ProcessState.ExitCode())
	}
	if out, err := inside(t.Context(), check[:2], "--timeout", "100ms").CombinedOutput(); err == nil {
		t.Errorf("the health check is content with a container that has ended: %s", out)
	}
}
