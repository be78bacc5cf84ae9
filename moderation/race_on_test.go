//go:build race

package moderation_test

// share divides the work of the longest tests under the race detector, which
// makes the database more than ten times slower.
const share = 10
