package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"beenthere/workers/bus/bustest"
)

// TestMain lets the test binary stand in for the program, for the command
// stories and for the tests that kill it.
func TestMain(m *testing.M) {
	bustest.Serve()
	testscript.Main(m, map[string]func(){"beenthere": main})
}

// The stories under testdata can be read without knowing Go.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/commands", Setup: func(e *testscript.Env) error {
		e.Setenv("BEENTHERE_DATA", e.WorkDir+"/data")
		e.Setenv("BEENTHERE_DATABASE", databaseOf(t, e.WorkDir))
		return nil
	}})
}
