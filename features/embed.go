// Package features is the executable specification: both sections of the guide step by step, the
// behaviours that matter most to people who integrate with NIC's portals, every refusal of the
// portal contract, and the e-Invoice API that the credentials are for, as Gherkin scenarios.
//
// The folders section1 and section2 follow the guide, behaviours and refusals the rest of the
// portals; api has a file for each call of the API, and one for each section of its rules. Package
// steps performs the scenarios against a target; this package holds them, reads them, and knows what
// they have to cover. It knows nothing of HTTP and nothing of the simulator.
package features

import (
	"embed"
	"io/fs"
)

//go:embed section1 section2 behaviours refusals api
var files embed.FS

// Files are the feature files, at paths such as section1/walk.feature.
func Files() fs.FS { return files }
