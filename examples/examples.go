// Package examples has clients of the e-Invoice API to start from, in several languages, as files. The program nicsim
// writes them into a folder, so that a team needs nothing else.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed node/*.js node/*.json python/*.py python/*.json java/pom.xml java/test.sh java/src java/*.json
//go:embed php/*.php php/*.json dotnet/*.cs dotnet/*.csproj
//go:embed send-one/*.go
var files embed.FS

// Example is a client in one language, with its tests.
type Example struct {
	Name  string // of the language, as a user types it
	Title string // of the language and what it needs
	Test  string // command that runs its tests
	dir   string
}

// All returns the examples.
func All() []Example {
	return []Example{
		{"node", "Node 20 or later, without packages", "npm test", "node"},
		{"python", "Python 3.9 or later, with the package cryptography", "python3 -m unittest", "python"},
		{"java", "Java 17 or later, without libraries; tests with JUnit 5", "mvn -q test", "java"},
		{"php", "PHP 8.2 with the extension openssl; tests with PHPUnit", "phpunit ClientTest.php", "php"},
		{"dotnet", ".NET 8; tests with xUnit", "dotnet test", "dotnet"},
		{"go", "Go, with the client of nicsim", "go test", "send-one"},
	}
}

// Files returns the files of an example.
func (e Example) Files() fs.FS {
	below, err := fs.Sub(files, e.dir)
	if err != nil {
		panic(err) // the folder is embedded
	}
	return below
}
