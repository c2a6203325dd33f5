// Command image writes the OCI image of nicsim, for Linux on the processors whose programs it is given, without a
// container engine: an image layout, or that layout as a tar file, which 'docker load' and 'podman load' take.
//
//	go run ./cmd/image -version 1.2.3 -commit 0123abc -date 2026-11-27T10:00:00Z -o nicsim.tar \
//		amd64=nicsim arm64=nicsim-arm64
package main

import (
	"archive/tar"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

// release is what an image says about the program in it.
type release struct{ version, commit, date string }

func run(args []string) error {
	var r release
	flags := flag.NewFlagSet("image", flag.ContinueOnError)
	flags.StringVar(&r.version, "version", "0.0.0", "`version` of the program")
	flags.StringVar(&r.commit, "commit", "", "`commit` of the program")
	flags.StringVar(&r.date, "date", "1970-01-01T00:00:00Z", "`time` of the commit, which all files get")
	out := flags.String("o", "", "`directory` to write, or file if it ends in .tar")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" || flags.NArg() == 0 {
		return errors.New("usage: image -o FILE.tar|DIRECTORY [flags] PROCESSOR=PROGRAM [PROCESSOR=PROGRAM]")
	}
	index, err := r.index(flags.Args())
	if err != nil {
		return err
	}
	if !strings.HasSuffix(*out, ".tar") {
		return write(index, *out)
	}
	folder, err := os.MkdirTemp("", "nicsim-image-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := write(index, folder); err != nil {
		return err
	}
	return archive(folder, *out)
}

// index is the image for all processors. A program is PROCESSOR=FILE.
func (r release) index(programs []string) (v1.ImageIndex, error) {
	at, err := time.Parse(time.RFC3339, r.date)
	if err != nil {
		return nil, fmt.Errorf("-date: %w", err)
	}
	index := mutate.IndexMediaType(empty.Index, types.OCIImageIndex)
	for _, each := range programs {
		processor, file, _ := strings.Cut(each, "=")
		program, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		image, err := r.image(processor, program, at)
		if err != nil {
			return nil, fmt.Errorf("the image for %s: %w", processor, err)
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{
			Platform: &v1.Platform{OS: "linux", Architecture: processor}, MediaType: types.OCIManifestSchema1,
		}})
	}
	return index, nil
}

// write writes an image layout. Its index lists one image, under a name for 'docker load'.
func write(index v1.ImageIndex, folder string) error {
	to, err := layout.Write(folder, empty.Index)
	if err != nil {
		return err
	}
	return to.AppendIndex(index, layout.WithAnnotations(map[string]string{
		"io.containerd.image.name": "docker.io/nicsim/nicsim:latest", "org.opencontainers.image.ref.name": "latest",
	}))
}

// archive makes a tar file of a folder.
func archive(folder, name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	all := tar.NewWriter(file)
	err = all.AddFS(os.DirFS(folder))
	return errors.Join(err, all.Close(), file.Close())
}
