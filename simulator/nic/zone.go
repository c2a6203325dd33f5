package nic

import "time"

// IST is Indian Standard Time, +05:30, in which the portals write every time. It is a fixed zone,
// so that it needs no zone database on the machine; India keeps no summer time.
var IST = time.FixedZone("IST", 5*60*60+30*60)
