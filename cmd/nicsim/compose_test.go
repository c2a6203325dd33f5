package main

import (
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"
)

// composeService is a service of a compose file, with the keys that examples/compose.yaml uses. Another key is an
// error.
type composeService struct {
	Image       string            `yaml:"image"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Healthcheck struct {
		Test        []string `yaml:"test"`
		Interval    string   `yaml:"interval"`
		Timeout     string   `yaml:"timeout"`
		StartPeriod string   `yaml:"start_period"`
		Retries     int      `yaml:"retries"`
	} `yaml:"healthcheck"`
	DependsOn map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	ReadOnly bool     `yaml:"read_only"`
	Tmpfs    []string `yaml:"tmpfs"`
	Volumes  []string `yaml:"volumes"`
	Restart  string   `yaml:"restart"`
}

// The compose file names an image that 'make image' makes, flags and commands that nicsim has, and services and volumes
// that are there.
func TestCompose(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../examples/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Name     string                    `yaml:"name"`
		Services map[string]composeService `yaml:"services"`
		Volumes  map[string]any            `yaml:"volumes"`
	}
	reader := yaml.NewDecoder(strings.NewReader(string(text)))
	reader.KnownFields(true)
	if err := reader.Decode(&compose); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile("../image/main.go")
	nicsim := compose.Services["nicsim"]
	if err != nil || nicsim.Image == "" || !strings.Contains(string(made), `"`+nicsim.Image+`"`) {
		t.Errorf("cmd/image makes no image %q: %v", nicsim.Image, err)
	}
	program := program{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	serve := commandNamed(t, program.root(), "serve")
	for name := range nicsim.Environment {
		flag := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, environmentPrefix), "_", "-"))
		if serve.Flags().Lookup(flag) == nil {
			t.Errorf("%s stands for no flag of serve", name)
		}
	}
	check := nicsim.Healthcheck.Test
	if len(check) < 3 || check[0] != "CMD" || check[1] != "/usr/bin/nicsim" {
		t.Fatalf("the health check is %q", check)
	}
	if err := commandNamed(t, program.root(), check[2]).ParseFlags(check[3:]); err != nil {
		t.Errorf("the health check: %v", err)
	}
	for i, usual := range []string{defaultControl, defaultSandbox, defaultProduction, defaultGSP} {
		_, port, _ := strings.Cut(usual, ":")
		if i >= len(nicsim.Ports) || nicsim.Ports[i] != usual+":"+port {
			t.Errorf("the ports are %q, want %s at %d", nicsim.Ports, usual, i)
		}
	}
	for name, service := range compose.Services {
		for other, wait := range service.DependsOn {
			if wait.Condition == "service_healthy" && len(compose.Services[other].Healthcheck.Test) == 0 {
				t.Errorf("%s waits for the health of %s, which has no check", name, other)
			}
		}
		for _, volume := range service.Volumes {
			if named, _, _ := strings.Cut(volume, ":"); !slices.Contains(slices.Collect(maps.Keys(compose.Volumes)), named) {
				t.Errorf("%s has the volume %s, which is not declared", name, named)
			}
		}
	}
	head, _, _ := strings.Cut(string(text), "services:")
	for _, variable := range regexp.MustCompile(`\$\{(\w+)`).FindAllStringSubmatch(string(text), -1) {
		if !strings.Contains(head, variable[1]+"=") {
			t.Errorf("the head does not say how to set %s", variable[1])
		}
	}
}

// commandNamed returns a command of nicsim.
func commandNamed(t *testing.T, root *cobra.Command, name string) *cobra.Command {
	t.Helper()
	found, _, err := root.Find([]string{name})
	if err != nil || found == root {
		t.Fatalf("there is no command %q: %v", name, err)
	}
	return found
}
