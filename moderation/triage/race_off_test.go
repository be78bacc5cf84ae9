//go:build !race

package triage

const share = 1
