package main

import (
	"errors"

	"beenthere/forum/fault"
)

// told puts an error into words for the operator: the sentence, if there is
// one, and the cause.
func told(err error) string {
	var known *fault.Error
	if errors.As(err, &known) && known.Tell != "" {
		if known.Err != nil {
			return known.Tell + " (" + known.Err.Error() + ")"
		}
		return known.Tell
	}
	return err.Error()
}
