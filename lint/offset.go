package lint

import "unsafe"

// offsetIn returns where part, which was cut out of whole, begins in it, or -1
// where it was not.
func offsetIn(whole, part string) int {
	if whole == "" || part == "" {
		return -1
	}
	from := int(uintptr(unsafe.Pointer(unsafe.StringData(part))) - uintptr(unsafe.Pointer(unsafe.StringData(whole))))
	if from < 0 || from+len(part) > len(whole) {
		return -1
	}
	return from
}
