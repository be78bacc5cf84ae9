package search

import "iter"

// InBatches hands entries to send, most at a time, for engines that are being
// rebuilt. It ends with the first error. Progress may be nil; it is told the
// number of entries sent so far. Send may not keep the slice.
func InBatches(entries iter.Seq2[Entry, error], most int, send func([]Entry) error, progress func(done int)) error {
	done, waiting := 0, make([]Entry, 0, most)
	flush := func() error {
		if err := send(waiting); err != nil {
			return err
		}
		done += len(waiting)
		waiting = waiting[:0]
		if progress != nil {
			progress(done)
		}
		return nil
	}
	for entry, err := range entries {
		if err != nil {
			return err
		}
		if waiting = append(waiting, entry); len(waiting) == most {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
