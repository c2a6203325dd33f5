package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// worldOf has the flags of the commands of `nicsim world`.
type worldOf struct {
	program
	control, name string
	token         tokenFlags
}

func (p program) world() *cobra.Command {
	w := worldOf{program: p}
	cmd := &cobra.Command{
		Use:   "world",
		Short: "Take a world along as a file, or go back to a snapshot of it",
		Long: `Exports a world of a simulator that runs, with all that has happened in it, as a
world file, and imports it again: into a world of another name or another simulator.
A snapshot stays within the simulator and brings a world back, tokens included.`,
		Example: `  nicsim world export --world blue case.yaml
  nicsim world import --world case case.yaml
  nicsim world snapshot before-cancelling
  nicsim world restore before-cancelling`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	deletes := false
	snapshot := w.command("snapshot NAME", "Keep the state of a world by a name", "the name of a snapshot",
		func(ctx context.Context, c *client.Control, name string) error {
			if deletes {
				return c.DeleteSnapshot(ctx, name)
			}
			_, err := c.TakeSnapshot(ctx, name)
			return err
		})
	snapshot.Flags().BoolVar(&deletes, "delete", false, "delete the snapshot of this name")
	cmd.AddCommand(
		w.command("export [FILE]", "Write a world with its state as a world file", "", w.export),
		w.command("import FILE", "Make a world from a world file", "a world file, or - for standard input", w.imports),
		snapshot,
		w.command("restore NAME", "Bring back the state of a snapshot", "the name of a snapshot",
			func(ctx context.Context, c *client.Control, name string) error { return c.RestoreSnapshot(ctx, name) }),
		w.command("snapshots", "List the snapshots of a world", "", w.list))
	return cmd
}

// command is one of the commands. It takes one argument; needed says what the argument is if it must be given.
func (w *worldOf) command(use, short, needed string,
	do func(context.Context, *client.Control, string) error) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short,
		Args: func(cmd *cobra.Command, args []string) error {
			most := strings.Count(use, " ")
			if len(args) > most || needed != "" && len(args) < most {
				return wrongUse{fmt.Errorf("it takes %s, not %d", count.Of(most, "argument"), len(args)),
					"'" + cmd.CommandPath() + " --help' shows how it is called"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			address, err := controlOf(w.control, w.name, "the world is there")
			if err != nil {
				return err
			}
			token, err := w.token.read()
			if err != nil {
				return err
			}
			control, err := client.NewControl(address, client.Options{ControlToken: token})
			if err != nil {
				return err
			}
			err = do(cmd.Context(), control, strings.Join(args, ""))
			if problem, ok := errors.AsType[*client.Problem](err); ok && problem.Code != client.TokenRequired {
				return wrongUse{fmt.Errorf("the simulator refuses it: %w", problem), ""}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&w.control, "control", defaultControl, "`URL` of the control API")
	w.token.register(cmd.Flags())
	cmd.Flags().StringVar(&w.name, "world", "", "`name` of the world (default: the default one)")
	return cmd
}

func (w *worldOf) export(ctx context.Context, c *client.Control, file string) error {
	entry, err := c.ReadWorldWithState(ctx)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(struct {
		Version int             `json:"version"`
		Worlds  json.RawMessage `json:"worlds"`
	}{1, json.RawMessage("[" + string(entry) + "]")}, "", " ")
	if err == nil && !strings.EqualFold(filepath.Ext(file), ".json") {
		text, err = document.ToYAML(text)
	}
	switch {
	case err != nil:
		return fmt.Errorf("writing the world: %w", err)
	case len(text) > worldfile.MaxBytes:
		return wrongUse{fmt.Errorf("a world file has at most %d bytes, and this one would have more", worldfile.MaxBytes),
			"'nicsim world snapshot' keeps the state within the simulator"}
	case file == "" || file == "-":
		_, err = w.out.Write(text)
		return err
	}
	if err := os.WriteFile(file, text, 0o600); err != nil { // it has client secrets
		return wrongUse{err, "its directory must exist"}
	}
	return nil
}

func (w *worldOf) imports(ctx context.Context, c *client.Control, file string) error {
	text, err := w.input([]string{file})
	if err != nil {
		return err
	}
	entry, err := worldfile.ReadOne(text, file, w.name)
	if wrong, ok := errors.AsType[*worldfile.Error](err); ok {
		return wrongUse{fmt.Errorf("this cannot be used:\n%w", wrong), "docs/own-world.md explains world files"}
	}
	if err != nil {
		return err
	}
	entry.Name = "" // the world has its own
	return c.PutWorld(ctx, entry)
}

func (w *worldOf) list(ctx context.Context, c *client.Control, _ string) error {
	all, err := c.Snapshots(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		at := s.TakenAt.Format(time.DateTime)
		if _, err := fmt.Fprintf(w.out, "%-40s  %s  %d bytes\n", s.Name, at, s.Bytes); err != nil {
			return err
		}
	}
	return nil
}
