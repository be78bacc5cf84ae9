//go:build !race

package moderation_test

const share = 1
