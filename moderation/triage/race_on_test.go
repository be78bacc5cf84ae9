//go:build race

package triage

// share divides the work of the longest tests under the race detector.
const share = 10
