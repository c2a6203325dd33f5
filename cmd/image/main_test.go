package main

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// made writes an image for two processors and reads it back. The program for the other processor is a made-up file.
func made(t *testing.T, program string) (images map[string]v1.Image) {
	t.Helper()
	folder := t.TempDir()
	other := filepath.Join(folder, "other")
	if err := os.WriteFile(other, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	processors := map[string]string{"amd64": "arm64", "arm64": "amd64"}
	out := filepath.Join(folder, "nicsim.tar")
	err := run([]string{"-version", "1.2.3", "-commit", "0123abc", "-date", "2026-11-27T10:00:00Z", "-o", out,
		runtime.GOARCH + "=" + program, processors[runtime.GOARCH] + "=" + other})
	if err != nil {
		t.Fatal(err)
	}
	unpacked := filepath.Join(folder, "layout")
	file, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	unpack(t, file, unpacked)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	index, err := layout.ImageIndexFromPath(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate.Index(index); err != nil { // digests, sizes and types
		t.Fatal(err)
	}
	all, err := index.IndexManifest()
	if err != nil || len(all.Manifests) != 1 || all.Manifests[0].Annotations["org.opencontainers.image.ref.name"] == "" {
		t.Fatalf("the layout has %+v, want one image with a name: %v", all, err)
	}
	if index, err = index.ImageIndex(all.Manifests[0].Digest); err != nil {
		t.Fatal(err)
	}
	if all, err = index.IndexManifest(); err != nil {
		t.Fatal(err)
	}
	images = map[string]v1.Image{}
	for _, m := range all.Manifests {
		if images[m.Platform.Architecture], err = index.Image(m.Digest); err != nil || m.Platform.OS != "linux" {
			t.Fatalf("%+v: %v", m, err)
		}
	}
	return images
}

// unpack writes the files of a tar file below a folder, as a container engine does.
func unpack(t *testing.T, from io.Reader, folder string) {
	t.Helper()
	for files := tar.NewReader(from); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !filepath.IsLocal(header.Name) {
			t.Fatalf("the name %q leads out of the folder", header.Name)
		}
		to := filepath.Join(folder, header.Name)
		if header.Typeflag == tar.TypeDir {
			err = os.MkdirAll(to, 0o700)
		} else if err = os.MkdirAll(filepath.Dir(to), 0o700); err == nil {
			var text []byte
			if text, err = io.ReadAll(files); err == nil {
				err = os.WriteFile(to, text, header.FileInfo().Mode().Perm())
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestImageIsForTwoProcessors(t *testing.T) {
	images := made(t, os.Args[0])
	for _, processor := range []string{"amd64", "arm64"} {
		image := images[processor]
		if image == nil {
			t.Fatalf("there is no image for %s", processor)
		}
		file, err := image.ConfigFile()
		if err != nil || file.OS != "linux" || file.Architecture != processor ||
			file.Created.UTC().Format("2006-01-02") != "2026-11-27" {
			t.Errorf("%s: %v, %+v", processor, err, file)
		}
		c := file.Config
		if c.User != "65532:65532" || c.Healthcheck == nil || c.Healthcheck.Test[0] != "CMD" || c.StopSignal != "SIGTERM" {
			t.Errorf("%s: the configuration is %+v", processor, c)
		}
		for _, port := range []string{"7000/tcp", "7001/tcp", "7002/tcp", "7003/tcp"} {
			if _, exposed := c.ExposedPorts[port]; !exposed || !strings.Contains(strings.Join(c.Entrypoint, " "),
				" 0.0.0.0:"+strings.TrimSuffix(port, "/tcp")) {
				t.Errorf("%s: port %s is not served", processor, port)
			}
		}
		if _, kept := c.Volumes["/data"]; !kept {
			t.Errorf("%s: the volumes are %v", processor, c.Volumes)
		}
		if c.Labels["org.opencontainers.image.version"] != "1.2.3" {
			t.Errorf("%s: the labels are %v", processor, c.Labels)
		}
	}
	owners := map[string]int{}
	content := mutate.Extract(images["amd64"])
	defer content.Close()
	for files := tar.NewReader(content); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		owners[strings.TrimSuffix(header.Name, "/")] = header.Uid
	}
	if owner, made := owners["data"]; !made || owner != userID || owners["usr/bin/nicsim"] != 0 {
		t.Errorf("the files have the owners %v", owners)
	}
}

// TestImageStarts unpacks the layers and runs the entrypoint as the image says, with free ports in place of its own.
func TestImageStarts(t *testing.T) {
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
