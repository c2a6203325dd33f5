package main

import (
	"log/slog"

	"github.com/spf13/pflag"
)

// logFlags are the flags of serve for its log, which goes to standard error.
type logFlags struct{ format, level string }

var logLevels = map[string]slog.Level{
	"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
}

func (f *logFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "log-format", "text", "`form` of the log on standard error: text or json")
	flags.StringVar(&f.level, "log-level", "warn", "lowest `level` that is logged: debug, info (with each request), warn or "+
		"error")
}

// logger returns the log.
func (p program) logger(f logFlags) (*slog.Logger, error) {
	if err := oneOf("log-format", f.format, "text", "json"); err != nil {
		return nil, err
	}
	if err := oneOf("log-level", f.level, "debug", "info", "warn", "error"); err != nil {
		return nil, err
	}
	options := &slog.HandlerOptions{Level: logLevels[f.level]}
	if f.format == "json" {
		return slog.New(slog.NewJSONHandler(p.err, options)), nil
	}
	return slog.New(slog.NewTextHandler(p.err, options)), nil
}
