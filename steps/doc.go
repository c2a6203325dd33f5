// Package steps performs the executable specification of package features against a target: the two
// portals and, if there is one, the control API, all reached over HTTP.
//
//	result, err := steps.Run(ctx, steps.Options{
//		Sandbox: "http://127.0.0.1:7001", Production: "http://127.0.0.1:7002",
//		Control: "http://127.0.0.1:7000", Out: os.Stdout,
//	})
//
// Run returns an error when it could not judge the target (wrong options, nothing selected, no
// answer), and a Result that says what was found when it could. Each scenario lives in a world of its
// own, named after its id, so scenarios run side by side, in any order, and leave nothing behind.
//
// Portals are reached through a Driver. The one here speaks the portals' JSON; that of package pages
// goes by their web pages, with an engine of package forms or browser, without a change to any step.
package steps
