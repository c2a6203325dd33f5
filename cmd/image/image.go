package main

import (
	"archive/tar"
	"bytes"
	"encoding/pem"
	"io"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// The user in the container has no rights outside of its own folders.
const userID = 65532

// The parts of the image's configuration that its users rely on.
const (
	programPath = "/usr/bin/nicsim"
	dataPath    = "/data" // for --data
	readyFile   = "/tmp/nicsim.json"
)

// config is how a container runs: it serves at all addresses, so that the control API needs a token or
// --allow-open-control. Arguments of the container are flags of serve.
func (r release) config() v1.Config {
	return v1.Config{
		User:       "65532:65532",
		WorkingDir: dataPath,
		Entrypoint: []string{programPath, "serve", "--allow-remote", "--control", "0.0.0.0:7000",
			"--sandbox", "0.0.0.0:7001", "--production", "0.0.0.0:7002", "--gsp", "0.0.0.0:7003"},
		Env: []string{"PATH=/usr/bin", "HOME=" + dataPath,
			"NICSIM_READY_FILE=" + readyFile}, // serve writes it, and wait reads it
		ExposedPorts: map[string]struct{}{"7000/tcp": {}, "7001/tcp": {}, "7002/tcp": {}, "7003/tcp": {}},
		Volumes:      map[string]struct{}{dataPath: {}},
		Healthcheck: &v1.HealthConfig{
			Test:     []string{"CMD", programPath, "wait", "--timeout", "4s"},
			Interval: 10 * time.Second, Timeout: 5 * time.Second, StartPeriod: 5 * time.Second, Retries: 3,
		},
		StopSignal: "SIGTERM",
		Labels: map[string]string{
			"org.opencontainers.image.title":       "nicsim",
			"org.opencontainers.image.description": "Simulator of India's NIC e-Invoice portals and API",
			"org.opencontainers.image.licenses":    "Apache-2.0",
			"org.opencontainers.image.source":      "https://github.com/nicsim/nicsim",
			"org.opencontainers.image.version":     r.version,
			"org.opencontainers.image.revision":    r.commit,
			"org.opencontainers.image.created":     r.date,
		},
	}
}

// image is the image for one processor: one layer over nothing.
func (r release) image(processor string, program []byte, at time.Time) (v1.Image, error) {
	files, err := layer(program, at)
	if err != nil {
		return nil, err
	}
	compressed, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files)), nil
	}, tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, err
	}
	image, err := mutate.Append(mutate.MediaType(mutate.ConfigMediaType(empty.Image, types.OCIConfigJSON),
		types.OCIManifestSchema1), mutate.Addendum{Layer: compressed, MediaType: types.OCILayer,
		History: v1.History{Created: v1.Time{Time: at}, CreatedBy: "nicsim cmd/image"}})
	if err != nil {
		return nil, err
	}
	described, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	described = described.DeepCopy()
	described.OS, described.Architecture, described.Created = "linux", processor, v1.Time{Time: at}
	described.Config = r.config()
	return mutate.ConfigFile(image, described)
}

// layer is a tar file of all that the container has.
func layer(program []byte, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	files := tar.NewWriter(&b)
	for _, f := range []tar.Header{
		{Name: "usr/", Mode: 0o755}, {Name: "usr/bin/", Mode: 0o755}, {Name: "etc/", Mode: 0o755},
		{Name: "etc/ssl/", Mode: 0o755}, {Name: "etc/ssl/certs/", Mode: 0o755}, {Name: "tmp/", Mode: 0o1777},
		{Name: "data/", Mode: 0o755, Uid: userID, Gid: userID},
	} {
		f.Typeflag, f.ModTime = tar.TypeDir, at
		if err := files.WriteHeader(&f); err != nil {
			return nil, err
		}
	}
	for _, f := range []struct {
		name string
		mode int64
		text []byte
	}{
		{"usr/bin/nicsim", 0o755, program},
		{"etc/passwd", 0o644, []byte("root:x:0:0:root:/:/\nnicsim:x:65532:65532:nicsim:/data:/\n")},
		{"etc/group", 0o644, []byte("root:x:0:\nnicsim:x:65532:\n")},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, roots()},
	} {
		header := tar.Header{Typeflag: tar.TypeReg, Name: f.name, Mode: f.mode, Size: int64(len(f.text)), ModTime: at}
		if err := files.WriteHeader(&header); err != nil {
			return nil, err
		}
		if _, err := files.Write(f.text); err != nil {
			return nil, err
		}
	}
	err := files.Close()
	return b.Bytes(), err
}

// roots are the CAs (certificate authorities) that Mozilla trusts without conditions, in PEM: for the commands of
// nicsim that call other servers.
func roots() []byte {
	var b bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint != nil {
			continue
		}
		_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}) // to memory
	}
	return b.Bytes()
}
