package main

import (
	"archive/tar"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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
