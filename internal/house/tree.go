package house

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// Tree is the Go source of a module.
type Tree struct {
	Module string // its path, as in go.mod
	Files  []File
}

// File is one Go file.
type File struct {
	Path      string // from the module's root, with slashes
	Dir       string // folder of Path; "." at the root
	Test      bool   // its name ends in _test.go
	Generated bool   // it has the comment that marks generated code for the go command
	Lines     int
	Imports   []Import
	Syntax    *ast.File

	fset *token.FileSet
}

// Import is one import of a file.
type Import struct {
	Name string // the package's name in the file
	Path string
	Ours string // the folder from the module's root; empty for a package of another module
	Line int
}

// Finding is a violation of a rule.
type Finding struct {
	Path    string
	Line    int // 0 for the whole file
	Message string
}

// String returns the finding in the form of a compiler's message.
func (f Finding) String() string {
	if f.Line == 0 {
		return f.Path + ": " + f.Message
	}
	return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Message)
}

// Read parses every Go file below root, except in folders that the go command ignores.
func Read(root fs.FS, module string) (Tree, error) {
	tree := Tree{Module: module}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if entry.IsDir() {
			if name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(base) != ".go" {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := tree.parse(name, text)
		tree.Files = append(tree.Files, file)
		return err
	})
	if err != nil {
		return Tree{}, fmt.Errorf("reading the source of %s: %w", module, err)
	}
	return tree, nil
}

func (t Tree) parse(name string, text []byte) (File, error) {
	f := File{
		Path:  name,
		Dir:   path.Dir(name),
		Test:  strings.HasSuffix(name, "_test.go"),
		Lines: bytes.Count(text, []byte("\n")),
		fset:  token.NewFileSet(),
	}
	var err error
	f.Syntax, err = parser.ParseFile(f.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return f, err
	}
	f.Generated = ast.IsGenerated(f.Syntax)
	for _, spec := range f.Syntax.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return f, err
		}
		i := Import{Name: packageName(p), Path: p, Line: f.line(spec)}
		if spec.Name != nil {
			i.Name = spec.Name.Name
		}
		if p == t.Module {
			i.Ours = "."
		} else {
			i.Ours, _ = strings.CutPrefix(p, t.Module+"/")
			if i.Ours == p {
				i.Ours = ""
			}
		}
		f.Imports = append(f.Imports, i)
	}
	return f, nil
}

// packageName guesses the name of a package from its path, which may end in a major version.
func packageName(importPath string) string {
	name := path.Base(importPath)
	if major, isVersion := strings.CutPrefix(name, "v"); isVersion && path.Dir(importPath) != "." {
		if _, err := strconv.Atoi(major); err == nil {
			return path.Base(path.Dir(importPath))
		}
	}
	return name
}

func (f File) line(n ast.Node) int { return f.fset.Position(n.Pos()).Line }

// in reports whether a folder or an import path is one of those given, or below it.
func in(where string, roots ...string) bool {
	for _, root := range roots {
		if where == root || strings.HasPrefix(where, root+"/") {
			return true
		}
	}
	return false
}
