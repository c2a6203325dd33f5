package irp

import "time"

// transport is a way of goods with what it needs and no more, nil for an unknown way.
func transport(by string, today time.Time) any {
	way := invoice{"Distance": number("0")}
	document := func(mode, documentNumber string) {
		way["TransMode"], way["TransDocNo"], way["TransDocDt"] = mode, documentNumber, written(today)
	}
	switch by {
	case "road":
		way["TransMode"], way["VehNo"], way["VehType"] = "1", "KA01AB1234", "R"
	case "rail":
		document("2", "RR/1")
	case "air":
		document("3", "AW/1")
	case "ship":
		document("4", "BL/1")
		way["VehType"] = "O"
	case "transporter":
		way["TransId"] = "07ABCFG5678H1Z4"
	case "nothing":
	default:
		return nil
	}
	return way
}
