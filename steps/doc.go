// Package steps performs the executable specification of package features against a target: the two
// portals and, if there is one, the control API, all reached over HTTP.
//
//	result, err := steps.Run(ctx, steps.Options{
//		Sandbox: "http://127.0.0.1:7001", Production: "http://127.0.0.1:7002",
//		Control: "http://127.0.0.1:7000", Out: os.Stdout,
//	})
//
// Run returns a Result, or an error if it could not test the target (wrong options, nothing selected, no
// answer). Each scenario has a world of its own, named after its id, so scenarios run in parallel and in any
// order, and their worlds are ended.
//
// The words of this package and those below it: a sentence is a line of a scenario, and a step performs it. An act is
// a step that a person does; a person is a user with a browser or client of its own. A scene is the state of one
// scenario: its people, its portals, the answer to the last act. To judge is to compare that answer with what a
// sentence expects. The trace has what was sent and answered, with secrets masked.
//
// A Driver reaches the portals. JSON uses the portals' JSON; the driver of package pages uses their web
// pages, with an engine of package forms or browser. All drivers perform the same steps.
package steps
