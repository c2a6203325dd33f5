// Package features is the executable specification in Gherkin: both sections of the guide step by step, the
// behaviours that most often cause trouble in integrations with NIC's portals, every refusal of the portal
// contract, and the e-Invoice API.
//
// The folders section1 and section2 follow the guide, and the folder gsp its last step, at a GSP (GST Suvidha
// Provider). The folders behaviours and refusals are about the rest of the portals. The folder api has a file for each
// call of the API and for each section of its rules. The folder faults shows what a client makes of each failure that a
// target can be told to have. Package steps performs the scenarios against a target. This package reads them and lists
// the steps, behaviours and refusals that they have to cover. It does not depend on HTTP or the simulator.
package features

import (
	"embed"
	"io/fs"
)

//go:embed section1 section2 gsp behaviours refusals api faults
var files embed.FS

// Files are the feature files, at paths such as section1/walk.feature.
func Files() fs.FS { return files }
