package worldfile_test

import (
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// Every mistake of a file has its place.
func ExampleRead() {
	_, err := worldfile.Read(strings.NewReader(`version: 1
worlds:
  - name: default
    taxpayers:
      - gstin: 29AWGPV7107B1Z
        legal: Made Up Traders
`), "team.yaml")
	fmt.Println(err)
	// Output:
	// team.yaml:5:16: worlds[0].taxpayers[0].gstin: must be 15 characters A-Z 0-9
	// team.yaml:6:9: worlds[0].taxpayers[0].legal: is not a member here; did you mean legalName?
}
