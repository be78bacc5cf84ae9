//go:build !unix

package pgtest

import "os/exec"

func asNobodySpecial(cmd *exec.Cmd, dir string) error { cmd.Dir = dir; return nil }
