//go:build !unix

package main

// lock is left to the operator where there is no flock.
func lock(dir string) (unlock func(), err error) { return func() {}, needsFolder(dir) }
